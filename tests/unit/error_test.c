// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The table of errors: names are stable and different, numbers are what the
 * kernel and a SUIT_Report know.
 */
#include <errno.h>
#include <string.h>

#include "table.h"

struct error_row {
	const char *name;
	enum suit_error error;
	int err;
	int reason;
};

/* The table itself, expanded once more. */
static const struct error_row rows[] = {
#define X(id, name, err, reason) { name, SUIT_ERR_##id, SUIT_##err, reason },
	SUIT_ERRORS(X)
#undef X
};

static void check_row(void **state)
{
	const struct error_row *row = *state;
	size_t i;

	assert_string_equal(suit_error_name(row->error), row->name);
	assert_int_equal(suit_error_errno(row->error), -row->err);
	assert_true(row->err > 0);
	assert_int_equal(suit_error_reason(row->error), row->reason);
	assert_in_range(row->reason, 1, 12);
	assert_true(strspn(row->name, "abcdefghijklmnopqrstuvwxyz0123456789-")
		    == strlen(row->name));
	for (i = 0; i < COUNT(rows); i++)
		if (&rows[i] != row)
			assert_string_not_equal(rows[i].name, row->name);
}

static void success(void **state)
{
	(void)state;
	assert_string_equal(suit_error_name(SUIT_OK), "ok");
	assert_int_equal(suit_error_errno(SUIT_OK), 0);
	assert_int_equal(suit_error_reason(SUIT_OK), 0);
	assert_false(suit_error_soft(SUIT_OK));
}

/* A number that is no error is never taken for success. */
static void foreign(void **state)
{
	static const unsigned int values[] = {
		SUIT_ERR_COUNT, SUIT_ERR_COUNT + 1, 0x7fffffff, 0x80000000,
		0xffffffff
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(values); i++) {
		enum suit_error error = (enum suit_error)values[i];

		assert_string_equal(suit_error_name(error), "unknown");
		assert_int_equal(suit_error_errno(error), -EIO);
		assert_int_equal(suit_error_reason(error), 11);
		assert_false(suit_error_soft(error));
	}
}

/* What soft-failure may catch: conditions, and nothing else. */
static void soft_errors(void **state)
{
	static const enum suit_error soft[] = {
		SUIT_ERR_PARAMETER_MISSING, SUIT_ERR_VENDOR, SUIT_ERR_CLASS,
		SUIT_ERR_DEVICE, SUIT_ERR_SLOT, SUIT_ERR_IMAGE,
		SUIT_ERR_IMAGE_SIZE, SUIT_ERR_CONTENT, SUIT_ERR_ABORT,
		SUIT_ERR_TRY_EACH,
	};
	static const enum suit_error hard[] = {
		SUIT_ERR_OPERATION, SUIT_ERR_COMMAND, SUIT_ERR_PARAMETER,
		SUIT_ERR_SIGNATURE, SUIT_ERR_CRYPTO, SUIT_ERR_MEMORY,
		SUIT_ERR_SEQUENCE_STEPS, SUIT_ERR_STRICT_ORDER,
		SUIT_ERR_SOFT_FAILURE, SUIT_ERR_COMPONENT_INDEX,
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(soft); i++)
		assert_true(suit_error_soft(soft[i]));
	for (i = 0; i < COUNT(hard); i++)
		assert_false(suit_error_soft(hard[i]));
}

/* The core may not include errno.h; here are the two beside each other. */
static void errno_values(void **state)
{
	(void)state;
	assert_int_equal(SUIT_EPERM, EPERM);
	assert_int_equal(SUIT_EIO, EIO);
	assert_int_equal(SUIT_E2BIG, E2BIG);
	assert_int_equal(SUIT_ENOMEM, ENOMEM);
	assert_int_equal(SUIT_EACCES, EACCES);
	assert_int_equal(SUIT_ENODEV, ENODEV);
	assert_int_equal(SUIT_EINVAL, EINVAL);
	assert_int_equal(SUIT_ERANGE, ERANGE);
	assert_int_equal(SUIT_EBADMSG, EBADMSG);
	assert_int_equal(SUIT_EOPNOTSUPP, EOPNOTSUPP);
	assert_int_equal(SUIT_ESTALE, ESTALE);
	assert_int_equal(SUIT_ENOKEY, ENOKEY);
	assert_int_equal(SUIT_EKEYREVOKED, EKEYREVOKED);
	assert_int_equal(SUIT_EKEYREJECTED, EKEYREJECTED);
}

int main(void)
{
	table(rows, check_row);
	single("success is no failure", success);
	single("a number that is no error", foreign);
	single("what soft-failure may catch", soft_errors);
	single("numbers of the kernel", errno_values);
	return table_run("error");
}

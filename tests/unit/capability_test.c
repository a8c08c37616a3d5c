// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the processor says it can do, out of its own tables, and what it calls
 * drafts that it cannot.
 */
#include <string.h>

#include "gadget.h"

static bool some_algorithms(void *ctx, s32 alg)
{
	(void)ctx;
	return alg == SUIT_ALG_SHA512 || alg == SUIT_ALG_ESP256 ||
	       alg == SUIT_ALG_ML_DSA_87;
}

static bool no_algorithm(void *ctx, s32 alg)
{
	(void)ctx;
	(void)alg;
	return false;
}

static const char *listed(enum suit_capability what,
			  const struct suit_platform_ops *ops,
			  bool (*supports)(void *ctx, s32 alg))
{
	const struct suit_crypto_ops crypto_ops = { .supports = supports };
	const struct suit_crypto crypto = { &crypto_ops, NULL };
	const char *all = "";
	u32 row = 0;
	s64 label;

	while (suit_capability_next(what, ops, &crypto, &row, &label))
		all = text("%s%s%d", all, *all ? " " : "", (int)label);
	return all;
}

struct capability_row {
	const char *name;
	enum suit_capability what;
	const char *all;	/* of a device that can do everything */
	const char *none;	/* of one that can do nothing */
};

static const struct capability_row rows[] = {
	{ "commands", SUIT_CAPABILITY_COMMANDS,
	  "1 2 3 4 5 6 7 8 11 12 14 15 18 19 20 21 22 23 24 25 26 27 28 29"
	  " 31 32 33 34 35", "8 12 14 15 19 20 32 34 35" },
	{ "parameters", SUIT_CAPABILITY_PARAMETERS,
	  "1 2 3 4 5 14 18 19 21 22 23 24 25 26 27 28 29 30 12 13",
	  "1 2 3 4 5 14 18 19 21 22 23 24 25 26 27 28 29 30 12 13" },
	{ "algorithms", SUIT_CAPABILITY_ALGORITHMS, "-44 -9 -50", "" },
	{ "members of an envelope", SUIT_CAPABILITY_ENVELOPE,
	  "2 3 14 15 16 18 20 23", "2 3 14 15 16 18 20 23" },
	{ "members of a manifest", SUIT_CAPABILITY_MANIFEST,
	  "1 2 3 4 5 6 7 8 9 14 15 16 18 20 23 24",
	  "1 2 3 4 5 6 7 8 9 14 15 16 18 20 23 24" },
	{ "members of common", SUIT_CAPABILITY_COMMON, "1 2 4", "1 2 4" },
	{ "members of a dependency", SUIT_CAPABILITY_DEPENDENCY, "1", "" },
	{ "a list nobody knows", (enum suit_capability)8, "", "" },
};

static void check_capability(void **state)
{
	static const struct suit_platform_ops nothing;
	const struct capability_row *row = *state;

	assert_string_equal(listed(row->what, &gadget_ops, some_algorithms),
			    row->all);
	assert_string_equal(listed(row->what, &nothing, no_algorithm),
			    row->none);
}

/* A seam that does not tell promises nothing. */
static void crypto_that_does_not_tell(void **state)
{
	(void)state;
	assert_string_equal(listed(SUIT_CAPABILITY_ALGORITHMS, &gadget_ops,
				   NULL), "");
}

struct epoch_row {
	const char *name;
	enum suit_epoch (*of)(s64 number);
	const char *numbers;	/* what is of which, from 0 to 40 */
};

static const struct epoch_row epochs[] = {
	{ "epoch of a member", suit_epoch_of_member,
	  "00000000003333000400000000000000000000000" },
	{ "epoch of a command", suit_epoch_of_command,
	  "00000000000003000000000000000010000000000" },
	{ "epoch of a parameter", suit_epoch_of_parameter,
	  "00000000000000000000200000000000000000000" },
	{ "epoch of a digest", suit_epoch_of_digest,
	  "00200000000000000000000000000000000000000" },
};

static void check_epoch(void **state)
{
	const struct epoch_row *row = *state;
	s64 i;

	for (i = 0; row->numbers[i]; i++) {
		assert_int_equal(row->of(i), row->numbers[i] - '0');
		assert_int_equal(row->of(i + (1LL << 32)), 0);
	}
	assert_int_equal(row->of(-1), 0);
}

static void names_of_epochs(void **state)
{
	u32 i, j;

	(void)state;
	assert_string_equal(suit_epoch_name(SUIT_EPOCH_CURRENT), "");
	assert_string_equal(suit_epoch_name(SUIT_EPOCH_COUNT), "");
	for (i = 1; i < SUIT_EPOCH_COUNT; i++) {
		assert_non_null(strstr(suit_epoch_name((enum suit_epoch)i),
				       "draft-ietf-suit-manifest-"));
		for (j = 0; j < i; j++)
			assert_string_not_equal(
				suit_epoch_name((enum suit_epoch)i),
				suit_epoch_name((enum suit_epoch)j));
	}
}

/* The draft is known wherever the old number stands. */
static void epoch_of_a_manifest(void **state)
{
	static const struct {
		const char *section;
		enum suit_error error;
		u8 epoch;
	} old[] = {
		{ ", 17: <<[21, 15]>>", SUIT_ERR_MANIFEST_EPOCH,
		  SUIT_EPOCH_27 },
		{ ", 12: <<[21, 15]>>", SUIT_ERR_MANIFEST_EPOCH,
		  SUIT_EPOCH_16 },
		{ ", 9: <<[21, 15]>>", SUIT_ERR_MANIFEST_EPOCH,
		  SUIT_EPOCH_16 },
		{ ", 20: <<[30, <<[3, 15]>>]>>", SUIT_ERR_COMMAND,
		  SUIT_EPOCH_05 },
		{ ", 20: <<[20, {20: h''}, 21, 15]>>", SUIT_ERR_PARAMETER,
		  SUIT_EPOCH_12 },
		{ ", 20: <<[20, {6: h''}, 21, 15]>>", SUIT_ERR_PARAMETER,
		  SUIT_EPOCH_CURRENT },
		{ ", 20: <<[36, 15]>>", SUIT_ERR_COMMAND,
		  SUIT_EPOCH_CURRENT },
	};
	struct opened o;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(old); i++) {
		expect(open_manifest(&o, SUIT_PROFILE_FULL,
				     manifest_of(1, "", old[i].section), ""),
		       old[i].error);
		assert_int_equal(o.m.epoch, old[i].epoch);
	}
	expect(suit_envelope_open(&o.env, diag("{2: <<[<<[2, h'']>>]>>,"
					       " 3: h''}")),
	       SUIT_ERR_MANIFEST_EPOCH);
	assert_int_equal(o.env.epoch, SUIT_EPOCH_12);
	expect(suit_envelope_open(&o.env, diag("{2: <<[<<18([])>>]>>,"
					       " 3: h''}")),
	       SUIT_ERR_MANIFEST_EPOCH);
	assert_int_equal(o.env.epoch, SUIT_EPOCH_05);
}

int main(void)
{
	table(rows, check_capability);
	single("crypto that does not tell", crypto_that_does_not_tell);
	table(epochs, check_epoch);
	single("names of epochs", names_of_epochs);
	single("the epoch of a manifest", epoch_of_a_manifest);
	return table_run("capability");
}

// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The catalogue form: a straight line over many components, sorted, found by
 * halves.
 */
#include <string.h>

#include "crypto.h"
#include "opened.h"

enum { N_ROWS = 100, ODD = 40 };

/**
 * struct form_row - a catalogue of N_ROWS files, one thing about it changed
 * @id: of row ODD, in notation; NULL: as it should be
 * @step: row ODD of the shared sequence
 * @validate: content of validate
 * @members: further members of the manifest, each after a comma
 * @common: further members of common before the components, a comma after each
 */
struct form_row {
	const char *name;
	enum suit_error error;
	const char *id;
	const char *step;
	const char *validate;
	const char *members;
	const char *common;
};

/* Row i: component ['fw', 'iii'], the file "file iii" of 8 bytes. */
static const char *id_of(unsigned int i)
{
	return text("['fw', '%03u']", i);
}

static const char *step_of(unsigned int i)
{
	return text("12, %u, 20, {3: <<digest'file %03u'>>, 14: 8}", i, i);
}

static const char *catalogue_of(const struct form_row *row, unsigned int n)
{
	const char *ids = "", *steps = "", *id, *step;
	unsigned int i;

	for (i = 0; i < n; i++) {
		id = i == ODD && row->id ? row->id : id_of(i);
		step = i == ODD && row->step ? row->step : step_of(i);
		ids = text("%s%s%s", ids, i ? ", " : "", id);
		steps = text("%s%s%s", steps, i ? ", " : "", step);
	}
	return text("{1: 1, 2: 7, 3: <<{%s2: [%s], 4: <<[%s]>>}>>%s%s}",
		    row->common ? row->common : "", ids, steps,
		    row->validate ? row->validate :
				    ", 7: <<[12, true, 3, 15]>>",
		    row->members ? row->members : "");
}

static struct suit_catalogue_entry entries[N_ROWS];
static struct suit_catalogue catalogue;
static struct opened opened_catalogue;

static enum suit_error open_catalogue(const struct form_row *row)
{
	enum suit_error error;

	error = open_manifest(&opened_catalogue, SUIT_PROFILE_FULL,
			      catalogue_of(row, N_ROWS), "");
	if (error != SUIT_OK)
		return error;
	assert_true(opened_catalogue.m.catalogue);
	return suit_catalogue_open(&catalogue, &opened_catalogue.m, entries);
}

static void check_form(void **state)
{
	const struct form_row *row = *state;

	expect(open_catalogue(row), row->error);
	assert_int_equal(catalogue.n, row->error == SUIT_OK ? N_ROWS : 0);
	memset(&catalogue, 0, sizeof(catalogue));
}

static const struct form_row ids[] = {
	{ "the form", SUIT_OK },
	{ "an id twice", SUIT_ERR_CATALOGUE_ORDER, "['fw', '039']" },
	{ "an id out of order", SUIT_ERR_CATALOGUE_ORDER, "['fw', '042']" },
	{ "an id that is shorter sorts first", SUIT_ERR_CATALOGUE_ORDER,
	  "['fw', '40']" },
	{ "an id that is longer sorts last", SUIT_ERR_CATALOGUE_ORDER,
	  "['fw', '0400']" },
	{ "an id that is malformed", SUIT_ERR_COMPONENT_ID, "[]" },
	{ "an id that is text", SUIT_ERR_COMPONENT_ID, "[\"fw\", '040']" },
};

static const struct form_row steps[] = {
	{ "step: of another index", SUIT_ERR_CATALOGUE_FORM, NULL,
	  "12, 39, 20, {3: <<digest'x'>>, 14: 8}" },
	{ "step: of the next index", SUIT_ERR_CATALOGUE_FORM, NULL,
	  "12, 41, 20, {3: <<digest'x'>>, 14: 8}" },
	{ "step: of every index", SUIT_ERR_CATALOGUE_FORM, NULL,
	  "12, true, 20, {3: <<digest'x'>>, 14: 8}" },
	{ "step: of a list", SUIT_ERR_CATALOGUE_FORM, NULL,
	  "12, [40], 20, {3: <<digest'x'>>, 14: 8}" },
	{ "step: without an index", SUIT_ERR_CATALOGUE_FORM, NULL,
	  "20, {}, 20, {3: <<digest'x'>>, 14: 8}" },
	{ "step: set-parameters", SUIT_ERR_CATALOGUE_FORM, NULL,
	  "12, 40, 19, {3: <<digest'x'>>, 14: 8}" },
	{ "step: another command", SUIT_ERR_CATALOGUE_FORM, NULL,
	  "12, 40, 3, 15" },
	{ "step: the parameters are no map", SUIT_ERR_CATALOGUE_FORM, NULL,
	  "12, 40, 20, <<{}>>" },
	{ "step: the parameters are no CBOR", SUIT_ERR_INDEFINITE, NULL,
	  "12, 40, 20, raw'bfff'" },
	{ "step: no parameters", SUIT_ERR_CATALOGUE_FORM, NULL,
	  "12, 40, 20, {}" },
	{ "step: no size", SUIT_ERR_CATALOGUE_FORM, NULL,
	  "12, 40, 20, {3: <<digest'x'>>}" },
	{ "step: no digest", SUIT_ERR_CATALOGUE_FORM, NULL,
	  "12, 40, 20, {14: 8}" },
	{ "step: a parameter too many", SUIT_ERR_CATALOGUE_FORM, NULL,
	  "12, 40, 20, {3: <<digest'x'>>, 14: 8, 21: \"u\"}" },
	{ "step: another parameter for the digest", SUIT_ERR_CATALOGUE_FORM,
	  NULL, "12, 40, 20, {2: <<digest'x'>>, 14: 8}" },
	{ "step: another parameter for the size", SUIT_ERR_CATALOGUE_FORM,
	  NULL, "12, 40, 20, {3: <<digest'x'>>, 5: 8}" },
	{ "step: a size that is text", SUIT_ERR_CATALOGUE_FORM, NULL,
	  "12, 40, 20, {3: <<digest'x'>>, 14: \"8\"}" },
	{ "step: a size below 0", SUIT_ERR_CATALOGUE_FORM, NULL,
	  "12, 40, 20, {3: <<digest'x'>>, 14: -8}" },
	{ "step: a digest that is no bytes", SUIT_ERR_CATALOGUE_FORM, NULL,
	  "12, 40, 20, {3: digest'x', 14: 8}" },
	{ "step: a digest that is cut", SUIT_ERR_PARAMETER_FORM, NULL,
	  "12, 40, 20, {3: <<[-16, h'00']>>, 14: 8}" },
	{ "step: SHA-1", SUIT_ERR_PARAMETER_FORM, NULL,
	  "12, 40, 20, {3: <<[-14, h'0000000000000000000000000000000000000000"
	  "']>>, 14: 8}" },
	{ "step: a command that is text", SUIT_ERR_CATALOGUE_FORM, NULL,
	  "\"12\", 40, 20, {3: <<digest'x'>>, 14: 8}" },
	{ "step: doubled", SUIT_ERR_CATALOGUE_FORM, NULL,
	  "12, 40, 20, {3: <<digest'x'>>, 14: 8},"
	  " 12, 40, 20, {3: <<digest'x'>>, 14: 8}" },
	{ "step: missing", SUIT_ERR_CATALOGUE_FORM, NULL, "nothing''" },
};

static const struct form_row rest[] = {
	{ "validate: another policy", SUIT_OK, NULL, NULL,
	  ", 7: <<[12, true, 3, 0]>>" },
	{ "validate: missing", SUIT_ERR_CATALOGUE_FORM, NULL, NULL, "" },
	{ "validate: empty", SUIT_ERR_CATALOGUE_FORM, NULL, NULL,
	  ", 7: <<[]>>" },
	{ "validate: of one", SUIT_ERR_CATALOGUE_FORM, NULL, NULL,
	  ", 7: <<[12, 0, 3, 15]>>" },
	{ "validate: of none", SUIT_ERR_CATALOGUE_FORM, NULL, NULL,
	  ", 7: <<[12, false, 3, 15]>>" },
	{ "validate: of a list", SUIT_ERR_CATALOGUE_FORM, NULL, NULL,
	  ", 7: <<[12, [0, 1], 3, 15]>>" },
	{ "validate: without an index", SUIT_ERR_CATALOGUE_FORM, NULL, NULL,
	  ", 7: <<[3, 15, 3, 15]>>" },
	{ "validate: without a match", SUIT_ERR_CATALOGUE_FORM, NULL, NULL,
	  ", 7: <<[12, true, 6, 15]>>" },
	{ "validate: only an index", SUIT_ERR_CATALOGUE_FORM, NULL, NULL,
	  ", 7: <<[12, true]>>" },
	{ "validate: more after it", SUIT_ERR_CATALOGUE_FORM, NULL, NULL,
	  ", 7: <<[12, true, 3, 15, 3, 15]>>" },
	{ "validate: a policy of 16", SUIT_ERR_CATALOGUE_FORM, NULL, NULL,
	  ", 7: <<[12, true, 3, 16]>>" },
	{ "validate: bytes after it", SUIT_ERR_CATALOGUE_FORM, NULL, NULL,
	  ", 7: <<[12, true, 3, 15], 0>>" },
	{ "a text beside it", SUIT_OK, NULL, NULL, NULL, ", 23: h'00'" },
	{ "a section to resolve dependencies", SUIT_ERR_CATALOGUE_FORM, NULL,
	  NULL, NULL, ", 15: <<[12, 0, 3, 15]>>" },
	{ "a section to load", SUIT_ERR_CATALOGUE_FORM, NULL, NULL, NULL,
	  ", 8: <<[12, true, 3, 15]>>" },
	{ "a section to install", SUIT_ERR_CATALOGUE_FORM, NULL, NULL, NULL,
	  ", 20: <<[12, true, 3, 15]>>" },
	{ "a section to uninstall", SUIT_ERR_CATALOGUE_FORM, NULL, NULL, NULL,
	  ", 24: <<[12, true, 33, 15]>>" },
	{ "a severed section that is not here", SUIT_ERR_CATALOGUE_FORM, NULL,
	  NULL, NULL, ", 20: digest'x'" },
	{ "dependencies", SUIT_ERR_CATALOGUE_FORM, NULL, NULL, NULL, NULL,
	  "1: {0: {}}, " },
};

static const struct form_row good = { "good", SUIT_OK };

static void no_catalogue(void **state)
{
	struct opened o;

	(void)state;
	/* few components, no matter how straight */
	expect(open_manifest(&o, SUIT_PROFILE_FULL, catalogue_of(&good, 3),
			     ""), SUIT_OK);
	expect(suit_catalogue_open(&catalogue, &o.m, entries),
	       SUIT_ERR_CATALOGUE_FORM);
	/* many, only to be shown */
	expect(open_catalogue(&good), SUIT_OK);
	expect(suit_manifest_peek(&opened_catalogue.m, &opened_catalogue.env),
	       SUIT_OK);
	expect(suit_catalogue_open(&catalogue, &opened_catalogue.m, entries),
	       SUIT_ERR_CATALOGUE_FORM);
	assert_int_equal(catalogue.n, 0);
	/* an id that went missing since the manifest was opened */
	expect(open_catalogue(&good), SUIT_OK);
	opened_catalogue.m.components.len -= 1;
	expect(suit_catalogue_open(&catalogue, &opened_catalogue.m, entries),
	       SUIT_ERR_TRUNCATED);
	assert_int_equal(catalogue.n, 0);
}

static void find_every_row(void **state)
{
	struct suit_expected got, row;
	struct suit_slice id;
	unsigned int i;

	(void)state;
	expect(open_catalogue(&good), SUIT_OK);
	for (i = 0; i < N_ROWS; i++) {
		struct suit_slice file = bytes_of(text("file %03u", i));

		expect(suit_catalogue_find(&catalogue, diag("%s", id_of(i)),
					   &got), SUIT_OK);
		expect(suit_digest_check(sg_crypto(), &got.digest, file,
					 SUIT_ERR_IMAGE), SUIT_OK);
		assert_int_equal(got.size, 8);
		expect(suit_catalogue_row(&catalogue, i, &id, &row), SUIT_OK);
		expect_bytes(id, diag("%s", id_of(i)));
		expect_bytes(row.digest.value, got.digest.value);
		expect(suit_manifest_component(&opened_catalogue.m, i, &id),
		       SUIT_OK);
		expect_bytes(id, diag("%s", id_of(i)));
	}
	expect(suit_catalogue_row(&catalogue, N_ROWS, &id, &row),
	       SUIT_ERR_COMPONENT_INDEX);
	expect(suit_catalogue_row(&catalogue, 0xffffffff, &id, &row),
	       SUIT_ERR_COMPONENT_INDEX);
}

struct absent_row {
	const char *name;
	const char *id;
};

static const struct absent_row absent[] = {
	{ "absent: before the first", "['fw', '/']" },
	{ "absent: after the last", "['fw', '100']" },
	{ "absent: between two", "['fw', '0400']" },
	{ "absent: a prefix of one", "['fw', '04']" },
	{ "absent: a folder", "['fw']" },
	{ "absent: of another type", "['up', '040']" },
	{ "absent: nothing", "nothing''" },
};

static void check_absent(void **state)
{
	const struct absent_row *row = *state;
	struct suit_expected got;

	expect(open_catalogue(&good), SUIT_OK);
	expect(suit_catalogue_find(&catalogue, diag("%s", row->id), &got),
	       SUIT_ERR_COMPONENT_ABSENT);
}

/* What is delivered: context of the platform. */
struct delivery {
	const char *bytes;
	enum suit_error error;
};

static enum suit_error digest_delivery(void *ctx, struct suit_slice id, s32 alg,
				       u8 *out, u64 *size)
{
	const struct delivery *delivery = ctx;
	struct suit_slice bytes = bytes_of(delivery->bytes);

	(void)id;
	*size = bytes.len;
	if (delivery->error != SUIT_OK)
		return delivery->error;
	return sg_crypto()->ops->digest(NULL, alg, &bytes, 1, out);
}

static void verdicts(void **state)
{
	static const struct suit_platform_ops ops = {
		.image_digest = digest_delivery
	}, none;
	static const struct {
		struct delivery delivery;
		const char *id;
		enum suit_error error;
	} rows[] = {
		{ { "file 040" }, "['fw', '040']", SUIT_OK },
		{ { "file 000" }, "['fw', '000']", SUIT_OK },
		{ { "file 099" }, "['fw', '099']", SUIT_OK },
		{ { "file 041" }, "['fw', '040']", SUIT_ERR_IMAGE },
		{ { "File 040" }, "['fw', '040']", SUIT_ERR_IMAGE },
		{ { "file 04" }, "['fw', '040']", SUIT_ERR_IMAGE_SIZE },
		{ { "file 0400" }, "['fw', '040']", SUIT_ERR_IMAGE_SIZE },
		{ { "" }, "['fw', '040']", SUIT_ERR_IMAGE_SIZE },
		{ { "file 100" }, "['fw', '100']",
		  SUIT_ERR_COMPONENT_ABSENT },
		{ { "file 040", SUIT_ERR_CRYPTO }, "['fw', '040']",
		  SUIT_ERR_CRYPTO },
	};
	struct suit_platform platform = { &none, NULL };
	size_t i;

	(void)state;
	expect(open_catalogue(&good), SUIT_OK);
	expect(suit_decide_catalogue(&catalogue, diag("['fw', '040']"),
				     &platform), SUIT_ERR_COMMAND);
	platform.ops = &ops;
	for (i = 0; i < COUNT(rows); i++) {
		platform.ctx = (void *)&rows[i].delivery;
		expect(suit_decide_catalogue(&catalogue,
					     diag("%s", rows[i].id),
					     &platform), rows[i].error);
	}
}

int main(void)
{
	table(ids, check_form);
	table(steps, check_form);
	table(rest, check_form);
	single("what is no catalogue", no_catalogue);
	single("find every row", find_every_row);
	table(absent, check_absent);
	single("verdicts", verdicts);
	return table_run("catalogue");
}

// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Procedures: what is refused before anything is done, which sections run in
 * which order, what is recorded.
 */
#include <string.h>

#include "gadget.h"

static struct suit_slice envelope(const char *common, const char *sections)
{
	return envelope_of(diag("%s", manifest_of(4, common, sections)), "");
}

static void names(void **state)
{
	static const char *const all[] = {
		"unknown", "update", "staging", "installation", "validation",
		"invocation", "uninstall", "unknown",
	};
	u32 i;

	(void)state;
	for (i = 0; i < COUNT(all); i++)
		assert_string_equal(suit_procedure_name(
			(enum suit_procedure)i), all[i]);
	assert_string_equal(suit_procedure_name((enum suit_procedure)-1),
			    "unknown");
}

struct order_row {
	const char *name;
	enum suit_procedure procedure;
	const char *trace;
};

/* Every section unlinks one component; shared asks for the vendor of 0. */
static const struct order_row orders[] = {
	{ "update", SUIT_PROCEDURE_UPDATE,
	  "v0 U1 v0 n1 v0 s1 v0 U2 v0 i0" },
	{ "staging", SUIT_PROCEDURE_STAGING, "v0 U1 v0 n1" },
	{ "installation", SUIT_PROCEDURE_INSTALLATION, "v0 s1 v0 U2" },
	{ "validation", SUIT_PROCEDURE_VALIDATION, "v0 i0" },
	{ "invocation", SUIT_PROCEDURE_INVOCATION, "v0 i0 v0 p0 v0 I0" },
	{ "uninstall", SUIT_PROCEDURE_UNINSTALL, "v0 U3" },
};

static void check_order(void **state)
{
	const struct order_row *row = *state;

	gadget_reset();
	gadget.version = (struct suit_version){ { 1 }, 1 };
	expect(gadget_run(envelope(
		", 4: <<[12, 0, 20, {1: " GADGET_VENDOR "}, 1, 15]>>",
		", 7: <<[12, 0, 20, {3: <<digest'zero'>>}, 3, 15]>>,"
		" 8: <<[12, 0, 20, {18: 'zero'}, 6, 15]>>,"
		" 9: <<[12, 0, 23, 15]>>, 15: <<[12, 1, 33, 15]>>,"
		" 16: <<[12, 1, 20, {28: <<[2, [1]]>>}, 28, 15]>>,"
		" 18: <<[12, 1, 20, {5: 0}, 5, 15]>>,"
		" 20: <<[12, 2, 33, 15]>>, 24: <<[12, 3, 33, 15]>>"),
			  row->procedure), SUIT_OK);
	assert_string_equal(gadget.trace, row->trace);
	/* it is over, and stays so */
	expect(suit_procedure_run(&process), SUIT_OK);
	assert_string_equal(gadget.trace, row->trace);
}

struct start_row {
	const char *name;
	enum suit_procedure procedure;
	const char *sections;
	enum suit_error error;
};

/* Refused before anything was asked of the device. */
static const struct start_row starts[] = {
	{ "no procedure", (enum suit_procedure)0, ", 7: <<[12, 0, 14, 0]>>",
	  SUIT_ERR_OPERATION },
	{ "a procedure nobody knows", SUIT_PROCEDURE_COUNT,
	  ", 7: <<[12, 0, 14, 0]>>", SUIT_ERR_OPERATION },
	{ "nothing to invoke", SUIT_PROCEDURE_INVOCATION,
	  ", 20: <<[12, 0, 33, 15]>>", SUIT_ERR_MANIFEST_INERT },
	{ "nothing to update", SUIT_PROCEDURE_UPDATE,
	  ", 9: <<[12, 0, 23, 15]>>", SUIT_ERR_MANIFEST_INERT },
	{ "nothing to uninstall", SUIT_PROCEDURE_UNINSTALL,
	  ", 20: <<[12, 0, 33, 15]>>", SUIT_ERR_MANIFEST_INERT },
	{ "only parameters", SUIT_PROCEDURE_VALIDATION,
	  ", 7: <<[12, 0, 20, {}]>>, 20: <<[12, 0, 33, 15]>>",
	  SUIT_ERR_MANIFEST_INERT },
	{ "a sequence that is malformed elsewhere",
	  SUIT_PROCEDURE_VALIDATION,
	  ", 7: <<[12, 0, 14, 0]>>, 20: <<[]>>", SUIT_ERR_SEQUENCE_FORM },
};

static void check_start(void **state)
{
	const struct start_row *row = *state;

	gadget_reset();
	expect(gadget_start(envelope("", row->sections), row->procedure,
			    &gadget_ops), row->error);
	assert_string_equal(gadget.trace, "");
	expect(suit_procedure_run(&process), row->error);
	assert_string_equal(gadget.trace, "");
}

static void what_the_device_lacks(void **state)
{
	static const struct {
		size_t op;
		const char *command;
	} rows[] = {
		{ offsetof(struct suit_platform_ops, identify), "1, 15" },
		{ offsetof(struct suit_platform_ops, image_digest),
		  "3, 15" },
		{ offsetof(struct suit_platform_ops, now), "4, 15" },
		{ offsetof(struct suit_platform_ops, slot), "5, 15" },
		{ offsetof(struct suit_platform_ops, image_compare),
		  "6, 15" },
		{ offsetof(struct suit_platform_ops, write), "18, 15" },
		{ offsetof(struct suit_platform_ops, fetch), "21, 15" },
		{ offsetof(struct suit_platform_ops, copy), "22, 15" },
		{ offsetof(struct suit_platform_ops, image_digest),
		  "25, 15" },
		{ offsetof(struct suit_platform_ops, battery), "26, 15" },
		{ offsetof(struct suit_platform_ops, authorize), "27, 15" },
		{ offsetof(struct suit_platform_ops, version), "28, 15" },
		{ offsetof(struct suit_platform_ops, wait), "29, 15" },
		{ offsetof(struct suit_platform_ops, swap), "31, 15" },
		{ offsetof(struct suit_platform_ops, unlink), "33, 15" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct suit_platform_ops ops = gadget_ops;
		const char *sections = text(", 20: <<[12, 0, 33, 15, 15,"
					    " [<<[%s]>>, <<[14, 0]>>]]>>",
					    rows[i].command);

		gadget_reset();
		expect(gadget_start(envelope("", sections),
				    SUIT_PROCEDURE_UPDATE, &ops), SUIT_OK);
		memset((u8 *)&ops + rows[i].op, 0, sizeof(ops.fetch));
		expect(gadget_start(envelope("", sections),
				    SUIT_PROCEDURE_UPDATE, &ops),
		       SUIT_ERR_COMMAND);
		/* what is not run need not be there */
		expect(gadget_start(envelope("", text("%s, 24: <<[12, 0, 14,"
						      " 0]>>", sections)),
				    SUIT_PROCEDURE_UNINSTALL, &ops), SUIT_OK);
	}
}

static void too_little_room(void **state)
{
	static struct suit_params params[4];
	struct suit_key key = toy_key(1, SUIT_ALG_ESP256, "");
	struct suit_authority owner = {
		.role = SUIT_ROLE_VENDOR, .threshold = 1,
		.prefixes = diag("[['c']]"),
	};
	const struct suit_trust trust = { &owner, 1, &key, 1, NULL, 0 };
	struct suit_platform_ops floorless = gadget_ops;
	struct suit_setup setup = {
		.envelope = envelope("", ", 7: <<[12, 0, 14, 0]>>"),
		.trust = &trust, .crypto = toy_crypto(),
		.platform = { &gadget_ops, &gadget },
		.node = nodes, .max_nodes = 1,
		.params = params, .max_params = 3,
	};

	(void)state;
	gadget_reset();
	toy_reset();
	expect(suit_procedure_start(&process, &setup,
				    SUIT_PROCEDURE_VALIDATION),
	       SUIT_ERR_COMPONENTS);
	setup.max_params = 4;
	setup.max_nodes = 0;
	expect(suit_procedure_start(&process, &setup,
				    SUIT_PROCEDURE_VALIDATION),
	       SUIT_ERR_OPERATION);
	expect(suit_procedure_run(&process), SUIT_ERR_OPERATION);
	setup.max_nodes = 1;
	floorless.floor = NULL;
	setup.platform.ops = &floorless;
	expect(suit_procedure_start(&process, &setup,
				    SUIT_PROCEDURE_VALIDATION),
	       SUIT_ERR_OPERATION);
	setup.platform.ops = &gadget_ops;
	expect(suit_procedure_start(&process, &setup,
				    SUIT_PROCEDURE_VALIDATION), SUIT_OK);
}

/* Floors: by the manifest's own id, else by its components. */
static void floors(void **state)
{
	static const struct {
		u64 floor;
		enum suit_error error;
	} rows[] = {
		{ 0, SUIT_OK }, { 6, SUIT_OK }, { 7, SUIT_OK },
		{ 8, SUIT_ERR_FLOOR }, { UINT64_MAX, SUIT_ERR_FLOOR },
	};
	static const char *const forms[] = {
		", 7: <<[12, 0, 14, 0]>>",
		", 5: ['c', 'm'], 7: <<[12, 0, 14, 0]>>",
	};
	size_t i, j;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		for (j = 0; j < COUNT(forms); j++) {
			gadget_reset();
			gadget.floor.sequence_number = rows[i].floor;
			expect(gadget_start(envelope("", forms[j]),
					    SUIT_PROCEDURE_VALIDATION,
					    &gadget_ops), rows[i].error);
		}
	}
}

/* An equal number is for the same manifest only, when that is remembered. */
static void a_number_used_again(void **state)
{
	struct suit_slice manifest = diag("%s", manifest_of(
		4, "", ", 7: <<[12, 0, 14, 0]>>"));
	struct suit_slice bytes = envelope_of(manifest, "");

	(void)state;
	gadget_reset();
	gadget.floor.sequence_number = 7;
	expect(suit_digest_decode(diag("digest'another'"),
				  &gadget.floor.manifest), SUIT_OK);
	expect(gadget_start(bytes, SUIT_PROCEDURE_VALIDATION, &gadget_ops),
	       SUIT_ERR_FLOOR_REUSED);
	gadget.floor.sequence_number = 6;
	expect(gadget_start(bytes, SUIT_PROCEDURE_VALIDATION, &gadget_ops),
	       SUIT_OK);
	gadget.floor.sequence_number = 7;
	expect(suit_digest_decode(diag("%s", digest_of(manifest)),
				  &gadget.floor.manifest), SUIT_OK);
	expect(gadget_start(bytes, SUIT_PROCEDURE_VALIDATION, &gadget_ops),
	       SUIT_OK);
}

static enum suit_error no_floor(void *ctx, const struct suit_authority *owner,
				struct suit_slice id, struct suit_floor *out)
{
	(void)ctx;
	(void)owner;
	(void)id;
	(void)out;
	return SUIT_ERR_PENDING;
}

static void who_may_not(void **state)
{
	struct suit_platform_ops broken = gadget_ops;
	struct suit_slice good = envelope("", ", 7: <<[12, 0, 14, 0]>>");

	(void)state;
	gadget_reset();
	expect(gadget_start(envelope_of(diag("{1: 1, 2: 7, 3: <<{2: [['x']]"
					     "}>>, 7: <<[14, 0]>>}"), ""),
			    SUIT_PROCEDURE_VALIDATION, &gadget_ops),
	       SUIT_ERR_NOT_ENTITLED);
	expect(gadget_start(diag("raw'%s00'", hex(good)),
			    SUIT_PROCEDURE_VALIDATION, &gadget_ops),
	       SUIT_ERR_TRAILING);
	expect(gadget_start(envelope_of(diag("{1: 1, 2: 7, 3: <<{2: [%s]}>>}",
					     each(65, "['c', '#']")), ""),
			    SUIT_PROCEDURE_VALIDATION, &gadget_ops),
	       SUIT_ERR_PROFILE);
	/* a floor that is not there yet is none: nothing is put off here */
	broken.floor = no_floor;
	expect(gadget_start(good, SUIT_PROCEDURE_VALIDATION, &broken),
	       SUIT_ERR_OPERATION);
	expect(suit_procedure_run(&process), SUIT_ERR_OPERATION);
}

/* A branch is taken that does nothing, and so nothing was done. */
static void nothing_was_done(void **state)
{
	struct suit_record where;

	(void)state;
	expect(gadget_install(NULL, "[12, 0, 15, [<<[20, {}]>>,"
			      " <<[33, 15]>>]]"), SUIT_ERR_MANIFEST_INERT);
	assert_false(suit_procedure_where(&process, &where));
}

static void records(void **state)
{
	static const struct {
		const char *install, *records;
	} rows[] = {
		{ "[12, 0, 33, 0]", "" },
		{ "[12, 0, 33, 1]", "33:ok@20.3" },
		{ "[12, 0, 33, 2]", "" },
		{ "[12, 0, 33, 4]", "33:ok@20.3+" },
		{ "[12, 0, 33, 8]", "" },
		{ "[12, 0, 33, 15, 14, 15]",
		  "33:ok@20.3+ 14:abort-condition@20.6+" },
		{ "[12, 0, 33, 2, 14, 2]", "14:abort-condition@20.6" },
		{ "[12, 0, 33, 8, 14, 8]", "14:abort-condition@20.6+" },
		{ "[12, 0, 33, 2, 14, 1]", "" },
		{ "[12, 0, 33, 2, 14, 4]", "" },
		{ "[12, [0, 1], 33, 1]", "33:ok@20.5 33:ok@20.5" },
		{ "[12, 0, 20, {}, 33, 0]", "" },
		{ "[12, 0, 32, <<[33, 1]>>]", "33:ok@20.7" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		gadget_install(NULL, rows[i].install);
		assert_string_equal(gadget.records, rows[i].records);
	}
}

/* After success it is the last command that did something. */
static void where_it_ended(void **state)
{
	struct suit_record where;

	(void)state;
	expect(gadget_install(NULL, "[12, 2, 33, 15, 12, 1]"), SUIT_OK);
	assert_true(suit_procedure_where(&process, &where));
	assert_int_equal(where.command, SUIT_DIR_UNLINK);
	assert_int_equal(where.error, SUIT_OK);
	assert_int_equal(where.component, 2);
}

/* What was measured goes with the record. */
static void measured(void **state)
{
	struct suit_record where;

	(void)state;
	expect(gadget_install(NULL, "[12, 0, 20, {3: <<digest'x'>>}, 3, 15]"),
	       SUIT_ERR_IMAGE);
	assert_true(suit_procedure_where(&process, &where));
	assert_int_equal(where.measured->labels,
			 1 << SUIT_PARAM_IMAGE_DIGEST |
			 1 << SUIT_PARAM_IMAGE_SIZE);
	assert_int_equal(where.measured->size, 4);
	expect_bytes(diag("[-16, h'%s']", hex(where.measured->digest.value)),
		     diag("digest'zero'"));
	expect(gadget_install(NULL, "[12, 0, 14, 15]"), SUIT_ERR_ABORT);
	assert_true(suit_procedure_where(&process, &where));
	assert_int_equal(where.measured->labels, 0);
}

int main(void)
{
	single("names of procedures", names);
	table(orders, check_order);
	table(starts, check_start);
	single("what the device lacks", what_the_device_lacks);
	single("too little room", too_little_room);
	single("floors", floors);
	single("a number that is used again", a_number_used_again);
	single("who may not", who_may_not);
	single("nothing was done", nothing_was_done);
	single("records", records);
	single("where it ended", where_it_ended);
	single("what was measured", measured);
	return table_run("procedure");
}

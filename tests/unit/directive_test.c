// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Directives: what the device is asked to do, what must be there before it is,
 * and that a failure ends everything.
 */
#include <string.h>

#include "gadget.h"

/**
 * struct directive_row - install of a manifest for components 0 to 3
 * @install: content of the section
 * @trace: what was asked of the device
 * @images: what components 0 to 3 have then, '-' for nothing
 */
struct directive_row {
	const char *name;
	const char *install;
	enum suit_error error;
	const char *trace;
	const char *images;
};

static const char *images(void)
{
	const char *all = "";
	size_t i;

	for (i = 0; i < 4; i++) {
		const struct suit_slice *image = &gadget.image[i];

		all = text("%s%s%.*s", all, i ? " " : "",
			   image->ptr ? (int)image->len : 1,
			   image->ptr ? (const char *)image->ptr : "-");
	}
	return all;
}

static void check_directive(void **state)
{
	const struct directive_row *row = *state;

	expect(gadget_install(NULL, row->install), row->error);
	assert_string_equal(gadget.trace, row->trace);
	assert_string_equal(images(), row->images ? row->images :
						    "zero one two -");
}

static const struct directive_row rows[] = {
	{ "fetch", "[12, 3, 20, {21: \"http://x\"}, 21, 15]", SUIT_OK, "F3",
	  "zero one two http://x" },
	{ "fetch: for several", "[12, [3, 0], 20, {21: \"u\"}, 21, 15]",
	  SUIT_OK, "F3 F0", "u one two u" },
	{ "fetch: no URI", "[12, 3, 21, 15]", SUIT_ERR_DIRECTIVE_PARAMETER,
	  "" },
	{ "fetch: and matched",
	  "[12, 3, 20, {3: <<digest'u'>>, 21: \"u\"}, 21, 15, 3, 15]",
	  SUIT_OK, "F3 i3", "zero one two u" },
	{ "fetch: another image than is wanted",
	  "[12, 3, 20, {3: <<digest'v'>>, 21: \"u\"}, 21, 15, 3, 15]",
	  SUIT_ERR_IMAGE, "F3 i3", "zero one two u" },
	{ "fetch: a fragment that is not in the envelope",
	  "[12, 3, 20, {21: \"#u\"}, 21, 15]", SUIT_ERR_PAYLOAD_MISSING, "" },
	{ "fetch: an empty URI", "[12, 3, 20, {21: \"\"}, 21, 15]", SUIT_OK,
	  "F3", "zero one two " },
	{ "copy", "[12, 3, 20, {22: 1}, 22, 15]", SUIT_OK, "C3",
	  "zero one two one" },
	{ "copy: no source", "[12, 3, 22, 15]", SUIT_ERR_DIRECTIVE_PARAMETER,
	  "" },
	{ "copy: from itself", "[12, 3, 20, {22: 3}, 22, 15]",
	  SUIT_ERR_OPERATION, "" },
	{ "copy: from past the end", "[12, 3, 20, {22: 4}, 22, 15]",
	  SUIT_ERR_COMPONENT_INDEX, "" },
	{ "copy: the source is in 32 bits",
	  "[12, 3, 20, {22: 4294967297}, 22, 15]", SUIT_ERR_COMPONENT_INDEX,
	  "" },
	{ "swap", "[12, 0, 20, {22: 1}, 31, 15]", SUIT_OK, "S0",
	  "one zero two -" },
	{ "swap: no other", "[12, 0, 31, 15]", SUIT_ERR_DIRECTIVE_PARAMETER,
	  "" },
	{ "swap: with itself", "[12, 0, 20, {22: 0}, 31, 15]",
	  SUIT_ERR_OPERATION, "" },
	{ "write", "[12, 3, 20, {18: 'text'}, 18, 15]", SUIT_OK, "W3",
	  "zero one two text" },
	{ "write: nothing", "[12, 3, 20, {18: h''}, 18, 15]", SUIT_OK, "W3",
	  "zero one two " },
	{ "write: no content", "[12, 3, 18, 15]",
	  SUIT_ERR_DIRECTIVE_PARAMETER, "" },
	{ "unlink", "[12, 3, 33, 15]", SUIT_OK, "U3" },
	{ "unlink: twice", "[12, 3, 33, 15, 33, 15]", SUIT_ERR_UNLINKED,
	  "U3" },
	{ "unlink: one after the other", "[12, [2, 3], 33, 15]", SUIT_OK,
	  "U2 U3" },
	{ "wait", "[12, 0, 20, {29: <<{5: 1}>>}, 29, 15, 33, 15]", SUIT_OK,
	  "w U0" },
	{ "wait: for nothing", "[12, 0, 29, 15, 33, 15]",
	  SUIT_ERR_DIRECTIVE_PARAMETER, "" },
	{ "wait: alone does nothing", "[12, 0, 20, {29: <<{5: 1}>>}, 29, 15]",
	  SUIT_ERR_MANIFEST_INERT, "" },
};

/* A branch may not catch what a directive had no parameter for. */
static const struct directive_row hard[] = {
	{ "caught by no branch: fetch",
	  "[12, 3, 15, [<<[21, 15]>>, <<[33, 15]>>]]",
	  SUIT_ERR_DIRECTIVE_PARAMETER, "" },
	{ "caught by no run-sequence: copy",
	  "[12, 3, 32, <<[20, {13: true}, 22, 15]>>, 33, 15]",
	  SUIT_ERR_DIRECTIVE_PARAMETER, "" },
	{ "caught by no branch: unlink twice",
	  "[12, 3, 15, [<<[33, 15, 33, 15]>>, <<[33, 15]>>]]",
	  SUIT_ERR_UNLINKED, "U3" },
};

/* Out of order nothing may be read that is written, and twice is once. */
static const struct directive_row orders[] = {
	{ "order: read and then written",
	  "[12, 0, 20, {12: false}, 12, 3, 20, {22: 1}, 22, 15,"
	  " 12, 1, 20, {18: 'x'}, 18, 15]", SUIT_ERR_STRICT_ORDER, "C3",
	  "zero one two one" },
	{ "order: written and then read",
	  "[12, 0, 20, {12: false}, 12, 1, 20, {18: 'x'}, 18, 15,"
	  " 12, 3, 20, {22: 1}, 22, 15]", SUIT_ERR_STRICT_ORDER, "W1",
	  "zero x two -" },
	{ "order: strict again in between",
	  "[12, 0, 20, {12: false}, 12, 1, 20, {18: 'x'}, 18, 15,"
	  " 20, {12: true}, 12, 3, 20, {22: 1}, 22, 15]", SUIT_OK, "W1 C3",
	  "zero x two x" },
	{ "order: strict in between, and not again after it",
	  "[12, 0, 20, {12: false}, 12, 1, 20, {18: 'x'}, 18, 15,"
	  " 20, {12: true}, 20, {12: false}, 12, 3, 20, {22: 1}, 22, 15]",
	  SUIT_OK, "W1 C3", "zero x two x" },
	{ "order: strict", "[12, 1, 20, {18: 'x'}, 18, 15,"
	  " 12, 3, 20, {22: 1}, 22, 15]", SUIT_OK, "W1 C3",
	  "zero x two x" },
	{ "order: different components",
	  "[12, 0, 20, {12: false}, 12, 1, 20, {18: 'x'}, 18, 15,"
	  " 12, 3, 20, {22: 2}, 22, 15]", SUIT_OK, "W1 C3",
	  "zero x two two" },
	{ "order: a swap reads and writes both",
	  "[12, 0, 20, {12: false}, 20, {22: 1}, 31, 15,"
	  " 12, 3, 20, {22: 0}, 22, 15]", SUIT_ERR_STRICT_ORDER, "S0",
	  "one zero two -" },
	{ "order: written in a sequence inside",
	  "[12, 0, 20, {12: false}, 12, 3, 20, {22: 1}, 22, 15,"
	  " 12, 0, 32, <<[12, 1, 20, {18: 'x'}, 18, 15]>>]",
	  SUIT_ERR_STRICT_ORDER, "C3", "zero one two one" },
	{ "order: a branch that failed is not asked",
	  "[12, 0, 15, [<<[20, {12: false}, 12, 3, 20, {22: 1}, 22, 15,"
	  " 14, 0]>>, <<[20, {12: false}, 12, 1, 20, {18: 'x'}, 18, 15]>>]]",
	  SUIT_OK, "C3 W1", "zero x two one" },
};

/* What a directive is told besides its name. */
static void what_fetch_is_told(void **state)
{
	const struct suit_effect *e = &gadget.effect;

	(void)state;
	expect(gadget_install(NULL, "[12, 3, 20, {3: <<digest'x'>>, 14: 7,"
			      " 19: <<96([h'', {}, null, []])>>, 21: \"u\","
			      " 25: 'args', 30: <<{5: 3}>>}, 21, 15]"),
	       SUIT_OK);
	assert_int_equal(e->section, SUIT_SECTION_INSTALL);
	assert_false(e->dependency);
	expect_bytes(e->id, diag("['c', '3']"));
	expect_bytes(e->uri, bytes_of("u"));
	assert_null(e->payload.ptr);
	assert_int_equal(e->digest.alg, SUIT_ALG_SHA256);
	assert_true(e->has_size);
	assert_int_equal(e->size, 7);
	expect_bytes(e->arguments, bytes_of("args"));
	expect_bytes(e->encryption_info, diag("96([h'', {}, null, []])"));
	assert_int_equal(e->metadata.file_type, SUIT_FILE_SYMLINK);
	assert_ptr_equal(e->manifest, &nodes[0].manifest);
	expect(gadget_install(NULL, "[12, 3, 20, {21: \"u\"}, 21, 15]"),
	       SUIT_OK);
	assert_int_equal(e->digest.alg, 0);
	assert_false(e->has_size);
	assert_null(e->arguments.ptr);
	assert_null(e->encryption_info.ptr);
	assert_int_equal(e->metadata.members, 0);
}

static enum suit_error install_with(const char *install, const char *members,
				    const struct suit_platform_ops *ops)
{
	struct suit_slice manifest;
	enum suit_error error;

	gadget_reset();
	manifest = diag("%s", manifest_of(4, "", text(", 20: <<%s>>",
						      install)));
	error = gadget_start(envelope_of(manifest, members),
			     SUIT_PROCEDURE_UPDATE, ops);
	return error == SUIT_OK ? suit_procedure_run(&process) : error;
}

/* A payload in the envelope comes before the network, and must fit. */
static void integrated_payloads(void **state)
{
	static const struct {
		const char *parameters;
		enum suit_error error;
	} rows_[] = {
		{ "21: \"#p\"", SUIT_OK },
		{ "21: \"http://p\"", SUIT_OK },
		{ "14: 7, 21: \"#p\"", SUIT_OK },
		{ "14: 6, 21: \"#p\"", SUIT_ERR_PAYLOAD_SIZE },
		{ "14: 6, 19: <<96([h'', {}, null, []])>>, 21: \"#p\"",
		  SUIT_OK },
		{ "21: \"#q\"", SUIT_ERR_PAYLOAD_MISSING },
		{ "14: 6, 21: \"q\"", SUIT_OK },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows_); i++) {
		expect(install_with(text("[12, 3, 20, {%s}, 21, 15]",
					 rows_[i].parameters),
				    ", \"#p\": 'payload',"
				    " \"http://p\": 'payload'",
				    &gadget_ops), rows_[i].error);
		assert_string_equal(gadget.trace,
				    rows_[i].error == SUIT_OK ? "F3" : "");
		if (rows_[i].error == SUIT_OK && i != 6)
			expect_bytes(gadget.image[3], bytes_of("payload"));
	}
}

/* What the device says is what comes of it, and no branch catches it. */
static void a_device_that_fails(void **state)
{
	static const char *const directives[] = {
		"20, {21: \"u\"}, 21, 15", "20, {22: 1}, 22, 15",
		"20, {22: 1}, 31, 15", "20, {18: 'x'}, 18, 15", "33, 15",
		"20, {29: <<{5: 1}>>}, 29, 15",
	};
	static const enum suit_error errors[] = {
		SUIT_ERR_OPERATION, SUIT_ERR_IMAGE, SUIT_ERR_PAYLOAD_SIZE,
	};
	struct suit_record where;
	size_t i, j;

	(void)state;
	for (i = 0; i < COUNT(directives); i++) {
		for (j = 0; j < COUNT(errors); j++) {
			const char *install = text(
				"[12, 3, 15, [<<[%s]>>, <<[20, {18: 'y'},"
				" 18, 15]>>]]", directives[i]);
			struct suit_slice envelope;

			gadget_reset();
			gadget.fails = errors[j];
			envelope = envelope_of(diag("%s", manifest_of(
				4, "", text(", 20: <<%s>>", install))), "");
			expect(gadget_run(envelope, SUIT_PROCEDURE_UPDATE),
			       errors[j]);
			assert_string_equal(images(), "zero one two -");
			assert_true(suit_procedure_where(&process, &where));
			assert_int_equal(where.error, errors[j]);
		}
	}
}

/* Another manifest refers to it: it is not changed beneath that. */
static void still_referenced(void **state)
{
	static const char *const directives[] = {
		"20, {21: \"u\"}, 21, 15", "20, {22: 1}, 22, 15",
		"20, {22: 1}, 31, 15", "20, {18: 'x'}, 18, 15",
	};
	struct suit_platform_ops uncounted = gadget_ops;
	struct suit_slice envelope;
	size_t i;

	(void)state;
	uncounted.references = NULL;
	for (i = 0; i < COUNT(directives); i++) {
		const char *install = text(", 20: <<[12, 3, %s]>>",
					   directives[i]);

		gadget_reset();
		gadget.references = 1;
		envelope = envelope_of(diag("%s", manifest_of(4, "", install)),
				       "");
		expect(gadget_run(envelope, SUIT_PROCEDURE_UPDATE),
		       SUIT_ERR_COMPONENT_LINKED);
		assert_string_equal(gadget.trace, "");
		expect(gadget_start(envelope, SUIT_PROCEDURE_UPDATE,
				    &uncounted), SUIT_OK);
		expect(suit_procedure_run(&process), SUIT_OK);
	}
}

static void invoke(void **state)
{
	(void)state;
	gadget_reset();
	expect(gadget_run(envelope_of(diag("%s", manifest_of(
			4, "", ", 9: <<[12, 1, 23, 15, 12, 2,"
			" 20, {23: 'args'}, 23, 15]>>")), ""),
			  SUIT_PROCEDURE_INVOCATION), SUIT_OK);
	assert_string_equal(gadget.trace, "I1 I2");
	expect_bytes(gadget.effect.arguments, bytes_of("args"));
	assert_int_equal(gadget.effect.section, SUIT_SECTION_INVOKE);
}

int main(void)
{
	table(rows, check_directive);
	table(hard, check_directive);
	table(orders, check_directive);
	single("what fetch is told", what_fetch_is_told);
	single("integrated payloads", integrated_payloads);
	single("a device that fails", a_device_that_fails);
	single("a component that is still referenced", still_referenced);
	single("invoke", invoke);
	return table_run("directive");
}

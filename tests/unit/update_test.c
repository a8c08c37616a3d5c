// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Update management: conditions on time, energy, permission and version,
 * parameters of several components, and waiting.
 */
#include <string.h>

#include "gadget.h"

/**
 * struct update_row - install of a manifest for components 0 to 3
 * @install: content of the section; after it component 0 is unlinked
 * @trace: what was asked of the device
 */
struct update_row {
	const char *name;
	const char *install;
	enum suit_error error;
	const char *trace;
};

static enum suit_error install(const char *sequence)
{
	const char *section = text(", 20: <<%s>>", sequence);

	gadget_reset();
	gadget.now = 1000;
	gadget.battery = 50;
	gadget.version = (struct suit_version){ { 1, 2, 3 }, 3 };
	return gadget_run(envelope_of(diag("%s", manifest_of(4, "", section)),
				      ""), SUIT_PROCEDURE_UPDATE);
}

static void check_update(void **state)
{
	const struct update_row *row = *state;

	expect(install(text("[12, 0, %s]", row->install)), row->error);
	assert_string_equal(gadget.trace, row->trace);
}

static const struct update_row conditions[] = {
	{ "use-before: in time", "20, {4: 1001}, 4, 15", SUIT_OK, "t" },
	{ "use-before: now is not before", "20, {4: 1000}, 4, 15",
	  SUIT_ERR_EXPIRED, "t" },
	{ "use-before: in 32 bits", "20, {4: 4294967296}, 4, 15", SUIT_OK,
	  "t" },
	{ "use-before: not set", "4, 15", SUIT_ERR_PARAMETER_MISSING, "" },
	{ "battery: exactly enough", "20, {26: 50}, 26, 15", SUIT_OK, "b" },
	{ "battery: not enough", "20, {26: 51}, 26, 15", SUIT_ERR_BATTERY,
	  "b" },
	{ "battery: not set", "26, 15", SUIT_ERR_PARAMETER_MISSING, "" },
	{ "authorized", "20, {27: -1}, 27, 15", SUIT_OK, "a-1" },
	{ "authorized: not", "20, {27: 5}, 27, 15", SUIT_ERR_UNAUTHORIZED,
	  "a5" },
	{ "authorized: not set", "27, 15", SUIT_ERR_PARAMETER_MISSING, "" },
	{ "version: new enough", "20, {28: <<[2, [1, 2]]>>}, 28, 15",
	  SUIT_OK, "n0" },
	{ "version: too old", "20, {28: <<[1, [1, 2, 3]]>>}, 28, 15",
	  SUIT_ERR_VERSION, "n0" },
	{ "version: not set", "28, 15", SUIT_ERR_PARAMETER_MISSING, "" },
	{ "image-not-match: another", "20, {3: <<digest'x'>>}, 25, 15",
	  SUIT_OK, "i0" },
	{ "image-not-match: another size",
	  "20, {3: <<digest'zero'>>, 14: 5}, 25, 15", SUIT_OK, "i0" },
	{ "image-not-match: absent",
	  "12, 3, 20, {3: <<digest'x'>>}, 25, 15", SUIT_OK, "i3" },
	{ "image-not-match: the same", "20, {3: <<digest'zero'>>}, 25, 15",
	  SUIT_ERR_IMAGE_SAME, "i0" },
	{ "image-not-match: not set", "25, 15", SUIT_ERR_PARAMETER_MISSING,
	  "" },
	{ "is-dependency: it is none", "33, 15, 8, 15",
	  SUIT_ERR_NOT_DEPENDENCY, "U0" },
	{ "conditions are soft",
	  "15, [<<[20, {4: 1}, 4, 15]>>, <<[20, {26: 51}, 26, 15]>>,"
	  " <<[27, 15]>>, <<[20, {28: <<[1, [9]]>>}, 28, 15]>>,"
	  " <<[20, {3: <<digest'zero'>>}, 25, 15]>>, <<[8, 15]>>,"
	  " <<[33, 15]>>]", SUIT_OK, "t b n0 i0 U0" },
};

static const struct update_row assignments[] = {
	{ "multiple: for two components",
	  "34, {1: {3: <<digest'one'>>}, 2: {3: <<digest'two'>>}},"
	  " 12, [1, 2], 3, 15", SUIT_OK, "i1 i2" },
	{ "multiple: the last is selected",
	  "34, {1: {}, 2: {3: <<digest'two'>>}}, 3, 15", SUIT_OK, "i2" },
	{ "multiple: replaces",
	  "20, {3: <<digest'x'>>}, 34, {0: {3: <<digest'zero'>>}}, 3, 15",
	  SUIT_OK, "i0" },
	{ "multiple: soft-failure in a section", "34, {0: {13: true}}, 33, 15",
	  SUIT_ERR_SOFT_FAILURE, "" },
	{ "multiple: where the index may not change",
	  "20, {12: false}, 32, <<[12, 1, 34, {1: {}}, 33, 15]>>",
	  SUIT_ERR_STRICT_ORDER, "" },
	{ "multiple: a source", "34, {3: {22: 1}}, 22, 15", SUIT_OK, "C3" },
	{ "copy-params: of another component",
	  "12, 1, 20, {3: <<digest'zero'>>, 14: 4}, 12, 0,"
	  " 35, {1: [3, 14]}, 3, 15", SUIT_OK, "i0" },
	{ "copy-params: replaces",
	  "20, {3: <<digest'x'>>}, 12, 1, 20, {3: <<digest'zero'>>}, 12, 0,"
	  " 35, {1: [3]}, 3, 15", SUIT_OK, "i0" },
	{ "copy-params: what is not set", "35, {1: [3]}, 33, 15",
	  SUIT_ERR_DIRECTIVE_PARAMETER, "" },
	{ "copy-params: into each of a list",
	  "12, 3, 20, {18: 'x'}, 12, [0, 1], 35, {3: [18]}, 18, 15",
	  SUIT_OK, "W0 W1" },
	{ "copy-params: of two components",
	  "12, 1, 20, {3: <<digest'zero'>>}, 12, 2, 20, {14: 5}, 12, 0,"
	  " 35, {1: [3], 2: [14]}, 3, 15", SUIT_ERR_IMAGE_SIZE, "i0" },
};

/* What makes them malformed is found when the manifest is opened. */
static const struct update_row malformed[] = {
	{ "multiple: none", "34, {}", SUIT_ERR_COMMAND_ARGUMENT, "" },
	{ "multiple: a list", "34, [0]", SUIT_ERR_COMMAND_ARGUMENT, "" },
	{ "multiple: past the end", "34, {4: {}}", SUIT_ERR_COMPONENT_INDEX,
	  "" },
	{ "multiple: an index below 0", "34, {-1: {}}",
	  SUIT_ERR_COMMAND_ARGUMENT, "" },
	{ "multiple: parameters that are no map", "34, {0: []}",
	  SUIT_ERR_COMMAND_ARGUMENT, "" },
	{ "multiple: an unknown parameter", "34, {0: {6: 0}}",
	  SUIT_ERR_PARAMETER, "" },
	{ "multiple: a malformed parameter", "34, {0: {}, 1: {14: -1}}",
	  SUIT_ERR_PARAMETER_FORM, "" },
	{ "copy-params: none", "35, {}", SUIT_ERR_COMMAND_ARGUMENT, "" },
	{ "copy-params: past the end", "35, {4: [3]}",
	  SUIT_ERR_COMPONENT_INDEX, "" },
	{ "copy-params: an empty list", "35, {1: []}",
	  SUIT_ERR_COMMAND_ARGUMENT, "" },
	{ "copy-params: no list", "35, {1: 3}", SUIT_ERR_COMMAND_ARGUMENT,
	  "" },
	{ "copy-params: a parameter by name", "35, {1: [\"size\"]}",
	  SUIT_ERR_COMMAND_ARGUMENT, "" },
	{ "copy-params: an unknown parameter", "35, {1: [3, 6]}",
	  SUIT_ERR_PARAMETER, "" },
	{ "copy-params: soft-failure is of no component", "35, {1: [13]}",
	  SUIT_ERR_PARAMETER, "" },
};

/* Nobody knows the time, the energy, the version: no condition on it holds. */
static void what_nobody_knows(void **state)
{
	static const struct {
		const char *sequence;
		enum suit_error error;
	} rows[] = {
		{ "[12, 0, 20, {4: 1}, 4, 15]", SUIT_ERR_EXPIRED },
		{ "[12, 0, 20, {26: 0}, 26, 15]", SUIT_ERR_BATTERY },
		{ "[12, 0, 20, {28: <<[5, [9]]>>}, 28, 15]",
		  SUIT_ERR_VERSION },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		expect(gadget_install(NULL, rows[i].sequence), rows[i].error);
}

/* A command that is put off is asked again, and nothing else is. */
static void waiting(void **state)
{
	const char *section = ", 20: <<[12, [1, 2], 33, 15, 20, {27: -1,"
			      " 29: <<{5: 1}>>}, 27, 15, 29, 15,"
			      " 15, [<<[14, 0]>>, <<[27, 15]>>]]>>";
	unsigned int rounds = 0;
	enum suit_error error;

	(void)state;
	gadget_reset();
	gadget.pending = 3;
	error = gadget_run(envelope_of(diag("%s", manifest_of(4, "",
							      section)), ""),
			   SUIT_PROCEDURE_UPDATE);
	for (; error == SUIT_ERR_PENDING; rounds++)
		error = suit_procedure_run(&process);
	expect(error, SUIT_OK);
	assert_int_equal(rounds, 3);
	assert_string_equal(gadget.trace,
			    "U1 U2 a-1 a-1 a-1 a-1 a-1 w w a-1 a-1");
	/* what is put off has not come out, and so is not recorded */
	assert_null(strstr(gadget.records, "waiting"));
	assert_non_null(strstr(gadget.records, "27:ok"));
}

/* What was found goes into the record: of the battery, what is left. */
static void battery_is_recorded(void **state)
{
	(void)state;
	expect(install("[12, 0, 33, 15, 20, {26: 50}, 26, 15]"), SUIT_OK);
	assert_int_equal(process.measured.labels,
			 1U << SUIT_PARAM_MINIMUM_BATTERY);
	assert_int_equal(process.measured.number, 50);
}

int main(void)
{
	table(conditions, check_update);
	table(assignments, check_update);
	table(malformed, check_update);
	single("what nobody knows", what_nobody_knows);
	single("what is left of the battery is recorded",
	       battery_is_recorded);
	single("waiting", waiting);
	return table_run("update");
}

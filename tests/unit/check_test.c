// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The form of command sequences: checked when a manifest is opened, before
 * anything of it runs.
 */
#include <string.h>

#include "opened.h"

/**
 * struct check_row - one section of a manifest for one component
 * @sequence: content of validate, in notation
 */
struct check_row {
	const char *name;
	const char *sequence;
	enum suit_error error;
};

static void check_validate(void **state)
{
	const struct check_row *row = *state;
	const char *validate = text(", 7: <<%s>>", row->sequence);
	const char *install = text(", 20: <<%s>>", row->sequence);

	expect(open_sections(1, "", validate, SUIT_PROFILE_FULL), row->error);
	/* what the kernel does not run it checks all the same */
	expect(open_sections(1, "", install, SUIT_PROFILE_KERNEL), row->error);
}

static const struct check_row forms[] = {
	{ "one command", "[3, 15]", SUIT_OK },
	{ "every reporting policy", "[3, 0, 3, 1, 3, 14, 3, 15]", SUIT_OK },
	{ "empty", "[]", SUIT_ERR_SEQUENCE_FORM },
	{ "a command without its argument", "[3]", SUIT_ERR_SEQUENCE_FORM },
	{ "an argument too many", "[3, 15, 3]", SUIT_ERR_SEQUENCE_FORM },
	{ "no array", "{3: 15}", SUIT_ERR_SEQUENCE_FORM },
	{ "bytes", "'sequence'", SUIT_ERR_SEQUENCE_FORM },
	{ "nothing", "nothing''", SUIT_ERR_TRUNCATED },
	{ "something after it", "[3, 15], 0", SUIT_ERR_TRAILING },
	{ "more commands than bytes", "raw'98ff030f'", SUIT_ERR_TRUNCATED },
	{ "a command that is missing", "raw'840303'", SUIT_ERR_TRUNCATED },
	{ "of indefinite length", "raw'9f030fff'", SUIT_ERR_INDEFINITE },
	{ "a command in a long head", "raw'8218030f'", SUIT_ERR_NONCANONICAL },
	{ "a command that is text", "[\"image-match\", 15]",
	  SUIT_ERR_SEQUENCE_FORM },
	{ "a command beyond 64 bits", "[18446744073709551615, 15]",
	  SUIT_ERR_RANGE },
	{ "commands in arrays, as in draft -02", "[[3, 15]]",
	  SUIT_ERR_SEQUENCE_FORM },
	{ "an argument that is no CBOR", "[3, raw'f7']", SUIT_ERR_RESERVED },
	{ "a policy of 16", "[3, 16]", SUIT_ERR_COMMAND_ARGUMENT },
	{ "a policy of 0 in 8 bits", "[3, 256]", SUIT_ERR_COMMAND_ARGUMENT },
	{ "a policy of 0 in 32 bits", "[3, 4294967296]",
	  SUIT_ERR_COMMAND_ARGUMENT },
	{ "a policy below 0", "[3, -1]", SUIT_ERR_COMMAND_ARGUMENT },
	{ "no policy, as in draft -05", "[3, null]",
	  SUIT_ERR_COMMAND_ARGUMENT },
	{ "a policy that is bytes", "[3, h'0f']", SUIT_ERR_COMMAND_ARGUMENT },
	{ "command 0", "[0, 15]", SUIT_ERR_COMMAND },
	{ "command 9", "[9, 15]", SUIT_ERR_COMMAND },
	{ "command 13", "[13, 15]", SUIT_ERR_COMMAND },
	{ "command 30", "[30, 15]", SUIT_ERR_COMMAND },
	{ "command 36", "[36, 15]", SUIT_ERR_COMMAND },
	{ "image-match in 8 bits", "[259, 15]", SUIT_ERR_COMMAND },
	{ "image-match in 32 bits", "[4294967299, 15]", SUIT_ERR_COMMAND },
	{ "a custom command", "[-1, 15]", SUIT_ERR_COMMAND },
	{ "a custom command after a good one", "[3, 15, -257, 'x']",
	  SUIT_ERR_COMMAND },
};

static const struct check_row indices[] = {
	{ "index: 0", "[12, 0, 3, 15]", SUIT_OK },
	{ "index: true", "[12, true, 3, 15]", SUIT_OK },
	{ "index: a list", "[12, [0], 3, 15]", SUIT_OK },
	{ "index: a list with one twice", "[12, [0, 0], 3, 15]", SUIT_OK },
	{ "index: one past the end", "[12, 1, 3, 15]",
	  SUIT_ERR_COMPONENT_INDEX },
	{ "index: 0 in 32 bits", "[12, 4294967296, 3, 15]",
	  SUIT_ERR_COMPONENT_INDEX },
	{ "index: the last number there is",
	  "[12, 18446744073709551615, 3, 15]", SUIT_ERR_COMPONENT_INDEX },
	{ "index: past the end in a list", "[12, [0, 1], 3, 15]",
	  SUIT_ERR_COMPONENT_INDEX },
	{ "index: below 0", "[12, -1, 3, 15]", SUIT_ERR_COMMAND_ARGUMENT },
	{ "index: false", "[12, false, 3, 15]", SUIT_ERR_COMMAND_ARGUMENT },
	{ "index: null", "[12, null, 3, 15]", SUIT_ERR_COMMAND_ARGUMENT },
	{ "index: text", "[12, \"0\", 3, 15]", SUIT_ERR_COMMAND_ARGUMENT },
	{ "index: an empty list", "[12, [], 3, 15]",
	  SUIT_ERR_COMMAND_ARGUMENT },
	{ "index: true in a list", "[12, [true], 3, 15]",
	  SUIT_ERR_COMMAND_ARGUMENT },
	{ "index: below 0 in a list", "[12, [0, -1], 3, 15]",
	  SUIT_ERR_COMMAND_ARGUMENT },
	{ "index: a map", "[12, {0: 0}, 3, 15]", SUIT_ERR_COMMAND_ARGUMENT },
};

#define SEQ "<<[3, 15]>>"

static const struct check_row nested[] = {
	{ "try-each: two", "[15, [" SEQ ", " SEQ "]]", SUIT_OK },
	{ "try-each: two and nil", "[15, [" SEQ ", " SEQ ", null]]",
	  SUIT_OK },
	{ "try-each: in a try-each",
	  "[15, [<<[15, [" SEQ ", " SEQ "]]>>, " SEQ "]]", SUIT_OK },
	{ "try-each: none", "[15, []]", SUIT_ERR_COMMAND_ARGUMENT },
	{ "try-each: one", "[15, [" SEQ "]]", SUIT_ERR_COMMAND_ARGUMENT },
	{ "try-each: one and nil", "[15, [" SEQ ", null]]",
	  SUIT_ERR_COMMAND_ARGUMENT },
	{ "try-each: nil first", "[15, [null, " SEQ ", " SEQ "]]",
	  SUIT_ERR_COMMAND_ARGUMENT },
	{ "try-each: nil in the middle", "[15, [" SEQ ", null, " SEQ "]]",
	  SUIT_ERR_COMMAND_ARGUMENT },
	{ "try-each: nil twice", "[15, [" SEQ ", " SEQ ", null, null]]",
	  SUIT_ERR_COMMAND_ARGUMENT },
	{ "try-each: only nil", "[15, [null, null]]",
	  SUIT_ERR_COMMAND_ARGUMENT },
	{ "try-each: false for nil", "[15, [" SEQ ", " SEQ ", false]]",
	  SUIT_ERR_COMMAND_ARGUMENT },
	{ "try-each: a sequence that is no bytes", "[15, [" SEQ ", [3, 15]]]",
	  SUIT_ERR_COMMAND_ARGUMENT },
	{ "try-each: the first is no bytes", "[15, [[3, 15], " SEQ "]]",
	  SUIT_ERR_COMMAND_ARGUMENT },
	{ "try-each: bytes", "[15, " SEQ "]", SUIT_ERR_COMMAND_ARGUMENT },
	{ "try-each: a first that is empty", "[15, [<<[]>>, " SEQ "]]",
	  SUIT_ERR_SEQUENCE_FORM },
	{ "try-each: a last that is empty", "[15, [" SEQ ", <<[]>>]]",
	  SUIT_ERR_SEQUENCE_FORM },
	{ "try-each: no bytes in one", "[15, [" SEQ ", h'']]",
	  SUIT_ERR_TRUNCATED },
	{ "try-each: an unknown command in the last",
	  "[15, [" SEQ ", <<[30, 15]>>]]", SUIT_ERR_COMMAND },
	{ "try-each: something after a sequence in one",
	  "[15, [<<[3, 15], 0>>, " SEQ "]]", SUIT_ERR_TRAILING },
	{ "try-each: a bad command after it",
	  "[15, [" SEQ ", " SEQ "], 30, 15]", SUIT_ERR_COMMAND },
	{ "try-each: an unknown command in the last of the first of two",
	  "[15, [" SEQ ", <<[30, 15]>>], 15, [" SEQ ", " SEQ "]]",
	  SUIT_ERR_COMMAND },
	{ "run-sequence", "[32, " SEQ "]", SUIT_OK },
	{ "run-sequence: no bytes", "[32, [3, 15]]",
	  SUIT_ERR_COMMAND_ARGUMENT },
	{ "run-sequence: nil", "[32, null]", SUIT_ERR_COMMAND_ARGUMENT },
	{ "run-sequence: empty", "[32, <<[]>>]", SUIT_ERR_SEQUENCE_FORM },
	{ "run-sequence: no bytes in it", "[32, h'']", SUIT_ERR_TRUNCATED },
	{ "run-sequence: a bad command deep inside",
	  "[32, <<[32, <<[32, <<[30, 15]>>]>>]>>]", SUIT_ERR_COMMAND },
	{ "run-sequence: a bad index inside", "[32, <<[12, 1]>>]",
	  SUIT_ERR_COMPONENT_INDEX },
	{ "override-multiple: no map", "[34, []]",
	  SUIT_ERR_COMMAND_ARGUMENT },
	{ "copy-params: no map", "[35, 0]", SUIT_ERR_COMMAND_ARGUMENT },
};

/* Several components: who is meant must be said first (6.2). */
static void index_first(void **state)
{
	static const struct {
		unsigned int components;
		const char *common, *validate;
		enum suit_error error;
	} rows[] = {
		{ 1, "", "[3, 15]", SUIT_OK },
		{ 2, "", "[12, 0, 3, 15]", SUIT_OK },
		{ 2, "", "[3, 15]", SUIT_ERR_SEQUENCE_INDEX },
		{ 2, "", "[3, 15, 12, 0]", SUIT_ERR_SEQUENCE_INDEX },
		{ 2, "", "[15, [<<[12, 0, 3, 15]>>, <<[12, 1, 3, 15]>>]]",
		  SUIT_ERR_SEQUENCE_INDEX },
		{ 2, ", 4: <<[1, 15]>>", "[12, 0, 3, 15]",
		  SUIT_ERR_SEQUENCE_INDEX },
		{ 2, ", 4: <<[12, 1, 1, 15]>>", "[12, 0, 3, 15]", SUIT_OK },
	};
	struct opened o;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		expect(open_manifest(&o, SUIT_PROFILE_FULL,
				     manifest_of(rows[i].components,
						 rows[i].common,
						 text(", 7: <<%s>>",
						      rows[i].validate)), ""),
		       rows[i].error);
}

/* An index past the components may be that of a dependency. */
static void index_of_a_dependency(void **state)
{
	static const struct {
		const char *index;
		enum suit_error error;
	} rows[] = {
		{ "0", SUIT_OK }, { "1", SUIT_ERR_COMPONENT_INDEX },
		{ "5", SUIT_OK }, { "[0, 5]", SUIT_OK },
		{ "6", SUIT_ERR_COMPONENT_INDEX },
	};
	const char *common = "{1: {5: {1: ['d']}}, 2: [['a']]}";
	struct opened o;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		expect(open_manifest(&o, SUIT_PROFILE_FULL,
				     text("{1: 1, 2: 0, 3: <<%s>>,"
					  " 7: <<[12, %s, 3, 15]>>}", common,
					  rows[i].index), ""),
		       rows[i].error);
	expect(open_manifest(&o, SUIT_PROFILE_FULL,
			     text("{1: 1, 2: 0, 3: <<%s>>, 7: <<[3, 15]>>}",
				  common), ""), SUIT_ERR_SEQUENCE_INDEX);
	expect(open_manifest(&o, SUIT_PROFILE_KERNEL,
			     text("{1: 1, 2: 0, 3: <<%s>>,"
				  " 7: <<[12, 0, 3, 15]>>}", common), ""),
	       SUIT_ERR_DEPENDENCIES);
}

/* Where each command may stand. K: decided in the kernel, S: in shared. */
struct place {
	const char *name;
	const char *command;
	const char *where;
};

static const struct place places[] = {
	{ "place: vendor-identifier", "1, 15", "KS" },
	{ "place: class-identifier", "2, 15", "KS" },
	{ "place: image-match", "3, 15", "KS" },
	{ "place: use-before", "4, 15", "S" },
	{ "place: component-slot", "5, 15", "KS" },
	{ "place: check-content", "6, 15", "KS" },
	{ "place: dependency-integrity", "7, 15", "S" },
	{ "place: is-dependency", "8, 15", "S" },
	{ "place: process-dependency", "11, 15", "" },
	{ "place: set-component-index", "12, 0", "KS" },
	{ "place: abort", "14, 15", "KS" },
	{ "place: try-each", "15, [" SEQ ", " SEQ "]", "KS" },
	{ "place: write", "18, 15", "" },
	{ "place: set-parameters", "19, {}", "KS" },
	{ "place: override-parameters", "20, {}", "KS" },
	{ "place: fetch", "21, 15", "" },
	{ "place: copy", "22, 15", "" },
	{ "place: invoke", "23, 15", "" },
	{ "place: device-identifier", "24, 15", "KS" },
	{ "place: image-not-match", "25, 15", "S" },
	{ "place: minimum-battery", "26, 15", "S" },
	{ "place: update-authorized", "27, 15", "S" },
	{ "place: version", "28, 15", "S" },
	{ "place: wait", "29, 15", "" },
	{ "place: swap", "31, 15", "" },
	{ "place: run-sequence", "32, " SEQ, "KS" },
	{ "place: unlink", "33, 15", "" },
	{ "place: override-multiple", "34, {0: {}}", "" },
	{ "place: copy-params", "35, {0: [3]}", "" },
};

static void check_place(void **state)
{
	const struct place *row = *state;
	bool kernel = strchr(row->where, 'K'), shared = strchr(row->where, 'S');
	const char *alone = text("[%s]", row->command);
	const char *deep = text("[32, <<[15, [%s, <<%s>>]]>>]", SEQ, alone);
	const char *sections[] = { alone, deep };
	const char *install = ", 20: <<[21, 15]>>";
	const char *validate, *good = text(", 7: <<[3, 15]>>%s", install);
	bool index = strstr(row->name, "index");
	size_t i;

	for (i = 0; i < COUNT(sections); i++) {
		validate = text(", 7: <<%s>>%s", sections[i], install);
		expect(open_sections(1, "", validate, SUIT_PROFILE_FULL), SUIT_OK);
		expect(open_sections(1, sections[i], good, SUIT_PROFILE_FULL),
		       shared ? SUIT_OK : SUIT_ERR_COMMAND_SHARED);
		/* nothing may move the kernel's eyes inside a branch */
		expect(open_sections(1, "", validate, SUIT_PROFILE_KERNEL),
		       kernel && !(index && i) ? SUIT_OK : SUIT_ERR_PROFILE);
		expect(open_sections(1, sections[i], good, SUIT_PROFILE_KERNEL),
		       !shared ? SUIT_ERR_COMMAND_SHARED :
		       kernel && !(index && i) ? SUIT_OK : SUIT_ERR_PROFILE);
		/* what the kernel does not run may have anything */
		expect(open_sections(1, "", text(", 7: <<[3, 15]>>,"
						 " 20: <<%s>>", sections[i]),
				 SUIT_PROFILE_KERNEL), SUIT_OK);
	}
}

static void custom_in_shared(void **state)
{
	(void)state;
	expect(open_sections(1, "[-1, 15]", ", 7: <<[3, 15]>>",
			 SUIT_PROFILE_FULL), SUIT_ERR_COMMAND_SHARED);
	expect(open_sections(1, "[0, 15]", ", 7: <<[3, 15]>>",
			 SUIT_PROFILE_FULL), SUIT_ERR_COMMAND);
	expect(open_sections(1, "[30, 15]", ", 7: <<[3, 15]>>",
			 SUIT_PROFILE_FULL), SUIT_ERR_COMMAND);
}

/*
 * Before draft -18 the sections had other numbers: what fetches where nothing
 * is to be fetched, or changes something where nothing is invoked, is old.
 */
static void old_sections(void **state)
{
	static const struct {
		const char *sections;
		enum suit_error error;
	} rows[] = {
		{ "9: <<[23, 2]>>", SUIT_OK },
		{ "9: <<[21, 2, 3, 15]>>", SUIT_ERR_MANIFEST_EPOCH },
		{ "9: <<[18, 2]>>", SUIT_ERR_MANIFEST_EPOCH },
		{ "9: <<[22, 2]>>", SUIT_ERR_MANIFEST_EPOCH },
		{ "9: <<[31, 2]>>", SUIT_ERR_MANIFEST_EPOCH },
		{ "9: <<[15, [<<[21, 2]>>, <<[14, 0]>>]]>>",
		  SUIT_ERR_MANIFEST_EPOCH },
		{ "9: <<[22, 2, 23, 2]>>", SUIT_OK },
		{ "9: <<[21, 2]>>, 20: <<[21, 2]>>", SUIT_OK },
		{ "9: <<[21, 2]>>, 16: <<[21, 2]>>", SUIT_OK },
		{ "9: <<[21, 2]>>, 20: digest'x'", SUIT_OK },
		{ "7: <<[3, 2]>>, 9: <<[21, 2]>>", SUIT_ERR_MANIFEST_EPOCH },
		{ "7: <<[21, 2]>>", SUIT_ERR_MANIFEST_EPOCH },
		{ "8: <<[21, 2]>>", SUIT_ERR_MANIFEST_EPOCH },
		{ "8: <<[22, 2]>>", SUIT_OK },
		{ "24: <<[22, 2]>>", SUIT_OK },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		expect(open_sections(1, "", text(", %s", rows[i].sections),
				     SUIT_PROFILE_FULL), rows[i].error);
}

int main(void)
{
	table(forms, check_validate);
	table(indices, check_validate);
	table(nested, check_validate);
	single("several components: an index first", index_first);
	single("the index of a dependency", index_of_a_dependency);
	table(places, check_place);
	single("a custom command in shared", custom_in_shared);
	single("sections of drafts before -18", old_sections);
	return table_run("check");
}

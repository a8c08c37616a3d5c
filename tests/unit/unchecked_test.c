// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Sequences that nobody checked: a run meets none, because opening a manifest
 * checks them all. If it did, it would end in an error and nowhere else.
 */
#include "gadget.h"

struct unchecked {
	const char *name;
	const char *validate;	/* for components 0 to 3, of which 0 is meant */
	enum suit_error error;
};

static void run_unchecked(void **state)
{
	const struct unchecked *row = *state;
	const char *shared = ", 4: <<[12, 0, 20, {3: <<digest'zero'>>},"
			     " 3, 15]>>";
	const char *payload = text(", \"#a\": <<%s>>", row->validate);
	struct suit_slice bytes;
	struct opened o;

	gadget_reset();
	expect(open_manifest(&o, SUIT_PROFILE_KERNEL,
			     manifest_of(4, shared, ", 7: <<[12, 0, 3, 15]>>"),
			     payload), SUIT_OK);
	/* from a place of the envelope where nobody looks */
	expect(suit_envelope_payload(&o.env, bytes_of("#a"), &bytes), SUIT_OK);
	o.m.section[SUIT_SECTION_VALIDATE] = bytes;
	expect(suit_decide(&process, &o.m, 0, &gadget_platform), row->error);
}

#define FIVE(item) item item item item item

static const struct unchecked rows[] = {
	{ "checked after all", "[12, 0, 3, 15]", SUIT_OK },
	{ "no array", "{3: 15}", SUIT_ERR_TYPE },
	{ "no bytes", "nothing''", SUIT_ERR_TRUNCATED },
	{ "a command without its argument", "[3, 15, 3]",
	  SUIT_ERR_TRUNCATED },
	{ "something after it", "raw'82030f00'", SUIT_ERR_TRAILING },
	{ "a command that is text", "[\"3\", 15]", SUIT_ERR_TYPE },
	{ "an argument that is no CBOR", "[3, raw'ff']",
	  SUIT_ERR_INDEFINITE },
	{ "an unknown command", "[30, 15]", SUIT_ERR_COMMAND },
	{ "a custom command", "[-1, 15]", SUIT_ERR_COMMAND },
	{ "a directive", "[21, 15]", SUIT_ERR_COMMAND },
	{ "an index past the end", "[12, 4, 3, 15]",
	  SUIT_ERR_COMPONENT_INDEX },
	{ "an index past the end of a list", "[12, [0, 4], 3, 15]",
	  SUIT_ERR_COMPONENT_INDEX },
	{ "an index that is text", "[12, \"0\", 3, 15]",
	  SUIT_ERR_COMPONENT_INDEX },
	{ "an index that is text in a list", "[12, [\"0\"], 3, 15]",
	  SUIT_ERR_COMPONENT_INDEX },
	{ "parameters that are no map", "[20, [3, 0]]", SUIT_ERR_TYPE },
	{ "parameters twice", "[20, {14: 4, 14: 5}]",
	  SUIT_ERR_MAP_DUPLICATE },
	{ "a digest that is none", "[20, {3: <<[]>>}, 3, 15]",
	  SUIT_ERR_DIGEST_FORM },
	{ "a flag that is a number", "[20, {12: 1}]", SUIT_ERR_TYPE },
	{ "run-sequence of no bytes", "[32, [3, 15]]", SUIT_ERR_TYPE },
	{ "run-sequence of no array", "[32, <<3>>]", SUIT_ERR_TYPE },
	{ "try-each of no array", "[15, <<[3, 15]>>]", SUIT_ERR_TYPE },
	{ "try-each of none", "[15, []]", SUIT_ERR_TRUNCATED },
	{ "try-each of no bytes", "[15, [[3, 15]]]", SUIT_ERR_TYPE },
	{ "try-each of no array in bytes", "[15, [<<3>>]]", SUIT_ERR_TYPE },
	{ "try-each whose second is no bytes",
	  "[15, [<<[14, 0]>>, [3, 15]]]", SUIT_ERR_TYPE },
	{ "sequences too deep",
	  "[" FIVE("32, <<[") FIVE("32, <<[") "3, 15" FIVE("]>>")
	  FIVE("]>>") "]", SUIT_ERR_SEQUENCE_DEPTH },
};

int main(void)
{
	table(rows, run_unchecked);
	return table_run("unchecked");
}

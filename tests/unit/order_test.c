// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a failing directive ends, what may be done out of order, and the
 * commands that set parameters of several components.
 */
#include "machine.h"

#define UPDATE SUIT_PROCEDURE_UPDATE

/* A manifest of authority a for "a/0", "a/1" and "a/2" with this install. */
static struct suit_slice install(const char *sequence)
{
	return machine_sign("1", text("{1: 1, 2: 7, 3: <<{2: [['a', '0'],"
				      " ['a', '1'], ['a', '2']]}>>,"
				      " 6: <<[1, 2, -1]>>, 20: <<%s>>}",
				      sequence),
			    ", \"#app\": 'payload'");
}

struct run {
	const char *name;
	const char *sequence;
	enum suit_error error;
	const char *trace;
};

static void setup(void)
{
	machine_reset();
	machine_store("a/1", bytes_of("one"));
	machine_publish("http://x", bytes_of("from afar"));
}

static void run(void **state)
{
	const struct run *row = *state;

	setup();
	machine_expect(install(row->sequence), UPDATE, row->error, row->trace);
}

/* soft-failure is for conditions; a directive's failure goes through. */
static const struct run not_soft[] = {
	{ "a missing URI in try-each",
	  "[12, 0, 15, [<<[21, 15]>>, <<[33, 15]>>]]",
	  SUIT_ERR_DIRECTIVE_PARAMETER, "" },
	{ "a source that is not there, in try-each",
	  "[12, 0, 20, {22: 2}, 15, [<<[22, 15]>>, <<[33, 15]>>]]",
	  SUIT_ERR_IMAGE, "copy a/0 a/2" },
	{ "a source that is not there, in a soft run-sequence",
	  "[12, 0, 20, {22: 2}, 32, <<[20, {13: true}, 22, 15]>>, 33, 15]",
	  SUIT_ERR_IMAGE, "copy a/0 a/2" },
	{ "a condition in try-each is soft",
	  "[12, 0, 15, [<<[3, 15]>>, <<[33, 15]>>]]", SUIT_OK, "unlink a/0" },
	{ "null at the end", "[12, 1, 15, [<<[14, 0]>>, <<[14, 0]>>, null],"
	  " 33, 15]", SUIT_OK, "unlink a/1" },
};

static const struct run order[] = {
	{ "strict: what was written is read",
	  "[12, 0, 20, {18: 'x'}, 18, 15, 12, 2, 20, {22: 0}, 22, 15]",
	  SUIT_OK, "write a/0, copy a/2 a/0" },
	{ "out of order: what was written is read",
	  "[12, 0, 20, {12: false, 18: 'x'}, 18, 15, 12, 2, 20, {22: 0},"
	  " 22, 15]", SUIT_ERR_STRICT_ORDER, "write a/0" },
	{ "out of order: what was read is written",
	  "[12, 2, 20, {12: false, 22: 1}, 22, 15, 12, 1, 20, {18: 'x'},"
	  " 18, 15]", SUIT_ERR_STRICT_ORDER, "copy a/2 a/1" },
	{ "out of order: different components",
	  "[12, 0, 20, {12: false, 18: 'x'}, 18, 15, 12, 2, 20, {22: 1},"
	  " 22, 15]", SUIT_OK, "write a/0, copy a/2 a/1" },
	{ "in order again",
	  "[12, 0, 20, {12: false, 18: 'x'}, 18, 15, 20, {12: true},"
	  " 12, 2, 20, {22: 0}, 22, 15]", SUIT_OK,
	  "write a/0, copy a/2 a/0" },
	{ "out of order: sequences beside each other",
	  "[12, 0, 20, {12: false}, 32, <<[12, 0, 20, {18: 'x'}, 18, 15]>>,"
	  " 32, <<[12, 2, 20, {22: 0}, 22, 15]>>]", SUIT_ERR_STRICT_ORDER,
	  "write a/0" },
	{ "a sequence is in order inside",
	  "[12, 0, 20, {12: false}, 32, <<[12, 0, 20, {18: 'x'}, 18, 15,"
	  " 3, 15]>>]", SUIT_ERR_PARAMETER_MISSING, "write a/0" },
	{ "out of order, a body begins with its component",
	  "[12, 0, 20, {12: false, 18: 'x'}, 32, <<[18, 15]>>]",
	  SUIT_ERR_STRICT_ORDER, "" },
	{ "out of order, a body keeps its component",
	  "[12, 0, 20, {12: false, 18: 'x'}, 32, <<[12, 0, 18, 15, 12, 1,"
	  " 23, 15]>>]", SUIT_ERR_STRICT_ORDER, "write a/0" },
	{ "out of order, a body keeps its component from override-multiple",
	  "[12, 0, 20, {12: false, 18: 'x'}, 32, <<[12, 0, 18, 15,"
	  " 34, {1: {18: 'y'}}]>>]", SUIT_ERR_STRICT_ORDER, "write a/0" },
	{ "out of order, a body per component of a list has it already",
	  "[12, [0, 2], 20, {12: false, 18: 'x'}, 32, <<[18, 15]>>]",
	  SUIT_OK, "write a/0, write a/2" },
	{ "out of order, a body per component of a list keeps it",
	  "[12, [0, 2], 20, {12: false, 18: 'x'}, 32, <<[12, 0, 18, 15]>>]",
	  SUIT_ERR_STRICT_ORDER, "" },
	{ "out of order, a body for all has its component already",
	  "[12, true, 20, {12: false, 18: 'x'}, 32, <<[18, 15]>>]",
	  SUIT_OK, "write a/0, write a/1, write a/2" },
	{ "in order a body may choose",
	  "[12, 0, 20, {18: 'x'}, 32, <<[18, 15, 12, 1, 23, 15]>>]", SUIT_OK,
	  "write a/0, invoke a/1" },
};

static const struct run assignments[] = {
	{ "override-multiple", "[12, 2, 34, {0: {18: 'x'}, 1: {18: 'y'}},"
	  " 12, [0, 1], 18, 15]", SUIT_OK, "write a/0, write a/1" },
	{ "override-multiple leaves the last component selected",
	  "[12, 2, 34, {0: {18: 'x'}, 1: {18: 'y'}}, 18, 15]", SUIT_OK,
	  "write a/1" },
	{ "override-multiple overrides",
	  "[12, 1, 20, {3: <<digest'no'>>}, 34, {1: {3: <<digest'one'>>}},"
	  " 3, 15]", SUIT_OK, "" },
	{ "copy-params", "[12, 0, 20, {18: 'x'}, 12, 2, 35, {0: [18]}, 18, 15]",
	  SUIT_OK, "write a/2" },
	{ "copy-params copies what is listed only",
	  "[12, 0, 20, {18: 'x', 21: \"http://x\"}, 12, 2, 35, {0: [18]},"
	  " 21, 15]", SUIT_ERR_DIRECTIVE_PARAMETER, "" },
	{ "copy-params overrides",
	  "[12, 0, 20, {3: <<digest'one'>>}, 12, 1, 20, {3: <<digest'no'>>},"
	  " 35, {0: [3]}, 3, 15]", SUIT_OK, "" },
	{ "copy-params of what is not set",
	  "[12, 1, 20, {18: 'y'}, 35, {0: [18]}, 18, 15]",
	  SUIT_ERR_DIRECTIVE_PARAMETER, "" },
	{ "copy-params of a source means the same component",
	  "[12, 0, 20, {22: 1}, 12, 2, 35, {0: [22]}, 22, 15]", SUIT_OK,
	  "copy a/2 a/1" },
	{ "copy-params for each of a list",
	  "[12, 1, 20, {18: 'x'}, 12, [0, 2], 35, {1: [18]}, 18, 15]",
	  SUIT_OK, "write a/0, write a/2" },
};

/* Without its op a command is refused before anything is done. */
static void absent_ops(void **state)
{
	static const char sequence[] = "[12, 0, 20, {18: 'x'}, 18, 15,"
				       " 20, {22: 1}, 15, [<<[14, 0]>>,"
				       " <<[22, 15]>>]]";

	(void)state;
	setup();
	machine_expect(install(sequence), UPDATE, SUIT_OK,
		       "write a/0, copy a/0 a/1");
	machine_ops.copy = NULL;
	machine_expect(install(sequence), UPDATE, SUIT_ERR_COMMAND, "");
	/* not in a section of this procedure: no matter */
	machine_expect(install(sequence), SUIT_PROCEDURE_VALIDATION,
		       SUIT_ERR_MANIFEST_INERT, "");
}

int main(void)
{
	table(not_soft, run);
	table(order, run);
	table(assignments, run);
	single("an absent op", absent_ops);
	return table_run("order");
}

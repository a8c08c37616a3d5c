// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Directives: what reaches the device, what must be there before, and what a
 * failure ends.
 */
#include <string.h>

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

static const struct run effects[] = {
	{ "fetch from the network", "[12, 0, 20, {21: \"http://x\"}, 21, 15]",
	  SUIT_OK, "fetch a/0 http://x" },
	{ "fetch from the envelope", "[12, 0, 20, {21: \"#app\"}, 21, 15,"
	  " 20, {3: <<digest'payload'>>}, 3, 15]", SUIT_OK,
	  "fetch a/0 #app" },
	{ "fetch what is not in the envelope",
	  "[12, 0, 20, {21: \"#other\"}, 21, 15]", SUIT_ERR_PAYLOAD_MISSING,
	  "" },
	{ "fetch what is bigger than it may be, from the envelope",
	  "[12, 0, 20, {14: 6, 21: \"#app\"}, 21, 15]",
	  SUIT_ERR_PAYLOAD_SIZE, "" },
	{ "fetch what is as big as it may be",
	  "[12, 0, 20, {14: 7, 21: \"#app\"}, 21, 15]", SUIT_OK,
	  "fetch a/0 #app" },
	{ "fetch what is bigger than it may be, from the network",
	  "[12, 0, 20, {14: 8, 21: \"http://x\"}, 21, 15]",
	  SUIT_ERR_PAYLOAD_SIZE, "fetch a/0 http://x" },
	{ "fetch without a URI", "[12, 0, 21, 15]",
	  SUIT_ERR_DIRECTIVE_PARAMETER, "" },
	{ "fetch what is nowhere", "[12, 0, 20, {21: \"y\"}, 21, 15]",
	  SUIT_ERR_OPERATION, "fetch a/0 y" },
	{ "fetch for each of a list",
	  "[12, [2, 0], 20, {21: \"http://x\"}, 21, 15]", SUIT_OK,
	  "fetch a/2 http://x, fetch a/0 http://x" },
	{ "fetch for all", "[12, true, 20, {21: \"http://x\"}, 21, 15]",
	  SUIT_OK, "fetch a/0 http://x, fetch a/1 http://x,"
	  " fetch a/2 http://x" },
	{ "copy", "[12, 0, 20, {22: 1}, 22, 15]", SUIT_OK, "copy a/0 a/1" },
	{ "copy without a source", "[12, 0, 22, 15]",
	  SUIT_ERR_DIRECTIVE_PARAMETER, "" },
	{ "copy from a component that is not in the manifest",
	  "[12, 0, 20, {22: 3}, 22, 15]", SUIT_ERR_COMPONENT_INDEX, "" },
	{ "copy onto itself", "[12, 1, 20, {22: 1}, 22, 15]",
	  SUIT_ERR_OPERATION, "" },
	{ "copy what is not there", "[12, 0, 20, {22: 2}, 22, 15]",
	  SUIT_ERR_IMAGE, "copy a/0 a/2" },
	{ "write", "[12, 0, 20, {18: 'x'}, 18, 15, 6, 15]", SUIT_OK,
	  "write a/0" },
	{ "write nothing", "[12, 0, 20, {18: ''}, 18, 15]", SUIT_OK,
	  "write a/0" },
	{ "write without content", "[12, 0, 18, 15]",
	  SUIT_ERR_DIRECTIVE_PARAMETER, "" },
	{ "swap", "[12, 0, 20, {22: 1}, 31, 15]", SUIT_OK, "swap a/0 a/1" },
	{ "swap without a source", "[12, 0, 31, 15]",
	  SUIT_ERR_DIRECTIVE_PARAMETER, "" },
	{ "invoke", "[12, 1, 20, {23: '--fast'}, 23, 15]", SUIT_OK,
	  "invoke a/1 --fast" },
	{ "invoke without arguments", "[12, 1, 23, 15]", SUIT_OK,
	  "invoke a/1" },
	{ "unlink", "[12, [0, 1], 33, 15]", SUIT_OK, "unlink a/0, unlink a/1" },
	{ "unlink twice", "[12, 1, 33, 15, 33, 15]", SUIT_ERR_UNLINKED,
	  "unlink a/1" },
	{ "unlink in a list twice", "[12, [1, 1], 33, 15]", SUIT_ERR_UNLINKED,
	  "unlink a/1" },
	{ "wait without events", "[12, 0, 29, 15, 33, 15]",
	  SUIT_ERR_DIRECTIVE_PARAMETER, "" },
};

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

/* Everything a back end may want to know, and nothing of another directive. */
static void all_that_is_asked(void **state)
{
	struct suit_version version;

	(void)state;
	setup();
	expect(machine_run(install("[12, 0, 20, {3: <<digest'from afar'>>,"
		" 14: 9, 19: <<96([h'', {}, null, []])>>, 21: \"http://x\","
		" 25: 'how', 30: <<{1: 7, 5: 1, 8: \"root\"}>>}, 21, 15]"),
		UPDATE), SUIT_OK);
	assert_int_equal(machine.effect.section, SUIT_SECTION_INSTALL);
	assert_int_equal(machine.effect.digest.alg, SUIT_ALG_SHA256);
	assert_true(machine.effect.has_size && machine.effect.size == 9);
	assert_false(machine.effect.dependency);
	expect_bytes(machine.effect.arguments, bytes_of("how"));
	expect_bytes(machine.effect.encryption_info,
		     diag("96([h'', {}, null, []])"));
	assert_int_equal(machine.effect.metadata.permissions, 7);
	expect_bytes(machine.effect.metadata.creator.bytes, bytes_of("root"));
	expect_bytes(machine.effect.authority->name, bytes_of("a"));
	expect(suit_version_decode(machine.effect.manifest->set_version,
				   &version), SUIT_OK);
	assert_true(version.n == 3 && version.part[2] == -1);
	assert_null(machine.effect.source.ptr);
	assert_null(machine.effect.content.ptr);
}

/* What is encrypted may be bigger than what is stored in the end. */
static void encrypted_is_bigger(void **state)
{
	(void)state;
	setup();
	machine_expect(install("[12, 0, 20, {14: 7,"
			       " 19: <<96([h'', {}, null, []])>>,"
			       " 21: \"#app\"}, 21, 15]"), UPDATE, SUIT_OK,
		       "fetch a/0 #app");
	machine_expect(install("[12, 0, 20, {14: 6,"
			       " 19: <<96([h'', {}, null, []])>>,"
			       " 21: \"#app\"}, 21, 15]"), UPDATE,
		       SUIT_ERR_PAYLOAD_SIZE, "fetch a/0 #app");
}

/* A component that others refer to is not changed beneath them. */
static void referenced(void **state)
{
	static const char *const sequences[] = {
		"[12, 1, 20, {21: \"http://x\"}, 21, 15]",
		"[12, 1, 20, {22: 0}, 22, 15]",
		"[12, 1, 20, {18: 'x'}, 18, 15]",
		"[12, 1, 20, {22: 0}, 31, 15]",
		"[12, 0, 20, {22: 1}, 31, 15]",
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(sequences); i++) {
		setup();
		machine_cell("a/1")->references = 1;
		machine_expect(install(sequences[i]), UPDATE,
			       SUIT_ERR_COMPONENT_LINKED, "");
	}
	setup();
	machine_cell("a/1")->references = 1;
	machine_expect(install("[12, 0, 20, {22: 1}, 22, 15]"), UPDATE, SUIT_OK,
		       "copy a/0 a/1");
}

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
	table(effects, run);
	table(not_soft, run);
	table(order, run);
	table(assignments, run);
	single("everything a back end is told", all_that_is_asked);
	single("what is encrypted may be bigger", encrypted_is_bigger);
	single("what others refer to stays", referenced);
	single("an absent op", absent_ops);
	return table_run("directive");
}

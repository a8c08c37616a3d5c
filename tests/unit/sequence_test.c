// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The interpreter: which component a command is for, what a failed one does to
 * the sequences around it, how parameters are kept.
 */
#include "gadget.h"

/**
 * struct run - validate of a manifest for components 0 to 3
 * @shared: content of the shared sequence, NULL for none
 * @sequence: content of validate
 * @trace: what was asked of the device
 */
struct run {
	const char *name;
	const char *sequence;
	enum suit_error error;
	const char *trace;
	const char *shared;
};

static void check_run(void **state)
{
	const struct run *row = *state;

	expect(gadget_validate(row->shared, row->sequence), row->error);
	assert_string_equal(gadget.trace, row->trace);
}

#define ZERO "20, {3: <<digest'zero'>>}, 3, 15"
#define ID "20, {1: " GADGET_VENDOR ", 2: " GADGET_CLASS "}"
/* identities for every component, so that a 1 or a 2 anywhere holds */
#define KNOWN "[12, true, " ID "]"

static const struct run selections[] = {
	{ "index: a number", "[12, 2, 1, 15]", SUIT_OK, "v2", KNOWN },
	{ "index: another number", "[12, 2, 1, 15, 12, 0, 1, 15]", SUIT_OK,
	  "v2 v0", KNOWN },
	{ "index: true is every one in order", "[12, true, 1, 15]", SUIT_OK,
	  "v0 v1 v2 v3", KNOWN },
	{ "index: a list in its own order", "[12, [3, 0, 1], 1, 15]",
	  SUIT_OK, "v3 v0 v1", KNOWN },
	{ "index: a list with one twice", "[12, [1, 1], 1, 15]", SUIT_OK,
	  "v1 v1", KNOWN },
	{ "index: a list of one", "[12, [3], 1, 15]", SUIT_OK, "v3", KNOWN },
	{ "index: each command for all, then the next",
	  "[12, [0, 1], 1, 15, 2, 15]", SUIT_OK, "v0 v1 c0 c1", KNOWN },
	{ "index: a list and then a number", "[12, true, 1, 15, 12, 1, 2, 15]",
	  SUIT_OK, "v0 v1 v2 v3 c1", KNOWN },
	{ "index: set and nothing after it", "[12, 0, 1, 15, 12, 1]",
	  SUIT_OK, "v0", KNOWN },
	{ "index: parameters for one are no other's",
	  "[12, 1, 20, {1: " GADGET_VENDOR "}, 12, 0, 1, 15]",
	  SUIT_ERR_PARAMETER_MISSING, "", "[12, 0, 20, {}]" },
	{ "index: parameters for a list",
	  "[12, [0, 2], 20, {1: " GADGET_VENDOR "}, 1, 15, 12, 1, 1, 15]",
	  SUIT_ERR_PARAMETER_MISSING, "v0 v2", "[12, 0, 20, {}]" },
	{ "index: the first of a list that fails ends it",
	  "[12, [0, 1, 2], 20, {1: " GADGET_VENDOR "}, 12, 1,"
	  " 20, {1: " STRANGER "}, 12, [0, 1, 2], 1, 15]", SUIT_ERR_VENDOR,
	  "v0 v1", "[12, 0, 20, {}]" },
	{ "index: run-sequence once for each",
	  "[12, true, 32, <<[1, 15, 2, 15]>>]", SUIT_OK,
	  "v0 c0 v1 c1 v2 c2 v3 c3", KNOWN },
	{ "index: try-each once for each",
	  "[12, [2, 1], 15, [<<[14, 15]>>, <<[1, 15]>>]]", SUIT_OK, "v2 v1",
	  KNOWN },
	{ "index: set in a branch does not leave it",
	  "[12, 0, 15, [<<[12, 3, 1, 15]>>, <<[14, 15]>>], 1, 15]", SUIT_OK,
	  "v3 v0", KNOWN },
	{ "index: set in a failed branch does not leave it",
	  "[12, 0, 15, [<<[12, 3, 14, 15]>>, <<[1, 15]>>], 1, 15]", SUIT_OK,
	  "v0 v0", KNOWN },
	{ "index: a list in a failed branch does not leave it",
	  "[12, 0, 15, [<<[12, [3, 2], 14, 15]>>, <<[1, 15]>>]]", SUIT_OK,
	  "v0", KNOWN },
	{ "index: set in a run-sequence does not leave it",
	  "[12, [0, 1], 32, <<[12, true, 1, 15]>>, 2, 15]", SUIT_OK,
	  "v0 v1 v2 v3 v0 v1 v2 v3 c0 c1", KNOWN },
	{ "index: what shared said last is not what validate begins with",
	  "[12, 0, 1, 15]", SUIT_OK, "c3 v0",
	  "[12, true, " ID ", 12, 3, 2, 15]" },
};

static const struct run tries[] = {
	{ "try-each: the first that holds ends it",
	  "[12, 0, 15, [<<[1, 15]>>, <<[2, 15]>>]]", SUIT_OK, "v0", KNOWN },
	{ "try-each: the second", "[12, 0, 15, [<<[14, 15]>>, <<[2, 15]>>]]",
	  SUIT_OK, "c0", KNOWN },
	{ "try-each: the last of three",
	  "[12, 0, 15, [<<[14, 0]>>, <<[14, 0]>>, <<[2, 15]>>]]", SUIT_OK,
	  "c0", KNOWN },
	{ "try-each: what stands after the failed command is not done",
	  "[12, 0, 15, [<<[1, 15, 14, 0, 2, 15]>>, <<[2, 15]>>], 1, 15]",
	  SUIT_OK, "v0 c0 v0", KNOWN },
	{ "try-each: none holds", "[12, 0, 15, [<<[14, 0]>>, <<[14, 0]>>]]",
	  SUIT_ERR_TRY_EACH, "", KNOWN },
	{ "try-each: none holds, but nil",
	  "[12, 0, 15, [<<[14, 0]>>, <<[14, 0]>>, null], 1, 15]", SUIT_OK,
	  "v0", KNOWN },
	{ "try-each: nil for each component that needs it",
	  "[12, true, 15, [<<[14, 0]>>, <<[14, 0]>>, null], 1, 15]", SUIT_OK,
	  "v0 v1 v2 v3", KNOWN },
	{ "try-each: soft-failure false fails with the condition's code",
	  "[12, 0, 15, [<<[20, {13: false}, 14, 0]>>, <<[1, 15]>>]]",
	  SUIT_ERR_ABORT, "", KNOWN },
	{ "try-each: soft-failure is true again in the next",
	  "[12, 0, 15, [<<[20, {13: true}, 14, 0]>>, <<[14, 0]>>,"
	  " <<[1, 15]>>]]", SUIT_OK, "v0", KNOWN },
	{ "try-each: soft-failure false and true again",
	  "[12, 0, 15, [<<[20, {13: false}, 20, {13: true}, 14, 0]>>,"
	  " <<[1, 15]>>]]", SUIT_OK, "v0", KNOWN },
	{ "try-each: a missing parameter is a condition that fails",
	  "[12, 0, 15, [<<[24, 15]>>, <<[1, 15]>>]]", SUIT_OK, "v0", KNOWN },
	{ "try-each: inside one that is exhausted, the outer goes on",
	  "[12, 0, 15, [<<[15, [<<[14, 0]>>, <<[14, 0]>>]]>>,"
	  " <<[1, 15]>>]]", SUIT_OK, "v0", KNOWN },
	{ "try-each: inside one that is exhausted, and the outer too",
	  "[12, 0, 15, [<<[15, [<<[14, 0]>>, <<[14, 0]>>]]>>,"
	  " <<[24, 15]>>]]", SUIT_ERR_TRY_EACH, "", KNOWN },
	{ "try-each: nil inside counts as one that holds",
	  "[12, 0, 15, [<<[15, [<<[14, 0]>>, <<[14, 0]>>, null]]>>,"
	  " <<[1, 15]>>], 2, 15]", SUIT_OK, "c0", KNOWN },
	{ "try-each: inside, soft-failure false reaches the outer softly",
	  "[12, 0, 15, [<<[15, [<<[20, {13: false}, 14, 0]>>,"
	  " <<[2, 15]>>]]>>, <<[1, 15]>>]]", SUIT_OK, "v0", KNOWN },
	{ "try-each: soft-failure of the inner is not the outer's",
	  "[12, 0, 15, [<<[20, {13: false}, 15, [<<[14, 0]>>, <<[14, 0]>>]"
	  "]>>, <<[1, 15]>>]]", SUIT_ERR_TRY_EACH, "", KNOWN },
	{ "try-each: a failed branch keeps what it set",
	  "[12, 0, 15, [<<[20, {14: 5}, 14, 0]>>, <<[" ZERO "]>>]]",
	  SUIT_ERR_TRY_EACH, "i0", KNOWN },
};

static const struct run runs[] = {
	{ "run-sequence: all of it, and on", "[12, 0, 32, <<[1, 15]>>, 2, 15]",
	  SUIT_OK, "v0 c0", KNOWN },
	{ "run-sequence: fails with the condition's code",
	  "[12, 0, 32, <<[14, 0]>>, 1, 15]", SUIT_ERR_ABORT, "", KNOWN },
	{ "run-sequence: soft-failure ends it quietly",
	  "[12, 0, 32, <<[20, {13: true}, 14, 0, 2, 15]>>, 1, 15]", SUIT_OK,
	  "v0", KNOWN },
	{ "run-sequence: soft-failure ends with it",
	  "[12, 0, 32, <<[20, {13: true}, 2, 15]>>, 32, <<[14, 0]>>]",
	  SUIT_ERR_ABORT, "c0", KNOWN },
	{ "run-sequence: soft-failure is not inherited",
	  "[12, 0, 32, <<[20, {13: true}, 32, <<[14, 0]>>, 2, 15]>>, 1, 15]",
	  SUIT_OK, "v0", KNOWN },
	{ "run-sequence: soft-failure of the inner leaves the outer",
	  "[12, 0, 32, <<[32, <<[20, {13: true}, 14, 0]>>, 14, 0]>>, 1, 15]",
	  SUIT_ERR_ABORT, "", KNOWN },
	{ "run-sequence: a try-each inside is soft by itself",
	  "[12, 0, 32, <<[15, [<<[14, 0]>>, <<[1, 15]>>], 2, 15]>>]",
	  SUIT_OK, "v0 c0", KNOWN },
	{ "run-sequence: in a branch, its failure is the branch's",
	  "[12, 0, 15, [<<[32, <<[14, 0]>>]>>, <<[1, 15]>>]]", SUIT_OK, "v0",
	  KNOWN },
	{ "soft-failure in a section", "[12, 0, 20, {13: true}, 1, 15]",
	  SUIT_ERR_SOFT_FAILURE, "", KNOWN },
	{ "soft-failure false in a section", "[12, 0, 20, {13: false}, 1, 15]",
	  SUIT_ERR_SOFT_FAILURE, "", KNOWN },
	{ "soft-failure in a section by set-parameters",
	  "[12, 0, 19, {13: true}, 1, 15]", SUIT_ERR_SOFT_FAILURE, "", KNOWN },
	{ "soft-failure in shared", "[12, 0, 1, 15]", SUIT_ERR_SOFT_FAILURE,
	  "", "[12, 0, 20, {13: true}]" },
	{ "abort", "[12, 0, 1, 15, 14, 15, 2, 15]", SUIT_ERR_ABORT, "v0",
	  KNOWN },
	{ "a failed condition in shared: the section does not run",
	  "[12, 0, 1, 15]", SUIT_ERR_CLASS, "c0",
	  "[12, 0, 20, {2: " STRANGER "}, 2, 15]" },
};

static const struct run orders[] = {
	{ "strict-order: false, an index first, as it must",
	  "[12, 0, 20, {12: false}, 32, <<[12, 1, 1, 15]>>, 2, 15]", SUIT_OK,
	  "v1 c0", KNOWN },
	{ "strict-order: false, no index first",
	  "[12, 0, 20, {12: false}, 32, <<[1, 15]>>]", SUIT_ERR_STRICT_ORDER,
	  "", KNOWN },
	{ "strict-order: false, another index later",
	  "[12, 0, 20, {12: false}, 32, <<[12, 1, 1, 15, 12, 2, 1, 15]>>]",
	  SUIT_ERR_STRICT_ORDER, "v1", KNOWN },
	{ "strict-order: true inside what false runs",
	  "[12, 0, 20, {12: false}, 32, <<[12, 1, 32, <<[1, 15, 12, 2,"
	  " 1, 15]>>]>>]", SUIT_OK, "v1 v2", KNOWN },
	{ "strict-order: false and true again",
	  "[12, 0, 20, {12: false}, 20, {12: true}, 32, <<[1, 15]>>]",
	  SUIT_OK, "v0", KNOWN },
	{ "strict-order: a violation is caught by no branch",
	  "[12, 0, 15, [<<[20, {12: false}, 32, <<[1, 15]>>]>>,"
	  " <<[1, 15]>>]]", SUIT_ERR_STRICT_ORDER, "", KNOWN },
	{ "strict-order: true again in the next branch",
	  "[12, 0, 15, [<<[20, {12: false}, 14, 0]>>, <<[32, <<[1, 15]>>]>>"
	  "]]", SUIT_OK, "v0", KNOWN },
};

static const struct run parameters[] = {
	{ "override replaces",
	  "[12, 0, 20, {14: 5}, 20, {14: 4}, " ZERO "]", SUIT_OK, "i0",
	  KNOWN },
	{ "override leaves the others alone",
	  "[12, 0, 20, {14: 5}, 20, {5: 0}, " ZERO "]", SUIT_ERR_IMAGE_SIZE,
	  "i0", KNOWN },
	{ "set does not replace", "[12, 0, 20, {14: 4}, 19, {14: 5}, " ZERO
	  "]", SUIT_OK, "i0", KNOWN },
	{ "set what is not set", "[12, 0, 19, {14: 5}, " ZERO "]",
	  SUIT_ERR_IMAGE_SIZE, "i0", KNOWN },
	{ "override what was set", "[12, 0, 19, {14: 5}, 20, {14: 4}, " ZERO
	  "]", SUIT_OK, "i0", KNOWN },
	{ "set in shared, used in validate", "[12, 0, 3, 15]", SUIT_OK, "i0",
	  "[12, 0, 20, {3: <<digest'zero'>>}]" },
	{ "set in shared, overridden in validate", "[12, 0, " ZERO "]",
	  SUIT_OK, "i0", "[12, 0, 20, {3: <<digest'other'>>}]" },
	{ "set in a run-sequence, used after it",
	  "[12, 0, 32, <<[20, {3: <<digest'zero'>>}]>>, 3, 15]", SUIT_OK,
	  "i0", KNOWN },
	{ "set in a run-sequence for another component",
	  "[12, 0, 32, <<[12, 1, 20, {3: <<digest'one'>>}]>>, 12, 1, 3, 15]",
	  SUIT_OK, "i1", KNOWN },
};

/* Where it failed: section, offset of the command, component. */
static void where_it_failed(void **state)
{
	struct suit_record where;

	(void)state;
	expect(gadget_validate(NULL, "[12, [0, 1], 20, {}, 32, <<[14, 0]>>]"),
	       SUIT_ERR_ABORT);
	assert_true(suit_procedure_where(&process, &where));
	assert_int_equal(where.section, SUIT_MANIFEST_VALIDATE);
	assert_false(where.in_shared);
	/* after 86 0c 82 00 01 14 a0 18 20 43 82 */
	assert_int_equal(where.offset, 11);
	assert_int_equal(where.component, 0);
	expect_bytes(where.id, diag("['c', '0']"));
	expect(gadget_validate("[12, 3, 14, 0]", "[12, 0, 3, 15]"),
	       SUIT_ERR_ABORT);
	assert_true(suit_procedure_where(&process, &where));
	assert_int_equal(where.section, SUIT_MANIFEST_VALIDATE);
	assert_true(where.in_shared);
	/* after 84 0c 03 */
	assert_int_equal(where.offset, 3);
	assert_int_equal(where.component, 3);
	assert_int_equal(where.error, SUIT_ERR_ABORT);
}

int main(void)
{
	table(selections, check_run);
	table(tries, check_run);
	table(runs, check_run);
	table(orders, check_run);
	table(parameters, check_run);
	single("where it failed", where_it_failed);
	return table_run("sequence");
}

// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Trees of manifests: parameters that reach through them, dependencies that
 * several share, depth and number, unlinking and uninstalling.
 */
#include <string.h>

#include "machine.h"

#define UPDATE SUIT_PROCEDURE_UPDATE
#define UNINSTALL SUIT_PROCEDURE_UNINSTALL

/*
 * A root of authority a that gets @dependency into "m/b" and processes it
 * between @before and @after, all in install. Both have "a/1" and "a/2"; the
 * root also "a/0".
 */
static struct suit_slice around(const char *before, struct suit_slice b,
				const char *after)
{
	return machine_sign("1", text("{1: 1, 2: 7, 3: <<{1: {3: {1:"
		" ['m', 'b']}}, 2: [['a', '0'], ['a', '1'], ['a', '2']]}>>,"
		" 20: <<[12, 3, 20, {3: %s, 21: \"#b\"}, 21, 15, 7, 15,"
		" %s, 12, 3, 11, 15, %s]>>}", machine_digest(b), before,
		after), text(", \"#b\": h'%s'", hex(b)));
}

/* A dependency that authority a signed too, for "a/1" and "a/2". */
static struct suit_slice inner(const char *install)
{
	return machine_sign("1", text("{1: 1, 2: 7, 3: <<{2: [['a', '1'],"
		" ['a', '2']]}>>, 20: <<[%s]>>}", install), "");
}

struct parameters {
	const char *name;
	const char *before, *inside, *after;
	enum suit_error error;
	const char *trace;	/* after the fetch */
};

static const struct parameters rows[] = {
	{ "the dependent's value reaches the dependency",
	  "12, 1, 20, {18: 'x'}", "12, 0, 18, 15", "12, 1, 6, 15", SUIT_OK,
	  ", write a/1" },
	{ "by id, not by index", "12, 0, 20, {18: 'x'}", "12, 0, 18, 15",
	  "12, 0, 23, 15", SUIT_ERR_DIRECTIVE_PARAMETER, "" },
	{ "the dependency's value stays for the dependent",
	  "12, 1, 23, 15", "12, 0, 20, {23: 'in'}, 23, 15", "12, 1, 23, 15",
	  SUIT_OK, ", invoke a/1, invoke a/1 in, invoke a/1 in" },
	{ "set does not replace what the dependent set",
	  "12, 1, 19, {23: 'out'}", "12, 0, 19, {23: 'in'}, 23, 15",
	  "12, 1, 23, 15", SUIT_OK, ", invoke a/1 out, invoke a/1 out" },
	{ "override replaces what the dependent set",
	  "12, 1, 19, {23: 'out'}", "12, 0, 20, {23: 'in'}, 23, 15",
	  "12, 1, 23, 15", SUIT_OK, ", invoke a/1 in, invoke a/1 in" },
	{ "set after override does not replace",
	  "12, 1, 20, {23: 'out'}", "12, 0, 19, {23: 'in'}, 23, 15",
	  "12, 1, 19, {23: 'late'}, 23, 15", SUIT_OK,
	  ", invoke a/1 out, invoke a/1 out" },
	{ "a source is a component, whoever set it",
	  "12, 1, 20, {22: 0}", "12, 0, 22, 15", "12, 0, 23, 15", SUIT_OK,
	  ", copy a/1 a/0, invoke a/0" },
	{ "a source of the dependency, used by the dependent",
	  "12, 0, 23, 15", "12, 0, 20, {22: 1}, 23, 15", "12, 1, 22, 15",
	  SUIT_ERR_IMAGE, ", invoke a/0, invoke a/1, copy a/1 a/2" },
	{ "the dependent's selection is as it was", "12, [0, 1], 23, 15",
	  "12, 1, 20, {23: 'in'}, 23, 15", "12, 1, 23, 15", SUIT_OK,
	  ", invoke a/0, invoke a/1, invoke a/2 in, invoke a/1" },
	{ "strict order is as it was", "12, 0, 20, {12: false}",
	  "12, 0, 20, {18: 'x'}, 18, 15, 12, 1, 20, {22: 0}, 22, 15",
	  "12, 0, 23, 15", SUIT_OK, ", write a/1, copy a/2 a/1, invoke a/0" },
	{ "an integrated payload is the envelope's own",
	  "12, 0, 23, 15", "12, 0, 20, {21: \"#b\"}, 21, 15", "12, 0, 23, 15",
	  SUIT_ERR_PAYLOAD_MISSING, ", invoke a/0" },
};

static void persist(void **state)
{
	const struct parameters *row = *state;

	machine_reset();
	machine_store("a/0", bytes_of("zero"));
	machine_expect(around(row->before, inner(row->inside), row->after),
		       UPDATE, row->error, text("fetch m/b #b%s", row->trace));
}

/* Manifest @depth of a chain, which processes the next in every section. */
static struct suit_slice chain(u32 depth, u32 last)
{
	struct suit_slice next;

	if (depth == last)
		return machine_sign("1", text("{1: 1, 2: 7, 3: <<{2: [['a',"
			" '%u']]}>>, 20: <<[20, {23: 'last'}, 23, 15]>>}",
			depth), "");
	next = chain(depth + 1, last);
	return machine_sign("1", text("{1: 1, 2: 7, 3: <<{1: {1: {1: ['m',"
		" 'a', '%u']}}, 2: [['a', '%u']]}>>, 20: <<[12, 1, 20, {3: %s,"
		" 21: \"#\"}, 21, 15, 7, 15, 11, 15, 12, 0, 23, 15]>>}",
		depth, depth, machine_digest(next)),
		text(", \"#\": h'%s'", hex(next)));
}

static void depth(void **state)
{
	struct suit_record record;

	(void)state;
	machine_reset();
	expect(machine_run(chain(0, SUIT_MAX_DEPENDENCY_DEPTH), UPDATE),
	       SUIT_OK);
	assert_non_null(strstr(machine.trace, "invoke a/4 last, invoke a/3,"
			       " invoke a/2, invoke a/1, invoke a/0"));
	expect(machine_run(chain(0, SUIT_MAX_DEPENDENCY_DEPTH + 1), UPDATE),
	       SUIT_ERR_DEPENDENCY_DEPTH);
	assert_null(strstr(machine.trace, "invoke"));
	/* and the record says in which of them */
	assert_true(suit_procedure_where(&machine_process, &record));
	assert_int_equal(record.depth, SUIT_MAX_DEPENDENCY_DEPTH);
	assert_int_equal(record.command, SUIT_COND_DEPENDENCY_INTEGRITY);
}

/* Two dependents of one dependency, and each has to check it. */
static struct suit_slice middle(const char *name, struct suit_slice leaf,
				const char *check)
{
	return machine_sign("1", text("{1: 1, 2: 7, 3: <<{1: {1: {1: ['m',"
		" 'a', 'leaf']}}, 2: [['a', '%s']]}>>, 20: <<[12, 1, 20,"
		" {3: %s}, %s 11, 15, 12, 0, 23, 15]>>}", name,
		machine_digest(leaf), check), "");
}

static struct suit_slice diamond(const char *second)
{
	struct suit_slice leaf = chain(9, 9);
	struct suit_slice one = middle("1", leaf, "7, 15,");
	struct suit_slice two = middle("2", leaf, second);

	machine_store("m/a/leaf", leaf);
	machine_store("m/a/1", one);
	machine_store("m/a/2", two);
	return machine_sign("1", text("{1: 1, 2: 7, 3: <<{1: {0: {}, 1: {}},"
		" 2: [['m', 'a', '1'], ['m', 'a', '2']]}>>, 20: <<[12, 0, 20,"
		" {3: %s}, 12, 1, 20, {3: %s}, 12, true, 7, 15, 11, 15]>>}",
		machine_digest(one), machine_digest(two)), "");
}

static void shared_dependency(void **state)
{
	(void)state;
	machine_reset();
	machine_expect(diamond("7, 15,"), UPDATE, SUIT_OK,
		       "invoke a/9 last, invoke a/1, invoke a/9 last,"
		       " invoke a/2");
	/* what another manifest checked does not count */
	machine_expect(diamond(""), UPDATE, SUIT_ERR_DEPENDENCY_UNCHECKED,
		       "invoke a/9 last, invoke a/1");
}

/* index true: conditions see all, the dependency commands dependencies only. */
static void all_components(void **state)
{
	struct suit_slice b = chain(9, 9);

	(void)state;
	machine_reset();
	machine_expect(machine_sign("1", text("{1: 1, 2: 7, 3: <<{1: {7: {1:"
		" ['m', 'a', 'b']}}, 2: [['a', '0']]}>>, 20: <<[12, 7, 20,"
		" {3: %s, 21: \"#\"}, 12, true, 15, [<<[8, 15, 21, 15, 7, 15]>>,"
		" <<[23, 15]>>], 11, 15, 23, 15]>>}", machine_digest(b)),
		text(", \"#\": h'%s'", hex(b))), UPDATE, SUIT_OK,
		"invoke a/0, fetch m/a/b #, invoke a/9 last, invoke a/0,"
		" invoke m/a/b");
}

static void too_small(void **state)
{
	struct suit_setup setup = {
		.envelope = chain(0, 1), .trust = &machine_trust,
		.crypto = toy_crypto(), .node = machine_node,
		.platform = { &machine_ops, &machine },
	};
	static struct suit_params params[2];

	(void)state;
	machine_reset();
	setup.envelope = chain(0, 1);
	setup.params = params;
	setup.max_nodes = 2;
	setup.max_params = 1;
	expect(suit_procedure_start(&machine_process, &setup, UPDATE),
	       SUIT_ERR_COMPONENTS);
	setup.max_params = 2;
	expect(suit_procedure_start(&machine_process, &setup, UPDATE), SUIT_OK);
	expect(suit_procedure_run(&machine_process), SUIT_ERR_COMPONENTS);
	setup.max_nodes = 1;
	expect(suit_procedure_start(&machine_process, &setup, UPDATE), SUIT_OK);
	expect(suit_procedure_run(&machine_process),
	       SUIT_ERR_DEPENDENCY_COUNT);
	setup.max_nodes = 0;
	expect(suit_procedure_start(&machine_process, &setup, UPDATE),
	       SUIT_ERR_OPERATION);
	machine_ops.dependency = NULL;
	setup.max_nodes = 2;
	expect(suit_procedure_start(&machine_process, &setup, UPDATE),
	       SUIT_ERR_DEPENDENCIES);
}

/* A root whose uninstall lets go of its dependency and of its component. */
static struct suit_slice removable(const char *check)
{
	struct suit_slice b = machine_sign("2", "{1: 1, 2: 7, 3: <<{2: [['b',"
		" '1']]}>>, 20: <<[23, 15]>>, 24: <<[33, 15]>>}", "");

	machine_store("m/b", b);
	return machine_sign("1", text("{1: 1, 2: 7, 3: <<{1: {1: {1: ['m',"
		" 'b']}}, 2: [['a', '0']]}>>, 24: <<[12, 1, 20, {3: %s}, %s"
		" 33, 15, 12, 0, 33, 15]>>}", machine_digest(b), check), "");
}

static void uninstall(void **state)
{
	(void)state;
	machine_reset();
	/* the last reference: the dependency uninstalls itself */
	machine_expect(removable("7, 15,"), UNINSTALL, SUIT_OK,
		       "unlink m/b, unlink b/1, unlink a/0");
	/* others still need it */
	machine_cell("m/b")->references = 1;
	machine_expect(removable("7, 15,"), UNINSTALL, SUIT_OK,
		       "unlink m/b, unlink a/0");
	machine_expect(removable(""), UNINSTALL, SUIT_OK,
		       "unlink m/b, unlink a/0");
	/* what would be run has to be checked */
	machine_cell("m/b")->references = 0;
	machine_expect(removable(""), UNINSTALL, SUIT_ERR_DEPENDENCY_UNCHECKED,
		       "unlink m/b");
}

/* Processed in uninstall, and then unlinked: uninstalled once. */
static void uninstalled_once(void **state)
{
	(void)state;
	machine_reset();
	machine_expect(removable("7, 15, 11, 15,"), UNINSTALL,
		       SUIT_OK, "unlink b/1, unlink m/b, unlink a/0");
}

/*
 * A source that authority a named reaches a dependency of authority b, which may
 * read it, as a said, but not write to it.
 */
static void across_authorities(void **state)
{
	static const struct {
		u8 command;
		enum suit_error error;
		const char *trace;
	} rows_[] = {
		{ SUIT_DIR_COPY, SUIT_OK, "copy ab/x a/1" },
		{ SUIT_DIR_SWAP, SUIT_ERR_NOT_ENTITLED, "" },
	};
	struct suit_slice b;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows_); i++) {
		machine_reset();
		machine_store("a/1", bytes_of("one"));
		b = machine_sign("2", text("{1: 1, 2: 7, 3: <<{2: [['ab',"
			" 'x']]}>>, 20: <<[%u, 15]>>}", rows_[i].command), "");
		machine_store("m/b", b);
		machine_expect(machine_sign("1", text("{1: 1, 2: 7, 3: <<{1:"
			" {2: {1: ['m', 'b']}}, 2: [['a', '1'], ['ab', 'x']]}>>"
			", 20: <<[12, 2, 20, {3: %s}, 7, 15, 12, 1, 20,"
			" {22: 0}, 12, 2, 11, 15]>>}", machine_digest(b)), ""),
			UPDATE, rows_[i].error, rows_[i].trace);
	}
}

static void records(void **state)
{
	(void)state;
	machine_reset();
	machine_store("a/0", bytes_of("zero"));
	machine_expect(around("12, 0, 20, {3: <<digest'zero'>>}, 3, 1",
		inner("12, 1, 23, 5, 12, 0, 20, {3: <<digest'x'>>}, 15,"
		      " [<<[3, 2]>>, <<[3, 8]>>, null]"), "12, 0, 3, 2"),
		UPDATE, SUIT_OK, "fetch m/b #b, invoke a/2");
	assert_string_equal(machine.records,
		"[] 20+48 3 21! ok, [] 20+50 3 7! ok, [] 20+95 0 3 ok, "
		"[] 20+99 3 11! ok, [0] 20+3 1 23! ok, "
		"[0] 20+52 0 3 image-mismatch, "
		"[0] 20+56 0 3! image-mismatch");
}

int main(void)
{
	table(rows, persist);
	single("as deep as may be, and deeper", depth);
	single("a dependency that two share", shared_dependency);
	single("all components", all_components);
	single("more than there is room for", too_small);
	single("uninstall", uninstall);
	single("uninstalled once", uninstalled_once);
	single("a source of another authority", across_authorities);
	single("records", records);
	return table_run("tree");
}

// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Procedures of one manifest: which sections, what is refused before anything
 * is done, waiting and going on, where it failed, records.
 */
#include <string.h>

#include "machine.h"

#define UPDATE SUIT_PROCEDURE_UPDATE

/* A manifest of authority a for "a/0" and "a/1". */
static struct suit_slice manifest(const char *members)
{
	return machine_sign("1", text("{1: 1, 2: 7, 3: <<{2: [['a', '0'],"
				      " ['a', '1']], 4: <<[12, 0, 20,"
				      " {23: 'shared'}]>>}>>%s}", members), "");
}

/* Each of its sections invokes component 0 with its name. */
static struct suit_slice all_sections(void)
{
	static const struct {
		u8 label;
		const char *name;
	} sections[] = {
		{ 7, "validate" }, { 8, "load" }, { 9, "invoke" },
		{ 15, "resolve" }, { 16, "fetch" }, { 18, "verify" },
		{ 20, "install" }, { 24, "uninstall" },
	};
	const char *members = "";
	size_t i;

	for (i = 0; i < COUNT(sections); i++)
		members = text("%s, %u: <<[12, 0, 23, 15, 20, {23: '%s'}, 23,"
			       " 15]>>", members, sections[i].label,
			       sections[i].name);
	return manifest(members);
}

struct sections {
	const char *name;
	enum suit_procedure procedure;
	const char *trace;
};

#define RAN(name) "invoke a/0 shared, invoke a/0 " name

static const struct sections procedures[] = {
	{ "update", SUIT_PROCEDURE_UPDATE,
	  RAN("resolve") ", " RAN("fetch") ", " RAN("verify") ", "
	  RAN("install") ", " RAN("validate") },
	{ "staging", SUIT_PROCEDURE_STAGING, RAN("resolve") ", " RAN("fetch") },
	{ "installation", SUIT_PROCEDURE_INSTALLATION,
	  RAN("verify") ", " RAN("install") },
	{ "validation", SUIT_PROCEDURE_VALIDATION, RAN("validate") },
	{ "invocation", SUIT_PROCEDURE_INVOCATION,
	  RAN("validate") ", " RAN("load") ", " RAN("invoke") },
	{ "uninstall", SUIT_PROCEDURE_UNINSTALL, RAN("uninstall") },
};

/* Shared before each section, sections in their order, none besides. */
static void right_sections(void **state)
{
	const struct sections *row = *state;

	machine_reset();
	machine_expect(all_sections(), row->procedure, SUIT_OK, row->trace);
	assert_string_equal(suit_procedure_name(row->procedure), row->name);
	/* over: the same again, and nothing is done */
	machine.trace[0] = '\0';
	expect(suit_procedure_run(&machine_process), SUIT_OK);
	assert_string_equal(machine.trace, "");
}

struct start {
	const char *name;
	const char *members;
	enum suit_procedure procedure;
	enum suit_error error;
};

static const struct start starts[] = {
	{ "nothing of the procedure is there", ", 9: <<[12, 0, 23, 15]>>",
	  UPDATE, SUIT_ERR_MANIFEST_INERT },
	{ "install does nothing", ", 20: <<[12, 0, 20, {14: 1}]>>", UPDATE,
	  SUIT_ERR_MANIFEST_INERT },
	{ "uninstall is not there", ", 20: <<[12, 0, 23, 15]>>",
	  SUIT_PROCEDURE_UNINSTALL, SUIT_ERR_MANIFEST_INERT },
	{ "install was severed and nothing is left", ", 9: <<[12, 0, 23, 15]>>,"
	  " 20: digest'x'", UPDATE, SUIT_ERR_MANIFEST_INERT },
	{ "an unknown procedure", ", 20: <<[12, 0, 23, 15]>>", 0,
	  SUIT_ERR_OPERATION },
	{ "a procedure after the last", ", 20: <<[12, 0, 23, 15]>>",
	  SUIT_PROCEDURE_COUNT, SUIT_ERR_OPERATION },
	{ "an old draft", ", 17: <<[12, 0, 23, 15]>>", UPDATE,
	  SUIT_ERR_MANIFEST_EPOCH },
};

static void refused_at_start(void **state)
{
	const struct start *row = *state;
	struct suit_record where;

	machine_reset();
	expect(machine_start(manifest(row->members), row->procedure),
	       row->error);
	/* and it stays refused */
	expect(suit_procedure_run(&machine_process), row->error);
	assert_string_equal(machine.trace, "");
	assert_false(suit_procedure_where(&machine_process, &where));
}

static void not_entitled(void **state)
{
	static const char install[] = ", 20: <<[12, 0, 23, 15]>>}";

	(void)state;
	machine_reset();
	expect(machine_start(machine_sign("2", text("{1: 1, 2: 7, 3: <<{2:"
		" [['a', '0']]}>>%s", install), ""), UPDATE),
	       SUIT_ERR_NOT_ENTITLED);
	/* stored where another's manifests are */
	expect(machine_start(machine_sign("2", text("{1: 1, 2: 7, 3: <<{2:"
		" [['b', '0']]}>>, 5: ['m', 'a']%s", install), ""), UPDATE),
	       SUIT_ERR_NOT_ENTITLED);
	/* a dependency that b may not name, and a may */
	expect(machine_start(machine_sign("2", text("{1: 1, 2: 7, 3: <<{1: {1:"
		" {1: ['m', 'a']}}, 2: [['b', '0']]}>>%s", install), ""),
		UPDATE), SUIT_ERR_NOT_ENTITLED);
	expect(machine_start(machine_sign("1", text("{1: 1, 2: 7, 3: <<{1: {1:"
		" {1: ['m', 'b', 'x']}}, 2: [['a', '0']]}>>%s", install), ""),
		UPDATE), SUIT_OK);
	/* naming is not writing: no component */
	expect(machine_start(machine_sign("1", text("{1: 1, 2: 7, 3: <<{2:"
		" [['m', 'b']]}>>%s", install), ""), UPDATE),
	       SUIT_ERR_NOT_ENTITLED);
	assert_int_equal(suit_error_reason(SUIT_ERR_NOT_ENTITLED), 7);
}

static void thresholds(void **state)
{
	static const char two[] = "{1: 1, 2: 7, 3: <<{2: [['two', '0']]}>>,"
				  " 20: <<[23, 15]>>}";

	(void)state;
	machine_reset();
	expect(machine_start(machine_sign("3", two, ""), UPDATE),
	       SUIT_ERR_THRESHOLD);
	expect(machine_start(machine_sign("33", two, ""), UPDATE),
	       SUIT_ERR_THRESHOLD);
	expect(machine_start(machine_sign("34", two, ""), UPDATE), SUIT_OK);
	/* a stranger's block neither helps nor harms */
	expect(machine_start(machine_sign("394", two, ""), UPDATE), SUIT_OK);
}

static void floors(void **state)
{
	struct suit_slice m = manifest(", 20: <<[12, 0, 23, 15]>>");
	struct suit_envelope env;

	(void)state;
	machine_reset();
	machine.floor_owner = "a";
	machine.floor = 7;
	expect(machine_start(m, UPDATE), SUIT_OK);
	machine.floor = 8;
	expect(machine_start(m, UPDATE), SUIT_ERR_FLOOR);
	machine.floor = ~0ULL;
	expect(machine_start(m, UPDATE), SUIT_ERR_FLOOR);
	/* an equal number is one manifest only */
	machine.floor = 7;
	expect(suit_digest_decode(diag("digest'x'"), &machine.floor_digest),
	       SUIT_OK);
	expect(machine_start(m, UPDATE), SUIT_ERR_FLOOR_REUSED);
	expect(suit_envelope_open(&env, m), SUIT_OK);
	expect(suit_digest_decode(env.digest, &machine.floor_digest), SUIT_OK);
	expect(machine_start(m, UPDATE), SUIT_OK);
	/* nobody remembers: nothing is accepted */
	machine_ops.floor = NULL;
	expect(machine_start(m, UPDATE), SUIT_ERR_OPERATION);
}

static void revoked(void **state)
{
	struct suit_slice m = manifest(", 20: <<[12, 0, 23, 15]>>");
	struct suit_digest digest;
	struct suit_envelope env;

	(void)state;
	machine_reset();
	expect(suit_envelope_open(&env, m), SUIT_OK);
	expect(suit_digest_decode(env.digest, &digest), SUIT_OK);
	machine_trust.revoked = &digest;
	machine_trust.n_revoked = 1;
	expect(machine_start(m, UPDATE), SUIT_ERR_DIGEST_REVOKED);
}

/* Asked again, the same command is done once, and what follows it once. */
static void pending(void **state)
{
	struct suit_slice m;
	u32 i;

	(void)state;
	machine_reset();
	machine.priority = 5;
	m = manifest(", 20: <<[12, [1, 0], 20, {18: 'x', 27: 5}, 18, 15,"
		     " 27, 15, 23, 15]>>");
	expect(machine_start(m, UPDATE), SUIT_OK);
	machine.pending = 3;
	for (i = 0; i < 3; i++)
		expect(suit_procedure_run(&machine_process), SUIT_ERR_PENDING);
	assert_string_equal(machine.trace, "");
	expect(suit_procedure_run(&machine_process), SUIT_OK);
	assert_string_equal(machine.trace, "write a/1, write a/0,"
			    " invoke a/1, invoke a/0 shared");
}

/* However often it is asked, waiting is not work. */
static void patient(void **state)
{
	u32 i;

	(void)state;
	machine_reset();
	expect(machine_start(manifest(", 20: <<[12, 0, 20, {29: <<{2: 1}>>},"
				      " 29, 15, 23, 15]>>"), UPDATE), SUIT_OK);
	for (i = 0; i <= SUIT_MAX_STEPS; i++)
		expect(suit_procedure_run(&machine_process), SUIT_ERR_PENDING);
	machine.events = 1 << SUIT_WAIT_POWER;
	expect(suit_procedure_run(&machine_process), SUIT_OK);
}

/* All events at once, decoded; some are not enough. */
static void wait_for_all(void **state)
{
	const struct suit_wait *wait = &machine.wait;
	struct suit_version version = { { 1, 5 }, 2 };

	(void)state;
	machine_reset();
	expect(machine_start(manifest(", 20: <<[12, 0, 20, {29: <<{1: -3,"
		" 2: 1, 3: 2, 4: ['other', [[2, [1]], [5, [2]]]],"
		" 5: 4294967296, 6: 86399, 7: 6, 8: 1, 9: 0}>>}, 29, 15,"
		" 23, 15]>>"), UPDATE), SUIT_OK);
	machine.events = 0x1fe;
	expect(suit_procedure_run(&machine_process), SUIT_ERR_PENDING);
	machine.events = 0x3fe;
	expect(suit_procedure_run(&machine_process), SUIT_OK);
	assert_int_equal(wait->events, 0x3fe);
	assert_int_equal(wait->authorization, -3);
	assert_true(wait->power == 1 && wait->network == 2);
	expect_bytes(wait->device, bytes_of("other"));
	assert_true(suit_version_matches_all(&version, wait->device_versions));
	version.part[0] = 2;
	assert_false(suit_version_matches_all(&version, wait->device_versions));
	assert_true(wait->time == 1ULL << 32);
	assert_int_equal(wait->time_of_day, 86399);
	assert_int_equal(wait->day_of_week, 6);
	assert_true(wait->time_of_day_utc == 1 && !wait->day_of_week_utc);
}

/* A root that could not be judged yet is not run. */
static enum suit_error floor_pending(void *ctx,
				     const struct suit_authority *authority,
				     struct suit_slice id,
				     struct suit_floor *out)
{
	(void)ctx;
	(void)authority;
	(void)id;
	(void)out;
	return SUIT_ERR_PENDING;
}

static void pending_at_start(void **state)
{
	(void)state;
	machine_reset();
	machine_ops.floor = floor_pending;
	expect(machine_run(all_sections(), UPDATE), SUIT_ERR_OPERATION);
	expect(suit_procedure_run(&machine_process), SUIT_ERR_OPERATION);
	assert_string_equal(machine.trace, "");
}

struct place {
	const char *name;
	const char *members;
	enum suit_error error;
	u32 section, offset, component, command;
	bool in_shared;
};

static const struct place places[] = {
	{ "in validate", ", 7: <<[12, 1, 14, 15]>>", SUIT_ERR_ABORT,
	  7, 3, 1, 14, false },
	{ "in a run-sequence in install", ", 20: <<[12, [1, 0], 20, {14: 1},"
	  " 32, <<[23, 0, 14, 15]>>]>>", SUIT_ERR_ABORT, 20, 15, 1, 14, false },
	{ "in the second of a list", ", 20: <<[12, [1, 0], 20,"
	  " {3: <<digest'one'>>}, 3, 15]>>", SUIT_ERR_IMAGE, 20, 46, 0, 3,
	  false },
	{ "at set-component-index", ", 20: <<[12, 0, 20, {12: false},"
	  " 32, <<[12, 0, 12, 0, 23, 15]>>]>>", SUIT_ERR_STRICT_ORDER,
	  20, 13, 0, 12, false },
};

static void where(void **state)
{
	const struct place *row = *state;
	struct suit_record record;

	machine_reset();
	machine_store("a/1", bytes_of("one"));
	expect(machine_run(manifest(row->members), UPDATE), row->error);
	assert_true(suit_procedure_where(&machine_process, &record));
	expect(record.error, row->error);
	assert_int_equal(record.section, row->section);
	assert_int_equal(record.offset, row->offset);
	assert_int_equal(record.component, row->component);
	assert_int_equal(record.command, row->command);
	assert_int_equal(record.in_shared, row->in_shared);
	assert_int_equal(record.depth, 0);
}

static void where_in_shared(void **state)
{
	struct suit_record record;

	(void)state;
	machine_reset();
	expect(machine_run(machine_sign("1", "{1: 1, 2: 7, 3: <<{2: [['a']],"
		" 4: <<[20, {1: h'22'}, 1, 15]>>}>>, 7: <<[3, 15]>>}", ""),
		UPDATE), SUIT_ERR_PARAMETER_FORM);
	expect(machine_run(machine_sign("1", "{1: 1, 2: 7, 3: <<{2: [['a']],"
		" 4: <<[20, {14: 1}, 1, 15]>>}>>, 7: <<[3, 15]>>}", ""),
		UPDATE), SUIT_ERR_PARAMETER_MISSING);
	assert_true(suit_procedure_where(&machine_process, &record));
	assert_true(record.in_shared && record.section == 7);
	assert_int_equal(record.offset, 5);
}

/* Parameters of one procedure are none of the next, in the same memory. */
static void fresh(void **state)
{
	(void)state;
	machine_reset();
	machine_store("a/0", bytes_of("x"));
	machine_expect(manifest(", 7: <<[12, 0, 20, {18: 'x'}, 6, 15]>>"),
		       SUIT_PROCEDURE_VALIDATION, SUIT_OK, "");
	machine_expect(manifest(", 7: <<[12, 0, 6, 15]>>"),
		       SUIT_PROCEDURE_VALIDATION, SUIT_ERR_PARAMETER_MISSING,
		       "");
}

int main(void)
{
	table(procedures, right_sections);
	table(starts, refused_at_start);
	single("not entitled", not_entitled);
	single("too few signatures", thresholds);
	single("below and at the floor", floors);
	single("a revoked manifest", revoked);
	single("asked to be asked again", pending);
	single("nothing is left of the procedure before", fresh);
	single("waiting is no work", patient);
	single("waiting for everything", wait_for_all);
	single("pending before it began", pending_at_start);
	table(places, where);
	single("where in the shared sequence", where_in_shared);
	return table_run("procedure");
}

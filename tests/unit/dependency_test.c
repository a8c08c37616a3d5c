// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Dependencies: found by either reading of their index, checked before they are
 * processed, processed in lockstep, and never forgotten.
 */
#include <string.h>

#include "machine.h"

#define UPDATE SUIT_PROCEDURE_UPDATE
/* write @x to the component, and check it */
#define WRITE(x) "20, {3: <<digest'" x "'>>, 18: '" x "'}, 18, 15, 3, 15"

/* The dependency "b/1" of authority b, its sections in notation. */
static struct suit_slice child_of(const char *keys, const char *sections)
{
	return machine_sign(keys, text("{1: 1, 2: 7, 3: <<{2: [['b', '1']]}>>,"
				       " %s}", sections), "");
}

static struct suit_slice child(void)
{
	return child_of("2", "20: <<[" WRITE("one") "]>>");
}

/*
 * A manifest of authority a for "a/1" that depends on what is in "m/b", index 1
 * beside its components; its sections have %s where the digest belongs.
 */
static struct suit_slice root_of(struct suit_slice dependency,
				 const char *sections)
{
	return machine_sign("1",
		text("{1: 1, 2: 7, 3: <<{1: {1: {1: ['m', 'b']}},"
		     " 2: [['a', '1']]}>>, %s}", sections),
		text(", \"#b\": h'%s'", hex(dependency)));
}

/* set the digest, fetch, check */
static const char *get(struct suit_slice dependency)
{
	return text("12, 1, 20, {3: %s, 21: \"#b\"}, 21, 15, 7, 15",
		    machine_digest(dependency));
}

/* Get it in dependency-resolution, process it in install. */
static struct suit_slice root(struct suit_slice dependency)
{
	return root_of(dependency, text("15: <<[%s, 11, 15]>>,"
		" 20: <<[12, 1, 11, 15, 12, 0, " WRITE("root") "]>>",
		get(dependency)));
}

static void beside_the_components(void **state)
{
	(void)state;
	machine_reset();
	machine_expect(root(child()), UPDATE, SUIT_OK,
		       "fetch m/b #b, write b/1, write a/1");
	expect_bytes(machine_cell("b/1")->bytes, bytes_of("one"));
}

static void among_the_components(void **state)
{
	struct suit_slice b;

	(void)state;
	machine_reset();
	b = child();
	machine_expect(machine_sign("1",
		text("{1: 1, 2: 7, 3: <<{1: {1: {}},"
		     " 2: [['a', '1'], ['m', 'b']]}>>,"
		     " 15: <<[%s]>>, 20: <<[12, 1, 11, 15]>>}", get(b)),
		text(", \"#b\": h'%s'", hex(b))), UPDATE, SUIT_OK,
		       "fetch m/b #b, write b/1");
}

/* Every section of both, the dependency's first; shared before each. */
static void lockstep(void **state)
{
	static const char each_section[] =
		"7: <<[3, 15]>>, 15: <<[20, {23: '15'}, 23, 15]>>,"
		" 16: <<[20, {23: '16'}, 23, 15]>>,"
		" 18: <<[20, {23: '18'}, 23, 15]>>, 20: <<[" WRITE("x") "]>>";
	static const char process[] = "12, 1, 11, 15, 12, 0, 20, {23: 'r'},"
				      " 23, 15";
	struct suit_slice b;

	(void)state;
	machine_reset();
	b = child_of("2", each_section);
	machine_expect(root_of(b, text("7: <<[%s]>>, 15: <<[%s, 11, 15, 12, 0,"
		" 23, 15]>>, 16: <<[%s]>>, 18: <<[%s]>>, 20: <<[%s]>>",
		process, get(b), process, process, process)), UPDATE, SUIT_OK,
		"fetch m/b #b, invoke b/1 15, invoke a/1, "
		"invoke b/1 16, invoke a/1 r, invoke b/1 18, invoke a/1 r, "
		"write b/1, invoke a/1 r, invoke a/1 r");
}

struct refused {
	const char *name;
	const char *keys;	/* that signed the dependency */
	const char *sections;	/* of the root; %s: the digest parameter */
	enum suit_error error;
};

#define CHECKED "15: <<[12, 1, 20, {3: %s, 21: \"#b\"}, 21, 15, 7, 15]>>, "

static const struct refused refusals[] = {
	{ "a dependency that nobody signed", "",
	  CHECKED "20: <<[12, 1, 11, 15]>>", SUIT_ERR_AUTH_EMPTY },
	{ "a dependency by a stranger", "9",
	  CHECKED "20: <<[12, 1, 11, 15]>>", SUIT_ERR_SIGNATURE },
	{ "a dependency by the wrong authority", "1",
	  CHECKED "20: <<[12, 1, 11, 15]>>", SUIT_ERR_NOT_ENTITLED },
	{ "a dependency by one of two", "3",
	  CHECKED "20: <<[12, 1, 11, 15]>>", SUIT_ERR_THRESHOLD },
	{ "not checked", "2", "15: <<[12, 1, 20, {3: %s, 21: \"#b\"}, 21, 15,"
	  " 3, 15]>>, 20: <<[12, 1, 11, 15]>>", SUIT_ERR_DEPENDENCY_UNCHECKED },
	{ "the check skipped by a branch that is taken", "2",
	  "15: <<[12, 1, 20, {3: %s, 21: \"#b\"}, 21, 15, 15,"
	  " [<<[14, 15, 7, 15]>>, <<[8, 15]>>]]>>, 20: <<[12, 1, 11, 15]>>",
	  SUIT_ERR_DEPENDENCY_UNCHECKED },
	{ "the check skipped by null, and the dependency too", "2",
	  "15: <<[12, 1, 20, {3: %s, 21: \"#b\"}, 21, 15, 15,"
	  " [<<[14, 15, 7, 15, 11, 15]>>, <<[14, 15]>>, null]]>>",
	  SUIT_ERR_DEPENDENCY_UNCHECKED },
	{ "fetched again after the check", "2",
	  CHECKED "20: <<[12, 1, 21, 15, 11, 15]>>",
	  SUIT_ERR_DEPENDENCY_UNCHECKED },
	{ "written after the check", "2",
	  CHECKED "20: <<[12, 1, 20, {18: 'x'}, 18, 15, 11, 15]>>",
	  SUIT_ERR_DEPENDENCY_UNCHECKED },
	{ "swapped away after the check", "2", CHECKED
	  "20: <<[12, 0, 20, {22: 1}, 31, 15, 12, 1, 11, 15]>>",
	  SUIT_ERR_DEPENDENCY_UNCHECKED },
	{ "another digest", "2", "15: <<[12, 1, 20, {3: %s, 21: \"#b\"},"
	  " 21, 15, 20, {3: <<digest'x'>>}, 7, 15, 11, 15]>>",
	  SUIT_ERR_DEPENDENCY_DIGEST },
	{ "no digest", "2", "15: <<[12, 0, 20, {3: %s}, 12, 1,"
	  " 20, {21: \"#b\"}, 21, 15, 7, 15]>>", SUIT_ERR_PARAMETER_MISSING },
	{ "a check that fails is not soft", "2", "15: <<[12, 1, 20, {3: %s,"
	  " 21: \"#b\"}, 21, 15, 20, {3: <<digest'x'>>}, 15,"
	  " [<<[7, 15]>>, <<[14, 15]>>, null]]>>",
	  SUIT_ERR_DEPENDENCY_DIGEST },
	{ "a missing digest is not soft", "2", "15: <<[12, 0, 20, {3: %s},"
	  " 12, 1, 15, [<<[7, 15]>>, <<[14, 15]>>, null]]>>",
	  SUIT_ERR_PARAMETER_MISSING },
	{ "its section forgotten", "2",
	  CHECKED "20: <<[12, 0, " WRITE("root") "]>>",
	  SUIT_ERR_DEPENDENCY_SKIPPED },
	{ "its section in an untaken branch", "2",
	  CHECKED "20: <<[12, 1, 15, [<<[8, 15]>>, <<[11, 15]>>]]>>",
	  SUIT_ERR_DEPENDENCY_SKIPPED },
	{ "process-dependency of a component", "2",
	  CHECKED "20: <<[12, 0, 11, 15]>>", SUIT_ERR_DEPENDENCY_NONE },
	{ "dependency-integrity of a component", "2",
	  CHECKED "20: <<[12, 0, 7, 15]>>", SUIT_ERR_DEPENDENCY_NONE },
	{ "is-dependency of a component", "2",
	  CHECKED "20: <<[12, 0, 8, 15]>>", SUIT_ERR_NOT_DEPENDENCY },
	{ "never even fetched", "2", "20: <<[12, 0, 20, {3: %s}, 12, 0, "
	  WRITE("root") "]>>", SUIT_ERR_DEPENDENCY_UNCHECKED },
	{ "not there to be checked", "2",
	  "15: <<[12, 1, 20, {3: %s}, 7, 15]>>", SUIT_ERR_IMAGE },
};

static void refuse(void **state)
{
	const struct refused *row = *state;
	struct suit_slice b;
	const char *at;

	machine_reset();
	b = child_of(row->keys, "20: <<[" WRITE("one") "]>>");
	/* the one place where the digest belongs */
	at = strstr(row->sections, "%s");
	assert_non_null(at);
	expect(machine_run(root_of(b, text("%.*s%s%s",
					   (int)(at - row->sections),
					   row->sections, machine_digest(b),
					   at + 2)), UPDATE), row->error);
	assert_null(machine_cell("b/1"));
}

/* What is right but in a later stage than the dependency begins. */
static void met_too_late(void **state)
{
	struct suit_slice b;

	(void)state;
	machine_reset();
	b = child_of("2", "16: <<[20, {23: '16'}, 23, 15]>>,"
			  " 20: <<[" WRITE("one") "]>>");
	machine_expect(root_of(b, text("20: <<[%s, 11, 15]>>", get(b))),
		       UPDATE, SUIT_ERR_DEPENDENCY_SKIPPED, "fetch m/b #b");
}

/* A failure in the dependency is one of the directive that processes it. */
static void failure_is_not_soft(void **state)
{
	struct suit_slice b;

	(void)state;
	machine_reset();
	b = child_of("2", "20: <<[14, 15]>>");
	machine_expect(root_of(b, text("15: <<[%s]>>, 20: <<[12, 1, 15,"
		" [<<[11, 15]>>, <<[8, 15]>>]]>>", get(b))), UPDATE,
		       SUIT_ERR_ABORT, "fetch m/b #b");
}

static void tampered(void **state)
{
	struct suit_slice b, whole, changed;
	const u8 *at;

	(void)state;
	machine_reset();
	b = child();
	whole = root(b);
	/* the integrated payload: 'one' becomes 'onf' */
	changed = copy_of(whole);
	at = memmem(changed.ptr, changed.len, b.ptr, b.len);
	assert_non_null(at);
	at = memmem(at, b.len, "one", 3);
	((u8 *)at)[2]++;
	machine_expect(changed, UPDATE, SUIT_ERR_MANIFEST_DIGEST,
		       "fetch m/b #b");
}

/* The digest is of the manifest: a countersignature changes nothing. */
static void signed_once_more(void **state)
{
	struct suit_slice b;

	(void)state;
	machine_reset();
	b = child();
	machine_expect(root_of(child_of("29", "20: <<[" WRITE("one") "]>>"),
		text("15: <<[%s, 3, 15]>>, 20: <<[12, 1, 11, 15]>>", get(b))),
		       UPDATE, SUIT_OK, "fetch m/b #b, write b/1");
}

static void below_the_floor(void **state)
{
	(void)state;
	machine_reset();
	/* of the dependency */
	machine.floor_owner = "b";
	machine.floor = 8;
	machine_expect(root(child()), UPDATE, SUIT_ERR_FLOOR, "fetch m/b #b");
	/* of the root, before anything happens */
	machine.floor_owner = "a";
	machine_expect(root(child()), UPDATE, SUIT_ERR_FLOOR, "");
}

/* Of two dependencies that were checked only the first is processed. */
static void second_forgotten(void **state)
{
	struct suit_slice b, c;

	(void)state;
	machine_reset();
	b = child();
	c = machine_sign("1", "{1: 1, 2: 7, 3: <<{2: [['a', '2']]}>>,"
			      " 20: <<[" WRITE("two") "]>>}", "");
	machine_store("m/b", b);
	machine_store("m/a/c", c);
	machine_expect(machine_sign("1", text("{1: 1, 2: 7, 3: <<{1: {1: {1:"
		" ['m', 'b']}, 2: {1: ['m', 'a', 'c']}}, 2: [['a',"
		" '1']]}>>,"
		" 20: <<[12, 1, 20, {3: %s}, 12, 2, 20, {3: %s}, 12, [1, 2],"
		" 7, 15, 12, 1, 11, 15]>>}", machine_digest(b),
		machine_digest(c)), ""), UPDATE, SUIT_ERR_DEPENDENCY_SKIPPED,
		"write b/1");
}

int main(void)
{
	single("a dependency beside the components", beside_the_components);
	single("a dependency among the components", among_the_components);
	single("section by section, together", lockstep);
	table(refusals, refuse);
	single("met after its first section", met_too_late);
	single("a failure inside is not soft", failure_is_not_soft);
	single("the second of two is forgotten", second_forgotten);
	single("tampered with in the envelope", tampered);
	single("signed once more", signed_once_more);
	single("below the floor", below_the_floor);
	return table_run("dependency");
}

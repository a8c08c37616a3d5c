// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Dependencies that are looked at again: what was known of one holds for the
 * manifest it was known of, and for as long as nobody writes to it.
 */
#include "machine.h"

/* A manifest that invokes a/1 with @word, and may have a version. */
static struct suit_slice leaf(const char *word, const char *version)
{
	return machine_sign("1", text("{1: 1, 2: 7, 3: <<{2: [['a', '1']]}>>"
				      "%s, 20: <<[20, {23: '%s'}, 23, 15]>>}",
				      version, word), "");
}

/* A manifest with the dependency m/a/x, and these commands of its install. */
static struct suit_slice root(const char *install)
{
	return machine_sign("1", text("{1: 1, 2: 7, 3: <<{1: {1: {1: ['m',"
		" 'a', 'x']}}, 2: [['a', '0']]}>>, 20: <<[12, 1, %s]>>}",
		install), "");
}

static const char *fetch(const char *uri, struct suit_slice envelope)
{
	machine_publish(uri, envelope);
	return text("20, {3: %s, 21: \"%s\"}, 21, 15",
		    machine_digest(envelope), uri);
}

static void checked_again(void **state)
{
	struct suit_slice one = leaf("one", "");

	(void)state;
	machine_reset();
	machine_expect(root(text("%s, 7, 15, 11, 15, 7, 15, 11, 15",
				 fetch("1", one))), SUIT_PROCEDURE_UPDATE,
		       SUIT_OK, "fetch m/a/x 1, invoke a/1 one,"
		       " invoke a/1 one");
	assert_int_equal(machine_process.n_nodes, 2);
	/* it was processed, and is the same one still */
	machine_expect(root(text("%s, 7, 15, 11, 15, 7, 15",
				 fetch("1", one))), SUIT_PROCEDURE_UPDATE,
		       SUIT_OK, "fetch m/a/x 1, invoke a/1 one");
}

static void another_in_its_place(void **state)
{
	struct suit_slice one = leaf("one", ""), two = leaf("two", "");

	(void)state;
	machine_reset();
	machine_expect(root(text("%s, 7, 15, 11, 15, %s, 7, 15, 11, 15",
				 fetch("1", one), fetch("2", two))),
		       SUIT_PROCEDURE_UPDATE, SUIT_OK,
		       "fetch m/a/x 1, invoke a/1 one, fetch m/a/x 2,"
		       " invoke a/1 two");
	assert_int_equal(machine_process.n_nodes, 2);
}

/* It was never processed: that the one before it was does not count. */
static void another_that_is_skipped(void **state)
{
	struct suit_slice one = leaf("one", ""), two = leaf("two", "");

	(void)state;
	machine_reset();
	machine_expect(root(text("%s, 7, 15, 11, 15, %s, 7, 15",
				 fetch("1", one), fetch("2", two))),
		       SUIT_PROCEDURE_UPDATE, SUIT_ERR_DEPENDENCY_SKIPPED,
		       "fetch m/a/x 1, invoke a/1 one, fetch m/a/x 2");
}

static void another_that_is_not_checked(void **state)
{
	struct suit_slice one = leaf("one", ""), two = leaf("two", "");

	(void)state;
	machine_reset();
	machine_expect(root(text("%s, 7, 15, 11, 15, %s, 11, 15",
				 fetch("1", one), fetch("2", two))),
		       SUIT_PROCEDURE_UPDATE, SUIT_ERR_DEPENDENCY_UNCHECKED,
		       "fetch m/a/x 1, invoke a/1 one, fetch m/a/x 2");
}

/* A manifest with the dependency m/a/y, which it gets by @fetched. */
static struct suit_slice middle(const char *word, const char *fetched)
{
	return machine_sign("1", text("{1: 1, 2: 7, 3: <<{1: {1: {1: ['m',"
		" 'a', 'y']}}, 2: [['a', '2']]}>>, 20: <<[12, 1, %s, 7, 15,"
		" 11, 15, 12, 0, 20, {23: '%s'}, 23, 15]>>}", fetched, word),
		"");
}

/* The whole tree beneath it is another one, too. */
static void another_tree(void **state)
{
	struct suit_slice one, two;

	(void)state;
	machine_reset();
	one = middle("one", fetch("y1", leaf("deep one", "")));
	two = middle("two", fetch("y2", leaf("deep two", "")));
	machine_expect(root(text("%s, 7, 15, 11, 15, %s, 7, 15, 11, 15",
				 fetch("1", one), fetch("2", two))),
		       SUIT_PROCEDURE_UPDATE, SUIT_OK,
		       "fetch m/a/x 1, fetch m/a/y y1, invoke a/1 deep one,"
		       " invoke a/2 one, fetch m/a/x 2, fetch m/a/y y2,"
		       " invoke a/1 deep two, invoke a/2 two");
	assert_int_equal(machine_process.n_nodes, 3);
}

/* What is known of another dependency of the same manifest stays. */
static void its_sister(void **state)
{
	struct suit_slice one = leaf("one", ""), two = leaf("two", "");
	struct suit_slice sister = leaf("sister", "");
	const char *install;

	(void)state;
	machine_reset();
	install = text("%s, 7, 15, 11, 15, 12, 2, %s, 7, 15, 11, 15, 12, 1,"
		       " %s, 7, 15, 11, 15, 12, 2, 11, 15",
		       fetch("1", one), fetch("3", sister), fetch("2", two));
	machine_expect(machine_sign("1", text("{1: 1, 2: 7, 3: <<{1: {1: {1:"
		" ['m', 'a', 'x']}, 2: {1: ['m', 'a', 'z']}}, 2: [['a', '0']]"
		"}>>, 20: <<[12, 1, %s]>>}", install), ""),
		       SUIT_PROCEDURE_UPDATE, SUIT_OK,
		       "fetch m/a/x 1, invoke a/1 one, fetch m/a/z 3,"
		       " invoke a/1 sister, fetch m/a/x 2, invoke a/1 two,"
		       " invoke a/1 sister");
}

/* A dependency that was checked says itself which version it is. */
static void versions(void **state)
{
	static const struct {
		const char *version, *before, *match;
		enum suit_error error;
	} rows[] = {
		{ ", 6: <<[1, 2]>>", "7, 15, 11, 15", "[2, [1, 2]]",
		  SUIT_OK },
		{ ", 6: <<[1, 2]>>", "7, 15, 11, 15", "[1, [1, 2]]",
		  SUIT_ERR_VERSION },
		{ "", "7, 15, 11, 15", "[2, [0]]", SUIT_ERR_VERSION },
		{ ", 6: <<[1, 2]>>", "3, 15", "[2, [1, 2]]",
		  SUIT_ERR_VERSION },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		const char *install;

		machine_reset();
		install = text("%s, %s, 20, {28: <<%s>>}, 28, 15",
			       fetch("1", leaf("one", rows[i].version)),
			       rows[i].before, rows[i].match);
		expect(machine_run(root(install), SUIT_PROCEDURE_UPDATE),
		       rows[i].error);
	}
}

/* image-match of a dependency looks at the manifest inside. */
static void what_is_there(void **state)
{
	struct suit_slice one = leaf("one", "");
	const char *match = text("20, {3: %s}, 15, [<<[3, 15]>>, <<[12, 0,"
				 " 23, 15]>>], 12, 1, 7, 15, 11, 15",
				 machine_digest(one));

	(void)state;
	machine_reset();
	expect(machine_run(root(match), SUIT_PROCEDURE_UPDATE),
	       SUIT_ERR_IMAGE);
	machine_store("m/a/x", bytes_of("no envelope"));
	expect(machine_run(root(match), SUIT_PROCEDURE_UPDATE),
	       SUIT_ERR_TYPE);
	machine_store("m/a/x", one);
	expect(machine_run(root(match), SUIT_PROCEDURE_UPDATE), SUIT_OK);
}

/* Another manifest than is wanted is no match, whatever it is. */
static void another_is_there(void **state)
{
	const char *digest = machine_digest(leaf("one", ""));

	(void)state;
	machine_reset();
	machine_store("m/a/x", leaf("two", ""));
	expect(machine_run(root(text("20, {3: %s}, 3, 15", digest)),
			   SUIT_PROCEDURE_UPDATE), SUIT_ERR_IMAGE);
	/* nothing of the envelope but its manifest counts */
	machine_store("m/a/x", machine_sign("9", "{1: 1, 2: 7, 3: <<{2: [['a',"
		" '1']]}>>, 20: <<[20, {23: 'one'}, 23, 15]>>}", ""));
	expect(machine_run(root(text("20, {3: %s}, 3, 15", digest)),
			   SUIT_PROCEDURE_UPDATE),
	       SUIT_ERR_DEPENDENCY_UNCHECKED);
}

/* What a dependency shares among its sections runs before each. */
static void its_shared_sequence(void **state)
{
	static const struct {
		const char *shared;
		enum suit_error error;
		const char *trace;
	} rows[] = {
		{ "[20, {23: 'set'}]", SUIT_OK,
		  "fetch m/a/x 1, invoke a/1 set" },
		{ "[14, 0]", SUIT_ERR_ABORT, "fetch m/a/x 1" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct suit_slice child = machine_sign("1", text(
			"{1: 1, 2: 7, 3: <<{2: [['a', '1']], 4: <<%s>>}>>,"
			" 20: <<[23, 15]>>}", rows[i].shared), "");

		machine_reset();
		machine_expect(root(text("%s, 7, 15, 11, 15",
					 fetch("1", child))),
			       SUIT_PROCEDURE_UPDATE, rows[i].error,
			       rows[i].trace);
	}
}

/* To let go of a dependency is no reason not to install it. */
static void unlinked_but_not_processed(void **state)
{
	struct suit_slice one = leaf("one", "");

	(void)state;
	machine_reset();
	machine_store("m/a/x", one);
	machine_cell("m/a/x")->references = 1;
	expect(machine_run(root(text("20, {3: %s}, 7, 15, 33, 15",
				     machine_digest(one))),
			   SUIT_PROCEDURE_UPDATE),
	       SUIT_ERR_DEPENDENCY_SKIPPED);
}

int main(void)
{
	single("checked again", checked_again);
	single("another in its place", another_in_its_place);
	single("another that is skipped", another_that_is_skipped);
	single("another that is not checked", another_that_is_not_checked);
	single("another tree", another_tree);
	single("its sister", its_sister);
	single("versions", versions);
	single("what is there", what_is_there);
	single("another is there", another_is_there);
	single("its shared sequence", its_shared_sequence);
	single("unlinked, but not processed", unlinked_but_not_processed);
	return table_run("replaced");
}

// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The bounds of suit_limits.h: trees of manifests, and values of parameters.
 */
#include "limit.h"
#include "machine.h"
#include "seed.h"

static enum suit_error dependencies(unsigned int more)
{
	unsigned int n = SUIT_MAX_DEPENDENCIES + more;
	struct opened o;

	return open_manifest(&o, SUIT_PROFILE_FULL,
			     text("{1: 1, 2: 7, 3: <<{1: {%s}, 2: [%s]}>>,"
				  " 20: <<[12, 0, 33, 15]>>}",
				  each(n, "#: {}"), each(n, "['a', '#']")),
			     "");
}

/* Manifest @level of a chain: processes the next in @inside sequences. */
static struct suit_slice chain(u32 level, u32 last, const u32 *inside)
{
	const char *open = repeat("32, <<[", inside[level] - 1, "");
	const char *close = repeat("]>>", inside[level] - 1, "");
	struct suit_slice next;

	if (level == last)
		return machine_sign("1", text("{1: 1, 2: 7, 3: <<{2: [['a',"
			" '%u']]}>>, 20: <<[%s23, 15%s]>>}", level, open,
			close), "");
	next = chain(level + 1, last, inside);
	machine_store(text("m/a/%u", level), next);
	return machine_sign("1", text("{1: 1, 2: 7, 3: <<{1: {1: {1: ['m',"
		" 'a', '%u']}}, 2: [['a', '%u']]}>>, 20: <<[12, 1, 20,"
		" {3: %s}, 7, 15, %s11, 15%s]>>}", level, level,
		machine_digest(next), open, close), "");
}

static enum suit_error dependency_depth(unsigned int more)
{
	static const u32 inside[] = { 1, 1, 1, 1, 1, 1 };

	machine_reset();
	return machine_run(chain(0, SUIT_MAX_DEPENDENCY_DEPTH + more, inside),
			   SUIT_PROCEDURE_UPDATE);
}

/* Two manifests as deep as each may be, and a third for the rest. */
static enum suit_error frames(unsigned int more)
{
	const u32 inside[] = {
		SUIT_MAX_SEQUENCE_DEPTH, SUIT_MAX_SEQUENCE_DEPTH,
		SUIT_MAX_FRAMES - 2 * SUIT_MAX_SEQUENCE_DEPTH + more,
	};

	machine_reset();
	return machine_run(chain(0, 2, inside), SUIT_PROCEDURE_UPDATE);
}

/* A manifest with @n dependencies that are all @next, and @more: a leaf. */
static struct suit_slice fan(u32 level, u32 n, struct suit_slice next,
			     const char *more)
{
	const char *map = "", *list = "";
	u32 i;

	for (i = 1; i <= n; i++) {
		const char *id = text("m/a/%u-%u", level, i);

		machine_store(id, next);
		map = text("%s%s%u: {1: ['m', 'a', '%s']}", map,
			   i > 1 ? ", " : "", i, id + 4);
		list = text("%s%s%u", list, i > 1 ? ", " : "", i);
	}
	return machine_sign("1", text("{1: 1, 2: 7, 3: <<{1: {%s%s}, 2: [['a',"
		" '%u']]}>>, 20: <<[12, [%s], 20, {3: %s}, 7, 15, 11, 15%s]>>"
		"}", map, *more ? ", 9: {1: ['m', 'a', '3-1']}" : "", level,
		list, machine_digest(next), more), "");
}

/* 1 + 3 * (1 + 4 * (1 + 4)): the same manifests again and again. */
static enum suit_error nodes_of_a_tree(unsigned int more)
{
	static struct suit_node nodes[SUIT_MAX_NODES + 1];
	static struct suit_params params[MACHINE_PARAMS];
	struct suit_setup setup = {
		.trust = &machine_trust, .crypto = toy_crypto(),
		.platform = { &machine_ops, &machine },
		.node = nodes, .max_nodes = COUNT(nodes),
		.params = params, .max_params = COUNT(params),
	};
	struct suit_slice leaf, root;
	enum suit_error error;

	machine_reset();
	leaf = machine_sign("1", "{1: 1, 2: 7, 3: <<{2: [['a', '9']]}>>,"
			    " 20: <<[23, 15]>>}", "");
	root = fan(1, 3, fan(2, 4, fan(3, 4, leaf, ""), ""), more ? text(
		", 12, 9, 20, {3: %s}, 7, 15, 11, 15", machine_digest(leaf)) :
		"");
	setup.envelope = root;
	seed_write(root, SUIT_PROCEDURE_UPDATE, &machine_ops);
	error = suit_procedure_start(&machine_process, &setup,
				     SUIT_PROCEDURE_UPDATE);
	if (error == SUIT_OK)
		error = suit_procedure_run(&machine_process);
	assert_int_equal(machine_process.n_nodes, SUIT_MAX_NODES);
	return error;
}

static enum suit_error version_numbers(unsigned int more)
{
	struct suit_version version;

	return suit_version_decode(diag("[%s]", repeat("1",
		SUIT_MAX_VERSION + more, ", ")), &version);
}

static enum suit_error version_matches(unsigned int more)
{
	struct suit_wait wait;

	return suit_wait_decode(diag("{4: ['device', [%s]]}", repeat(
		"[1, [1]]", SUIT_MAX_VERSION_MATCHES + more, ", ")), &wait);
}

static enum suit_error actors(unsigned int more)
{
	struct suit_metadata metadata;

	return suit_metadata_decode(diag("{2: {%s}}", each(
		SUIT_MAX_ACTORS + more, "#: 1")), &metadata);
}

static const struct limit limits[] = {
	{ "SUIT_MAX_DEPENDENCIES", dependencies, SUIT_ERR_DEPENDENCY_COUNT },
	{ "SUIT_MAX_DEPENDENCY_DEPTH", dependency_depth,
	  SUIT_ERR_DEPENDENCY_DEPTH },
	{ "SUIT_MAX_FRAMES", frames, SUIT_ERR_SEQUENCE_DEPTH },
	{ "SUIT_MAX_NODES", nodes_of_a_tree, SUIT_ERR_DEPENDENCY_COUNT },
	{ "SUIT_MAX_VERSION", version_numbers, SUIT_ERR_PARAMETER_FORM },
	{ "SUIT_MAX_VERSION_MATCHES", version_matches,
	  SUIT_ERR_PARAMETER_FORM },
	{ "SUIT_MAX_ACTORS", actors, SUIT_ERR_PARAMETER_FORM },
};

int main(void)
{
	table(limits, check_limit);
	return table_run("limits_tree");
}

// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Manifests and their dependencies on a device in memory, signed and measured
 * as on a real one: what the unit tests ask of it is where the fuzzer begins.
 */
#include <stdlib.h>
#include <string.h>

#include "machine.h"

enum { PATIENCE = 300 };

static struct suit_process proc;
static struct suit_node nodes[FUZZ_NODES];
static struct suit_params params[FUZZ_PARAMS];

static void check_end(struct fuzz_machine *m, enum suit_error error)
{
	const char *name =
		suit_procedure_name((enum suit_procedure)proc.procedure);
	struct suit_record where;
	u32 i;

	MUST(strcmp(name, "unknown"));
	suit_procedure_where(&proc, &where);
	MUST(suit_procedure_run(&proc) == error);
	for (i = 0; i < proc.n_nodes; i++) {
		MUST(!proc.node[i].checked);
		MUST(!proc.node[i].ran || proc.node[i].envelope.authenticated);
	}
	MUST(error != SUIT_OK || proc.effects);
	MUST(m->trust.n_keys);
}

static void run(struct fuzz_machine *m, enum suit_procedure procedure)
{
	struct suit_setup setup = {
		.envelope = m->envelope, .trust = &m->trust,
		.crypto = &m->crypto, .platform = { &m->ops, m },
		.node = nodes, .params = params,
		.max_nodes = fuzz_machine_byte(m, INPUT_NODES) %
			     (FUZZ_NODES + 1),
		.max_params = fuzz_machine_byte(m, INPUT_PARAMS) %
			      (FUZZ_PARAMS + 1),
	};
	enum suit_error error = suit_procedure_start(&proc, &setup, procedure);
	unsigned int patience = PATIENCE;

	MUST(!m->effects && error != SUIT_ERR_PENDING);
	MUST(suit_procedure_run(&proc) == error || error == SUIT_OK);
	if (error != SUIT_OK)
		return;
	do
		error = suit_procedure_run(&proc);
	while (error == SUIT_ERR_PENDING && patience--);
	MUST(proc.n_nodes <= setup.max_nodes &&
	     proc.n_params <= setup.max_params);
	if (error != SUIT_ERR_PENDING)
		check_end(m, error);
}

static void decide(struct fuzz_machine *m, const struct suit_manifest *opened)
{
	struct suit_platform platform = { &m->ops, m };
	u32 i;

	for (i = 0; i < opened->n_components; i++)
		if (suit_decide(&proc, opened, i, &platform) == SUIT_OK)
			MUST(proc.image_matched && m->ops.image_digest);
	MUST(!m->effects);
}

static void decide_catalogue(struct fuzz_machine *m,
			     const struct suit_manifest *opened)
{
	struct suit_catalogue_entry *table =
		calloc(opened->n_components, sizeof(*table));
	struct suit_platform platform = { &m->ops, m };
	struct suit_catalogue cat;
	unsigned int i;

	MUST(suit_decide(&proc, opened, 0, &platform) == SUIT_ERR_PROFILE);
	if (table && suit_catalogue_open(&cat, opened, table) == SUIT_OK)
		for (i = 0; i < m->n_cells; i++)
			suit_decide_catalogue(&cat, m->cell[i].name, &platform);
	free(table);
}

/* As the kernel does it: user space's profile is none of its business. */
static void judge(struct fuzz_machine *m)
{
	struct suit_platform platform = { &m->ops, m };
	struct suit_envelope env;
	struct suit_manifest full, kernel;
	struct suit_auth auth;

	if (suit_envelope_open(&env, m->envelope) != SUIT_OK ||
	    suit_envelope_authenticate(&env, &m->trust, &m->crypto, &auth) !=
		    SUIT_OK)
		return;
	MUST(m->trust.n_keys);
	if (suit_manifest_open(&full, &env, &m->crypto, SUIT_PROFILE_FULL) ==
	    SUIT_OK)
		MUST(suit_decide(&proc, &full, 0, &platform) ==
		     SUIT_ERR_PROFILE);
	if (suit_manifest_open(&kernel, &env, &m->crypto,
			       SUIT_PROFILE_KERNEL) != SUIT_OK)
		return;
	if (kernel.catalogue)
		decide_catalogue(m, &kernel);
	else
		decide(m, &kernel);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct fuzz_machine m;
	unsigned int procedure;

	if (!fuzz_machine_init(&m, data, size))
		return 0;
	procedure = fuzz_machine_byte(&m, INPUT_PROCEDURE) %
		    (SUIT_PROCEDURE_COUNT + 1);
	if (procedure)
		run(&m, (enum suit_procedure)procedure);
	else
		judge(&m);
	return 0;
}

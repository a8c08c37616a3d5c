// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Whole procedures over trees of manifests: whatever a trusted author wrote,
 * nothing is done that nobody is entitled to, everything ends, and success
 * means that something was done. First byte: which procedure. Dependencies are
 * the integrated payloads that were fetched.
 */
#include <string.h>

#include "verify.h"

enum { CELLS = 8, NODES = 6, PARAMS = 24, PATIENCE = 64 };

#define BYTES(literal) { (const u8 *)(literal), sizeof(literal) - 1 }

/* The first segments of the ids in the vectors. */
static const struct suit_authority authority = {
	.name = BYTES("fuzz"), .role = SUIT_ROLE_VENDOR, .threshold = 1,
	.prefixes = BYTES("\x8b\x81\x41\x00\x81\x41\x01\x81\x41\x02"
			  "\x81\x41\x0a" "\x81\x42" "00" "\x81\x42" "10"
			  "\x81\x48" "firmware" "\x81\x49" "main.suit"
			  "\x81\x4b" "TEEP-Device" "\x81\x4e" "dependent.suit"
			  "\x81\x4e" "depending.suit"),
	.dependencies = BYTES("\x81\x81\x41" "m"),
};

static const struct suit_key keys[] = {
	{ .alg = SUIT_ALG_ES256 }, { .alg = SUIT_ALG_ESP256 },
};

static const struct suit_trust trust = {
	.authority = &authority, .n_authorities = 1, .key = keys, .n_keys = 2,
};

static struct suit_process proc;
static struct suit_node nodes[NODES];
static struct suit_params params[PARAMS];

/* What components have; a payload that was fetched stays where it is. */
static struct {
	struct suit_slice id, bytes;
} cells[CELLS];
static unsigned int n_cells, n_effects;

static struct suit_slice *cell(struct suit_slice id)
{
	unsigned int i;

	for (i = 0; i < n_cells; i++)
		if (suit_slice_equal(cells[i].id, id))
			return &cells[i].bytes;
	if (n_cells == CELLS)
		return NULL;
	cells[n_cells].id = id;
	return &cells[n_cells++].bytes;
}

/* Mostly it works; sometimes not, not yet, or not softly. */
static enum suit_error answer(struct fuzz_seam *seam)
{
	static const enum suit_error others[] = {
		SUIT_ERR_OPERATION, SUIT_ERR_PENDING, SUIT_ERR_IMAGE,
	};
	uint8_t choice = fuzz_choose(seam);

	return choice < 0xe0 ? SUIT_OK : others[choice % 3];
}

static bool entitled(const struct suit_effect *effect, struct suit_slice id)
{
	return suit_authority_covers(effect->authority, id) ||
	       suit_authority_depends(effect->authority, id);
}

static void check_effect(const struct suit_effect *effect)
{
	MUST(effect->manifest->env->authenticated);
	MUST(effect->authority == &authority);
	MUST(suit_component_check(effect->id) == SUIT_OK);
	MUST(entitled(effect, effect->id));
	MUST(effect->section > SUIT_SECTION_SHARED &&
	     effect->section < SUIT_SECTION_COUNT);
	MUST(proc.depth && proc.depth <= SUIT_MAX_FRAMES);
	MUST(!effect->dependency || !effect->has_size);
	fuzz_touch(effect->uri);
	fuzz_touch(effect->payload);
	fuzz_touch(effect->content);
	fuzz_touch(effect->arguments);
	fuzz_touch(effect->encryption_info);
	fuzz_touch(effect->digest.value);
	n_effects++;
}

static enum suit_error store(void *ctx, const struct suit_effect *effect)
{
	struct suit_slice *at;

	check_effect(effect);
	at = cell(effect->id);
	if (at)
		*at = effect->payload;
	return answer(ctx);
}

static enum suit_error exchange(void *ctx, const struct suit_effect *effect)
{
	check_effect(effect);
	MUST(suit_component_check(effect->source) == SUIT_OK);
	MUST(!suit_slice_equal(effect->id, effect->source));
	MUST(entitled(effect, effect->source));
	return answer(ctx);
}

static enum suit_error let_go(void *ctx, const struct suit_effect *effect,
			      u32 *left)
{
	check_effect(effect);
	*left = fuzz_choose(ctx) & 1;
	return answer(ctx);
}

static enum suit_error references(void *ctx, const struct suit_effect *effect,
				  u32 *count)
{
	(void)effect;
	*count = fuzz_choose(ctx) == 1;
	return SUIT_OK;
}

static enum suit_error wait_for(void *ctx, const struct suit_wait *wait)
{
	MUST(wait->events && !(wait->events & 1) && wait->events < 1024);
	fuzz_touch(wait->device);
	fuzz_touch(wait->device_versions);
	return answer(ctx);
}

static enum suit_error dependency(void *ctx, struct suit_slice id,
				  struct suit_slice *envelope)
{
	struct suit_slice *at = cell(id);

	(void)ctx;
	if (!at || !at->ptr)
		return SUIT_ERR_IMAGE;
	*envelope = *at;
	return SUIT_OK;
}

static enum suit_error floor_of(void *ctx, const struct suit_authority *who,
				struct suit_slice id, struct suit_floor *out)
{
	MUST(who == &authority);
	fuzz_touch(id);
	out->sequence_number = fuzz_choose(ctx) >> 6;
	return SUIT_OK;
}

static enum suit_error version(void *ctx, struct suit_slice id,
			       struct suit_version *out)
{
	fuzz_touch(id);
	out->n = fuzz_choose(ctx) % (SUIT_MAX_VERSION + 1);
	memset(out->part, 0, sizeof(out->part));
	return answer(ctx);
}

static enum suit_error number(void *ctx, u64 *out)
{
	*out = fuzz_choose(ctx);
	return answer(ctx);
}

static enum suit_error authorize(void *ctx, struct suit_slice id, s64 priority)
{
	fuzz_touch(id);
	return priority < 0 ? SUIT_OK : answer(ctx);
}

static void record(void *ctx, const struct suit_record *r)
{
	(void)ctx;
	MUST(r->policy && r->policy <= SUIT_POLICY_MAX);
	MUST(r->depth <= SUIT_MAX_DEPENDENCY_DEPTH);
	MUST(r->offset < SUIT_MAX_MANIFEST);
	fuzz_touch(r->id);
}

/* With the conditions of the seam. */
static struct suit_platform_ops ops_for(const struct fuzz_seam *seam)
{
	struct suit_platform_ops ops = *seam->platform.ops;

	ops.version = version;
	ops.now = number;
	ops.battery = number;
	ops.authorize = authorize;
	ops.wait = wait_for;
	ops.fetch = store;
	ops.copy = exchange;
	ops.write = store;
	ops.swap = exchange;
	ops.invoke = store;
	ops.unlink = let_go;
	ops.references = references;
	ops.dependency = dependency;
	ops.floor = floor_of;
	ops.record = record;
	return ops;
}

static void check_end(enum suit_error error)
{
	struct suit_record where;
	u32 i;

	suit_procedure_where(&proc, &where);
	MUST(suit_procedure_run(&proc) == error);
	MUST(proc.n_nodes <= NODES && proc.n_params <= PARAMS);
	if (error != SUIT_OK)
		return;
	MUST(proc.effects);
	for (i = 0; i < proc.n_nodes; i++)
		if (proc.node[i].ran)
			MUST(proc.node[i].envelope.authenticated);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct suit_platform_ops ops;
	struct suit_slice bytes;
	struct fuzz_seam seam;
	struct suit_setup setup = {
		.trust = &trust, .node = nodes, .max_nodes = NODES,
		.params = params, .max_params = PARAMS,
	};
	enum suit_error error;
	unsigned int patience = PATIENCE;

	if (!size || !fuzz_seam_init(&seam, data + 1, size - 1, &bytes))
		return 0;
	n_cells = 0;
	n_effects = 0;
	memset(cells, 0, sizeof(cells));
	ops = ops_for(&seam);
	setup.envelope = bytes;
	setup.crypto = &seam.crypto;
	setup.platform = (struct suit_platform){ &ops, &seam };
	error = suit_procedure_start(&proc, &setup, data[0] %
				     SUIT_PROCEDURE_COUNT);
	MUST(!n_effects && error != SUIT_ERR_PENDING);
	MUST(error != SUIT_OK || seam.signatures);
	if (error != SUIT_OK)
		return 0;
	do
		error = suit_procedure_run(&proc);
	while (error == SUIT_ERR_PENDING && patience--);
	if (error != SUIT_ERR_PENDING)
		check_end(error);
	return 0;
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What the gate will say about the firmware that is staged: the kernel's
 * profile of the manifest that brings it, over the bytes that are there.
 */
#include <stdlib.h>
#include <string.h>

#include "crypto.h"
#include "process_private.h"
#include "surroundings.h"

static bool identify(void *ctx, enum suit_identity what, struct suit_slice id,
		     struct suit_slice value)
{
	const struct sg_process *p = ctx;

	return sg_device_is(p->device, what, id, value, true);
}

static bool in_slot(void *ctx, struct suit_slice id, u64 slot)
{
	const struct sg_process *p = ctx;

	return sg_device_in_slot(p->device, id, slot, true);
}

static const struct suit_platform_ops gate_ops = {
	.identify = identify,
	.slot = in_slot,
	.image_digest = sg_process_digest,
	.image_compare = sg_process_compare,
};

/* The manifest of the tree that wants the candidate. */
static const struct suit_node *node_of(const struct sg_process *p,
				       const struct sg_candidate *candidate)
{
	struct suit_digest digest, want = {
		candidate->manifest.alg,
		{ candidate->manifest.value, candidate->manifest.len }
	};
	u32 i;

	for (i = 0; i < p->core.n_nodes; i++)
		if (p->node[i].manifest.profile &&
		    suit_digest_decode(p->node[i].envelope.digest, &digest) ==
			    SUIT_OK && suit_digest_equal(&digest, &want))
			return &p->node[i];
	return NULL;
}

/* Memory for one verdict. */
struct verdict {
	struct suit_manifest manifest;
	struct suit_process process;
};

static enum suit_error decide(struct sg_process *p, struct verdict *verdict,
			      const struct suit_node *node,
			      const struct sg_candidate *candidate)
{
	const struct suit_platform platform = { &gate_ops, p };
	struct suit_slice id = { candidate->id, candidate->id_len };
	enum suit_error error;
	u32 index;

	error = suit_manifest_open(&verdict->manifest, &node->envelope,
				   sg_crypto(), SUIT_PROFILE_KERNEL);
	if (error == SUIT_OK)
		error = suit_manifest_find(&verdict->manifest, id, &index);
	if (error == SUIT_OK)
		error = suit_decide(&verdict->process, &verdict->manifest,
				    index, &platform);
	return error;
}

static enum suit_error ask(struct sg_process *p, struct verdict *verdict,
			   const struct sg_candidate *candidate)
{
	const struct suit_node *node = node_of(p, candidate);
	enum suit_error error = SUIT_ERR_COMPONENT_ABSENT;

	if (node)
		error = decide(p, verdict, node, candidate);
	if (error == SUIT_OK)
		return SUIT_OK;
	return sg_fault(&p->why, error, "the gate would refuse %s/%s",
			candidate->place.type->name, candidate->place.path);
}

enum suit_error sg_process_ask_gate(struct sg_process *p)
{
	struct verdict *verdict = malloc(sizeof(*verdict));
	enum suit_error error = SUIT_OK;
	size_t i;

	if (!verdict)
		return SUIT_ERR_MEMORY;
	for (i = 0; i < p->stage.n && error == SUIT_OK; i++) {
		const struct sg_candidate *candidate = p->stage.candidate[i];

		if (candidate->place.type->flags & SG_PLACE_GATED &&
		    (candidate->kind == SG_CANDIDATE_FILE ||
		     candidate->kind == SG_CANDIDATE_LINK))
			error = ask(p, verdict, candidate);
	}
	free(verdict);
	return error;
}

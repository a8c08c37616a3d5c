// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What manifests say about themselves, for programs.
 */
#include <string.h>

#include "process_private.h"
#include "version_text.h"

/* Is a candidate that the gate will look at from this manifest? */
static bool is_gated(const struct sg_process *p,
		     const struct sg_gate_digest *manifest)
{
	size_t i;

	for (i = 0; i < p->stage.n; i++) {
		const struct sg_candidate *candidate = p->stage.candidate[i];

		if (candidate->place.type->flags & SG_PLACE_GATED &&
		    candidate->kind <= SG_CANDIDATE_LINK &&
		    sg_digest_same(&candidate->manifest, manifest))
			return true;
	}
	return false;
}

/* The nodes that were opened, in their order. */
static const struct suit_node *node_at(const struct sg_process *p,
				       size_t index)
{
	u32 i;

	for (i = 0; i < p->core.n_nodes; i++)
		if (p->node[i].manifest.profile && !index--)
			return &p->node[i];
	return NULL;
}

bool sg_process_get_manifest(const struct sg_process *p, size_t index,
			     struct sg_process_manifest *out)
{
	const struct suit_node *node = node_at(p, index);
	const struct suit_authority *authority;
	struct suit_digest digest;
	struct sg_lineage lineage;

	if (!node || suit_digest_decode(node->envelope.digest, &digest) !=
			     SUIT_OK)
		return false;
	authority = &p->core.trust->authority[node->authority];
	*out = (struct sg_process_manifest){
		.envelope = { (uint8_t *)node->envelope.bytes.ptr,
			      node->envelope.bytes.len },
		.sequence_number = node->manifest.sequence_number,
		.role = authority->role,
	};
	sg_lineage_of(&node->manifest, authority->name, &lineage);
	memcpy(out->floor_id, lineage.id, lineage.id_len);
	out->floor_id_len = lineage.id_len;
	sg_version_text(&node->manifest, out->version, sizeof(out->version));
	sg_digest_copy(&digest, &out->digest);
	memcpy(out->authority, authority->name.ptr, authority->name.len);
	if (node->manifest.component_id.ptr)
		suit_component_text(node->manifest.component_id,
				    out->component, sizeof(out->component));
	out->gated = is_gated(p, &out->digest);
	return true;
}

static void describe(const struct sg_process *p, struct suit_slice id,
		     struct sg_process_component *out)
{
	const struct sg_candidate *candidate = sg_stage_find(&p->stage, id);
	struct sg_error ignored;
	struct sg_place place;

	suit_component_text(id, out->name, sizeof(out->name));
	out->gated = sg_place_find(p->device, id, false, &place, &ignored) ==
			     SUIT_OK && place.type->flags & SG_PLACE_GATED;
	if (!candidate)
		return;
	out->stored = candidate->kind == SG_CANDIDATE_FILE;
	out->digest = candidate->digest;
	out->size = candidate->size;
}

bool sg_process_get_component(const struct sg_process *p, size_t index,
			      struct sg_process_component *out)
{
	const struct suit_node *node;
	struct suit_slice id;
	size_t i;

	for (i = 0; (node = node_at(p, i)); i++) {
		if (index >= node->manifest.n_components) {
			index -= node->manifest.n_components;
			continue;
		}
		if (suit_manifest_component(&node->manifest, index,
					    &id) != SUIT_OK)
			return false;
		*out = (struct sg_process_component){ .manifest = i };
		describe(p, id, out);
		return true;
	}
	return false;
}

bool sg_process_get_identity(const struct sg_process *p, unsigned int kind,
			     uint8_t out[16])
{
	if ((kind != SG_IDENTITY_VENDOR && kind != SG_IDENTITY_CLASS) ||
	    !p->identified[kind - 1])
		return false;
	memcpy(out, p->identity[kind - 1], 16);
	return true;
}

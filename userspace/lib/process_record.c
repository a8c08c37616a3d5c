// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Records, as programs see them.
 */
#include <string.h>

#include "process_private.h"

static void copy_measured(const struct suit_measured *from,
			  struct sg_process_measured *to)
{
	u32 i;

	to->labels = from->labels;
	if (from->labels >> SUIT_PARAM_IMAGE_DIGEST & 1)
		sg_digest_copy(&from->digest, &to->digest);
	to->size = from->size;
	to->number = from->number;
	if (!(from->labels >> SUIT_PARAM_VERSION & 1))
		return;
	to->n_version = from->version.n;
	for (i = 0; i < from->version.n; i++)
		to->version[i] = from->version.part[i];
}

void sg_process_record_of(const struct suit_record *from,
			  struct sg_process_record *to)
{
	*to = (struct sg_process_record){
		.code = suit_error_name(from->error),
		.reason = suit_error_reason(from->error),
		.command = from->command, .policy = from->policy,
		.sysinfo = from->sysinfo, .depth = from->depth,
		.section = from->section, .in_shared = from->in_shared,
		.offset = from->offset, .index = from->component,
		.id = { (uint8_t *)from->id.ptr, from->id.len },
	};
	memcpy(to->path, from->path, sizeof(to->path));
	if (from->measured && from->measured->labels)
		copy_measured(from->measured, &to->measured);
}

void sg_process_get_record(const struct sg_process *p,
			   struct sg_process_record *out)
{
	struct suit_record record;

	enum suit_error error = p->failure;

	if (p->core.result != SUIT_OK || error == SUIT_OK) {
		if (suit_procedure_where(&p->core, &record)) {
			sg_process_record_of(&record, out);
			return;
		}
		error = p->core.result;
	}
	*out = (struct sg_process_record){
		.code = suit_error_name(error),
		.reason = suit_error_reason(error),
	};
}

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

	if (!node || suit_digest_decode(node->envelope.digest, &digest) !=
			     SUIT_OK)
		return false;
	authority = &p->core.trust->authority[node->authority];
	*out = (struct sg_process_manifest){
		.envelope = { (uint8_t *)node->envelope.bytes.ptr,
			      node->envelope.bytes.len },
		.sequence_number = node->manifest.sequence_number,
	};
	sg_digest_copy(&digest, &out->digest);
	memcpy(out->authority, authority->name.ptr, authority->name.len);
	if (node->manifest.component_id.ptr)
		suit_component_text(node->manifest.component_id,
				    out->component, sizeof(out->component));
	out->gated = is_gated(p, &out->digest);
	return true;
}

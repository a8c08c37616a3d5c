// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "node_floor.h"

static enum suit_error check_floor(const struct suit_process *proc,
				   const struct suit_node *node,
				   struct suit_slice id)
{
	const struct suit_platform *platform = &proc->platform;
	struct suit_floor floor = { 0 };
	struct suit_digest digest;
	enum suit_error error;

	error = platform->ops->floor(platform->ctx,
				     &proc->trust->authority[node->authority],
				     id, &floor);
	if (error != SUIT_OK)
		return error;
	if (node->manifest.sequence_number < floor.sequence_number)
		return SUIT_ERR_FLOOR;
	if (node->manifest.sequence_number > floor.sequence_number ||
	    !floor.manifest.alg)
		return SUIT_OK;
	error = suit_digest_decode(node->envelope.digest, &digest);
	if (error != SUIT_OK)
		return error;
	return suit_digest_equal(&digest, &floor.manifest) ?
		       SUIT_OK : SUIT_ERR_FLOOR_REUSED;
}

/* A manifest with an id of its own is remembered by it, else by components. */
enum suit_error suit_node_check_floor(const struct suit_process *proc,
				      const struct suit_node *node)
{
	const struct suit_manifest *m = &node->manifest;
	enum suit_error error = SUIT_OK;
	struct suit_slice id;
	u32 i;

	if (m->component_id.ptr)
		return check_floor(proc, node, m->component_id);
	for (i = 0; i < m->n_components && error == SUIT_OK; i++) {
		error = suit_manifest_component(m, i, &id);
		if (error == SUIT_OK)
			error = check_floor(proc, node, id);
	}
	return error;
}

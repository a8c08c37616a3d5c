// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Commands on dependencies, and whether none was forgotten (trust domains). */
#include "dependency.h"

#include "command.h"
#include "dependency_map.h"
#include "frame.h"
#include "node.h"
#include "parameter.h"
#include "procedure.h"
#include "stage.h"

/* The dependency at @rank of the map of the manifest that is running. */
static struct suit_node *child_at(struct suit_process *proc, u32 rank)
{
	u8 parent = suit_frame_top(proc)->node;
	u32 i;

	for (i = 1; i < proc->n_nodes; i++)
		if (proc->node[i].parent == parent &&
		    proc->node[i].position == rank)
			return &proc->node[i];
	return NULL;
}

struct suit_node *suit_dependency_find(struct suit_process *proc, u32 index)
{
	struct suit_node *child;
	u32 rank;

	if (!suit_manifest_depends(proc->m, index, &rank))
		return NULL;
	child = child_at(proc, rank);
	return child && child->checked ? child : NULL;
}

enum suit_error suit_condition_is_dependency(struct suit_process *proc,
					     u32 index, struct suit_slice id)
{
	(void)id;
	return suit_manifest_depends(proc->m, index, NULL) ?
		       SUIT_OK : SUIT_ERR_NOT_DEPENDENCY;
}

/* Room for one more manifest beneath the one that is running. */
static enum suit_error add_child(struct suit_process *proc, u32 rank,
				 struct suit_node **out)
{
	u8 parent = suit_frame_top(proc)->node;
	struct suit_node *child;

	if (proc->node[parent].depth == SUIT_MAX_DEPENDENCY_DEPTH)
		return SUIT_ERR_DEPENDENCY_DEPTH;
	if (proc->n_nodes == proc->max_nodes ||
	    proc->n_nodes == SUIT_MAX_NODES)
		return SUIT_ERR_DEPENDENCY_COUNT;
	child = &proc->node[proc->n_nodes++];
	memset(child, 0, sizeof(*child));
	child->parent = parent;
	child->depth = (u8)(proc->node[parent].depth + 1);
	child->position = (u8)rank;
	*out = child;
	return SUIT_OK;
}

static bool same_manifest(const struct suit_node *node,
			  const struct suit_digest *want)
{
	struct suit_digest digest;

	return node->manifest.profile &&
	       suit_digest_decode(node->envelope.digest, &digest) == SUIT_OK &&
	       suit_digest_equal(&digest, want);
}

/*
 * Another manifest takes the place of @node: what was known of it and of all
 * beneath it is void. A parent stands before its children in the tree.
 */
static void forget(struct suit_process *proc, const struct suit_node *node)
{
	u32 i, index = (u32)(node - proc->node);
	u64 void_nodes = 1ULL << index;

	for (i = index; i < proc->n_nodes; i++) {
		if (!(void_nodes >> proc->node[i].parent & 1) && i != index)
			continue;
		void_nodes |= 1ULL << i;
		proc->node[i].checked = false;
		proc->node[i].ran = 0;
		proc->node[i].unlinked = 0;
	}
}

/*
 * A dependency that is met in a late stage cannot have had its earlier ones:
 * they are done in lockstep or not at all.
 */
static enum suit_error check_stages(const struct suit_process *proc,
				    const struct suit_node *child)
{
	enum suit_section section;
	u32 i;

	for (i = 0; i < proc->stage; i++) {
		section = suit_stage_section(proc, i);
		if (child->manifest.section[section].ptr &&
		    !(child->ran >> section & 1))
			return SUIT_ERR_DEPENDENCY_SKIPPED;
	}
	return SUIT_OK;
}

static enum suit_error open_child(struct suit_process *proc,
				  struct suit_node *child,
				  const struct suit_digest *want)
{
	const struct suit_platform *platform = &proc->platform;
	struct suit_slice bytes = { NULL, 0 };
	enum suit_error error;

	if (!same_manifest(child, want))
		forget(proc, child);
	child->checked = false;
	error = platform->ops->dependency(platform->ctx, child->id, &bytes);
	if (error == SUIT_OK)
		error = suit_node_open(proc, (u32)(child - proc->node), bytes,
				       want);
	if (error == SUIT_OK)
		error = check_stages(proc, child);
	if (error == SUIT_OK)
		child->checked = true;
	return error;
}

/* Signature, digest, and everything else a manifest must be (5.6.4). */
enum suit_error suit_condition_integrity(struct suit_process *proc, u32 index,
					 struct suit_slice id)
{
	struct suit_digest want;
	struct suit_node *child;
	enum suit_error error;
	u32 rank;

	if (!suit_manifest_depends(proc->m, index, &rank))
		return SUIT_ERR_DEPENDENCY_NONE;
	error = suit_parameter_digest(proc, index, &want);
	if (error != SUIT_OK)
		return error;
	child = child_at(proc, rank);
	if (!child)
		error = add_child(proc, rank, &child);
	if (error != SUIT_OK)
		return error;
	child->id = id;
	return open_child(proc, child, &want);
}

enum suit_error suit_dependency_enter(struct suit_process *proc, u32 index,
				      enum suit_section section)
{
	struct suit_node *child = suit_dependency_find(proc, index);
	struct suit_slice shared, body;
	enum suit_error error;
	u32 node;

	if (!child)
		return suit_manifest_depends(proc->m, index, NULL) ?
			       SUIT_ERR_DEPENDENCY_UNCHECKED :
			       SUIT_ERR_DEPENDENCY_NONE;
	body = child->manifest.section[section];
	shared = child->manifest.section[SUIT_SECTION_SHARED];
	if (!body.ptr)
		return SUIT_OK;
	node = (u32)(child - proc->node);
	error = suit_frame_push(proc, SUIT_FRAME_SECTION, node, section, 0,
				body);
	if (error != SUIT_OK || !shared.ptr)
		return error;
	return suit_frame_push(proc, SUIT_FRAME_SHARED, node, section, 0,
			       shared);
}

enum suit_error suit_directive_process(struct suit_process *proc, u32 index,
				       struct suit_slice id)
{
	u8 section = suit_frame_top(proc)->section;

	(void)id;
	return suit_dependency_enter(proc, index, (enum suit_section)section);
}

void suit_dependency_changed(struct suit_process *proc, struct suit_slice id)
{
	u32 i;

	for (i = 1; i < proc->n_nodes; i++)
		if (suit_slice_equal(proc->node[i].id, id))
			proc->node[i].checked = false;
}

/* What others still refer to is given up, and stays as it is. */
static bool given_up(const struct suit_node *parent,
		     const struct suit_node *child, enum suit_section section)
{
	u32 position, index;

	if (section != SUIT_SECTION_UNINSTALL)
		return false;
	index = suit_dependency_map_index(&parent->manifest, child->position);
	return suit_manifest_position(&parent->manifest, index, &position) ==
		       SUIT_OK && parent->unlinked >> position & 1;
}

enum suit_error suit_dependency_finish(struct suit_process *proc, u32 node,
				       enum suit_section section)
{
	struct suit_node *parent = &proc->node[node];
	u32 i;

	parent->ran |= (u16)(1U << section);
	for (i = 1; i < proc->n_nodes; i++) {
		const struct suit_node *child = &proc->node[i];

		if (child->parent == node && child->checked &&
		    child->manifest.section[section].ptr &&
		    !(child->ran >> section & 1) &&
		    !given_up(parent, child, section))
			return SUIT_ERR_DEPENDENCY_SKIPPED;
	}
	return SUIT_OK;
}

/* How many dependencies of manifest @node were checked. */
static u32 count_checked(const struct suit_process *proc, u32 node)
{
	u32 i, n = 0;

	for (i = 1; i < proc->n_nodes; i++)
		n += proc->node[i].parent == node && proc->node[i].checked;
	return n;
}

/*
 * Staging need not look into what it fetched, and uninstalling may leave alone
 * what others still refer to. Otherwise a dependency that nobody has looked at
 * is one that was forgotten.
 */
enum suit_error suit_dependency_complete(const struct suit_process *proc)
{
	u32 i;

	if (proc->procedure == SUIT_PROCEDURE_STAGING ||
	    proc->procedure == SUIT_PROCEDURE_UNINSTALL)
		return SUIT_OK;
	for (i = 0; i < proc->n_nodes; i++)
		if (proc->node[i].ran &&
		    count_checked(proc, i) < proc->node[i].manifest.n_dependencies)
			return SUIT_ERR_DEPENDENCY_UNCHECKED;
	return SUIT_OK;
}

// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "node.h"

#include "command.h"
#include "node_floor.h"
#include "stage.h"

/* The row of component @id in the parameters of all manifests. */
static enum suit_error find_row(struct suit_process *proc,
				struct suit_slice id, u16 *out)
{
	struct suit_params *params;
	u32 i;

	for (i = 0; i < proc->n_params; i++) {
		if (suit_slice_equal(proc->params[i].id, id)) {
			*out = (u16)i;
			return SUIT_OK;
		}
	}
	if (i == proc->max_params || i > 0xffff)
		return SUIT_ERR_COMPONENTS;
	params = &proc->params[proc->n_params++];
	memset(params, 0, sizeof(*params));
	params->id = id;
	*out = (u16)i;
	return SUIT_OK;
}

static enum suit_error bind(struct suit_process *proc, struct suit_node *node)
{
	const struct suit_manifest *m = &node->manifest;
	enum suit_error error = SUIT_OK;
	struct suit_slice id;
	u32 i;

	for (i = 0; i < m->n_components + m->n_beside; i++) {
		error = suit_manifest_component(m, suit_manifest_index(m, i),
						&id);
		if (error == SUIT_OK)
			error = find_row(proc, id, &node->row[i]);
		if (error != SUIT_OK)
			break;
	}
	return error;
}

/* What cannot be done is refused before anything is (update management 5). */
static enum suit_error check_platform(struct suit_process *proc,
				      const struct suit_manifest *m)
{
	const struct suit_platform_ops *ops = proc->platform.ops;
	u64 commands = suit_stage_commands(proc, m) |
		       m->commands[SUIT_SECTION_SHARED];
	const struct suit_command *command;
	u32 i;

	if (m->dependencies.ptr && !ops->dependency)
		return SUIT_ERR_DEPENDENCIES;
	for (i = 0; (command = suit_command_row(i)); i++)
		if (commands >> command->code & 1 &&
		    !suit_command_supported(command, ops))
			return SUIT_ERR_COMMAND;
	return SUIT_OK;
}

static enum suit_error authenticate(struct suit_process *proc,
				    struct suit_node *node,
				    struct suit_slice bytes,
				    const struct suit_digest *want)
{
	struct suit_digest digest;
	enum suit_error error;

	error = suit_envelope_open(&node->envelope, bytes);
	if (error == SUIT_OK)
		error = suit_envelope_authenticate(&node->envelope, proc->trust,
						   proc->crypto, &node->auth);
	if (error == SUIT_OK)
		error = suit_digest_decode(node->envelope.digest, &digest);
	if (error != SUIT_OK || !want)
		return error;
	return suit_digest_equal(&digest, want) ? SUIT_OK :
						  SUIT_ERR_DEPENDENCY_DIGEST;
}

enum suit_error suit_node_open(struct suit_process *proc, u32 index,
			       struct suit_slice bytes,
			       const struct suit_digest *want)
{
	struct suit_node *node = &proc->node[index];
	struct suit_manifest *m = &node->manifest;
	enum suit_error error = authenticate(proc, node, bytes, want);

	if (error != SUIT_OK)
		return error;
	error = suit_manifest_open(m, &node->envelope, proc->crypto,
				   SUIT_PROFILE_FULL);
	if (error != SUIT_OK)
		return error;
	if (m->catalogue)
		return SUIT_ERR_PROFILE;
	error = suit_manifest_authority(m, proc->trust, &node->auth,
					&node->authority);
	if (error == SUIT_OK)
		error = suit_node_check_floor(proc, node);
	if (error == SUIT_OK)
		error = bind(proc, node);
	return error == SUIT_OK ? check_platform(proc, m) : error;
}

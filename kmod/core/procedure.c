// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "procedure.h"

#include "command.h"
#include "dependency.h"
#include "frame.h"
#include "node.h"
#include "stage.h"

enum { MAX_STAGES = 5 };

/* Sections in their order; the shared sequence is none and ends a list. */
static const struct {
	const char *name;
	u8 section[MAX_STAGES + 1];
} procedures[SUIT_PROCEDURE_COUNT] = {
	[SUIT_PROCEDURE_UPDATE] = { "update", {
		SUIT_SECTION_DEPENDENCY_RESOLUTION,
		SUIT_SECTION_PAYLOAD_FETCH,
		SUIT_SECTION_CANDIDATE_VERIFICATION,
		SUIT_SECTION_INSTALL,
		SUIT_SECTION_VALIDATE,
	} },
	[SUIT_PROCEDURE_STAGING] = { "staging", {
		SUIT_SECTION_DEPENDENCY_RESOLUTION,
		SUIT_SECTION_PAYLOAD_FETCH,
	} },
	[SUIT_PROCEDURE_INSTALLATION] = { "installation", {
		SUIT_SECTION_CANDIDATE_VERIFICATION,
		SUIT_SECTION_INSTALL,
	} },
	[SUIT_PROCEDURE_VALIDATION] = { "validation", {
		SUIT_SECTION_VALIDATE,
	} },
	[SUIT_PROCEDURE_INVOCATION] = { "invocation", {
		SUIT_SECTION_VALIDATE,
		SUIT_SECTION_LOAD,
		SUIT_SECTION_INVOKE,
	} },
	[SUIT_PROCEDURE_UNINSTALL] = { "uninstall", {
		SUIT_SECTION_UNINSTALL,
	} },
};

const char *suit_procedure_name(enum suit_procedure procedure)
{
	u32 index = (u32)procedure;

	return index && index < SUIT_PROCEDURE_COUNT ? procedures[index].name :
						       "unknown";
}

enum suit_section suit_stage_section(const struct suit_process *proc,
				     u32 stage)
{
	u8 section = procedures[proc->procedure].section[stage];

	return section ? (enum suit_section)section : SUIT_SECTION_COUNT;
}

u64 suit_stage_commands(const struct suit_process *proc,
			const struct suit_manifest *m)
{
	enum suit_section section;
	u64 commands = 0;
	u32 i;

	for (i = 0; (section = suit_stage_section(proc, i)) !=
		    SUIT_SECTION_COUNT; i++)
		commands |= m->commands[section];
	return commands;
}

/* Enter the section of this stage; a root without it has nothing to do. */
static enum suit_error begin_stage(struct suit_process *proc,
				   enum suit_section section)
{
	const struct suit_manifest *m = &proc->node[0].manifest;
	struct suit_slice shared = m->section[SUIT_SECTION_SHARED];
	enum suit_error error;

	proc->steps = 0;
	if (!m->section[section].ptr)
		return SUIT_OK;
	error = suit_frame_push(proc, SUIT_FRAME_SECTION, 0, section, 0,
				m->section[section]);
	if (error != SUIT_OK || !shared.ptr)
		return error;
	return suit_frame_push(proc, SUIT_FRAME_SHARED, 0, section, 0, shared);
}

static enum suit_error open_root(struct suit_process *proc,
				 struct suit_slice envelope)
{
	struct suit_node *root = &proc->node[0];
	enum suit_error error;

	memset(root, 0, sizeof(*root));
	proc->n_nodes = 1;
	error = suit_node_open(proc, 0, envelope, NULL);
	if (error != SUIT_OK)
		return error;
	root->id = root->manifest.component_id;
	return suit_command_effective(suit_stage_commands(proc,
							  &root->manifest)) ?
		       SUIT_OK : SUIT_ERR_MANIFEST_INERT;
}

enum suit_error suit_procedure_start(struct suit_process *proc,
				     const struct suit_setup *setup,
				     enum suit_procedure procedure)
{
	enum suit_error error = SUIT_ERR_OPERATION;

	memset(proc, 0, sizeof(*proc));
	proc->result = error;
	if (procedure < SUIT_PROCEDURE_UPDATE ||
	    procedure >= SUIT_PROCEDURE_COUNT || !setup->max_nodes ||
	    !setup->platform.ops->floor)
		return error;
	proc->profile = SUIT_PROFILE_FULL;
	proc->procedure = (u8)procedure;
	proc->platform = setup->platform;
	proc->trust = setup->trust;
	proc->crypto = setup->crypto;
	proc->node = setup->node;
	proc->max_nodes = setup->max_nodes;
	proc->params = setup->params;
	proc->max_params = setup->max_params;
	error = open_root(proc, setup->envelope);
	if (error == SUIT_OK)
		error = begin_stage(proc, suit_stage_section(proc, 0));
	if (error == SUIT_ERR_PENDING)
		error = SUIT_ERR_OPERATION;
	/* from here on only a root that was found good is run */
	proc->result = error == SUIT_OK ? SUIT_ERR_PENDING : error;
	return error;
}

static enum suit_error run_stages(struct suit_process *proc)
{
	enum suit_section section;
	enum suit_error error;

	for (;;) {
		error = suit_sequence_run(proc);
		if (error != SUIT_OK)
			return error;
		section = suit_stage_section(proc, proc->stage + 1U);
		if (section == SUIT_SECTION_COUNT)
			break;
		proc->stage++;
		error = begin_stage(proc, section);
		if (error != SUIT_OK)
			return error;
	}
	error = suit_dependency_complete(proc);
	if (error == SUIT_OK && !proc->effects)
		error = SUIT_ERR_MANIFEST_INERT;
	if (error != SUIT_OK)
		proc->last.command = 0;
	return error;
}

/* What was checked is checked for this procedure only (5.6.4). */
static void end(struct suit_process *proc)
{
	u32 i;

	proc->depth = 0;
	for (i = 0; i < proc->n_nodes; i++)
		proc->node[i].checked = false;
}

enum suit_error suit_procedure_run(struct suit_process *proc)
{
	if (proc->result != SUIT_ERR_PENDING)
		return proc->result;
	proc->result = run_stages(proc);
	if (proc->result != SUIT_ERR_PENDING)
		end(proc);
	return proc->result;
}

bool suit_procedure_where(const struct suit_process *proc,
			  struct suit_record *out)
{
	*out = proc->last;
	return proc->last.command;
}

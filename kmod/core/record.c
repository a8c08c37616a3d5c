// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "record.h"

#include "cbor.h"
#include "frame.h"

/* From the root to manifest @node: the way up, written backwards. */
static void walk(const struct suit_process *proc, u32 node,
		 struct suit_record *out)
{
	out->depth = proc->node[node].depth;
	while (proc->node[node].depth) {
		out->path[proc->node[node].depth - 1] =
			proc->node[node].position;
		node = proc->node[node].parent;
	}
}

void suit_record_begin(struct suit_process *proc, u32 index,
		       struct suit_slice id)
{
	const struct suit_frame *f = suit_frame_top(proc);
	struct suit_record *last = &proc->last;
	u32 bottom;

	proc->measured.labels = 0;
	if (proc->profile != SUIT_PROFILE_FULL)
		return;
	memset(last, 0, sizeof(*last));
	/* the section or shared sequence that the innermost one is part of */
	for (bottom = proc->depth - 1;
	     proc->frame[bottom].kind != SUIT_FRAME_SECTION &&
	     proc->frame[bottom].kind != SUIT_FRAME_SHARED; bottom--)
		;
	last->in_shared = proc->frame[bottom].kind == SUIT_FRAME_SHARED;
	last->section =
		suit_section_label((enum suit_section)f->section);
	last->command = f->code;
	last->offset = f->offset;
	last->component = index;
	last->id = id;
	last->measured = &proc->measured;
	walk(proc, f->node, last);
}

void suit_record_end(struct suit_process *proc,
		     const struct suit_command *command,
		     struct suit_slice argument, enum suit_error error)
{
	u8 record = SUIT_POLICY_RECORD_FAILURE;
	u8 sysinfo = SUIT_POLICY_SYSINFO_FAILURE;
	struct suit_cursor cur;

	proc->last.error = error;
	if (proc->profile != SUIT_PROFILE_FULL ||
	    command->form != SUIT_FORM_POLICY)
		return;
	if (error == SUIT_OK) {
		record = SUIT_POLICY_RECORD_SUCCESS;
		sysinfo = SUIT_POLICY_SYSINFO_SUCCESS;
	}
	suit_cursor_init(&cur, argument);
	proc->last.policy = (u8)suit_cbor_uint(&cur);
	proc->last.sysinfo = proc->last.policy & sysinfo;
	if (proc->last.policy & (record | sysinfo) &&
	    proc->platform.ops->record)
		proc->platform.ops->record(proc->platform.ctx, &proc->last);
}

// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The interpreter: one command after the other, for one component each. */
#include "sequence.h"

#include "cbor.h"
#include "command.h"
#include "dependency.h"
#include "frame.h"
#include "record.h"

_Static_assert(sizeof(struct suit_process) <= 4096, "context is 4 KiB at most");

/* Commands that the interpreter does itself. */
static enum suit_error run_control(struct suit_process *proc, u8 code,
				   u32 index, struct suit_slice argument)
{
	switch (code) {
	case SUIT_DIR_TRY_EACH:
		return suit_frame_try_each(proc, index, argument);
	case SUIT_DIR_RUN_SEQUENCE:
		return suit_frame_run(proc, index, argument);
	case SUIT_DIR_OVERRIDE_PARAMETERS:
		return suit_assign(proc, index, argument, true);
	case SUIT_DIR_SET_PARAMETERS:
		return suit_assign(proc, index, argument, false);
	case SUIT_DIR_COPY_PARAMS:
		return suit_assign_copy(proc, index, argument);
	default:
		return SUIT_ERR_COMMAND;
	}
}

/* The kernel has neither the parameters nor the tree that others need. */
static bool can_run(const struct suit_process *proc,
		    const struct suit_command *command)
{
	return (proc->profile == SUIT_PROFILE_FULL ||
		command->flags & SUIT_COMMAND_KERNEL) &&
	       suit_command_supported(command, proc->platform.ops);
}

static enum suit_error run_one(struct suit_process *proc,
			       const struct suit_command *command, u32 index,
			       struct suit_slice argument)
{
	struct suit_slice id;
	enum suit_error error = suit_manifest_component(proc->m, index, &id);

	if (error != SUIT_OK)
		return error;
	suit_record_begin(proc, index, id);
	if (!can_run(proc, command))
		error = SUIT_ERR_COMMAND;
	else if (command->run)
		error = command->run(proc, index, id);
	else
		error = run_control(proc, command->code, index, argument);
	if (error == SUIT_ERR_PENDING)
		return error;
	if (command->flags & SUIT_COMMAND_EFFECT)
		proc->effects++;
	if (error != SUIT_OK && command->flags & SUIT_COMMAND_HARD)
		proc->abort = true;
	suit_record_end(proc, command, argument, error);
	return error;
}

/* The next component of the selection, as an index. */
static enum suit_error next_index(const struct suit_process *proc,
				  struct suit_selection *s, u32 *out)
{
	u64 index = s->next;
	u32 position;

	s->left--;
	s->next++;
	if (s->all)
		index = suit_manifest_index(proc->m, (u32)index);
	if (s->list.left)
		index = suit_cbor_uint(&s->list);
	if (s->list.error != SUIT_OK)
		return SUIT_ERR_COMPONENT_INDEX;
	*out = (u32)index;
	return suit_manifest_position(proc->m, index, &position);
}

/* Is the command for this component left out? */
static bool skipped(const struct suit_process *proc, const struct suit_frame *f,
		    const struct suit_command *command, u32 index)
{
	if (proc->profile == SUIT_PROFILE_KERNEL)
		return index != proc->only;
	return f->selection.all && command->flags & SUIT_COMMAND_DEPENDENCY &&
	       !suit_manifest_depends(proc->m, index, NULL);
}

/* Run the pending command for the next selected component. */
static enum suit_error repeat(struct suit_process *proc, struct suit_frame *f)
{
	const struct suit_command *command = suit_command_find(f->code);
	struct suit_selection before = f->selection;
	enum suit_error error;
	u32 index;

	error = next_index(proc, &f->selection, &index);
	if (error != SUIT_OK)
		return error;
	if (proc->steps == SUIT_MAX_STEPS)
		return SUIT_ERR_SEQUENCE_STEPS;
	if (!command)
		return SUIT_ERR_COMMAND;
	proc->steps++;
	if (skipped(proc, f, command, index))
		return SUIT_OK;
	error = run_one(proc, command, index, f->argument);
	if (error == SUIT_ERR_PENDING) {
		f->selection = before;
		proc->steps--;
	}
	return error;
}

/* Which components the command just read applies to. */
static enum suit_error select_components(struct suit_process *proc,
					 struct suit_frame *f)
{
	struct suit_selection *s = &f->selection;

	memset(s, 0, sizeof(*s));
	s->left = 1;
	s->next = f->index;
	if (!f->selected.ptr)
		return SUIT_OK;
	suit_cursor_init(&s->list, f->selected);
	if (suit_cbor_peek(&s->list) == SUIT_CBOR_ARRAY) {
		s->left = suit_cbor_array(&s->list);
	} else if (suit_cbor_peek_simple(&s->list, SUIT_CBOR_TRUE)) {
		s->list.left = 0;
		s->left = proc->m->n_components + proc->m->n_beside;
		s->next = 0;
		s->all = true;
	}
	return s->list.error;
}

static enum suit_error set_index(struct suit_frame *f)
{
	if (f->index_fixed)
		return SUIT_ERR_STRICT_ORDER;
	f->index_fixed = f->index_first;
	f->index_first = false;
	f->selected = f->argument;
	return SUIT_OK;
}

/* Bytes from the start of the section, wherever inside the command stands. */
static u32 offset_of(const struct suit_process *proc, const struct suit_frame *f)
{
	u8 section = f->section;
	u32 i;

	for (i = proc->depth; i; i--) {
		if (proc->frame[i - 1].kind == SUIT_FRAME_SECTION)
			break;
		if (proc->frame[i - 1].kind == SUIT_FRAME_SHARED) {
			section = SUIT_SECTION_SHARED;
			break;
		}
	}
	return (u32)(f->commands.at - proc->m->section[section].ptr);
}

/* Do the command just read, or make it the pending one. */
static enum suit_error start_command(struct suit_process *proc,
				     struct suit_frame *f)
{
	if (f->code == SUIT_DIR_SET_COMPONENT_INDEX)
		return set_index(f);
	if (f->index_first)
		return SUIT_ERR_STRICT_ORDER;
	if (f->code == SUIT_DIR_OVERRIDE_MULTIPLE &&
	    proc->profile == SUIT_PROFILE_FULL)
		return suit_assign_multiple(proc, f->argument);
	return select_components(proc, f);
}

static enum suit_error next_command(struct suit_process *proc,
				    struct suit_frame *f)
{
	struct suit_slice none = { NULL, 0 };
	enum suit_error error;
	s64 code;

	f->offset = offset_of(proc, f);
	f->left -= f->left > 1 ? 2 : f->left;
	code = suit_cbor_int(&f->commands);
	/* no command has number 0 */
	f->code = code < 0 || code > 0xff ? 0 : (u8)code;
	f->argument = suit_cbor_item(&f->commands);
	error = f->commands.error;
	if (error == SUIT_OK)
		error = start_command(proc, f);
	if (error != SUIT_OK) {
		suit_record_begin(proc, f->index, none);
		proc->last.error = error;
	}
	return error;
}

static enum suit_error end_sequence(struct suit_process *proc,
				    const struct suit_frame *f)
{
	bool section = f->kind == SUIT_FRAME_SECTION &&
		       proc->profile == SUIT_PROFILE_FULL;
	enum suit_error error = suit_cursor_end(&f->commands);

	if (error != SUIT_OK)
		return error;
	if (section)
		error = suit_dependency_finish(proc, f->node,
					       (enum suit_section)f->section);
	if (error == SUIT_OK)
		suit_frame_pop(proc);
	else
		proc->last.command = 0;
	return error;
}

static enum suit_error step(struct suit_process *proc)
{
	struct suit_frame *f = suit_frame_top(proc);

	if (f->selection.left)
		return repeat(proc, f);
	if (f->left)
		return next_command(proc, f);
	return end_sequence(proc, f);
}

enum suit_error suit_sequence_run(struct suit_process *proc)
{
	enum suit_error error = SUIT_OK;

	while (error == SUIT_OK && proc->depth) {
		error = step(proc);
		if (error != SUIT_OK && error != SUIT_ERR_PENDING)
			error = suit_frame_unwind(proc, error);
	}
	return error;
}

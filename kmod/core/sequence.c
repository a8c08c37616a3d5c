// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "sequence.h"

#include "cbor.h"
#include "command.h"
#include "parameter.h"

_Static_assert(sizeof(struct suit_process) <= 4096, "context is 4 KiB at most");

enum frame_kind { FRAME_SECTION, FRAME_TRY_EACH, FRAME_RUN };

static struct suit_frame *top_of(struct suit_process *proc)
{
	return &proc->frame[proc->depth - 1];
}

static enum suit_error begin(struct suit_frame *f, struct suit_slice bytes)
{
	suit_cursor_init(&f->commands, bytes);
	f->left = suit_cbor_array(&f->commands);
	f->selection.left = 0;
	return f->commands.error;
}

/* Enter a sequence for the single component @index. */
static enum suit_error push(struct suit_process *proc, enum frame_kind kind,
			    u32 index, struct suit_slice bytes)
{
	struct suit_frame *f;

	if (proc->depth == SUIT_MAX_SEQUENCE_DEPTH)
		return SUIT_ERR_SEQUENCE_DEPTH;
	f = &proc->frame[proc->depth++];
	memset(f, 0, sizeof(*f));
	f->kind = (u8)kind;
	f->index = index;
	f->soft_failure = kind == FRAME_TRY_EACH;
	f->strict_order = true;
	f->matched = proc->image_matched;
	return begin(f, bytes);
}

static enum suit_error enter_run(struct suit_process *proc, u32 index,
				 struct suit_slice argument)
{
	bool strict = top_of(proc)->strict_order;
	struct suit_cursor cur;
	struct suit_slice body;
	enum suit_error error;

	suit_cursor_init(&cur, argument);
	body = suit_cbor_bstr(&cur);
	if (cur.error != SUIT_OK)
		return cur.error;
	error = push(proc, FRAME_RUN, index, body);
	if (error == SUIT_OK)
		top_of(proc)->index_first = !strict;
	return error;
}

static enum suit_error enter_try_each(struct suit_process *proc, u32 index,
				      struct suit_slice argument)
{
	struct suit_cursor cur;
	struct suit_slice body;
	enum suit_error error;
	u32 n;

	suit_cursor_init(&cur, argument);
	n = suit_cbor_array(&cur);
	body = suit_cbor_bstr(&cur);
	if (cur.error != SUIT_OK)
		return cur.error;
	error = push(proc, FRAME_TRY_EACH, index, body);
	if (error != SUIT_OK)
		return error;
	top_of(proc)->alternatives = cur;
	top_of(proc)->n_alternatives = n - 1;
	return SUIT_OK;
}

/* A branch failed softly: on with the next, or success at a final nil. */
static enum suit_error next_alternative(struct suit_process *proc)
{
	struct suit_frame *f = top_of(proc);
	struct suit_slice body;

	if (!f->n_alternatives)
		return SUIT_ERR_TRY_EACH;
	f->n_alternatives--;
	if (suit_cbor_peek_simple(&f->alternatives, SUIT_CBOR_NULL)) {
		proc->depth--;
		return SUIT_OK;
	}
	body = suit_cbor_bstr(&f->alternatives);
	if (f->alternatives.error != SUIT_OK)
		return f->alternatives.error;
	f->soft_failure = true;
	f->strict_order = true;
	f->selected.ptr = NULL;
	return begin(f, body);
}

/*
 * A command failed. A soft failure ends its sequence only: a run-sequence is
 * left, a try-each goes on. What a failed sequence had matched does not count.
 */
static enum suit_error unwind(struct suit_process *proc, enum suit_error error)
{
	while (proc->depth) {
		struct suit_frame *f = top_of(proc);

		proc->image_matched = f->matched;
		if (suit_error_soft(error) && f->soft_failure) {
			if (f->kind == FRAME_RUN) {
				proc->depth--;
				return SUIT_OK;
			}
			error = next_alternative(proc);
			if (error == SUIT_OK)
				return SUIT_OK;
		}
		proc->depth--;
	}
	return error;
}

static enum suit_error set_flag(struct suit_frame *f, s64 label,
				struct suit_slice value)
{
	struct suit_cursor cur;
	bool on;

	suit_cursor_init(&cur, value);
	on = suit_cbor_bool(&cur);
	if (label == SUIT_PARAM_STRICT_ORDER) {
		f->strict_order = on;
	} else {
		if (f->kind == FRAME_SECTION)
			return SUIT_ERR_SOFT_FAILURE;
		f->soft_failure = on;
	}
	return cur.error;
}

/*
 * A new digest or size makes what was matched before meaningless, also where a
 * sequence in flight remembers it: its parameters outlive it when it fails.
 */
static void set_parameter(struct suit_process *proc, u32 index, s64 label,
			  struct suit_slice value)
{
	u32 i;

	if (label == SUIT_PARAM_IMAGE_DIGEST ||
	    label == SUIT_PARAM_IMAGE_SIZE) {
		proc->image_matched = false;
		for (i = 0; i < proc->depth; i++)
			proc->frame[i].matched = false;
	}
	suit_parameter_set(proc, index, label, value);
}

static enum suit_error set_parameters(struct suit_process *proc, u32 index,
				      struct suit_slice map, bool override)
{
	struct suit_cbor_key order = { 0 };
	enum suit_error error;
	struct suit_slice value;
	struct suit_cursor cur;
	s64 label;
	u32 n;

	suit_cursor_init(&cur, map);
	n = suit_cbor_map(&cur);
	while (n-- && cur.error == SUIT_OK) {
		label = suit_cbor_key_int(&cur, &order);
		value = suit_cbor_item(&cur);
		if (cur.error != SUIT_OK)
			break;
		if (!suit_parameter_kept(label)) {
			error = set_flag(top_of(proc), label, value);
			if (error != SUIT_OK)
				return error;
		} else if (override ||
			   !suit_parameter_get(proc, index, label).ptr) {
			set_parameter(proc, index, label, value);
		}
	}
	return cur.error;
}

static enum suit_error run_one(struct suit_process *proc,
			       const struct suit_command *command, u32 index,
			       struct suit_slice argument)
{
	struct suit_slice id;
	enum suit_error error;

	switch (command->code) {
	case SUIT_DIR_TRY_EACH:
		return enter_try_each(proc, index, argument);
	case SUIT_DIR_RUN_SEQUENCE:
		return enter_run(proc, index, argument);
	case SUIT_DIR_OVERRIDE_PARAMETERS:
		return set_parameters(proc, index, argument, true);
	case SUIT_DIR_SET_PARAMETERS:
		return set_parameters(proc, index, argument, false);
	}
	if (!command->run)
		return SUIT_ERR_COMMAND;
	error = suit_manifest_component(proc->m, index, &id);
	if (error != SUIT_OK)
		return error;
	return command->run(proc, index, id);
}

/* Run the pending command for the next selected component. */
static enum suit_error repeat(struct suit_process *proc, struct suit_frame *f)
{
	const struct suit_command *command = suit_command_find(f->code);
	u64 index = f->selection.next++;

	f->selection.left--;
	if (f->selection.list.left)
		index = suit_cbor_uint(&f->selection.list);
	if (f->selection.list.error != SUIT_OK || index >= proc->m->n_components)
		return SUIT_ERR_COMPONENT_INDEX;
	if (++proc->steps > SUIT_MAX_STEPS)
		return SUIT_ERR_SEQUENCE_STEPS;
	if (!command)
		return SUIT_ERR_COMMAND;
	if (proc->profile == SUIT_PROFILE_KERNEL && index != proc->only)
		return SUIT_OK;
	proc->last.component = (u32)index;
	return run_one(proc, command, (u32)index, f->argument);
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
		s->left = proc->m->n_components;
		s->next = 0;
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

/* Read the next command and do it, or make it the pending one. */
static enum suit_error next_command(struct suit_process *proc,
				    struct suit_frame *f)
{
	enum suit_error error;

	f->left -= f->left > 1 ? 2 : f->left;
	f->code = (u8)suit_cbor_int(&f->commands);
	f->argument = suit_cbor_item(&f->commands);
	error = f->commands.error;
	if (error != SUIT_OK)
		return error;
	if (f->code == SUIT_DIR_SET_COMPONENT_INDEX)
		return set_index(f);
	if (f->index_first)
		return SUIT_ERR_STRICT_ORDER;
	return select_components(proc, f);
}

static enum suit_error step(struct suit_process *proc)
{
	struct suit_frame *f = top_of(proc);
	enum suit_error error;

	if (f->selection.left)
		return repeat(proc, f);
	if (f->left)
		return next_command(proc, f);
	error = suit_cursor_end(&f->commands);
	if (error == SUIT_OK)
		proc->depth--;
	return error;
}

static enum suit_error run_sequence(struct suit_process *proc,
				    enum suit_section section)
{
	struct suit_slice bytes = proc->m->section[section];
	enum suit_error error;

	if (!bytes.ptr)
		return SUIT_OK;
	proc->depth = 0;
	error = push(proc, FRAME_SECTION, 0, bytes);
	while (error == SUIT_OK && proc->depth) {
		error = step(proc);
		if (error != SUIT_OK)
			error = unwind(proc, error);
	}
	return error;
}

enum suit_error suit_decide(struct suit_process *proc,
			    const struct suit_manifest *m, u32 index,
			    const struct suit_platform *platform)
{
	enum suit_error error;

	memset(proc, 0, sizeof(*proc));
	if (m->profile != SUIT_PROFILE_KERNEL || m->catalogue)
		return SUIT_ERR_PROFILE;
	if (index >= m->n_components)
		return SUIT_ERR_COMPONENT_INDEX;
	proc->m = m;
	proc->platform = *platform;
	proc->profile = SUIT_PROFILE_KERNEL;
	proc->params = &proc->own;
	proc->only = index;
	error = run_sequence(proc, SUIT_SECTION_SHARED);
	if (error == SUIT_OK)
		error = run_sequence(proc, SUIT_SECTION_VALIDATE);
	if (error != SUIT_OK)
		return error;
	return proc->image_matched ? SUIT_OK : SUIT_ERR_NO_IMAGE_MATCH;
}

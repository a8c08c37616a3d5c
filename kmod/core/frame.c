// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "frame.h"

#include "cbor.h"

static enum suit_error begin(struct suit_frame *f, struct suit_slice bytes)
{
	suit_cursor_init(&f->commands, bytes);
	f->left = suit_cbor_array(&f->commands);
	f->selection.left = 0;
	return f->commands.error;
}

/* The manifest of the innermost sequence; in the kernel there is only one. */
static void enter_manifest(struct suit_process *proc)
{
	if (proc->depth && proc->profile == SUIT_PROFILE_FULL)
		proc->m = &proc->node[suit_frame_top(proc)->node].manifest;
}

enum suit_error suit_frame_push(struct suit_process *proc,
				enum suit_frame_kind kind, u32 node,
				enum suit_section section, u32 index,
				struct suit_slice bytes)
{
	u32 limit = proc->profile == SUIT_PROFILE_KERNEL ?
			    SUIT_MAX_SEQUENCE_DEPTH : SUIT_MAX_FRAMES;
	struct suit_frame *f;

	if (proc->depth == limit)
		return SUIT_ERR_SEQUENCE_DEPTH;
	f = &proc->frame[proc->depth++];
	memset(f, 0, sizeof(*f));
	f->kind = (u8)kind;
	f->node = (u8)node;
	f->section = (u8)section;
	f->index = index;
	f->soft_failure = kind == SUIT_FRAME_TRY_EACH;
	f->strict_order = true;
	f->matched = proc->image_matched;
	enter_manifest(proc);
	return begin(f, bytes);
}

void suit_frame_pop(struct suit_process *proc)
{
	proc->depth--;
	enter_manifest(proc);
}

/* Enter the body of a directive of the innermost sequence. */
static enum suit_error push_body(struct suit_process *proc,
				 enum suit_frame_kind kind, u32 index,
				 struct suit_slice body)
{
	const struct suit_frame *f = suit_frame_top(proc);

	return suit_frame_push(proc, kind, f->node,
			       (enum suit_section)f->section, index, body);
}

/* Is it one component that was selected, rather than all or a list? */
static bool selected_one(const struct suit_frame *f)
{
	struct suit_cursor cur;

	if (!f->selected.ptr)
		return true;
	suit_cursor_init(&cur, f->selected);
	return suit_cbor_peek(&cur) == SUIT_CBOR_UINT;
}

/*
 * Out of order, a body chooses its component first when only one was selected,
 * and never again (6.7).
 */
enum suit_error suit_frame_run(struct suit_process *proc, u32 index,
			       struct suit_slice argument)
{
	bool strict = suit_frame_top(proc)->strict_order;
	bool one = selected_one(suit_frame_top(proc));
	struct suit_cursor cur;
	struct suit_slice body;
	enum suit_error error;

	suit_cursor_init(&cur, argument);
	body = suit_cbor_bstr(&cur);
	if (cur.error != SUIT_OK)
		return cur.error;
	error = push_body(proc, SUIT_FRAME_RUN, index, body);
	if (error != SUIT_OK)
		return error;
	suit_frame_top(proc)->index_first = !strict && one;
	suit_frame_top(proc)->index_fixed = !strict && !one;
	return SUIT_OK;
}

enum suit_error suit_frame_try_each(struct suit_process *proc, u32 index,
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
	error = push_body(proc, SUIT_FRAME_TRY_EACH, index, body);
	if (error != SUIT_OK)
		return error;
	suit_frame_top(proc)->alternatives = cur;
	suit_frame_top(proc)->n_alternatives = n - 1;
	return SUIT_OK;
}

/* A branch failed softly: on with the next, or success at a final nil. */
static enum suit_error next_alternative(struct suit_process *proc)
{
	struct suit_frame *f = suit_frame_top(proc);
	struct suit_slice body;

	if (!f->n_alternatives)
		return SUIT_ERR_TRY_EACH;
	f->n_alternatives--;
	if (suit_cbor_peek_simple(&f->alternatives, SUIT_CBOR_NULL)) {
		suit_frame_pop(proc);
		return SUIT_OK;
	}
	body = suit_cbor_bstr(&f->alternatives);
	if (f->alternatives.error != SUIT_OK)
		return f->alternatives.error;
	f->soft_failure = true;
	f->strict_order = true;
	f->sources = 0;
	f->targets = 0;
	f->selected.ptr = NULL;
	return begin(f, body);
}

/*
 * A soft failure ends its sequence only: a run-sequence is left, a try-each
 * goes on. What a failed sequence had matched does not count. A directive that
 * failed ends everything, and so does a dependency: processing it is one.
 */
enum suit_error suit_frame_unwind(struct suit_process *proc,
				  enum suit_error error)
{
	while (proc->depth) {
		struct suit_frame *f = suit_frame_top(proc);

		proc->image_matched = f->matched;
		if (suit_error_soft(error) && f->soft_failure && !proc->abort) {
			if (f->kind == SUIT_FRAME_RUN) {
				suit_frame_pop(proc);
				return SUIT_OK;
			}
			error = next_alternative(proc);
			if (error == SUIT_OK)
				return SUIT_OK;
		}
		if (f->kind == SUIT_FRAME_SECTION ||
		    f->kind == SUIT_FRAME_SHARED)
			proc->abort = true;
		suit_frame_pop(proc);
	}
	return error;
}

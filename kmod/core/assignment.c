// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Commands that set parameters (8.4.10.3, trust domains 5.6.1). */
#include "cbor.h"
#include "command.h"
#include "frame.h"
#include "parameter.h"

/* strict-order and soft-failure belong to the sequence, not to a component. */
static enum suit_error set_flag(struct suit_frame *f, s64 label,
				struct suit_slice value)
{
	struct suit_cursor cur;
	bool on;

	suit_cursor_init(&cur, value);
	on = suit_cbor_bool(&cur);
	if (cur.error != SUIT_OK)
		return cur.error;
	if (label == SUIT_PARAM_SOFT_FAILURE) {
		if (f->kind == SUIT_FRAME_SECTION ||
		    f->kind == SUIT_FRAME_SHARED)
			return SUIT_ERR_SOFT_FAILURE;
		f->soft_failure = on;
		return SUIT_OK;
	}
	f->strict_order = on;
	if (on) {
		f->sources = 0;
		f->targets = 0;
	}
	return SUIT_OK;
}

/* An index means something in its own manifest only; the id does everywhere. */
static enum suit_error resolve_source(const struct suit_process *proc,
				      struct suit_slice *value)
{
	struct suit_cursor cur;

	suit_cursor_init(&cur, *value);
	return suit_manifest_component(proc->m, suit_cbor_uint(&cur), value);
}

/*
 * A new digest or size makes what was matched before meaningless, also where a
 * sequence in flight remembers it: its parameters outlive it when it fails.
 */
static void set_kept(struct suit_process *proc, u32 index, s64 label,
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

static enum suit_error set_one(struct suit_process *proc, u32 index, s64 label,
			       struct suit_slice value, bool override)
{
	enum suit_error error;

	if (!suit_parameter_kept(label))
		return set_flag(suit_frame_top(proc), label, value);
	if (!override && suit_parameter_get(proc, index, label).ptr)
		return SUIT_OK;
	if (label == SUIT_PARAM_SOURCE_COMPONENT &&
	    proc->profile == SUIT_PROFILE_FULL) {
		error = resolve_source(proc, &value);
		if (error != SUIT_OK)
			return error;
	}
	set_kept(proc, index, label, value);
	return SUIT_OK;
}

enum suit_error suit_assign(struct suit_process *proc, u32 index,
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
		error = set_one(proc, index, label, value, override);
		if (error != SUIT_OK)
			return error;
	}
	return cur.error;
}

/* { + index => parameters }: an alias of set-component-index and override. */
enum suit_error suit_assign_multiple(struct suit_process *proc,
				     struct suit_slice argument)
{
	struct suit_frame *f = suit_frame_top(proc);
	struct suit_cursor cur;
	enum suit_error error;
	u32 n, position;
	u64 index;

	if (f->index_fixed)
		return SUIT_ERR_STRICT_ORDER;
	suit_cursor_init(&cur, argument);
	n = suit_cbor_map(&cur);
	while (n-- && cur.error == SUIT_OK) {
		index = suit_cbor_uint(&cur);
		error = suit_manifest_position(proc->m, index, &position);
		if (error != SUIT_OK)
			return error;
		error = suit_assign(proc, (u32)index, suit_cbor_item(&cur),
				    true);
		if (error != SUIT_OK)
			return error;
		f->selected.ptr = NULL;
		f->index = (u32)index;
	}
	return cur.error;
}

/* A list of labels to copy from component @from. */
static enum suit_error copy_list(struct suit_process *proc, u32 index,
				 u32 from, struct suit_cursor *cur)
{
	u32 n = suit_cbor_array(cur);
	struct suit_slice value;
	s64 label;

	while (n-- && cur->error == SUIT_OK) {
		label = suit_cbor_int(cur);
		value = suit_parameter_get(proc, from, label);
		if (!value.ptr)
			return SUIT_ERR_DIRECTIVE_PARAMETER;
		set_kept(proc, index, label, value);
	}
	return cur->error;
}

/* { + index => [ + label ] } */
enum suit_error suit_assign_copy(struct suit_process *proc, u32 index,
				 struct suit_slice argument)
{
	struct suit_cursor cur;
	enum suit_error error;
	u32 n, position;
	u64 from;

	suit_cursor_init(&cur, argument);
	n = suit_cbor_map(&cur);
	while (n-- && cur.error == SUIT_OK) {
		from = suit_cbor_uint(&cur);
		error = suit_manifest_position(proc->m, from, &position);
		if (error != SUIT_OK)
			return error;
		error = copy_list(proc, index, (u32)from, &cur);
		if (error != SUIT_OK)
			return error;
	}
	return cur.error;
}

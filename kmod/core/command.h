/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Private to the interpreter: every command of the standards is one row.
 */
#ifndef SUIT_COMMAND_H
#define SUIT_COMMAND_H

#include "sequence.h"

enum suit_command_form {
	SUIT_FORM_POLICY,	/* reporting policy, uint 0..15 */
	SUIT_FORM_INDEX,	/* set-component-index */
	SUIT_FORM_TRY_EACH,
	SUIT_FORM_SEQUENCE,
	SUIT_FORM_PARAMETERS,
	SUIT_FORM_MAP,		/* override-multiple, copy-params */
};

enum suit_command_flags {
	SUIT_COMMAND_SHARED = 1,	/* may stand in the shared sequence */
	SUIT_COMMAND_KERNEL = 2,	/* the kernel can decide it */
};

/**
 * struct suit_command - one row
 * @code: enum suit_command_code
 * @form: of its argument
 * @flags: where it may stand
 * @run: does it for one component; NULL: not supported, or control flow that
 *	the interpreter does itself
 */
struct suit_command {
	u8 code;
	u8 form;
	u8 flags;
	enum suit_error (*run)(struct suit_process *proc, u32 index,
			       struct suit_slice id);
};

/* NULL for a code that no standard defines. */
const struct suit_command *suit_command_find(s64 code);

/* Conditions of condition.c */
enum suit_error suit_condition_vendor(struct suit_process *proc, u32 index,
				      struct suit_slice id);
enum suit_error suit_condition_class(struct suit_process *proc, u32 index,
				     struct suit_slice id);
enum suit_error suit_condition_device(struct suit_process *proc, u32 index,
				      struct suit_slice id);
enum suit_error suit_condition_slot(struct suit_process *proc, u32 index,
				    struct suit_slice id);
enum suit_error suit_condition_image(struct suit_process *proc, u32 index,
				     struct suit_slice id);
enum suit_error suit_condition_content(struct suit_process *proc, u32 index,
				       struct suit_slice id);
enum suit_error suit_condition_abort(struct suit_process *proc, u32 index,
				     struct suit_slice id);

/*
 * Is the image of @id the one that is wanted? @want_size may be NULL.
 * SUIT_ERR_IMAGE, SUIT_ERR_IMAGE_SIZE, SUIT_ERR_COMMAND.
 */
enum suit_error suit_image_check(const struct suit_platform *platform,
				 struct suit_slice id,
				 const struct suit_digest *want,
				 const u64 *want_size);

#endif /* SUIT_COMMAND_H */

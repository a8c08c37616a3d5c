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
	SUIT_FORM_MULTIPLE,	/* override-multiple */
	SUIT_FORM_COPY,		/* copy-params */
};

enum suit_command_flags {
	SUIT_COMMAND_SHARED = 1,	/* may stand in the shared sequence */
	SUIT_COMMAND_KERNEL = 2,	/* the kernel can decide it */
	SUIT_COMMAND_EFFECT = 4,	/* does or checks something by itself */
	SUIT_COMMAND_HARD = 8,		/* its failure ends everything */
	SUIT_COMMAND_DEPENDENCY = 16,	/* index true: only the dependencies */
};

/**
 * struct suit_command - one row
 * @code: enum suit_command_code
 * @form: of its argument
 * @flags: enum suit_command_flags
 * @op: the platform op it needs: its offset + 1; 0 = none
 * @run: does it for one component; NULL: control flow or parameters, which the
 *	interpreter does itself
 */
struct suit_command {
	u8 code;
	u8 form;
	u8 flags;
	u16 op;
	enum suit_error (*run)(struct suit_process *proc, u32 index,
			       struct suit_slice id);
};

/* NULL for a code that no standard defines. */
const struct suit_command *suit_command_find(s64 code);
/* The rows; NULL past the end. */
const struct suit_command *suit_command_row(u32 row);
/* Has the platform what the command needs? */
bool suit_command_supported(const struct suit_command *command,
			    const struct suit_platform_ops *ops);
/* Does one of the commands, a bit per code, do or check something? */
bool suit_command_effective(u64 commands);

/*
 * argument.c: the form of an argument that is no sequence; @m->epoch gets what
 * old draft a parameter is of. SUIT_ERR_COMMAND_ARGUMENT, SUIT_ERR_PARAMETER,
 * SUIT_ERR_PARAMETER_FORM, SUIT_ERR_COMPONENT_INDEX, SUIT_ERR_COMPONENTS or a
 * CBOR error.
 */
enum suit_error suit_argument_check(struct suit_manifest *m,
				    const struct suit_command *command,
				    struct suit_slice argument);

/* condition.c */
enum suit_error suit_condition_vendor(struct suit_process *proc, u32 index,
				      struct suit_slice id);
enum suit_error suit_condition_class(struct suit_process *proc, u32 index,
				     struct suit_slice id);
enum suit_error suit_condition_device(struct suit_process *proc, u32 index,
				      struct suit_slice id);
enum suit_error suit_condition_slot(struct suit_process *proc, u32 index,
				    struct suit_slice id);
enum suit_error suit_condition_content(struct suit_process *proc, u32 index,
				       struct suit_slice id);
enum suit_error suit_condition_abort(struct suit_process *proc, u32 index,
				     struct suit_slice id);

/* image.c */
enum suit_error suit_condition_image(struct suit_process *proc, u32 index,
				     struct suit_slice id);
enum suit_error suit_condition_image_not(struct suit_process *proc, u32 index,
					 struct suit_slice id);

/* condition_update.c */
enum suit_error suit_condition_use_before(struct suit_process *proc, u32 index,
					  struct suit_slice id);
enum suit_error suit_condition_battery(struct suit_process *proc, u32 index,
				       struct suit_slice id);
enum suit_error suit_condition_authorized(struct suit_process *proc, u32 index,
					  struct suit_slice id);
enum suit_error suit_condition_version(struct suit_process *proc, u32 index,
				       struct suit_slice id);

/* directive.c */
enum suit_error suit_directive_wait(struct suit_process *proc, u32 index,
				    struct suit_slice id);
enum suit_error suit_directive_fetch(struct suit_process *proc, u32 index,
				     struct suit_slice id);
enum suit_error suit_directive_copy(struct suit_process *proc, u32 index,
				    struct suit_slice id);
enum suit_error suit_directive_write(struct suit_process *proc, u32 index,
				     struct suit_slice id);
enum suit_error suit_directive_swap(struct suit_process *proc, u32 index,
				    struct suit_slice id);
enum suit_error suit_directive_invoke(struct suit_process *proc, u32 index,
				      struct suit_slice id);
enum suit_error suit_directive_unlink(struct suit_process *proc, u32 index,
				      struct suit_slice id);

/* dependency.c */
enum suit_error suit_condition_is_dependency(struct suit_process *proc,
					     u32 index, struct suit_slice id);
enum suit_error suit_condition_integrity(struct suit_process *proc, u32 index,
					 struct suit_slice id);
enum suit_error suit_directive_process(struct suit_process *proc, u32 index,
				       struct suit_slice id);

/* assignment.c: commands that set parameters */
enum suit_error suit_assign(struct suit_process *proc, u32 index,
			    struct suit_slice map, bool override);
/* Sets the index to the last component, as if it had been selected. */
enum suit_error suit_assign_multiple(struct suit_process *proc,
				     struct suit_slice argument);
enum suit_error suit_assign_copy(struct suit_process *proc, u32 index,
				 struct suit_slice argument);

/*
 * Is the image of @id the one that is wanted? @want_size may be NULL; what was
 * found goes to @measured, which may be NULL.
 * SUIT_ERR_IMAGE, SUIT_ERR_IMAGE_SIZE, SUIT_ERR_COMMAND.
 */
enum suit_error suit_image_check(const struct suit_platform *platform,
				 struct suit_slice id,
				 const struct suit_digest *want,
				 const u64 *want_size,
				 struct suit_measured *measured);

/* Run what is in flight to its end. SUIT_ERR_PENDING: not there yet. */
enum suit_error suit_sequence_run(struct suit_process *proc);

#endif /* SUIT_COMMAND_H */

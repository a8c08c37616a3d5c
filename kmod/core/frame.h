/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Private to the interpreter: the stack of sequences in flight.
 */
#ifndef SUIT_FRAME_H
#define SUIT_FRAME_H

#include "sequence.h"

enum suit_frame_kind {
	SUIT_FRAME_SECTION,
	SUIT_FRAME_SHARED,
	SUIT_FRAME_TRY_EACH,
	SUIT_FRAME_RUN,
};

/* The innermost sequence; there is one. */
static inline struct suit_frame *suit_frame_top(struct suit_process *proc)
{
	return &proc->frame[proc->depth - 1];
}

/*
 * Enter the sequence @bytes of manifest @node for the single component @index.
 * SUIT_ERR_SEQUENCE_DEPTH or a CBOR error.
 */
enum suit_error suit_frame_push(struct suit_process *proc,
				enum suit_frame_kind kind, u32 node,
				enum suit_section section, u32 index,
				struct suit_slice bytes);

/* Leave the innermost sequence. */
void suit_frame_pop(struct suit_process *proc);

/* The directives with sequences for arguments. */
enum suit_error suit_frame_run(struct suit_process *proc, u32 index,
			       struct suit_slice argument);
enum suit_error suit_frame_try_each(struct suit_process *proc, u32 index,
				    struct suit_slice argument);

/*
 * A command failed with @error: leave the sequences that it ends. SUIT_OK when
 * one of them is allowed to fail, and what follows it goes on.
 */
enum suit_error suit_frame_unwind(struct suit_process *proc,
				  enum suit_error error);

#endif /* SUIT_FRAME_H */

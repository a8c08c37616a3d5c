/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Private to the interpreter: where a command stands, and telling the platform.
 */
#ifndef SUIT_RECORD_H
#define SUIT_RECORD_H

#include "command.h"

/* A command of the innermost sequence is about to run for component @index. */
void suit_record_begin(struct suit_process *proc, u32 index,
		       struct suit_slice id);
/* It came out so; @command may be one without a reporting policy. */
void suit_record_end(struct suit_process *proc,
		     const struct suit_command *command,
		     struct suit_slice argument, enum suit_error error);

#endif /* SUIT_RECORD_H */

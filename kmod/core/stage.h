/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Private to the interpreter: the stages of a procedure, each a section.
 */
#ifndef SUIT_STAGE_H
#define SUIT_STAGE_H

#include "sequence.h"

/* Section of stage @stage; SUIT_SECTION_COUNT past the end. */
enum suit_section suit_stage_section(const struct suit_process *proc,
				     u32 stage);
/* Bit per command code that is in a section of the procedure. */
u64 suit_stage_commands(const struct suit_process *proc,
			const struct suit_manifest *m);

#endif /* SUIT_STAGE_H */

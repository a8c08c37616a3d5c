/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Private to the interpreter: dependencies of the manifest that is running.
 */
#ifndef SUIT_DEPENDENCY_H
#define SUIT_DEPENDENCY_H

#include "sequence.h"

/*
 * The dependency at component @index, when it passed dependency-integrity and
 * nobody has written to its component since; else NULL.
 */
struct suit_node *suit_dependency_find(struct suit_process *proc, u32 index);

/*
 * Enter section @section of the dependency at @index, its shared sequence
 * first. One that has no such section is left alone. SUIT_ERR_DEPENDENCY_NONE,
 * SUIT_ERR_DEPENDENCY_UNCHECKED, SUIT_ERR_SEQUENCE_DEPTH.
 */
enum suit_error suit_dependency_enter(struct suit_process *proc, u32 index,
				      enum suit_section section);

/* Component @id is about to be written: what was checked there is void. */
void suit_dependency_changed(struct suit_process *proc, struct suit_slice id);

/*
 * Section @section of manifest @node is done: was it done in all its
 * dependencies that have it? SUIT_ERR_DEPENDENCY_SKIPPED.
 */
enum suit_error suit_dependency_finish(struct suit_process *proc, u32 node,
				       enum suit_section section);

/*
 * The procedure is done: was every dependency that was declared checked?
 * SUIT_ERR_DEPENDENCY_UNCHECKED.
 */
enum suit_error suit_dependency_complete(const struct suit_process *proc);

#endif /* SUIT_DEPENDENCY_H */

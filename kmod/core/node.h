/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Private to the interpreter: one manifest of the tree, from bytes to somebody
 * who may speak.
 */
#ifndef SUIT_NODE_H
#define SUIT_NODE_H

#include "sequence.h"

/*
 * Open @bytes as manifest @index of the tree: authenticate, check that it is
 * the one with digest @want (NULL: any), decode and check it with the full
 * profile, find its authority, compare with the floors, bind its components to
 * the parameters, and see whether the platform has what the procedure needs.
 * The members that say where in the tree it stands are the caller's.
 */
enum suit_error suit_node_open(struct suit_process *proc, u32 index,
			       struct suit_slice bytes,
			       const struct suit_digest *want);

#endif /* SUIT_NODE_H */

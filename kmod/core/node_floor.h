/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Private to the interpreter: no manifest older than what was there before.
 */
#ifndef SUIT_NODE_FLOOR_H
#define SUIT_NODE_FLOOR_H

#include "sequence.h"

/*
 * Is the manifest of @node, whose authority is known, at or above what the
 * platform remembers? SUIT_ERR_FLOOR, SUIT_ERR_FLOOR_REUSED for an equal number
 * in another manifest, or what the platform reports.
 */
enum suit_error suit_node_check_floor(const struct suit_process *proc,
				      const struct suit_node *node);

#endif /* SUIT_NODE_FLOOR_H */

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Floors: the lowest sequence number that is accepted, by authority and
 * manifest-component-id, else component. They rise and never fall.
 */
#ifndef SUITGATE_FLOOR_H
#define SUITGATE_FLOOR_H

#include "core/suit.h"
#include "uapi/suitgate.h"

struct suit_entry;

/* A step above this needs consent (SUITGATE_CONFIRM_JUMP). */
#define SUIT_FLOOR_JUMP BIT_ULL(32)

/*
 * Is @entry at or above its floors, and when it has @component (may be empty),
 * at or above that one's, which another manifest may have left? SUIT_ERR_FLOOR,
 * SUIT_ERR_FLOOR_REUSED.
 */
enum suit_error suit_floor_check(const struct suit_entry *entry,
				 struct suit_slice component);
/*
 * Raise the floors of @entry to its number, and those that there are of its
 * components. SUIT_ERR_FLOOR_JUMP, _MEMORY.
 */
enum suit_error suit_floor_confirm(const struct suit_entry *entry, bool jump);
/* Restore one floor: upwards only. 0, -ESTALE, -EINVAL, -ENOMEM. */
int suit_floor_restore(const struct suitgate_floor *from);
/* Floor @index. -ENOENT past the end. */
int suit_floor_get(u32 index, struct suitgate_floor *out);
u32 suit_floor_count(void);
void suit_floor_exit(void);

#endif /* SUITGATE_FLOOR_H */

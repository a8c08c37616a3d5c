/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A verdict for user space that changes nothing.
 */
#ifndef SUITGATE_CHECK_H
#define SUITGATE_CHECK_H

#include "core/suit.h"

/*
 * What the gate would say of @payload as component @id under @envelope alone;
 * with a NULL @id of the envelope only. Takes ownership of @envelope (kvmalloc).
 * Context: may sleep.
 */
enum suit_error suit_check(void *envelope, size_t len, struct suit_slice id,
			   struct suit_slice payload);

#endif /* SUITGATE_CHECK_H */

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Mode, seal and identity of this gateway, and counters.
 */
#ifndef SUITGATE_STATE_H
#define SUITGATE_STATE_H

#include <linux/atomic.h>
#include <linux/types.h>

#include "core/suit.h"
#include "uapi/suitgate.h"

/**
 * struct suit_state - the one instance
 * @gated_since: CLOCK_BOOTTIME of the hooks, ns
 * @sealed_since: of the seal, ns; 0: not sealed
 * @break_glass: audit was demanded on the command line
 * @delivered: files
 * @refused: files
 * @audited: files delivered that enforce would have refused
 */
struct suit_state {
	u64 gated_since;
	u64 sealed_since;
	bool break_glass;
	atomic64_t delivered;
	atomic64_t refused;
	atomic64_t audited;
};

extern struct suit_state suit_state;

void suit_state_init(void);
/* One more of enum suitgate_verdict. */
void suit_state_count(u8 verdict);
/* enum suitgate_mode that decisions go by now */
u32 suit_state_mode(void);
bool suit_state_sealed(void);
/*
 * Whatever the seal forbids is asked and done between these two: the seal waits
 * for it. No access to user memory meanwhile, which could make it wait forever.
 */
void suit_state_hold(void);
void suit_state_release(void);
/* -EINVAL. Context: seal held off, and not sealed. */
int suit_state_set_mode(u32 mode);
/* Enforce, freeze, pin the module. Idempotent. */
void suit_state_seal(void);
/* -EINVAL, -ENOSPC. Context: seal held off, and not sealed. */
int suit_state_add_identity(u32 kind, const u8 *value);
bool suit_state_is(enum suit_identity what, struct suit_slice value);
bool suit_state_in_slot(u64 slot);

#endif /* SUITGATE_STATE_H */

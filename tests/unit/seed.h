/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the tests ask of a device, kept for tests/fuzz/fuzz_machine.c. */
#ifndef TEST_SEED_H
#define TEST_SEED_H

#include "table.h"

/*
 * Write @envelope, and the machine's and the gadget's state, to a file in the
 * folder $SUITGATE_SEEDS; nothing without it. @procedure 0: the kernel's
 * verdict. @ops: of the device, or NULL.
 */
void seed_write(struct suit_slice envelope, u32 procedure,
		const struct suit_platform_ops *ops);

#endif /* TEST_SEED_H */

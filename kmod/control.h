/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The control calls of /dev/suitgate: one row per ioctl. The caller's rights
 * were checked, its structure copied in; it is copied out whatever the result.
 */
#ifndef SUITGATE_CONTROL_H
#define SUITGATE_CONTROL_H

#include <linux/types.h>

/**
 * struct suit_control - one call
 * @size: of its structure; 0: it has none
 * @before_seal: -EPERM after the seal
 * @call: 0 or a negative errno
 */
struct suit_control {
	u32 size;
	bool before_seal;
	int (*call)(void *arg);
};

/* The row of an ioctl number, NULL for an unknown one. */
const struct suit_control *suit_control_find(unsigned int cmd);

#endif /* SUITGATE_CONTROL_H */

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The control calls of /dev/suitgate: one row per ioctl. The caller's rights
 * were checked, its structure copied in; one that answers is copied out whatever
 * the result.
 */
#ifndef SUITGATE_CONTROL_H
#define SUITGATE_CONTROL_H

#include <linux/types.h>

/**
 * struct suit_control - one call
 * @size: of its structure; 0: it has none
 * @answers: the structure is copied back
 * @before_seal: -EPERM after the seal; called with the seal held off
 * @call: 0 or a negative errno
 */
struct suit_control {
	u32 size;
	bool answers;
	bool before_seal;
	int (*call)(void *arg);
};

/* The row of an ioctl number, NULL for an unknown one. */
const struct suit_control *suit_control_find(unsigned int cmd);

#endif /* SUITGATE_CONTROL_H */

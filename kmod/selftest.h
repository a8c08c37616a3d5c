/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SUITGATE_SELFTEST_H
#define SUITGATE_SELFTEST_H

/*
 * Does a known good envelope pass, and fail with any part of it changed?
 * -ENOTRECOVERABLE when this kernel's crypto gives another answer. To be run
 * when nobody is trusted yet.
 */
int suit_selftest(void);

#endif /* SUITGATE_SELFTEST_H */

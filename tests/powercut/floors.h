/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The floors of a device whose power goes, with a counter that it does not take
 * along: a TPM's.
 */
#ifndef POWERCUT_FLOORS_H
#define POWERCUT_FLOORS_H

#include "suitgate.h"

/*
 * Raise the floor of the disk to a release. @counter: file that has the counter;
 * each time it is raised, the program that RAISED in the environment names is
 * told. NULL: there is none.
 */
int floors_raise(const char *disk, unsigned long release,
		 const struct sg_gate_digest *digest, const char *counter,
		 struct sg_error *err);

/*
 * After a cut, with the counter as it was: the floors can be opened, and are
 * those of a release from @low to @high. @counter: its value, 0: never raised,
 * NULL: there is none.
 */
int floors_check(const char *disk, unsigned long low, unsigned long high,
		 const char *counter, struct sg_error *err);

#endif /* POWERCUT_FLOORS_H */

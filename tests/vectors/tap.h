/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Results, one line each (TAP). A test is what happens between tap_begin() and
 * tap_end(); it fails when something was wrong with it.
 */
#ifndef VECTORS_TAP_H
#define VECTORS_TAP_H

#include <stdbool.h>

void tap_begin(const char *format, ...)
	__attribute__((format(printf, 1, 2)));
/* Unless @right: what is wrong. Returns @right. */
bool tap_check(bool right, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* This test needs what is not there; nothing was wrong so far. */
void tap_skip(const char *format, ...)
	__attribute__((format(printf, 1, 2)));
void tap_end(void);
/* The plan; the exit status of the program. */
int tap_done(void);

/* Something is wrong with the vectors or the machine: no results. */
void die(const char *format, ...)
	__attribute__((format(printf, 1, 2), noreturn));

#endif /* VECTORS_TAP_H */

// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Linked with --wrap=_exit to what is built with coverage: its counts are
 * written at exit() only.
 */
#include <gcov.h>

void __wrap__exit(int status) __attribute__((noreturn));
void __real__exit(int status) __attribute__((noreturn));

void __wrap__exit(int status)
{
	__gcov_dump();
	__real__exit(status);
}

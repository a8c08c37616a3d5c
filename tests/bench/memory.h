/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the verifier takes of heap and stack.
 */
#ifndef BENCH_MEMORY_H
#define BENCH_MEMORY_H

#include <stddef.h>

/* Allocations by code of this tree since the last call; not by OpenSSL. */
unsigned long memory_allocations(void);
/* Bytes of stack that @run takes at most, by the marks it leaves. */
size_t memory_stack(void (*run)(void *context), void *context);

#endif /* BENCH_MEMORY_H */

/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The platform seam of the verifier: fixed-width types and four memory
 * functions. Nothing else of the platform reaches the core, so the object code
 * is the same in the kernel module, in the library and in the fuzzers.
 *
 * Need: u8 u16 u32 u64 s32 s64 bool size_t, memcpy memcmp memset memmove.
 */
#ifndef SUIT_PORT_H
#define SUIT_PORT_H

#ifdef __KERNEL__
#include <linux/string.h>
#include <linux/types.h>
#else
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int32_t s32;
typedef int64_t s64;

void *memcpy(void *dst, const void *src, size_t n);
int memcmp(const void *a, const void *b, size_t n);
void *memset(void *dst, int c, size_t n);
void *memmove(void *dst, const void *src, size_t n);
#endif

#endif /* SUIT_PORT_H */

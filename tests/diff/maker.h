/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Endless CBOR, mostly well-formed, sometimes damaged; the same for a seed.
 */
#ifndef DIFF_MAKER_H
#define DIFF_MAKER_H

#include <stddef.h>
#include <stdint.h>

struct maker {
	uint64_t state;
};

/* Up to @cap bytes of one item, damaged half of the time. Returns how many. */
size_t maker_next(struct maker *maker, uint8_t *out, size_t cap);

#endif /* DIFF_MAKER_H */

/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Slices and a bounded reader: the only pointer arithmetic of the decoders.
 * A reader's error is sticky: after a failure every read yields nothing and the
 * first error stays, so a whole structure may be decoded and checked once.
 */
#ifndef SUIT_CURSOR_H
#define SUIT_CURSOR_H

#include "suit_error.h"
#include "suit_port.h"

/**
 * struct suit_slice - bytes owned by somebody else
 * @ptr: first byte; may be NULL when @len is 0
 * @len: bytes
 */
struct suit_slice {
	const u8 *ptr;
	size_t len;
};

/**
 * struct suit_cursor - position in a slice
 * @at: next byte
 * @left: bytes from @at to the end
 * @error: first failure, SUIT_OK while none
 */
struct suit_cursor {
	const u8 *at;
	size_t left;
	enum suit_error error;
};

void suit_cursor_init(struct suit_cursor *cur, struct suit_slice bytes);

/*
 * Take the next @len bytes; an empty slice and SUIT_ERR_TRUNCATED if fewer.
 * This and the next are called for every byte of a head: a quarter of the time
 * of decoding went into the calls.
 */
static inline struct suit_slice suit_cursor_take(struct suit_cursor *cur,
						 u64 len)
{
	struct suit_slice out = { NULL, 0 };

	if (cur->error != SUIT_OK)
		return out;
	if (len > cur->left) {
		cur->error = SUIT_ERR_TRUNCATED;
		return out;
	}
	out.ptr = cur->at;
	out.len = (size_t)len;
	cur->at += out.len;
	cur->left -= out.len;
	return out;
}

/* Next byte without taking it: 0..255, or -1 at the end or after an error. */
static inline int suit_cursor_peek(const struct suit_cursor *cur)
{
	if (cur->error != SUIT_OK || !cur->left)
		return -1;
	return *cur->at;
}

/* Record a failure; the first one stays. */
void suit_cursor_fail(struct suit_cursor *cur, enum suit_error error);
/* SUIT_ERR_TRAILING unless every byte was taken; else the sticky error. */
enum suit_error suit_cursor_end(const struct suit_cursor *cur);

/* Same length and bytes. Not constant time: for public data only. */
bool suit_slice_equal(struct suit_slice a, struct suit_slice b);
/* Same length and bytes, time depends on the lengths only. */
bool suit_slice_equal_ct(struct suit_slice a, struct suit_slice b);
/* Bytewise lexicographic order, shorter first on a tie: <0, 0, >0. */
int suit_slice_compare(struct suit_slice a, struct suit_slice b);

#endif /* SUIT_CURSOR_H */

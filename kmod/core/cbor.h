/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Deterministic CBOR (RFC 8949 4.2.1), decoded in place: shortest heads,
 * definite lengths, maps in bytewise key order without duplicates, bounded
 * depth. No floating point. All readers work on a cursor with a sticky error.
 */
#ifndef SUIT_CBOR_H
#define SUIT_CBOR_H

#include "cursor.h"

enum suit_cbor_type {
	SUIT_CBOR_UINT = 0,
	SUIT_CBOR_NINT = 1,
	SUIT_CBOR_BSTR = 2,
	SUIT_CBOR_TSTR = 3,
	SUIT_CBOR_ARRAY = 4,
	SUIT_CBOR_MAP = 5,
	SUIT_CBOR_TAG = 6,
	SUIT_CBOR_SIMPLE = 7,
};

enum suit_cbor_simple {
	SUIT_CBOR_FALSE = 20,
	SUIT_CBOR_TRUE = 21,
	SUIT_CBOR_NULL = 22,
};

/* Major type of the next item, -1 at the end or after an error. */
int suit_cbor_peek(const struct suit_cursor *cur);
/* True when the next item is exactly this simple value; takes nothing. */
bool suit_cbor_peek_simple(const struct suit_cursor *cur, u8 simple);

/* Readers of one item; SUIT_ERR_TYPE when the next item is of another type. */
u64 suit_cbor_uint(struct suit_cursor *cur);
/* Any integer in s64; SUIT_ERR_RANGE outside of it. */
s64 suit_cbor_int(struct suit_cursor *cur);
struct suit_slice suit_cbor_bstr(struct suit_cursor *cur);
/* UTF-8 is checked (RFC 3629: no surrogates, shortest form). */
struct suit_slice suit_cbor_tstr(struct suit_cursor *cur);
bool suit_cbor_bool(struct suit_cursor *cur);
void suit_cbor_null(struct suit_cursor *cur);
u64 suit_cbor_tag(struct suit_cursor *cur);
/* Number of elements / pairs; never more than the bytes that are left allow. */
u32 suit_cbor_array(struct suit_cursor *cur);
u32 suit_cbor_map(struct suit_cursor *cur);

/*
 * Take one whole item of any type, checked recursively in depth-bounded,
 * non-recursive fashion (maps inside it ordered and free of duplicates).
 * Returns its encoded bytes, head included.
 */
struct suit_slice suit_cbor_item(struct suit_cursor *cur);
/* One bstr: its content, and in @encoded (may be NULL) head + content. */
struct suit_slice suit_cbor_bstr_encoded(struct suit_cursor *cur,
					 struct suit_slice *encoded);

/**
 * struct suit_cbor_key - order check of one map's keys
 * @prev: encoded previous key, empty before the first
 *
 * Zero-initialise per map; pass every encoded key to suit_cbor_key_check().
 */
struct suit_cbor_key {
	struct suit_slice prev;
};

/*
 * The next key of a map as its encoded bytes, checked to be greater than the
 * previous one: SUIT_ERR_MAP_DUPLICATE, SUIT_ERR_MAP_ORDER.
 */
struct suit_slice suit_cbor_key_next(struct suit_cursor *cur,
				     struct suit_cbor_key *order);
/* The same check of a key that was read in another way, from @start on. */
void suit_cbor_key_read(struct suit_cursor *cur, struct suit_cbor_key *order,
			const u8 *start);
/* As above for a map whose keys are all integers. */
s64 suit_cbor_key_int(struct suit_cursor *cur, struct suit_cbor_key *order);

/* Check that @bytes is exactly one well-formed item. */
enum suit_error suit_cbor_check(struct suit_slice bytes);

#endif /* SUIT_CBOR_H */

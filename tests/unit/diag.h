/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * CBOR for tests, written as people read it: the diagnostic notation of
 * RFC 8949 section 8,
 *
 *	diag("{1: 1, 3: <<[h'00', \"a\", 107(true)]>>}")
 *
 * encoded with shortest heads and definite lengths, maps as they are written.
 * Besides that
 *
 *	digest'abc'	the SUIT_Digest (SHA-256) of the bytes abc
 *	raw'1fff'	these bytes, whatever they are, as one item
 *	nothing''	no byte and no item
 */
#ifndef TEST_DIAG_H
#define TEST_DIAG_H

#include "core/suit.h"

/*
 * The bytes, in memory of exactly their size, so that a sanitizer sees a read
 * past their end; valid until the end. Ends the test on bad notation.
 */
struct suit_slice diag(const char *format, ...)
	__attribute__((format(printf, 1, 2)));

/* For use in a format: bytes as hex, a text many times; formatted text. */
const char *hex(struct suit_slice bytes);
const char *repeat(const char *text, unsigned int times, const char *between);
/*
 * "x00000, x00001, .." for "x#": so many items with their numbers, in order,
 * for a list or a map.
 */
const char *each(unsigned int n, const char *item);
const char *text(const char *format, ...)
	__attribute__((format(printf, 1, 2)));

/* Bytes of a string without its NUL. */
struct suit_slice bytes_of(const char *string);
/* A copy in memory of exactly its size. */
struct suit_slice copy_of(struct suit_slice bytes);

/* Give back everything the functions above returned. */
void diag_free(void);

#endif /* TEST_DIAG_H */

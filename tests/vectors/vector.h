/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A vector: bytes, and beside them JSON that says what must come of them.
 */
#ifndef VECTORS_VECTOR_H
#define VECTORS_VECTOR_H

#include <systemd/sd-json.h>

#include "core/suit.h"

struct vector {
	const char *id;			/* "manifest/example0-signed" */
	const char *kind;
	sd_json_variant *meta;
	struct suit_slice bytes;	/* in memory of exactly their size */
};

/* All vectors of the current folder that have a kind; @n: how many. */
struct vector *vectors_read(size_t *n);
const struct vector *vectors_find(const struct vector *all, size_t n,
				  const char *id);
void vectors_free(struct vector *all, size_t n);

/* A whole file; die() when it cannot be read. Free with free(). */
struct suit_slice read_file(const char *path);
sd_json_variant *read_json(const char *path);

/* Member @key, or of it member @key2 ..; NULL when there is none or null. */
sd_json_variant *json_get(sd_json_variant *v, const char *key);
const char *json_text(sd_json_variant *v, const char *key);
/* The hex digits of @text as bytes in @buf; die() when they are too many. */
struct suit_slice from_hex(const char *text, u8 *buf, size_t cap);
/* SHA-256 of @bytes as hex, in memory of the function. */
const char *sha256_hex(struct suit_slice bytes);
const char *to_hex(struct suit_slice bytes);

#endif /* VECTORS_VECTOR_H */

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Maps in deterministic order (RFC 8949 4.2.1), whatever order their members
 * come in.
 */
#ifndef SG_CBOR_MAP_H
#define SG_CBOR_MAP_H

#include "cbor_write.h"

/* Encoded key and value. */
struct sg_cbor_pair {
	struct sg_buf key;
	struct sg_buf value;
};

/**
 * struct sg_cbor_map - pairs on their way to be sorted
 * @pair: them
 * @n: how many
 * @cap: how many @pair has room for
 */
struct sg_cbor_map {
	struct sg_cbor_pair *pair;
	size_t n;
	size_t cap;
};

/* Take what both have written; they are empty afterwards. 0 or -1. */
int sg_cbor_map_add(struct sg_cbor_map *map, struct sg_cbor_writer *key,
		    struct sg_cbor_writer *value, struct sg_error *err);
/* Write the pairs in order, without the head. -1 when two have the same key. */
int sg_cbor_map_write_pairs(struct sg_cbor_map *map, struct sg_cbor_writer *w,
			    struct sg_error *err);
/* Likewise, with the head. */
int sg_cbor_map_write(struct sg_cbor_map *map, struct sg_cbor_writer *w,
		      struct sg_error *err);
void sg_cbor_map_free(struct sg_cbor_map *map);

#endif /* SG_CBOR_MAP_H */

// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Maps in deterministic order.
 */
#include <stdlib.h>
#include <string.h>

#include "cbor_map.h"

static int grow(struct sg_cbor_map *map, struct sg_error *err)
{
	size_t cap = map->cap ? 2 * map->cap : 8;
	struct sg_cbor_pair *pair;

	if (map->n < map->cap)
		return 0;
	pair = reallocarray(map->pair, cap, sizeof(*pair));
	if (!pair)
		return sg_fail(err, "out of memory");
	map->pair = pair;
	map->cap = cap;
	return 0;
}

int sg_cbor_map_add(struct sg_cbor_map *map, struct sg_cbor_writer *key,
		    struct sg_cbor_writer *value, struct sg_error *err)
{
	struct sg_cbor_pair pair = { 0 };

	if (sg_cbor_write_end(key, &pair.key, err) < 0 ||
	    sg_cbor_write_end(value, &pair.value, err) < 0 ||
	    grow(map, err) < 0) {
		sg_buf_free(&pair.key);
		sg_buf_free(&pair.value);
		sg_buf_free(&value->buf);
		return -1;
	}
	map->pair[map->n++] = pair;
	return 0;
}

/* Bytewise order of the encoded keys. */
static int compare(const void *a, const void *b)
{
	const struct sg_buf *x = &((const struct sg_cbor_pair *)a)->key;
	const struct sg_buf *y = &((const struct sg_cbor_pair *)b)->key;
	size_t len = x->len < y->len ? x->len : y->len;
	int order = memcmp(x->data, y->data, len);

	return order ? order : (x->len > y->len) - (x->len < y->len);
}

int sg_cbor_map_write_pairs(struct sg_cbor_map *map, struct sg_cbor_writer *w,
			    struct sg_error *err)
{
	size_t i;

	if (map->n)
		qsort(map->pair, map->n, sizeof(*map->pair), compare);
	for (i = 0; i < map->n; i++) {
		const struct sg_cbor_pair *pair = &map->pair[i];

		if (i && !compare(pair - 1, pair))
			return sg_fail(err, "the same member twice");
		sg_cbor_write_raw(w, pair->key.data, pair->key.len);
		sg_cbor_write_raw(w, pair->value.data, pair->value.len);
	}
	return 0;
}

int sg_cbor_map_write(struct sg_cbor_map *map, struct sg_cbor_writer *w,
		      struct sg_error *err)
{
	sg_cbor_write_map(w, map->n);
	return sg_cbor_map_write_pairs(map, w, err);
}

void sg_cbor_map_free(struct sg_cbor_map *map)
{
	while (map->n--) {
		sg_buf_free(&map->pair[map->n].key);
		sg_buf_free(&map->pair[map->n].value);
	}
	free(map->pair);
	*map = (struct sg_cbor_map){ 0 };
}

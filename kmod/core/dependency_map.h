/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Private to the core: the dependency map of a manifest, { + index =>
 * { ? 1: prefix } }, decoded (trust domains 5.2.2).
 */
#ifndef SUIT_DEPENDENCY_MAP_H
#define SUIT_DEPENDENCY_MAP_H

#include "manifest.h"

/**
 * struct suit_dependency_entry - one dependency
 * @index: of its component
 * @prefix: encoded component id; ptr NULL when there is none
 */
struct suit_dependency_entry {
	u32 index;
	struct suit_slice prefix;
};

/* A cursor to the first entry. */
void suit_dependency_map_init(const struct suit_manifest *m,
			      struct suit_cursor *map);
/* The next entry. SUIT_ERR_DEPENDENCY_FORM or a CBOR error. */
enum suit_error suit_dependency_map_next(struct suit_cursor *map,
					 struct suit_dependency_entry *out);

/* Component index of the entry at @rank. */
u32 suit_dependency_map_index(const struct suit_manifest *m, u32 rank);

/*
 * Check the map of @m, whose components are known, and count its entries:
 * SUIT_ERR_DEPENDENCY_FORM, SUIT_ERR_DEPENDENCY_COUNT,
 * SUIT_ERR_DEPENDENCY_PREFIX for a prefix that is to be put before ids,
 * SUIT_ERR_COMPONENT*.
 */
enum suit_error suit_dependency_map_check(struct suit_manifest *m);

#endif /* SUIT_DEPENDENCY_MAP_H */

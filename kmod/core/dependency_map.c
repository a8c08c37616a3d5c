// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "dependency_map.h"

#include "cbor.h"

void suit_dependency_map_init(const struct suit_manifest *m,
			      struct suit_cursor *map)
{
	suit_cursor_init(map, m->dependencies);
	suit_cbor_map(map);
}

u32 suit_dependency_map_index(const struct suit_manifest *m, u32 rank)
{
	struct suit_dependency_entry entry = { 0 };
	struct suit_cursor map;

	suit_dependency_map_init(m, &map);
	do
		suit_dependency_map_next(&map, &entry);
	while (rank--);
	return entry.index;
}

/* { ? 1: prefix }: what else a dependency may say is not understood. */
static enum suit_error read_metadata(struct suit_cursor *cur,
				     struct suit_dependency_entry *out)
{
	struct suit_cbor_key order = { 0 };
	u32 n = suit_cbor_map(cur);

	out->prefix.ptr = NULL;
	out->prefix.len = 0;
	if (cur->error == SUIT_OK && !n)
		return SUIT_OK;
	if (suit_cbor_key_int(cur, &order) != SUIT_DEPENDENCY_PREFIX || n != 1)
		return SUIT_ERR_DEPENDENCY_FORM;
	out->prefix = suit_cbor_item(cur);
	return cur->error;
}

enum suit_error suit_dependency_map_next(struct suit_cursor *map,
					 struct suit_dependency_entry *out)
{
	u64 index = suit_cbor_uint(map);
	enum suit_error error;

	if (map->error == SUIT_OK && index > 0xffff)
		return SUIT_ERR_DEPENDENCY_FORM;
	out->index = (u32)index;
	error = read_metadata(map, out);
	if (map->error == SUIT_ERR_TYPE)
		return SUIT_ERR_DEPENDENCY_FORM;
	return map->error != SUIT_OK ? map->error : error;
}

/*
 * A dependency that is a component needs no prefix; repeating the component's
 * id changes nothing. Any other prefix would have to be put before every id of
 * the dependency, or means another processor.
 */
static enum suit_error check_component(const struct suit_manifest *m,
				       const struct suit_dependency_entry *entry)
{
	struct suit_slice id;
	enum suit_error error = suit_manifest_component(m, entry->index, &id);

	if (error != SUIT_OK || !entry->prefix.ptr)
		return error;
	return suit_slice_equal(id, entry->prefix) ? SUIT_OK :
						     SUIT_ERR_DEPENDENCY_PREFIX;
}

/* Beside the components the prefix is the id, and no component has it. */
static enum suit_error check_beside(struct suit_manifest *m,
				    const struct suit_dependency_entry *entry,
				    u32 n)
{
	struct suit_dependency_entry other;
	struct suit_cursor map;
	enum suit_error error;
	u32 index;

	if (!entry->prefix.ptr)
		return SUIT_ERR_DEPENDENCY_FORM;
	error = suit_component_check(entry->prefix);
	if (error != SUIT_OK)
		return error;
	if (suit_manifest_find(m, entry->prefix, &index) == SUIT_OK)
		return SUIT_ERR_COMPONENT_DUPLICATE;
	suit_dependency_map_init(m, &map);
	while (n--) {
		if (suit_dependency_map_next(&map, &other) != SUIT_OK ||
		    suit_slice_equal(other.prefix, entry->prefix))
			return SUIT_ERR_COMPONENT_DUPLICATE;
	}
	m->n_beside++;
	return m->n_components + m->n_beside > SUIT_MAX_COMPONENTS ?
		       SUIT_ERR_COMPONENTS : SUIT_OK;
}

enum suit_error suit_dependency_map_check(struct suit_manifest *m)
{
	struct suit_dependency_entry entry;
	enum suit_error error = SUIT_OK;
	struct suit_cursor map;
	u32 i, n;

	suit_cursor_init(&map, m->dependencies);
	n = suit_cbor_map(&map);
	if (map.error != SUIT_OK)
		return map.error;
	if (!n)
		return SUIT_ERR_DEPENDENCY_FORM;
	if (n > SUIT_MAX_DEPENDENCIES)
		return SUIT_ERR_DEPENDENCY_COUNT;
	for (i = 0; i < n && error == SUIT_OK; i++) {
		error = suit_dependency_map_next(&map, &entry);
		if (error != SUIT_OK)
			break;
		error = entry.index < m->n_components ?
				check_component(m, &entry) :
				check_beside(m, &entry, i);
	}
	m->n_dependencies = n;
	return error;
}

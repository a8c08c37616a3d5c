// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Which component an index, a position or an id means. */
#include "cbor.h"
#include "dependency_map.h"
#include "manifest.h"

/* Entry of the dependency map for @index, and its place in the map. */
static bool find_entry(const struct suit_manifest *m, u64 index,
		       struct suit_dependency_entry *entry, u32 *rank)
{
	struct suit_cursor map;
	u32 i;

	suit_dependency_map_init(m, &map);
	for (i = 0; i < m->n_dependencies; i++) {
		if (suit_dependency_map_next(&map, entry) != SUIT_OK)
			return false;
		if (entry->index == index) {
			*rank = i;
			return true;
		}
	}
	return false;
}

/* The map is sorted: entries for components come before those beside. */
static u32 first_beside(const struct suit_manifest *m)
{
	return m->n_dependencies - m->n_beside;
}

bool suit_manifest_depends(const struct suit_manifest *m, u64 index,
			   u32 *rank)
{
	struct suit_dependency_entry entry;
	u32 place = 0;
	bool found = find_entry(m, index, &entry, &place);

	if (rank)
		*rank = place;
	return found;
}

enum suit_error suit_manifest_component(const struct suit_manifest *m,
					u64 index, struct suit_slice *id)
{
	struct suit_dependency_entry entry;
	struct suit_cursor cur;
	u32 skip = (u32)index;

	if (index >= m->n_components) {
		if (!find_entry(m, index, &entry, &skip))
			return SUIT_ERR_COMPONENT_INDEX;
		*id = entry.prefix;
		return SUIT_OK;
	}
	suit_cursor_init(&cur, m->components);
	if (!m->catalogue) {
		suit_cursor_take(&cur, m->component[index]);
		skip = 0;
	}
	while (skip--)
		suit_cbor_item(&cur);
	*id = suit_cbor_item(&cur);
	return cur.error;
}

enum suit_error suit_manifest_find(const struct suit_manifest *m,
				   struct suit_slice id, u32 *index)
{
	struct suit_cursor cur;
	u32 i;

	suit_cursor_init(&cur, m->components);
	for (i = 0; i < m->n_components; i++) {
		if (suit_slice_equal(suit_cbor_item(&cur), id)) {
			*index = i;
			return SUIT_OK;
		}
	}
	return SUIT_ERR_COMPONENT_ABSENT;
}

enum suit_error suit_manifest_position(const struct suit_manifest *m,
				       u64 index, u32 *position)
{
	u32 rank;

	if (index < m->n_components) {
		*position = (u32)index;
		return SUIT_OK;
	}
	if (!suit_manifest_depends(m, index, &rank))
		return SUIT_ERR_COMPONENT_INDEX;
	*position = m->n_components + rank - first_beside(m);
	return SUIT_OK;
}

u32 suit_manifest_index(const struct suit_manifest *m, u32 position)
{
	if (position < m->n_components)
		return position;
	return suit_dependency_map_index(m, first_beside(m) + position -
						    m->n_components);
}

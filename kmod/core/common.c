// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "common.h"

#include "cbor.h"
#include "dependency_map.h"

/* Ids of a small manifest are all different; a catalogue's are sorted. */
static bool repeated(const struct suit_manifest *m, u32 n,
		     struct suit_slice id)
{
	struct suit_cursor cur;
	u32 i;

	suit_cursor_init(&cur, m->components);
	for (i = 0; i < n; i++)
		if (suit_slice_equal(suit_cbor_item(&cur), id))
			return true;
	return false;
}

static enum suit_error read_components(struct suit_manifest *m,
				       struct suit_cursor *cur)
{
	u32 n = suit_cbor_array(cur), i;
	struct suit_slice rest = { cur->at, cur->left };
	struct suit_slice id;
	enum suit_error error;

	if (cur->error != SUIT_OK)
		return cur->error;
	if (!n)
		return SUIT_ERR_COMPONENTS_NONE;
	if (n > SUIT_MAX_CATALOGUE_ENTRIES)
		return SUIT_ERR_COMPONENTS;
	m->catalogue = n > SUIT_MAX_COMPONENTS;
	m->n_components = n;
	m->components = rest;
	for (i = 0; i < n; i++) {
		size_t at = rest.len - cur->left;

		id = suit_cbor_item(cur);
		if (cur->error != SUIT_OK)
			return cur->error;
		error = suit_component_check(id);
		if (error != SUIT_OK)
			return error;
		if (m->catalogue)
			continue;
		if (repeated(m, i, id))
			return SUIT_ERR_COMPONENT_DUPLICATE;
		m->component[i] = (u16)at;
	}
	m->components.len = rest.len - cur->left;
	return SUIT_OK;
}

static enum suit_error read_dependencies(struct suit_manifest *m,
					 struct suit_cursor *cur)
{
	m->dependencies = suit_cbor_item(cur);
	return cur->error;
}

static enum suit_error read_shared(struct suit_manifest *m,
				   struct suit_cursor *cur)
{
	m->section[SUIT_SECTION_SHARED] = suit_cbor_bstr(cur);
	return cur->error;
}

static const struct {
	u8 label;
	enum suit_error (*read)(struct suit_manifest *m,
				struct suit_cursor *cur);
} members[] = {
	{ SUIT_COMMON_DEPENDENCIES, read_dependencies },
	{ SUIT_COMMON_COMPONENTS, read_components },
	{ SUIT_COMMON_SHARED_SEQUENCE, read_shared },
};

enum { N_MEMBERS = sizeof(members) / sizeof(members[0]) };

bool suit_common_label(u32 row, s64 *label)
{
	if (row >= N_MEMBERS)
		return false;
	*label = members[row].label;
	return true;
}

static enum suit_error read_member(struct suit_manifest *m,
				   struct suit_cursor *cur, s64 label)
{
	u32 i;

	for (i = 0; i < N_MEMBERS; i++)
		if (members[i].label == label)
			return members[i].read(m, cur);
	return SUIT_ERR_COMMON_MEMBER;
}

enum suit_error suit_common_decode(struct suit_manifest *m,
				   struct suit_slice bytes)
{
	struct suit_cbor_key order = { 0 };
	struct suit_cursor cur;
	enum suit_error error;
	s64 label;
	u32 n;

	suit_cursor_init(&cur, bytes);
	n = suit_cbor_map(&cur);
	while (n-- && cur.error == SUIT_OK) {
		label = suit_cbor_key_int(&cur, &order);
		if (cur.error != SUIT_OK)
			break;
		error = read_member(m, &cur, label);
		if (error != SUIT_OK)
			return error;
	}
	error = suit_cursor_end(&cur);
	if (error != SUIT_OK)
		return error;
	if (!m->n_components)
		return SUIT_ERR_COMPONENTS_NONE;
	return m->dependencies.ptr ? suit_dependency_map_check(m) : SUIT_OK;
}

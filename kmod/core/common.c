// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "common.h"

#include "cbor.h"

/* { + index uint => { ? 1: prefix, * extension } } */
static enum suit_error read_dependencies(struct suit_manifest *m,
					 struct suit_cursor *cur)
{
	struct suit_cursor deps;
	struct suit_cbor_key order = { 0 };
	u32 n;

	m->dependencies = suit_cbor_item(cur);
	suit_cursor_init(&deps, m->dependencies);
	n = suit_cbor_map(&deps);
	if (cur->error == SUIT_OK && deps.error == SUIT_OK && !n)
		return SUIT_ERR_DEPENDENCIES;
	while (n-- && deps.error == SUIT_OK) {
		if (suit_cbor_key_int(&deps, &order) < 0 ||
		    suit_cbor_peek(&deps) != SUIT_CBOR_MAP)
			return SUIT_ERR_DEPENDENCIES;
		suit_cbor_item(&deps);
	}
	return cur->error != SUIT_OK ? cur->error : deps.error;
}

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

static enum suit_error read_member(struct suit_manifest *m,
				   struct suit_cursor *cur, s64 label)
{
	switch (label) {
	case SUIT_COMMON_DEPENDENCIES:
		return read_dependencies(m, cur);
	case SUIT_COMMON_COMPONENTS:
		return read_components(m, cur);
	case SUIT_COMMON_SHARED_SEQUENCE:
		m->section[SUIT_SECTION_SHARED] = suit_cbor_bstr(cur);
		return cur->error;
	default:
		return SUIT_ERR_COMMON_MEMBER;
	}
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
	return m->n_components ? SUIT_OK : SUIT_ERR_COMPONENTS_NONE;
}

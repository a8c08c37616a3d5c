// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "catalogue.h"

#include "cbor.h"
#include "command.h"

/* Where @part, a slice of @whole, begins. */
static u32 offset_in(struct suit_slice whole, struct suit_slice part)
{
	return (u32)(part.ptr - whole.ptr);
}

static struct suit_slice item_at(struct suit_slice bytes, u32 offset)
{
	struct suit_cursor cur;

	suit_cursor_init(&cur, bytes);
	suit_cursor_take(&cur, offset);
	return suit_cbor_item(&cur);
}

/* After an error 0 is read, which is no command. */
static bool command_is(struct suit_cursor *cur, s64 code)
{
	return suit_cbor_int(cur) == code;
}

/* { 3: bstr .cbor SUIT_Digest, 14: uint }, nothing else. */
static enum suit_error read_params(struct suit_slice map,
				   struct suit_expected *out)
{
	struct suit_cbor_key order = { 0 };
	struct suit_slice digest;
	struct suit_cursor cur;
	enum suit_error error;

	suit_cursor_init(&cur, map);
	if (suit_cbor_map(&cur) != 2 ||
	    suit_cbor_key_int(&cur, &order) != SUIT_PARAM_IMAGE_DIGEST)
		return SUIT_ERR_CATALOGUE_FORM;
	digest = suit_cbor_bstr(&cur);
	if (suit_cbor_key_int(&cur, &order) != SUIT_PARAM_IMAGE_SIZE)
		return SUIT_ERR_CATALOGUE_FORM;
	out->size = suit_cbor_uint(&cur);
	if (suit_cursor_end(&cur) != SUIT_OK)
		return SUIT_ERR_CATALOGUE_FORM;
	error = suit_digest_decode(digest, &out->digest);
	return error == SUIT_OK ? SUIT_OK : SUIT_ERR_PARAMETER_FORM;
}

static enum suit_error read_ids(const struct suit_manifest *m,
				struct suit_catalogue_entry *table)
{
	struct suit_slice id, prev = { NULL, 0 };
	struct suit_cursor cur;
	u32 i;

	suit_cursor_init(&cur, m->components);
	for (i = 0; i < m->n_components; i++) {
		id = suit_cbor_item(&cur);
		if (cur.error != SUIT_OK)
			return cur.error;
		if (prev.ptr && suit_slice_compare(prev, id) >= 0)
			return SUIT_ERR_CATALOGUE_ORDER;
		table[i].id = offset_in(m->bytes, id);
		prev = id;
	}
	return SUIT_OK;
}

static enum suit_error read_shared(const struct suit_manifest *m,
				   struct suit_catalogue_entry *table)
{
	struct suit_expected expected;
	struct suit_cursor cur;
	struct suit_slice map;
	enum suit_error error;
	u32 i;

	suit_cursor_init(&cur, m->section[SUIT_SECTION_SHARED]);
	if (suit_cbor_array(&cur) != m->n_components * 4)
		return SUIT_ERR_CATALOGUE_FORM;
	for (i = 0; i < m->n_components; i++) {
		if (!command_is(&cur, SUIT_DIR_SET_COMPONENT_INDEX) ||
		    suit_cbor_uint(&cur) != i ||
		    !command_is(&cur, SUIT_DIR_OVERRIDE_PARAMETERS))
			return SUIT_ERR_CATALOGUE_FORM;
		map = suit_cbor_item(&cur);
		if (cur.error != SUIT_OK)
			return cur.error;
		error = read_params(map, &expected);
		if (error != SUIT_OK)
			return error;
		table[i].params = offset_in(m->bytes, map);
	}
	return suit_cursor_end(&cur);
}

/* [ 12, true, 3, policy ] */
static enum suit_error check_validate(const struct suit_manifest *m)
{
	struct suit_cursor cur;

	suit_cursor_init(&cur, m->section[SUIT_SECTION_VALIDATE]);
	if (suit_cbor_array(&cur) != 4 ||
	    !command_is(&cur, SUIT_DIR_SET_COMPONENT_INDEX) ||
	    !suit_cbor_bool(&cur) ||
	    !command_is(&cur, SUIT_COND_IMAGE_MATCH) ||
	    suit_cbor_uint(&cur) > SUIT_POLICY_MAX)
		return SUIT_ERR_CATALOGUE_FORM;
	return suit_cursor_end(&cur) == SUIT_OK ? SUIT_OK :
						  SUIT_ERR_CATALOGUE_FORM;
}

static bool straight(const struct suit_manifest *m)
{
	u32 i;

	for (i = SUIT_SECTION_SHARED + 1; i < SUIT_SECTION_COUNT; i++)
		if (i != SUIT_SECTION_VALIDATE && m->section[i].ptr)
			return false;
	return !m->dependencies.ptr && !m->severed_absent;
}

enum suit_error suit_catalogue_open(struct suit_catalogue *cat,
				    const struct suit_manifest *m,
				    struct suit_catalogue_entry *table)
{
	enum suit_error error;

	memset(cat, 0, sizeof(*cat));
	if (!m->profile || !m->catalogue || !straight(m))
		return SUIT_ERR_CATALOGUE_FORM;
	error = read_ids(m, table);
	if (error == SUIT_OK)
		error = read_shared(m, table);
	if (error == SUIT_OK)
		error = check_validate(m);
	if (error != SUIT_OK)
		return error;
	cat->bytes = m->bytes;
	cat->entry = table;
	cat->n = m->n_components;
	return SUIT_OK;
}

enum suit_error suit_catalogue_row(const struct suit_catalogue *cat, u32 index,
				   struct suit_slice *id,
				   struct suit_expected *out)
{
	if (index >= cat->n)
		return SUIT_ERR_COMPONENT_INDEX;
	*id = item_at(cat->bytes, cat->entry[index].id);
	return read_params(item_at(cat->bytes, cat->entry[index].params), out);
}

enum suit_error suit_catalogue_find(const struct suit_catalogue *cat,
				    struct suit_slice id,
				    struct suit_expected *out)
{
	u32 low = 0, high = cat->n;

	while (low < high) {
		u32 middle = low + (high - low) / 2;
		struct suit_slice found = item_at(cat->bytes,
						  cat->entry[middle].id);
		int order = suit_slice_compare(id, found);

		if (!order)
			return suit_catalogue_row(cat, middle, &found, out);
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return SUIT_ERR_COMPONENT_ABSENT;
}

enum suit_error suit_decide_catalogue(const struct suit_catalogue *cat,
				      struct suit_slice id,
				      const struct suit_platform *platform)
{
	struct suit_expected expected;
	enum suit_error error = suit_catalogue_find(cat, id, &expected);

	if (error != SUIT_OK)
		return error;
	return suit_image_check(platform, id, &expected.digest,
				&expected.size, NULL);
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Items of a manifest as JSON. What the table does not have, or what does not
 * look as it says, is shown as it is.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "spec_private.h"

/* Byte strings hide how deep sequences are nested. */
enum { MAX_DEPTH = 32, UUID = 16 };

typedef sd_json_variant *show_fn(const struct suit_envelope *env,
				 const struct sg_spec_row *row,
				 struct suit_slice item, unsigned int depth);

/* A reader of one item of a scalar kind; NULL unless all of it was taken. */
#define SHOW(name, type, read, json)					\
static sd_json_variant *show_##name(const struct suit_envelope *env,	\
				    const struct sg_spec_row *row,	\
				    struct suit_slice item,		\
				    unsigned int depth)			\
{									\
	struct suit_cursor cur;						\
	type value;							\
									\
	(void)env, (void)row, (void)depth;				\
	suit_cursor_init(&cur, item);					\
	value = read(&cur);						\
	return suit_cursor_end(&cur) == SUIT_OK ? json(value) : NULL;	\
}

static sd_json_variant *json_bool(bool value)
{
	sd_json_variant *v = NULL;

	return sd_json_variant_new_boolean(&v, value) < 0 ? NULL : v;
}

static sd_json_variant *json_uuid(struct suit_slice bytes)
{
	sd_json_variant *v = NULL;
	sd_id128_t id;

	if (bytes.len != UUID)
		return sg_json_hex(bytes);
	memcpy(id.bytes, bytes.ptr, UUID);
	return sd_json_variant_new_uuid(&v, id) < 0 ? NULL : v;
}

SHOW(uint, uint64_t, suit_cbor_uint, sg_json_uint)
SHOW(int, int64_t, suit_cbor_int, sg_json_int)
SHOW(bool, bool, suit_cbor_bool, json_bool)
SHOW(text, struct suit_slice, suit_cbor_tstr, sg_json_text)
SHOW(bytes, struct suit_slice, suit_cbor_bstr, sg_json_hex)
SHOW(uuid, struct suit_slice, suit_cbor_bstr, json_uuid)

static sd_json_variant *show_digest(const struct suit_envelope *env,
				    const struct sg_spec_row *row,
				    struct suit_slice item, unsigned int depth)
{
	struct sg_json_list object = { 0 };
	struct suit_slice value, name;
	struct suit_cursor cur;
	int64_t alg;

	(void)env, (void)row, (void)depth;
	suit_cursor_init(&cur, item);
	if (suit_cbor_array(&cur) != 2)
		return NULL;
	alg = suit_cbor_int(&cur);
	value = suit_cbor_bstr(&cur);
	if (suit_cursor_end(&cur) != SUIT_OK)
		return NULL;
	name.ptr = (const uint8_t *)sg_spec_alg_name(alg);
	name.len = name.ptr ? strlen((const char *)name.ptr) : 0;
	sg_json_member(&object, "alg", name.ptr ? sg_json_text(name) :
						  sg_json_int(alg));
	sg_json_member(&object, "value", sg_json_hex(value));
	return sg_json_object(&object);
}

/* Text where it is text, else {"hex": ...}. */
static sd_json_variant *show_segment(struct suit_slice segment)
{
	sd_json_variant *v;
	size_t i;

	for (i = 0; i < segment.len; i++)
		if (segment.ptr[i] < ' ' || segment.ptr[i] == 0x7f)
			break;
	v = i == segment.len ? sg_json_text(segment) : NULL;
	return v ? v : sg_json_named_hex("hex", segment);
}

static sd_json_variant *show_component(const struct suit_envelope *env,
				       const struct sg_spec_row *row,
				       struct suit_slice item,
				       unsigned int depth)
{
	struct sg_json_list segments = { 0 };
	sd_json_variant *v;
	struct suit_cursor cur;
	uint32_t n;

	(void)env, (void)row, (void)depth;
	suit_cursor_init(&cur, item);
	n = suit_cbor_array(&cur);
	while (n-- && cur.error == SUIT_OK)
		sg_json_push(&segments, show_segment(suit_cbor_bstr(&cur)));
	v = sg_json_array(&segments);
	if (suit_cursor_end(&cur) == SUIT_OK)
		return v;
	sd_json_variant_unref(v);
	return NULL;
}

static sd_json_variant *show_components(const struct suit_envelope *env,
					const struct sg_spec_row *row,
					struct suit_slice item,
					unsigned int depth)
{
	static const struct sg_spec_row component = {
		.kind = SG_SPEC_COMPONENT
	};
	struct sg_json_list ids = { 0 };
	struct suit_cursor cur;
	uint32_t n;

	(void)row;
	suit_cursor_init(&cur, item);
	if (suit_cbor_peek(&cur) != SUIT_CBOR_ARRAY)
		return NULL;
	n = suit_cbor_array(&cur);
	while (n--)
		sg_json_push(&ids, sg_spec_show_item(env, &component,
						     suit_cbor_item(&cur),
						     depth));
	return sg_json_array(&ids);
}

static show_fn *const show[SG_SPEC_KINDS] = {
	[SG_SPEC_ANY] = sg_spec_show_any,
	[SG_SPEC_UINT] = show_uint,
	[SG_SPEC_SIZE] = show_uint,
	[SG_SPEC_INT] = show_int,
	[SG_SPEC_BOOL] = show_bool,
	[SG_SPEC_TEXT] = show_text,
	[SG_SPEC_BYTES] = show_bytes,
	[SG_SPEC_UUID] = show_uuid,
	[SG_SPEC_DIGEST] = show_digest,
	[SG_SPEC_COMPONENT] = show_component,
	[SG_SPEC_COMPONENTS] = show_components,
	[SG_SPEC_SEQUENCE] = sg_spec_show_sequence,
	[SG_SPEC_TRY_EACH] = sg_spec_show_try_each,
	[SG_SPEC_MAP] = sg_spec_show_map,
	[SG_SPEC_MAPS] = sg_spec_show_maps,
	[SG_SPEC_TEXTS] = sg_spec_show_texts,
};

static struct suit_slice unwrap(struct suit_slice item)
{
	struct suit_cursor cur;

	suit_cursor_init(&cur, item);
	return suit_cbor_bstr(&cur);
}

/* The value as @row has it: NULL unless it is CBOR of that kind. */
static sd_json_variant *show_value(const struct suit_envelope *env,
				   const struct sg_spec_row *row,
				   struct suit_slice item, unsigned int depth)
{
	if (row->wrapped)
		item = unwrap(item);
	if (!item.len || suit_cbor_check(item) != SUIT_OK)
		return NULL;
	return show[row->kind](env, row, item, depth + 1);
}

/*
 * {"severed": true, "digest": ..., "value": ...}, without a value when the
 * envelope has it no more.
 */
static sd_json_variant *show_severed(const struct suit_envelope *env,
				     const struct sg_spec_row *row,
				     struct suit_slice item, unsigned int depth)
{
	struct sg_spec_row in_place = *row;
	struct sg_json_list object = { 0 };
	struct suit_slice value;

	value = env->severed[suit_severable_of(row->code)];
	in_place.severable = false;
	sg_json_member(&object, "severed", json_bool(true));
	sg_json_member(&object, "digest",
		       sg_spec_show_item(env, &sg_spec_digest, item, depth));
	if (value.ptr)
		sg_json_member(&object, "value",
			       sg_spec_show_item(env, &in_place, value, depth));
	return sg_json_object(&object);
}

/* Would sg_spec_create() make the same bytes of it? */
static bool comes_back(const struct sg_spec_row *row, sd_json_variant *v,
		       struct suit_slice item)
{
	struct sg_cbor_writer w = { 0 };
	struct suit_slice back;
	struct sg_error err;
	bool same = false;

	if (!sg_spec_read_item(NULL, row, v, &w, &err) && !w.failed) {
		back = (struct suit_slice){ w.buf.data, w.buf.len };
		same = suit_slice_equal(back, item);
	}
	sg_buf_free(&w.buf);
	return same;
}

sd_json_variant *sg_spec_show_item(const struct suit_envelope *env,
				   const struct sg_spec_row *row,
				   struct suit_slice item, unsigned int depth)
{
	sd_json_variant *v = NULL;

	if (row && depth < MAX_DEPTH) {
		if (row->severable && env && item.len &&
		    item.ptr[0] >> 5 == SUIT_CBOR_ARRAY)
			v = show_severed(env, row, item, depth);
		else
			v = show_value(env, row, item, depth);
	}
	if (v && comes_back(row, v, item))
		return v;
	sd_json_variant_unref(v);
	return sg_json_named_hex("raw", item);
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Items of a manifest as JSON. What the table does not have, or what does not
 * look as it says, is shown as it is.
 */
#include "spec_read.h"
#include "spec_show.h"

/* A reader of one item of a scalar kind; NULL unless all of it was taken. */
#define SHOW(name, type, read, json)					\
static sd_json_variant *show_##name(const struct sg_spec_view *view,	\
				    const struct sg_spec_row *row,	\
				    struct suit_slice item)		\
{									\
	struct suit_cursor cur;						\
	type value;							\
									\
	(void)view, (void)row;						\
	suit_cursor_init(&cur, item);					\
	value = read(&cur);						\
	return suit_cursor_end(&cur) == SUIT_OK ? json(value) : NULL;	\
}

SHOW(uint, uint64_t, suit_cbor_uint, sg_json_uint)
SHOW(int, int64_t, suit_cbor_int, sg_json_int)
SHOW(bool, bool, suit_cbor_bool, sg_json_bool)
SHOW(text, struct suit_slice, suit_cbor_tstr, sg_json_text)
SHOW(bytes, struct suit_slice, suit_cbor_bstr, sg_json_hex)

static sg_spec_show_fn *const show[SG_SPEC_KINDS] = {
	[SG_SPEC_ANY] = sg_spec_show_any,
	[SG_SPEC_UINT] = show_uint,
	[SG_SPEC_CONDITION] = show_uint,
	[SG_SPEC_DIRECTIVE] = show_uint,
	[SG_SPEC_SIZE] = show_uint,
	[SG_SPEC_INT] = show_int,
	[SG_SPEC_BOOL] = show_bool,
	[SG_SPEC_TEXT] = show_text,
	[SG_SPEC_BYTES] = show_bytes,
	[SG_SPEC_URI] = sg_spec_show_uri,
	[SG_SPEC_CODES] = sg_spec_show_codes,
	[SG_SPEC_UUID] = sg_spec_show_uuid,
	[SG_SPEC_DIGEST] = sg_spec_show_digest,
	[SG_SPEC_VERSION] = sg_spec_show_version,
	[SG_SPEC_VERSION_MATCH] = sg_spec_show_version_match,
	[SG_SPEC_COMPONENT] = sg_spec_show_component,
	[SG_SPEC_COMPONENTS] = sg_spec_show_components,
	[SG_SPEC_INDEX] = show_uint,
	[SG_SPEC_INDICES] = sg_spec_show_any,
	[SG_SPEC_SEQUENCE] = sg_spec_show_sequence,
	[SG_SPEC_TRY_EACH] = sg_spec_show_try_each,
	[SG_SPEC_MAP] = sg_spec_show_map,
	[SG_SPEC_MAP_LIST] = sg_spec_show_map_list,
	[SG_SPEC_MAPS] = sg_spec_show_maps,
	[SG_SPEC_NAMES] = sg_spec_show_names,
	[SG_SPEC_NAMES_MAPS] = sg_spec_show_maps,
	[SG_SPEC_TEXTS] = sg_spec_show_texts,
	[SG_SPEC_PAYLOAD] = sg_spec_show_payload,
};

static struct suit_slice unwrap(struct suit_slice item)
{
	struct suit_cursor cur;

	suit_cursor_init(&cur, item);
	return suit_cbor_bstr(&cur);
}

/* The value as @kind has it: NULL unless it is CBOR, and of that kind. */
static sd_json_variant *show_value(const struct sg_spec_view *view,
				   const struct sg_spec_row *row,
				   unsigned int kind, struct suit_slice item)
{
	const struct sg_spec_view inside = { view->env, view->depth + 1 };

	if (row->wrapped)
		item = unwrap(item);
	if (!item.len || suit_cbor_check(item) != SUIT_OK)
		return NULL;
	return show[kind](&inside, row, item);
}

/*
 * {"severed": true, "digest": ..., "value": ...}, without a value when the
 * envelope has it no more.
 */
static sd_json_variant *show_severed(const struct sg_spec_view *view,
				     const struct sg_spec_row *row,
				     struct suit_slice item)
{
	const struct sg_spec_view inside = { view->env, view->depth + 1 };
	struct sg_spec_row in_place = *row;
	struct sg_json_list object = { 0 };
	struct suit_slice value;

	value = view->env->severed[suit_severable_of(row->code)];
	in_place.severable = false;
	sg_json_member(&object, "severed", sg_json_bool(true));
	sg_json_member(&object, "digest",
		       sg_spec_show_item(&inside, &sg_spec_digest, item));
	if (value.ptr)
		sg_json_member(&object, "value",
			       sg_spec_show_item(&inside, &in_place, value));
	return sg_json_object(&object);
}

/* @v if sg_spec_create() would make the same bytes of it, else NULL. */
static sd_json_variant *if_it_comes_back(const struct sg_spec_row *row,
					 sd_json_variant *v,
					 struct suit_slice item)
{
	struct sg_cbor_writer w = { 0 };
	struct suit_slice back;
	struct sg_error err;
	struct sg_spec_reader r = { .err = &err, .offline = true };
	bool same = false;

	if (v && !sg_spec_read_item(&r, row, v, &w) && !w.failed) {
		back = (struct suit_slice){ w.buf.data, w.buf.len };
		same = suit_slice_equal(back, item);
	}
	sg_buf_free(&w.buf);
	if (same)
		return v;
	sd_json_variant_unref(v);
	return NULL;
}

/* What is not as @row has it. */
static sd_json_variant *show_other(const struct sg_spec_view *view,
				   const struct sg_spec_row *row,
				   struct suit_slice item)
{
	struct sg_json_list object = { 0 };
	sd_json_variant *v;

	if (row->kind == SG_SPEC_ANY)
		return NULL;
	v = show_value(view, row, SG_SPEC_ANY, item);
	if (!v)
		return NULL;
	sg_json_member(&object, "cbor", v);
	return sg_json_object(&object);
}

sd_json_variant *sg_spec_show_item(const struct sg_spec_view *view,
				   const struct sg_spec_row *row,
				   struct suit_slice item)
{
	sd_json_variant *v = NULL;

	if (view->depth < SG_SPEC_DEPTH) {
		if (row->severable && view->env && item.len &&
		    item.ptr[0] >> 5 == SUIT_CBOR_ARRAY)
			v = show_severed(view, row, item);
		else
			v = show_value(view, row, row->kind, item);
		v = if_it_comes_back(row, v, item);
		if (!v)
			v = if_it_comes_back(row, show_other(view, row, item),
					     item);
	}
	return v ? v : sg_json_named_hex("raw", item);
}

sd_json_variant *sg_spec_complete(const struct suit_cursor *cur,
				  sd_json_variant *v)
{
	if (suit_cursor_end(cur) == SUIT_OK)
		return v;
	sd_json_variant_unref(v);
	return NULL;
}

sd_json_variant *sg_spec_show_each(const struct sg_spec_view *view,
				   const struct sg_spec_row *each,
				   struct suit_slice item)
{
	struct sg_json_list array = { 0 };
	struct suit_cursor cur;
	uint32_t n;

	suit_cursor_init(&cur, item);
	n = suit_cbor_array(&cur);
	while (n-- && cur.error == SUIT_OK)
		sg_json_push(&array,
			     sg_spec_show_item(view, each,
					       suit_cbor_item(&cur)));
	return sg_spec_complete(&cur, sg_json_array(&array));
}

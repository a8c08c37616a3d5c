// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Any CBOR item as JSON: numbers, text, arrays and simple values as JSON has
 * them, the rest in objects of one or two members.
 */
#include <inttypes.h>
#include <stdio.h>

#include "spec_show.h"

static sd_json_variant *show(struct suit_cursor *cur);

static sd_json_variant *one_member(const char *name, sd_json_variant *v)
{
	struct sg_json_list object = { 0 };

	sg_json_member(&object, name, v);
	return sg_json_object(&object);
}

/* A string is text here, so digits of a long number go into an object. */
static sd_json_variant *show_int(struct suit_cursor *cur)
{
	sd_json_variant *v;

	if (suit_cbor_peek(cur) == SUIT_CBOR_UINT)
		v = sg_json_uint(suit_cbor_uint(cur));
	else
		v = sg_json_int(suit_cbor_int(cur));
	if (!sd_json_variant_is_string(v))
		return v;
	return one_member("int", v);
}

static sd_json_variant *show_array(struct suit_cursor *cur)
{
	struct sg_json_list array = { 0 };
	uint32_t n = suit_cbor_array(cur);

	while (n-- && cur->error == SUIT_OK)
		sg_json_push(&array, show(cur));
	return sg_json_array(&array);
}

/* {"map": [[key, value], ...]}: keys need not be text */
static sd_json_variant *show_pairs(struct suit_cursor *cur)
{
	struct sg_json_list pairs = { 0 }, pair = { 0 };
	uint32_t n = suit_cbor_map(cur);

	while (n-- && cur->error == SUIT_OK) {
		sg_json_push(&pair, show(cur));
		sg_json_push(&pair, show(cur));
		sg_json_push(&pairs, sg_json_array(&pair));
	}
	return one_member("map", sg_json_array(&pairs));
}

static sd_json_variant *show_tag(struct suit_cursor *cur)
{
	struct sg_json_list object = { 0 };

	sg_json_member(&object, "tag", sg_json_uint(suit_cbor_tag(cur)));
	sg_json_member(&object, "value", show(cur));
	return sg_json_object(&object);
}

static sd_json_variant *show_simple(struct suit_cursor *cur)
{
	if (!suit_cbor_peek_simple(cur, SUIT_CBOR_NULL))
		return sg_json_bool(suit_cbor_bool(cur));
	suit_cbor_null(cur);
	return sg_json_null();
}

/* The item was checked before, so that its depth is bounded. */
static sd_json_variant *show(struct suit_cursor *cur)
{
	switch (suit_cbor_peek(cur)) {
	case SUIT_CBOR_UINT:
	case SUIT_CBOR_NINT:
		return show_int(cur);
	case SUIT_CBOR_BSTR:
		return sg_json_named_hex("hex", suit_cbor_bstr(cur));
	case SUIT_CBOR_TSTR:
		return sg_json_text(suit_cbor_tstr(cur));
	case SUIT_CBOR_ARRAY:
		return show_array(cur);
	case SUIT_CBOR_MAP:
		return show_pairs(cur);
	case SUIT_CBOR_TAG:
		return show_tag(cur);
	case SUIT_CBOR_SIMPLE:
		return show_simple(cur);
	default:
		return NULL;
	}
}

sd_json_variant *sg_spec_show_any(const struct sg_spec_view *view,
				  const struct sg_spec_row *row,
				  struct suit_slice item)
{
	struct suit_cursor cur;
	sd_json_variant *v;

	(void)view, (void)row;
	suit_cursor_init(&cur, item);
	v = show(&cur);
	return sg_spec_complete(&cur, v);
}

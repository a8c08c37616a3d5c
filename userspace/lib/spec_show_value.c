// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Identifiers, digests, versions and component ids as JSON.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "component_text.h"
#include "spec_show.h"
#include "spec_version.h"
#include "uuid.h"

sd_json_variant *sg_spec_show_name(const struct sg_spec_name *names,
				   int64_t code)
{
	const char *name = sg_spec_name_of(names, code);

	return name ? sg_json_string(name) : sg_json_int(code);
}

/* 32("https://example.com") */
sd_json_variant *sg_spec_show_uri(const struct sg_spec_view *view,
				  const struct sg_spec_row *row,
				  struct suit_slice item)
{
	struct suit_slice uri;
	struct suit_cursor cur;

	(void)view, (void)row;
	suit_cursor_init(&cur, item);
	if (suit_cbor_tag(&cur) != SG_TAG_URI)
		return NULL;
	uri = suit_cbor_tstr(&cur);
	return suit_cursor_end(&cur) == SUIT_OK ? sg_json_text(uri) : NULL;
}

sd_json_variant *sg_spec_show_codes(const struct sg_spec_view *view,
				    const struct sg_spec_row *row,
				    struct suit_slice item)
{
	struct sg_json_list codes = { 0 };
	struct suit_cursor cur;
	int64_t code;
	uint32_t n;

	(void)view;
	suit_cursor_init(&cur, item);
	if (suit_cbor_peek(&cur) != SUIT_CBOR_ARRAY) {
		code = suit_cbor_int(&cur);
		return suit_cursor_end(&cur) == SUIT_OK ?
			       sg_spec_show_name(row->names, code) : NULL;
	}
	n = suit_cbor_array(&cur);
	while (n-- && cur.error == SUIT_OK)
		sg_json_push(&codes, sg_spec_show_name(row->names,
						       suit_cbor_int(&cur)));
	return sg_spec_complete(&cur, sg_json_array(&codes));
}

sd_json_variant *sg_spec_show_uuid(const struct sg_spec_view *view,
				   const struct sg_spec_row *row,
				   struct suit_slice item)
{
	sd_json_variant *v = NULL;
	struct suit_slice bytes;
	struct suit_cursor cur;
	sd_id128_t id;

	(void)view, (void)row;
	suit_cursor_init(&cur, item);
	bytes = suit_cbor_bstr(&cur);
	if (suit_cursor_end(&cur) != SUIT_OK)
		return NULL;
	if (bytes.len != SG_UUID)
		return sg_json_hex(bytes);
	memcpy(id.bytes, bytes.ptr, SG_UUID);
	return sd_json_variant_new_uuid(&v, id) < 0 ? NULL : v;
}

sd_json_variant *sg_spec_show_digest(const struct sg_spec_view *view,
				     const struct sg_spec_row *row,
				     struct suit_slice item)
{
	struct sg_json_list object = { 0 };
	struct suit_slice value;
	struct suit_cursor cur;
	int64_t alg;

	(void)view;
	suit_cursor_init(&cur, item);
	if (suit_cbor_array(&cur) != 2)
		return NULL;
	alg = suit_cbor_int(&cur);
	value = suit_cbor_bstr(&cur);
	if (suit_cursor_end(&cur) != SUIT_OK)
		return NULL;
	sg_json_member(&object, "alg",
		       sg_spec_show_name(row->names ? row->names : sg_spec_algs,
					 alg));
	sg_json_member(&object, "value", sg_json_hex(value));
	return sg_json_object(&object);
}

sd_json_variant *sg_spec_show_version(const struct sg_spec_view *view,
				      const struct sg_spec_row *row,
				      struct suit_slice item)
{
	int64_t part[SG_VERSION_PARTS] = { 0 };
	char text[SG_VERSION_TEXT];
	struct suit_cursor cur;
	size_t i;
	uint32_t n;

	suit_cursor_init(&cur, item);
	n = suit_cbor_array(&cur);
	for (i = 0; i < n && i < SG_VERSION_PARTS; i++)
		part[i] = suit_cbor_int(&cur);
	if (suit_cursor_end(&cur) == SUIT_OK &&
	    !sg_version_format(part, n, text))
		return sg_json_string(text);
	return sg_spec_show_any(view, row, item);
}

/* {"greater-equal": version} */
sd_json_variant *sg_spec_show_version_match(const struct sg_spec_view *view,
					    const struct sg_spec_row *row,
					    struct suit_slice item)
{
	struct sg_json_list object = { 0 };
	struct suit_slice version;
	struct suit_cursor cur;
	const char *operator;

	suit_cursor_init(&cur, item);
	if (suit_cbor_array(&cur) != 2)
		return NULL;
	operator = sg_spec_name_of(sg_spec_operators, suit_cbor_int(&cur));
	version = suit_cbor_item(&cur);
	if (suit_cursor_end(&cur) != SUIT_OK || !operator)
		return NULL;
	sg_json_member(&object, operator,
		       sg_spec_show_version(view, row, version));
	return sg_json_object(&object);
}

/* Text where it is text, else {"hex": ...}. */
static sd_json_variant *show_segment(struct suit_slice segment)
{
	sd_json_variant *v;
	size_t i;

	for (i = 0; i < segment.len; i++)
		if (segment.ptr[i] < ' ')
			break;
	v = i == segment.len ? sg_json_text(segment) : NULL;
	return v ? v : sg_json_named_hex("hex", segment);
}

/* "firmware/acme/x.fw" when that means the same, NULL otherwise. */
static sd_json_variant *show_path(struct suit_slice item)
{
	uint8_t back[SUIT_MAX_COMPONENT_ID];
	char text[SUIT_MAX_COMPONENT_ID + 1];
	struct suit_slice segment, same = { back, 0 };
	struct suit_cursor cur;
	struct sg_error err;
	uint32_t n;
	size_t len = 0;

	suit_cursor_init(&cur, item);
	for (n = suit_cbor_array(&cur); n && cur.error == SUIT_OK; n--) {
		segment = suit_cbor_bstr(&cur);
		if (!segment.len || memchr(segment.ptr, 0, segment.len) ||
		    segment.len + 1 > sizeof(text) - len)
			return NULL;
		memcpy(text + len, segment.ptr, segment.len);
		len += segment.len;
		text[len++] = '/';
	}
	if (!len)
		return NULL;
	text[len - 1] = 0;
	if (sg_component_parse(text, back, sizeof(back), &same.len, &err) < 0 ||
	    !suit_slice_equal(same, item))
		return NULL;
	return show_segment((struct suit_slice){ (uint8_t *)text, len - 1 });
}

sd_json_variant *sg_spec_show_component(const struct sg_spec_view *view,
					const struct sg_spec_row *row,
					struct suit_slice item)
{
	struct sg_json_list segments = { 0 };
	sd_json_variant *v = show_path(item);
	struct suit_cursor cur;
	uint32_t n;

	(void)view, (void)row;
	if (v && sd_json_variant_is_string(v))
		return v;
	sd_json_variant_unref(v);
	suit_cursor_init(&cur, item);
	n = suit_cbor_array(&cur);
	while (n-- && cur.error == SUIT_OK)
		sg_json_push(&segments, show_segment(suit_cbor_bstr(&cur)));
	return sg_spec_complete(&cur, sg_json_array(&segments));
}

sd_json_variant *sg_spec_show_components(const struct sg_spec_view *view,
					 const struct sg_spec_row *row,
					 struct suit_slice item)
{
	(void)row;
	return sg_spec_show_each(view, &sg_spec_component, item);
}

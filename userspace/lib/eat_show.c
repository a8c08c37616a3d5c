// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Claims of tokens as JSON, by the names that RFC 9711 has for JSON. They were
 * checked; what is not known goes below "other", so that no claim can pass for
 * another one.
 */
#include "cbor_write.h"
#include "eat.h"

static const struct sg_spec_view nowhere;

/* Claims that have no name here, on their way to a map of their own. */
struct other {
	struct sg_cbor_writer w;
	size_t n;
};

static void put(struct other *other, struct suit_slice key,
		struct suit_slice value)
{
	sg_cbor_write_raw(&other->w, key.ptr, key.len);
	sg_cbor_write_raw(&other->w, value.ptr, value.len);
	other->n++;
}

/* {"map": [[key, value], ...]} */
static sd_json_variant *show_other(struct other *other)
{
	struct sg_cbor_writer w = { 0 };
	struct sg_buf pairs, map = { 0 };
	sd_json_variant *v = NULL;
	struct sg_error err;

	if (sg_cbor_write_end(&other->w, &pairs, &err) < 0)
		return NULL;
	sg_cbor_write_map(&w, other->n);
	sg_cbor_write_raw(&w, pairs.data, pairs.len);
	if (!sg_cbor_write_end(&w, &map, &err))
		v = sg_spec_show_item(&nowhere, &sg_spec_any,
				      (struct suit_slice){ map.data,
							   map.len });
	sg_buf_free(&pairs);
	sg_buf_free(&map);
	return v;
}

/* A nonce alone as bytes, a text as text. */
static sd_json_variant *show_claim(const struct sg_eat_claim *claim,
				   struct suit_slice value)
{
	struct sg_spec_row row = claim->row;
	struct suit_cursor cur;

	suit_cursor_init(&cur, value);
	if (row.kind == SG_SPEC_ANY && suit_cbor_peek(&cur) == SUIT_CBOR_BSTR)
		row.kind = SG_SPEC_BYTES;
	return sg_spec_show_item(&nowhere, &row, value);
}

static sd_json_variant *show_submods(struct suit_slice map);

/* Of the token; those of a submodule are not looked into further. */
static sd_json_variant *show_claims(struct suit_slice map, bool whole)
{
	struct sg_json_list object = { 0 };
	struct other other = { .n = 0 };
	const struct sg_eat_claim *claim;
	struct suit_slice key, value;
	struct suit_cursor cur, at;
	int64_t number;
	uint32_t n;

	suit_cursor_init(&cur, map);
	for (n = suit_cbor_map(&cur); n; n--) {
		key = suit_cbor_item(&cur);
		value = suit_cbor_item(&cur);
		claim = sg_eat_claim_find(key);
		suit_cursor_init(&at, key);
		number = suit_cbor_int(&at);
		if (claim)
			sg_json_member(&object, claim->row.name,
				       show_claim(claim, value));
		else if (whole && number == SG_EAT_SUBMODS)
			sg_json_member(&object, "submods",
				       show_submods(value));
		else if (!whole || number != SG_EAT_MEASUREMENTS)
			put(&other, key, value);
	}
	if (other.n)
		sg_json_member(&object, "other", show_other(&other));
	return sg_json_object(&object);
}

/* [[name, claims], ...], because a name need not be one that JSON can have */
static sd_json_variant *show_submods(struct suit_slice map)
{
	const struct sg_spec_row text = { .kind = SG_SPEC_TEXT };
	struct sg_json_list list = { 0 }, object = { 0 };
	struct suit_slice name, value;
	struct suit_cursor cur;
	bool claims;
	uint32_t n;

	suit_cursor_init(&cur, map);
	for (n = suit_cbor_map(&cur); n; n--) {
		name = suit_cbor_item(&cur);
		claims = suit_cbor_peek(&cur) == SUIT_CBOR_MAP;
		value = suit_cbor_item(&cur);
		sg_json_member(&object, "name",
			       sg_spec_show_item(&nowhere, &text, name));
		sg_json_member(&object, "claims",
			       claims ? show_claims(value, false) :
					sg_spec_show_item(&nowhere,
							  &sg_spec_any,
							  value));
		sg_json_push(&list, sg_json_object(&object));
	}
	return sg_json_array(&list);
}

sd_json_variant *sg_eat_show(struct suit_slice claims)
{
	return show_claims(claims, true);
}

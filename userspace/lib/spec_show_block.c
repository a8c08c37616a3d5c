// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Authentication blocks: who says to have signed.
 */
#include "spec_show.h"

static const struct sg_spec_name types[] = {
	{ SUIT_TAG_COSE_SIGN1, "COSE_Sign1" },
	{ SUIT_TAG_COSE_SIGN, "COSE_Sign" },
	{ SUIT_TAG_COSE_MAC0, "COSE_Mac0" },
	{ SUIT_TAG_COSE_MAC, "COSE_Mac" },
	{ 0, NULL }
};

/* What is of interest in the two headers of one signature. */
struct header {
	sd_json_variant *alg;
	sd_json_variant *kid;
};

static void read_member(struct header *header, int64_t label,
			struct suit_slice value)
{
	struct suit_cursor cur;

	suit_cursor_init(&cur, value);
	if (label == SUIT_HEADER_ALG && !header->alg &&
	    suit_cbor_peek(&cur) != SUIT_CBOR_TSTR)
		header->alg = sg_spec_show_name(sg_spec_algs,
						suit_cbor_int(&cur));
	else if (label == SUIT_HEADER_KID && !header->kid &&
		 suit_cbor_peek(&cur) == SUIT_CBOR_BSTR)
		header->kid = sg_json_hex(suit_cbor_bstr(&cur));
}

static void read_map(struct header *header, struct suit_cursor *cur)
{
	struct suit_slice value;
	uint32_t n = suit_cbor_map(cur);
	int64_t label;

	while (n-- && cur->error == SUIT_OK) {
		label = 0;
		if (suit_cbor_peek(cur) == SUIT_CBOR_TSTR)
			suit_cbor_item(cur);
		else
			label = suit_cbor_int(cur);
		value = suit_cbor_item(cur);
		if (cur->error == SUIT_OK)
			read_member(header, label, value);
	}
}

/* {"alg": ..., "kid": ...} of the headers that @cur is at. */
static sd_json_variant *show_headers(struct suit_cursor *cur)
{
	struct sg_json_list object = { 0 };
	struct header header = { 0 };
	struct suit_slice protected;
	struct suit_cursor map;

	protected = suit_cbor_bstr(cur);
	suit_cursor_init(&map, protected);
	if (protected.len)
		read_map(&header, &map);
	read_map(&header, cur);
	if (header.alg)
		sg_json_member(&object, "alg", header.alg);
	if (header.kid)
		sg_json_member(&object, "kid", header.kid);
	return sg_json_object(&object);
}

/* The signatures of a COSE_Sign, after its own headers. */
static void push_signatures(struct sg_json_list *signatures,
			    struct suit_cursor *cur)
{
	struct suit_slice signature;
	struct suit_cursor inside;
	uint32_t n;

	sd_json_variant_unref(show_headers(cur));
	suit_cbor_item(cur);
	n = suit_cbor_array(cur);
	while (n-- && cur->error == SUIT_OK) {
		signature = suit_cbor_item(cur);
		suit_cursor_init(&inside, signature);
		suit_cbor_array(&inside);
		sg_json_push(signatures, show_headers(&inside));
	}
}

sd_json_variant *sg_spec_show_block(struct suit_slice block)
{
	struct sg_json_list object = { 0 }, signatures = { 0 };
	struct suit_cursor cur;
	const char *type = NULL;
	uint64_t tag = 0;

	suit_cursor_init(&cur, block);
	if (suit_cbor_peek(&cur) == SUIT_CBOR_TAG)
		tag = suit_cbor_tag(&cur);
	if (tag <= INT64_MAX)
		type = sg_spec_name_of(types, (int64_t)tag);
	if (type && suit_cbor_array(&cur)) {
		sg_json_member(&object, "type", sg_json_string(type));
		if (tag == SUIT_TAG_COSE_SIGN)
			push_signatures(&signatures, &cur);
		else
			sg_json_push(&signatures, show_headers(&cur));
		sg_json_member(&object, "signatures",
			       sg_json_array(&signatures));
	}
	sg_json_member(&object, "raw", sg_json_hex(block));
	return sg_json_object(&object);
}

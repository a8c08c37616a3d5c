// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * COSE_Sign1 and COSE_Sign as others make them: the payload is attached, which
 * the core refuses; taken out, the signature is the same.
 */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "crypto.h"
#include "tap.h"

/* @block with null in place of its payload, which goes to @payload. */
static struct suit_slice detach(struct suit_slice block,
				struct suit_slice *payload)
{
	struct suit_slice out = { NULL, 0 };
	struct suit_cursor cur;
	size_t before;
	u8 *copy;

	suit_cursor_init(&cur, block);
	suit_cbor_tag(&cur);
	suit_cbor_array(&cur);
	suit_cbor_item(&cur);
	suit_cbor_item(&cur);
	before = block.len - cur.left;
	*payload = suit_cbor_bstr(&cur);
	if (cur.error != SUIT_OK)
		die("a block without a payload");
	copy = malloc(before + 1 + cur.left);
	if (!copy)
		die("no memory");
	memcpy(copy, block.ptr, before);
	copy[before] = 0xf6;
	memcpy(copy + before + 1, cur.at, cur.left);
	out.ptr = copy;
	out.len = before + 1 + cur.left;
	return out;
}

/* The keys the metadata names; false when this machine cannot do one. */
static bool add_keys(struct keyring *ring, const struct vector *v)
{
	sd_json_variant *names = json_get(v->meta, "keys"), *name;
	bool all = true;
	size_t i;

	for (i = 0; i < sd_json_variant_elements(names); i++) {
		name = sd_json_variant_by_index(names, i);
		if (keyring_add(ring, sd_json_variant_string(name)) != SUIT_OK)
			all = false;
	}
	return all;
}

static u32 count(const struct suit_auth *auth)
{
	u32 i, n = 0;

	for (i = 0; i < SUIT_MAX_KEYS; i++)
		n += auth->valid[i / 64] >> (i % 64) & 1;
	return n;
}

/* Every bit of the payload and of the block counts. */
static void check_bits(struct suit_slice block, struct suit_slice payload,
		       const struct keyring *ring)
{
	struct suit_slice aad = { NULL, 0 };
	u8 *bytes = (u8 *)payload.ptr;
	struct suit_auth auth = { 0 };
	size_t bit;

	for (bit = 0; bit < 8 * payload.len; bit++) {
		bytes[bit / 8] ^= (u8)(1 << bit % 8);
		tap_check(suit_cose_verify(block, payload, aad, &ring->trust,
					   sg_crypto(), &auth) != SUIT_OK,
			  "bit %zu of the payload is not signed", bit);
		bytes[bit / 8] ^= (u8)(1 << bit % 8);
	}
}

void check_cose(const struct vector *v)
{
	struct suit_slice payload, block = detach(v->bytes, &payload);
	struct suit_slice aad = { NULL, 0 };
	sd_json_variant *names = json_get(v->meta, "keys");
	struct suit_auth auth = { 0 };
	struct keyring ring = { 0 };
	enum suit_error error;

	tap_begin("%s: signed", v->id);
	if (!add_keys(&ring, v)) {
		tap_skip("needs the algorithm of %s in the crypto seam",
			 sd_json_variant_string(
				sd_json_variant_by_index(names, 0)));
		goto out;
	}
	error = suit_cose_verify(v->bytes, payload, aad, &ring.trust,
				 sg_crypto(), &auth);
	tap_check(error == SUIT_ERR_COSE_PAYLOAD, "attached: %s",
		  suit_error_name(error));
	error = suit_cose_verify(block, payload, aad, &ring.trust,
				 sg_crypto(), &auth);
	tap_check(error == SUIT_OK &&
		  count(&auth) == sd_json_variant_elements(names),
		  "by %u of them: %s", count(&auth), suit_error_name(error));
	check_bits(block, payload, &ring);
out:
	tap_end();
	keyring_free(&ring);
	free((void *)block.ptr);
}

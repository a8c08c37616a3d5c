// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * State files, decoded by the verifier's reader and copied out.
 */
#include <stdlib.h>
#include <string.h>

#include "core/suit.h"
#include "suitgate/state.h"

static int decode_bytes(struct sg_state_item *out, struct suit_slice content,
			struct sg_error *err)
{
	if (!content.len)
		return sg_fail(err, "empty");
	out->bytes.data = malloc(content.len);
	if (!out->bytes.data)
		return sg_fail(err, "out of memory");
	memcpy(out->bytes.data, content.ptr, content.len);
	out->bytes.len = content.len;
	return 0;
}

static int decode_identity(struct sg_state_item *out, struct suit_cursor *cur,
			   struct sg_error *err)
{
	uint32_t n = suit_cbor_array(cur);
	uint64_t kind = suit_cbor_uint(cur);
	struct suit_slice value = suit_cbor_bstr(cur);

	if (suit_cursor_end(cur) != SUIT_OK || n != 2 ||
	    kind < SG_IDENTITY_VENDOR || kind > SG_IDENTITY_SLOT ||
	    value.len != sizeof(out->value))
		return sg_fail(err, "not an identity");
	out->identity = (unsigned int)kind;
	memcpy(out->value, value.ptr, sizeof(out->value));
	return 0;
}

static int decode_floor(struct sg_gate_floor *out, struct suit_cursor *cur,
			struct sg_error *err)
{
	uint32_t n = suit_cbor_array(cur);
	struct suit_slice authority = suit_cbor_tstr(cur);
	struct suit_slice id = suit_cbor_item(cur);
	uint64_t sequence_number = suit_cbor_uint(cur);
	struct suit_slice encoded = suit_cbor_item(cur);
	struct suit_digest digest;

	if (suit_cursor_end(cur) != SUIT_OK || n != 4 || !authority.len ||
	    authority.len >= sizeof(out->authority) ||
	    memchr(authority.ptr, 0, authority.len) ||
	    suit_component_check(id) != SUIT_OK || id.len > sizeof(out->id) ||
	    suit_digest_decode(encoded, &digest) != SUIT_OK ||
	    digest.value.len > sizeof(out->digest.value))
		return sg_fail(err, "not a floor");
	out->sequence_number = sequence_number;
	memcpy(out->authority, authority.ptr, authority.len);
	memcpy(out->id, id.ptr, id.len);
	out->id_len = id.len;
	out->digest.alg = digest.alg;
	out->digest.len = digest.value.len;
	memcpy(out->digest.value, digest.value.ptr, digest.value.len);
	return 0;
}

static int decode_mode(struct sg_state_item *out, struct suit_cursor *cur,
		       struct sg_error *err)
{
	uint64_t mode = suit_cbor_uint(cur);

	if (suit_cursor_end(cur) != SUIT_OK || mode < SG_MODE_SETUP ||
	    mode > SG_MODE_SEALED)
		return sg_fail(err, "not a mode");
	out->mode = (unsigned int)mode;
	return 0;
}

static int decode_item(struct sg_state_item *out, struct suit_slice content,
		       struct sg_error *err)
{
	struct suit_cursor cur;

	suit_cursor_init(&cur, content);
	switch (out->kind) {
	case SG_STATE_TRUST:
	case SG_STATE_MANIFEST:
		return decode_bytes(out, content, err);
	case SG_STATE_IDENTITY:
		return decode_identity(out, &cur, err);
	case SG_STATE_FLOOR:
		return decode_floor(out->floor, &cur, err);
	default:
		return decode_mode(out, &cur, err);
	}
}

/* The next item of the file; @index is for messages. */
static int next_item(struct suit_cursor *cur, uint32_t index,
		     struct sg_state *state, struct sg_error *err)
{
	uint32_t n = suit_cbor_array(cur);
	uint64_t kind = suit_cbor_uint(cur);
	struct suit_slice content = suit_cbor_bstr(cur);
	struct sg_state_item *item;
	struct sg_error why;

	if (cur->error != SUIT_OK || n != 2)
		return sg_fail(err, "not a state file: item %u is malformed",
			       index + 1);
	if (kind < SG_STATE_TRUST || kind > SG_STATE_MODE)
		return sg_fail(err, "the state file comes from a newer release: item %u is of kind %llu",
			       index + 1, (unsigned long long)kind);
	item = sg_state_append(state, (unsigned int)kind, NULL, err);
	if (!item)
		return -1;
	if (decode_item(item, content, &why) < 0)
		return sg_fail(err, "not a state file: item %u: %s", index + 1,
			       why.message);
	return 0;
}

int sg_state_decode(const struct sg_buf *bytes, struct sg_state *state,
		    struct sg_error *err)
{
	struct suit_slice all = { .ptr = bytes->data, .len = bytes->len };
	struct suit_cursor cur;
	uint64_t version;
	uint32_t i, n;

	memset(state, 0, sizeof(*state));
	if (bytes->len > SG_STATE_MAX)
		return sg_fail(err, "the state file has more than %d MiB",
			       SG_STATE_MAX >> 20);
	suit_cursor_init(&cur, all);
	n = suit_cbor_array(&cur);
	version = suit_cbor_uint(&cur);
	if (cur.error != SUIT_OK || n != 2)
		return sg_fail(err, "not a state file");
	if (version != 1)
		return sg_fail(err, "the state file comes from a newer release: version %llu",
			       (unsigned long long)version);
	n = suit_cbor_array(&cur);
	for (i = 0; i < n && cur.error == SUIT_OK; i++)
		if (next_item(&cur, i, state, err) < 0)
			goto fail;
	if (suit_cursor_end(&cur) != SUIT_OK) {
		sg_fail(err, "not a state file: %s",
			suit_error_name(suit_cursor_end(&cur)));
		goto fail;
	}
	return 0;

fail:
	sg_state_free(state);
	return -1;
}

// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "authority.h"

#include "cbor.h"
#include "component.h"
#include "cose.h"

/* [ bstr (X.509 DER), alg ] */
static enum suit_error read_certificate(struct suit_cursor *cur,
					struct suit_key *out)
{
	s64 alg;

	memset(out, 0, sizeof(*out));
	if (suit_cbor_array(cur) != 2)
		return cur->error != SUIT_OK ? cur->error : SUIT_ERR_KEY_FORM;
	out->bytes = suit_cbor_bstr(cur);
	alg = suit_cbor_int(cur);
	if (cur->error != SUIT_OK)
		return cur->error;
	if (!out->bytes.len)
		return SUIT_ERR_KEY_FORM;
	if (!suit_cose_alg_known(alg) || suit_cose_alg_mac(alg))
		return SUIT_ERR_KEY_TYPE;
	out->form = SUIT_KEY_X509;
	out->alg = (s32)alg;
	return SUIT_OK;
}

enum suit_error suit_trust_key_next(struct suit_cursor *keys,
				    struct suit_key *out)
{
	struct suit_slice bytes;

	if (suit_cbor_peek(keys) == SUIT_CBOR_ARRAY)
		return read_certificate(keys, out);
	bytes = suit_cbor_bstr(keys);
	if (keys->error != SUIT_OK)
		return keys->error;
	return suit_cose_key_decode(bytes, out);
}

/* Is one of the @n keys before this one the same key, or of the same kid? */
static bool key_repeated(struct suit_slice keys, u32 n,
			 const struct suit_key *key)
{
	struct suit_cursor cur;
	struct suit_key other;

	suit_cursor_init(&cur, keys);
	while (n--) {
		if (suit_trust_key_next(&cur, &other) != SUIT_OK)
			return true;
		if (suit_slice_equal(other.bytes, key->bytes))
			return true;
		if (key->form == SUIT_KEY_COSE && other.x.len &&
		    other.alg == key->alg &&
		    suit_slice_equal(other.x, key->x) &&
		    suit_slice_equal(other.y, key->y))
			return true;
	}
	return false;
}

static enum suit_error read_keys(struct suit_cursor *cur,
				 struct suit_authority *out, u32 *n_keys)
{
	u32 n = suit_cbor_array(cur), i;
	struct suit_slice keys = { cur->at, cur->left };
	struct suit_key key;
	enum suit_error error;

	if (cur->error != SUIT_OK)
		return cur->error;
	if (!n)
		return SUIT_ERR_TRUST_FORM;
	if (n > SUIT_MAX_KEYS)
		return SUIT_ERR_TRUST_SIZE;
	for (i = 0; i < n; i++) {
		error = suit_trust_key_next(cur, &key);
		if (error != SUIT_OK)
			return error;
		/* whoever can check a MAC can make one: not over trust */
		if (out->role == SUIT_ROLE_ROOT && suit_cose_alg_mac(key.alg))
			return SUIT_ERR_KEY_TYPE;
		if (key_repeated(keys, i, &key))
			return SUIT_ERR_TRUST_FORM;
	}
	out->keys.ptr = keys.ptr;
	out->keys.len = keys.len - cur->left;
	*n_keys = n;
	return SUIT_OK;
}

/* A root signs no firmware and has none; whoever else has a list has some. */
static enum suit_error read_prefixes(struct suit_cursor *cur, bool root,
				     struct suit_slice *out)
{
	struct suit_slice whole = { cur->at, cur->left };
	u32 n = suit_cbor_array(cur);
	enum suit_error error;

	if (n > SUIT_MAX_PREFIXES)
		return SUIT_ERR_TRUST_SIZE;
	if (cur->error == SUIT_OK && !n != root)
		return SUIT_ERR_TRUST_FORM;
	while (n--) {
		struct suit_slice prefix = suit_cbor_item(cur);

		if (cur->error != SUIT_OK)
			break;
		error = suit_component_check(prefix);
		if (error != SUIT_OK)
			return error;
	}
	out->ptr = whole.ptr;
	out->len = whole.len - cur->left;
	return cur->error;
}

/* Names go to terminals and logs: no control characters, U+0080.. included. */
static bool name_printable(struct suit_slice name)
{
	u8 previous = 0;
	size_t i;

	if (!name.len)
		return false;
	for (i = 0; i < name.len; previous = name.ptr[i++])
		if (name.ptr[i] < 0x20 || name.ptr[i] == 0x7f ||
		    (previous == 0xc2 && name.ptr[i] < 0xa0))
			return false;
	return true;
}

static enum suit_error read_member(struct suit_cursor *cur, s64 label,
				   struct suit_authority *out, u32 *n_keys)
{
	bool root = out->role == SUIT_ROLE_ROOT;
	u64 value;

	switch (label) {
	case SUIT_AUTHORITY_NAME:
		out->name = suit_cbor_tstr(cur);
		if (out->name.len > SUIT_MAX_AUTHORITY_NAME)
			return SUIT_ERR_TRUST_SIZE;
		return name_printable(out->name) ? cur->error :
						   SUIT_ERR_TRUST_FORM;
	case SUIT_AUTHORITY_ROLE:
		value = suit_cbor_uint(cur);
		if (value < SUIT_ROLE_ROOT || value > SUIT_ROLE_BASELINE)
			return SUIT_ERR_TRUST_FORM;
		out->role = (u8)value;
		return cur->error;
	case SUIT_AUTHORITY_KEYS:
		return read_keys(cur, out, n_keys);
	case SUIT_AUTHORITY_PREFIXES:
		return read_prefixes(cur, root, &out->prefixes);
	case SUIT_AUTHORITY_DEPENDENCIES:
		return root ? SUIT_ERR_TRUST_FORM :
			      read_prefixes(cur, false, &out->dependencies);
	case SUIT_AUTHORITY_THRESHOLD:
		value = suit_cbor_uint(cur);
		if (!value || value > *n_keys)
			return SUIT_ERR_TRUST_FORM;
		out->threshold = (u8)value;
		return cur->error;
	default:
		return SUIT_ERR_TRUST_FORM;
	}
}

enum suit_error suit_authority_decode(struct suit_cursor *cur,
				      struct suit_authority *out)
{
	struct suit_cbor_key order = { 0 };
	u32 n = suit_cbor_map(cur), n_keys = 0;
	enum suit_error error;
	s64 label;

	memset(out, 0, sizeof(*out));
	out->threshold = 1;
	while (n-- && cur->error == SUIT_OK) {
		label = suit_cbor_key_int(cur, &order);
		if (cur->error != SUIT_OK)
			break;
		error = read_member(cur, label, out, &n_keys);
		if (error != SUIT_OK)
			return cur->error != SUIT_OK ? cur->error : error;
	}
	if (cur->error != SUIT_OK)
		return cur->error;
	if (!out->name.len || !out->role || !n_keys || !out->prefixes.len)
		return SUIT_ERR_TRUST_FORM;
	return SUIT_OK;
}

static bool covered(struct suit_slice prefixes, struct suit_slice id)
{
	struct suit_cursor cur;
	u32 n;

	suit_cursor_init(&cur, prefixes);
	n = suit_cbor_array(&cur);
	while (n-- && cur.error == SUIT_OK)
		if (suit_component_covers(suit_cbor_item(&cur), id))
			return true;
	return false;
}

bool suit_authority_covers(const struct suit_authority *authority,
			   struct suit_slice id)
{
	return covered(authority->prefixes, id);
}

bool suit_authority_depends(const struct suit_authority *authority,
			    struct suit_slice id)
{
	return covered(authority->prefixes, id) ||
	       covered(authority->dependencies, id);
}

/* Two keys with one public key under two algorithms are one signer. */
static bool same_signer(const struct suit_key *a, const struct suit_key *b)
{
	if (a->form != b->form)
		return false;
	if (a->form == SUIT_KEY_X509)
		return suit_slice_equal(a->bytes, b->bytes);
	return suit_slice_equal(a->x, b->x) && suit_slice_equal(a->y, b->y);
}

static bool signed_by(const struct suit_trust *trust, u32 key, u32 authority,
		      const struct suit_auth *auth)
{
	return trust->key[key].authority == authority &&
	       !trust->key[key].revoked &&
	       auth->valid[key / 64] >> (key % 64) & 1;
}

bool suit_authority_agrees(const struct suit_trust *trust, u32 index,
			   const struct suit_auth *auth)
{
	u32 i, j, agreed = 0;

	if (index >= trust->n_authorities)
		return false;
	for (i = 0; i < trust->n_keys && i < SUIT_MAX_KEYS; i++) {
		if (!signed_by(trust, i, index, auth))
			continue;
		for (j = 0; j < i; j++)
			if (signed_by(trust, j, index, auth) &&
			    same_signer(&trust->key[i], &trust->key[j]))
				break;
		agreed += j == i;
	}
	return agreed && agreed >= trust->authority[index].threshold;
}

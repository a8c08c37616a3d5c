// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "cose.h"

#include "cbor.h"
#include "cose_header.h"

/* One thing to verify: the pieces of a Sig_structure and a signature. */
struct signature {
	const struct suit_cose_header *header;
	bool mac;		/* the same of a MAC_structure and a tag */
	struct suit_slice parts[12];
	size_t n_parts;
	struct suit_slice sig;
};

/* The head of a bstr of @len bytes; @head has 9 bytes. */
static struct suit_slice bstr_head(u8 *head, u64 len)
{
	u32 info = len < 24 ? (u32)len : len <= 0xff ? 24 :
		   len <= 0xffff ? 25 : len <= 0xffffffff ? 26 : 27;
	size_t n = info < 24 ? 0 : (size_t)1 << (info - 24);
	struct suit_slice out = { head, n + 1 };

	head[0] = (u8)(0x40 | info);
	for (; n; n--, len >>= 8)
		head[n] = (u8)len;
	return out;
}

/* Does the kid of the block name this key? An empty kid names none. */
static bool kid_fits(const struct suit_cose_header *header,
		     const struct suit_key *key)
{
	return header->has_kid && key->kid.len &&
	       suit_slice_equal(header->kid, key->kid);
}

static bool kid_known(const struct suit_cose_header *header,
		      const struct suit_trust *trust)
{
	u32 i;

	for (i = 0; i < trust->n_keys; i++)
		if (kid_fits(header, &trust->key[i]))
			return true;
	return false;
}

static bool same_key(const struct suit_key *a, const struct suit_key *b)
{
	if (a->alg != b->alg || a->form != b->form)
		return false;
	if (a->form == SUIT_KEY_X509)
		return suit_slice_equal(a->bytes, b->bytes);
	return suit_slice_equal(a->x, b->x) && suit_slice_equal(a->y, b->y);
}

/* Key @index signed, and with it the same key of other authorities. */
static void mark_signed(const struct suit_trust *trust, u32 index,
			struct suit_auth *auth)
{
	u32 i;

	for (i = 0; i < trust->n_keys && i < SUIT_MAX_KEYS; i++)
		if (!trust->key[i].revoked &&
		    same_key(&trust->key[i], &trust->key[index]))
			auth->valid[i / 64] |= 1ULL << (i % 64);
}

/*
 * Try the keys that may have made a signature. The worst that was seen is
 * returned unless one verifies, so a key that is named but wrong shows as
 * such.
 */
static enum suit_error try_keys(const struct signature *s,
				const struct suit_trust *trust,
				const struct suit_crypto *crypto,
				struct suit_auth *auth)
{
	bool named = kid_known(s->header, trust);
	enum suit_error error, result = SUIT_ERR_NO_KEY;
	u32 i;

	auth->named |= named;
	for (i = 0; i < trust->n_keys && i < SUIT_MAX_KEYS; i++) {
		const struct suit_key *key = &trust->key[i];

		if (named && !kid_fits(s->header, key))
			continue;
		if (key->alg != s->header->alg) {
			if (named && result == SUIT_ERR_NO_KEY)
				result = SUIT_ERR_KEY_ALG;
			continue;
		}
		if (key->revoked) {
			if (named)
				result = SUIT_ERR_KEY_REVOKED;
			continue;
		}
		error = crypto->ops->verify(crypto->ctx, key, s->parts,
					    s->n_parts, s->sig);
		if (error == SUIT_OK) {
			mark_signed(trust, i, auth);
			return SUIT_OK;
		}
		result = error;
	}
	return result;
}

static enum suit_error check_signature(const struct signature *s)
{
	size_t want;

	if (!s->header->has_alg)
		return SUIT_ERR_COSE_ALG_MISSING;
	if (!suit_cose_alg_known(s->header->alg) ||
	    suit_cose_alg_mac(s->header->alg) != s->mac)
		return SUIT_ERR_COSE_ALG;
	want = suit_cose_signature_size((s32)s->header->alg);
	if (!s->sig.len || (want && s->sig.len != want))
		return SUIT_ERR_SIGNATURE_LENGTH;
	return SUIT_OK;
}

static enum suit_error verify_one(const struct signature *s,
				  const struct suit_trust *trust,
				  const struct suit_crypto *crypto,
				  struct suit_auth *auth)
{
	enum suit_error error = check_signature(s);

	return error == SUIT_OK ? try_keys(s, trust, crypto, auth) : error;
}

static void add_part(struct signature *s, const void *bytes, size_t len)
{
	s->parts[s->n_parts].ptr = bytes;
	s->parts[s->n_parts++].len = len;
}

/* Heads of the bstrs of a Sig_structure. */
struct heads {
	u8 of[4][9];
};

static void add_bstr(struct signature *s, struct heads *heads, u32 which,
		     struct suit_slice bytes)
{
	struct suit_slice head = bstr_head(heads->of[which], bytes.len);

	add_part(s, head.ptr, head.len);
	if (bytes.len)
		add_part(s, bytes.ptr, bytes.len);
}

/* nil: the payload is detached */
static enum suit_error skip_payload(struct suit_cursor *cur)
{
	if (cur->left && !suit_cbor_peek_simple(cur, SUIT_CBOR_NULL))
		return SUIT_ERR_COSE_PAYLOAD;
	suit_cbor_null(cur);
	return cur->error;
}

/* What a layer without signers is made of; the contexts are text strings. */
static void build(struct signature *s, struct heads *heads, const void *context,
		  size_t len, struct suit_slice payload, struct suit_slice aad)
{
	add_part(s, context, len);
	add_bstr(s, heads, 0, s->header->protected);
	add_bstr(s, heads, 1, aad);
	add_bstr(s, heads, 2, payload);
}

/* COSE_Sign1 and COSE_Mac0 */
static enum suit_error verify_single(struct suit_cursor *cur, bool mac,
				     struct suit_slice payload,
				     struct suit_slice aad,
				     const struct suit_trust *trust,
				     const struct suit_crypto *crypto,
				     struct suit_auth *auth)
{
	static const u8 sign1[] = "\x84\x6aSignature1", mac0[] = "\x84\x64MAC0";
	struct suit_cose_header header;
	struct signature s = { .header = &header, .mac = mac };
	struct heads heads;
	enum suit_error error;

	error = suit_cose_header_read(cur, &header);
	if (error == SUIT_OK)
		error = skip_payload(cur);
	if (error != SUIT_OK)
		return error;
	s.sig = suit_cbor_bstr(cur);
	error = suit_cursor_end(cur);
	if (error != SUIT_OK)
		return error;
	if (mac)
		build(&s, &heads, mac0, sizeof(mac0) - 1, payload, aad);
	else
		build(&s, &heads, sign1, sizeof(sign1) - 1, payload, aad);
	return verify_one(&s, trust, crypto, auth);
}

/*
 * [ h'', { 1: -6, ? 4: kid }, h'' ]: the recipient has the key of the MAC
 * (RFC 9053 6.1.1, which forbids a protected header here).
 */
static enum suit_error read_recipient(struct suit_cursor *cur,
				      struct suit_cose_header *header)
{
	struct suit_cbor_key order = { 0 };
	u32 n;

	if (suit_cbor_array(cur) != 3 || suit_cbor_bstr(cur).len)
		return cur->error != SUIT_OK ? cur->error : SUIT_ERR_COSE_ALG;
	n = suit_cbor_map(cur);
	if (suit_cbor_key_int(cur, &order) != SUIT_HEADER_ALG ||
	    suit_cbor_int(cur) != SUIT_ALG_DIRECT || n > 2)
		return cur->error != SUIT_OK ? cur->error : SUIT_ERR_COSE_ALG;
	if (n == 2) {
		if (suit_cbor_key_int(cur, &order) != SUIT_HEADER_KID)
			return cur->error != SUIT_OK ? cur->error :
						       SUIT_ERR_COSE_FORM;
		header->kid = suit_cbor_bstr(cur);
		header->has_kid = true;
	}
	if (suit_cbor_bstr(cur).len)
		return SUIT_ERR_COSE_FORM;
	return cur->error;
}

/* A key that is used directly has one recipient (RFC 9052 8.5.1). */
static enum suit_error verify_mac(struct suit_cursor *cur,
				  struct suit_slice payload,
				  struct suit_slice aad,
				  const struct suit_trust *trust,
				  const struct suit_crypto *crypto,
				  struct suit_auth *auth)
{
	static const u8 context[] = "\x84\x63MAC";
	struct suit_cose_header header;
	struct signature s = { .header = &header, .mac = true };
	struct heads heads;
	enum suit_error error;

	error = suit_cose_header_read(cur, &header);
	if (error == SUIT_OK)
		error = skip_payload(cur);
	if (error != SUIT_OK)
		return error;
	s.sig = suit_cbor_bstr(cur);
	if (suit_cbor_array(cur) != 1)
		return cur->error != SUIT_OK ? cur->error : SUIT_ERR_COSE_FORM;
	error = read_recipient(cur, &header);
	if (error == SUIT_OK)
		error = suit_cursor_end(cur);
	if (error != SUIT_OK)
		return error;
	build(&s, &heads, context, sizeof(context) - 1, payload, aad);
	return verify_one(&s, trust, crypto, auth);
}

static enum suit_error verify_signer(struct suit_cursor *cur,
				     const struct suit_cose_header *body,
				     struct suit_slice payload,
				     struct suit_slice aad,
				     const struct suit_trust *trust,
				     const struct suit_crypto *crypto,
				     struct suit_auth *auth)
{
	static const u8 context[] = "\x85\x69Signature";
	struct suit_cose_header header;
	struct signature s = { .header = &header };
	struct heads heads;
	enum suit_error error;

	if (suit_cbor_array(cur) != 3)
		return cur->error != SUIT_OK ? cur->error : SUIT_ERR_COSE_FORM;
	error = suit_cose_header_read(cur, &header);
	if (error != SUIT_OK)
		return error;
	s.sig = suit_cbor_bstr(cur);
	if (cur->error != SUIT_OK)
		return cur->error;
	add_part(&s, context, sizeof(context) - 1);
	add_bstr(&s, &heads, 0, body->protected);
	add_bstr(&s, &heads, 1, header.protected);
	add_bstr(&s, &heads, 2, aad);
	add_bstr(&s, &heads, 3, payload);
	return verify_one(&s, trust, crypto, auth);
}

/* Signatures by unknown keys do not count; a bad one by a known key does. */
static enum suit_error verify_sign(struct suit_cursor *cur,
				   struct suit_slice payload,
				   struct suit_slice aad,
				   const struct suit_trust *trust,
				   const struct suit_crypto *crypto,
				   struct suit_auth *auth)
{
	enum suit_error error, result = SUIT_ERR_NO_KEY;
	struct suit_cose_header body;
	u32 n;

	error = suit_cose_header_read(cur, &body);
	if (error != SUIT_OK)
		return error;
	if (cur->left && !suit_cbor_peek_simple(cur, SUIT_CBOR_NULL))
		return SUIT_ERR_COSE_PAYLOAD;
	suit_cbor_null(cur);
	n = suit_cbor_array(cur);
	if (cur->error == SUIT_OK && !n)
		return SUIT_ERR_COSE_FORM;
	if (n > SUIT_MAX_SIGNATURES)
		return SUIT_ERR_COSE_SIGNATURES;
	while (n--) {
		auth->named = false;
		error = verify_signer(cur, &body, payload, aad, trust, crypto,
				      auth);
		if (error == SUIT_OK)
			result = SUIT_OK;
		else if (error != SUIT_ERR_NO_KEY &&
			 (error != SUIT_ERR_SIGNATURE || auth->named))
			return error;
		else if (result == SUIT_ERR_NO_KEY)
			result = error;
	}
	error = suit_cursor_end(cur);
	return error == SUIT_OK ? result : error;
}

enum suit_error suit_cose_verify(struct suit_slice block,
				 struct suit_slice payload,
				 struct suit_slice aad,
				 const struct suit_trust *trust,
				 const struct suit_crypto *crypto,
				 struct suit_auth *auth)
{
	struct suit_cursor cur;
	u64 tag;

	suit_cursor_init(&cur, block);
	if (cur.left && suit_cbor_peek(&cur) != SUIT_CBOR_TAG)
		return SUIT_ERR_COSE_TYPE;
	tag = suit_cbor_tag(&cur);
	if (cur.error != SUIT_OK)
		return cur.error;
	if (tag != SUIT_TAG_COSE_SIGN1 && tag != SUIT_TAG_COSE_SIGN &&
	    tag != SUIT_TAG_COSE_MAC0 && tag != SUIT_TAG_COSE_MAC)
		return SUIT_ERR_COSE_TYPE;
	if (suit_cbor_array(&cur) != (tag == SUIT_TAG_COSE_MAC ? 5 : 4))
		return cur.error != SUIT_OK ? cur.error : SUIT_ERR_COSE_FORM;
	if (tag == SUIT_TAG_COSE_SIGN)
		return verify_sign(&cur, payload, aad, trust, crypto, auth);
	if (tag == SUIT_TAG_COSE_MAC)
		return verify_mac(&cur, payload, aad, trust, crypto, auth);
	return verify_single(&cur, tag == SUIT_TAG_COSE_MAC0, payload, aad,
			     trust, crypto, auth);
}

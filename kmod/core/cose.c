// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "cose.h"

#include "cbor.h"
#include "suit_limits.h"

/* Headers of one COSE layer that are acted upon. */
struct header {
	struct suit_slice protected;	/* as it goes into the Sig_structure */
	struct suit_slice kid;
	s64 alg;
	bool has_alg;
	bool has_kid;
};

/* One thing to verify: the pieces of a Sig_structure and a signature. */
struct signature {
	const struct header *header;
	struct suit_slice parts[12];
	size_t n_parts;
	struct suit_slice sig;
};

/* crit may name only what is acted upon here, and what is present. */
static void read_crit(struct suit_cursor *cur, u32 *critical)
{
	u32 n = suit_cbor_array(cur);

	if (n > SUIT_MAX_CRIT)
		suit_cursor_fail(cur, SUIT_ERR_COSE_HEADER_SIZE);
	if (cur->error == SUIT_OK && !n)
		suit_cursor_fail(cur, SUIT_ERR_COSE_CRIT);
	while (n-- && cur->error == SUIT_OK) {
		s64 label;

		if (suit_cbor_peek(cur) == SUIT_CBOR_TSTR) {
			suit_cursor_fail(cur, SUIT_ERR_COSE_CRIT);
			return;
		}
		label = suit_cbor_int(cur);
		if (label != SUIT_HEADER_ALG && label != SUIT_HEADER_KID)
			suit_cursor_fail(cur, SUIT_ERR_COSE_CRIT);
		else
			*critical |= 1U << label;
	}
}

static void read_protected_member(struct suit_cursor *cur, s64 label,
				  struct header *out, u32 *critical)
{
	switch (label) {
	case SUIT_HEADER_ALG:
		if (suit_cbor_peek(cur) == SUIT_CBOR_TSTR)
			suit_cursor_fail(cur, SUIT_ERR_COSE_ALG);
		out->alg = suit_cbor_int(cur);
		out->has_alg = true;
		break;
	case SUIT_HEADER_KID:
		out->kid = suit_cbor_bstr(cur);
		out->has_kid = true;
		break;
	case SUIT_HEADER_CRIT:
		read_crit(cur, critical);
		break;
	default:
		suit_cbor_item(cur);
	}
}

/* A header label: an integer, or a text string, which means nothing here. */
static s64 read_label(struct suit_cursor *cur, struct suit_cbor_key *order,
		      bool *is_text)
{
	struct suit_cursor key;

	suit_cursor_init(&key, suit_cbor_key_next(cur, order));
	*is_text = suit_cbor_peek(&key) == SUIT_CBOR_TSTR;
	if (*is_text || cur->error != SUIT_OK)
		return 0;
	if (suit_cbor_peek(&key) > SUIT_CBOR_NINT)
		suit_cursor_fail(cur, SUIT_ERR_TYPE);
	return suit_cbor_int(&key);
}

static enum suit_error read_protected(struct suit_cursor *cose,
				      struct header *out)
{
	struct suit_slice bytes = suit_cbor_bstr(cose);
	struct suit_cbor_key order = { 0 };
	struct suit_cursor cur;
	u32 n, critical = 0;
	bool is_text;

	if (cose->error != SUIT_OK)
		return cose->error;
	if (bytes.len > SUIT_MAX_PROTECTED)
		return SUIT_ERR_COSE_HEADER_SIZE;
	if (!bytes.len)
		return SUIT_OK;
	suit_cursor_init(&cur, bytes);
	n = suit_cbor_map(&cur);
	/* an empty map is signed as an empty string (RFC 9052 4.4) */
	if (n)
		out->protected = bytes;
	while (n-- && cur.error == SUIT_OK) {
		s64 label = read_label(&cur, &order, &is_text);

		if (is_text)
			suit_cbor_item(&cur);
		else
			read_protected_member(&cur, label, out, &critical);
	}
	if (cur.error != SUIT_OK || cur.left)
		return suit_cursor_end(&cur);
	if ((critical & 1U << SUIT_HEADER_ALG && !out->has_alg) ||
	    (critical & 1U << SUIT_HEADER_KID && !out->has_kid))
		return SUIT_ERR_COSE_CRIT;
	return SUIT_OK;
}

static void read_unprotected_member(struct suit_cursor *cur, s64 label,
				    struct header *out)
{
	switch (label) {
	case SUIT_HEADER_ALG:
		suit_cursor_fail(cur, out->has_alg ? SUIT_ERR_COSE_LABEL :
					SUIT_ERR_COSE_ALG_UNPROTECTED);
		break;
	case SUIT_HEADER_CRIT:
		suit_cursor_fail(cur, SUIT_ERR_COSE_CRIT);
		break;
	case SUIT_HEADER_KID:
		if (out->has_kid)
			suit_cursor_fail(cur, SUIT_ERR_COSE_LABEL);
		out->kid = suit_cbor_bstr(cur);
		out->has_kid = true;
		break;
	default:
		suit_cbor_item(cur);
	}
}

static enum suit_error read_unprotected(struct suit_cursor *cur,
					struct header *out)
{
	struct suit_cbor_key order = { 0 };
	u32 n = suit_cbor_map(cur);
	bool is_text;

	while (n-- && cur->error == SUIT_OK) {
		s64 label = read_label(cur, &order, &is_text);

		if (is_text)
			suit_cbor_item(cur);
		else
			read_unprotected_member(cur, label, out);
	}
	return cur->error;
}

static enum suit_error read_headers(struct suit_cursor *cur,
				    struct header *out)
{
	enum suit_error error;

	memset(out, 0, sizeof(*out));
	error = read_protected(cur, out);
	if (error != SUIT_OK)
		return error;
	return read_unprotected(cur, out);
}

/* The head of a bstr of @len bytes; @head has 9 bytes. */
static struct suit_slice bstr_head(u8 *head, size_t len)
{
	struct suit_slice out = { head, 1 };
	u32 n = (u32)len;

	if (n < 24) {
		head[0] = (u8)(0x40 | n);
	} else if (n <= 0xff) {
		head[0] = 0x58;
		head[1] = (u8)n;
		out.len = 2;
	} else if (n <= 0xffff) {
		head[0] = 0x59;
		head[1] = (u8)(n >> 8);
		head[2] = (u8)n;
		out.len = 3;
	} else {
		head[0] = 0x5a;
		head[1] = (u8)(n >> 24);
		head[2] = (u8)(n >> 16);
		head[3] = (u8)(n >> 8);
		head[4] = (u8)n;
		out.len = 5;
	}
	return out;
}

/* Does the kid of the block name this key? Without one every key may fit. */
static bool kid_fits(const struct header *header, const struct suit_key *key)
{
	return header->has_kid && key->kid.len &&
	       suit_slice_equal(header->kid, key->kid);
}

static bool kid_known(const struct header *header,
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
	if (!suit_cose_alg_known(s->header->alg))
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
	u8 of[4][5];
};

static void add_bstr(struct signature *s, struct heads *heads, u32 which,
		     struct suit_slice bytes)
{
	struct suit_slice head = bstr_head(heads->of[which], bytes.len);

	add_part(s, head.ptr, head.len);
	if (bytes.len)
		add_part(s, bytes.ptr, bytes.len);
}

static enum suit_error verify_sign1(struct suit_cursor *cur,
				    struct suit_slice payload,
				    struct suit_slice aad,
				    const struct suit_trust *trust,
				    const struct suit_crypto *crypto,
				    struct suit_auth *auth)
{
	static const u8 context[] = "\x84\x6aSignature1";
	struct signature s = { 0 };
	struct header header;
	struct heads heads;
	enum suit_error error;

	error = read_headers(cur, &header);
	if (error != SUIT_OK)
		return error;
	if (!suit_cbor_peek_simple(cur, SUIT_CBOR_NULL))
		return SUIT_ERR_COSE_PAYLOAD;
	suit_cbor_null(cur);
	s.sig = suit_cbor_bstr(cur);
	error = suit_cursor_end(cur);
	if (error != SUIT_OK)
		return error;
	s.header = &header;
	add_part(&s, context, sizeof(context) - 1);
	add_bstr(&s, &heads, 0, header.protected);
	add_bstr(&s, &heads, 1, aad);
	add_bstr(&s, &heads, 2, payload);
	return verify_one(&s, trust, crypto, auth);
}

static enum suit_error verify_signer(struct suit_cursor *cur,
				     const struct header *body,
				     struct suit_slice payload,
				     struct suit_slice aad,
				     const struct suit_trust *trust,
				     const struct suit_crypto *crypto,
				     struct suit_auth *auth)
{
	static const u8 context[] = "\x85\x69Signature";
	struct signature s = { 0 };
	struct header header;
	struct heads heads;
	enum suit_error error;

	if (suit_cbor_array(cur) != 3)
		return cur->error != SUIT_OK ? cur->error : SUIT_ERR_COSE_FORM;
	error = read_headers(cur, &header);
	if (error != SUIT_OK)
		return error;
	s.sig = suit_cbor_bstr(cur);
	if (cur->error != SUIT_OK)
		return cur->error;
	s.header = &header;
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
	struct header body;
	u32 n;

	error = read_headers(cur, &body);
	if (error != SUIT_OK)
		return error;
	if (!suit_cbor_peek_simple(cur, SUIT_CBOR_NULL))
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
	if (tag != SUIT_TAG_COSE_SIGN1 && tag != SUIT_TAG_COSE_SIGN)
		return SUIT_ERR_COSE_TYPE;
	if (suit_cbor_array(&cur) != 4)
		return cur.error != SUIT_OK ? cur.error : SUIT_ERR_COSE_FORM;
	if (tag == SUIT_TAG_COSE_SIGN1)
		return verify_sign1(&cur, payload, aad, trust, crypto, auth);
	return verify_sign(&cur, payload, aad, trust, crypto, auth);
}

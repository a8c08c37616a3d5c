// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "cose_structure.h"

#include "cose.h"

/* The encoded structure, in pieces, and the heads of its byte strings. */
struct parts {
	struct suit_slice part[9];
	size_t n;
	u8 head[4][9];
	u32 n_heads;
};

/* Head of the array and the text. */
static const struct {
	const char *bytes;
	u8 len;
	bool mac;
} contexts[] = {
	[SUIT_COSE_SIGNATURE1] = { "\x84\x6aSignature1", 12, false },
	[SUIT_COSE_SIGNATURE] = { "\x85\x69Signature", 11, false },
	[SUIT_COSE_MAC0] = { "\x84\x64MAC0", 6, true },
	[SUIT_COSE_MAC] = { "\x84\x63MAC", 5, true },
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

static void add_part(struct parts *parts, const void *bytes, size_t len)
{
	parts->part[parts->n].ptr = bytes;
	parts->part[parts->n++].len = len;
}

static void add_bstr(struct parts *parts, struct suit_slice bytes)
{
	struct suit_slice head = bstr_head(parts->head[parts->n_heads++],
					   bytes.len);

	add_part(parts, head.ptr, head.len);
	if (bytes.len)
		add_part(parts, bytes.ptr, bytes.len);
}

static void build(struct parts *parts, const struct suit_cose_structure *s)
{
	parts->n = 0;
	parts->n_heads = 0;
	add_part(parts, contexts[s->context].bytes, contexts[s->context].len);
	if (s->context == SUIT_COSE_SIGNATURE)
		add_bstr(parts, s->body);
	add_bstr(parts, s->header->protected);
	add_bstr(parts, s->aad);
	add_bstr(parts, s->payload);
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
static enum suit_error try_keys(const struct suit_cose_structure *s,
				const struct parts *parts,
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
		error = crypto->ops->verify(crypto->ctx, key, parts->part,
					    parts->n, s->sig);
		if (error == SUIT_OK) {
			mark_signed(trust, i, auth);
			return SUIT_OK;
		}
		result = error;
	}
	return result;
}

/* A signature's algorithm does not fit a MAC, nor the other way round. */
static enum suit_error check_algorithm(const struct suit_cose_structure *s)
{
	s64 alg = s->header->alg;
	size_t want;

	if (!s->header->has_alg)
		return SUIT_ERR_COSE_ALG_MISSING;
	if (!suit_cose_alg_known(alg) ||
	    suit_cose_alg_mac(alg) != contexts[s->context].mac)
		return SUIT_ERR_COSE_ALG;
	want = suit_cose_signature_size((s32)alg);
	if (!s->sig.len || (want && s->sig.len != want))
		return SUIT_ERR_SIGNATURE_LENGTH;
	return SUIT_OK;
}

enum suit_error suit_cose_structure_verify(const struct suit_cose_structure *s,
					   const struct suit_trust *trust,
					   const struct suit_crypto *crypto,
					   struct suit_auth *auth)
{
	enum suit_error error = check_algorithm(s);
	struct parts parts;

	if (error != SUIT_OK)
		return error;
	build(&parts, s);
	return try_keys(s, &parts, trust, crypto, auth);
}

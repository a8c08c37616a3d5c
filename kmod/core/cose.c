// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "cose.h"

#include "cbor.h"
#include "cose_header.h"
#include "cose_structure.h"

/* One block being read, and what it is to be verified with. */
struct block {
	struct suit_cursor cur;
	struct suit_slice payload;
	struct suit_slice aad;
	const struct suit_trust *trust;
	const struct suit_crypto *crypto;
	struct suit_auth *auth;
};

static enum suit_error verify(struct block *b, enum suit_cose_context context,
			      const struct suit_cose_header *header,
			      struct suit_slice body, struct suit_slice sig)
{
	struct suit_cose_structure s = {
		.context = (u8)context,
		.header = header,
		.body = body,
		.aad = b->aad,
		.payload = b->payload,
		.sig = sig,
	};

	return suit_cose_structure_verify(&s, b->trust, b->crypto, b->auth);
}

/* nil: the payload is detached */
static enum suit_error skip_payload(struct suit_cursor *cur)
{
	if (cur->left && !suit_cbor_peek_simple(cur, SUIT_CBOR_NULL))
		return SUIT_ERR_COSE_PAYLOAD;
	suit_cbor_null(cur);
	return cur->error;
}

/* COSE_Sign1 and COSE_Mac0 */
static enum suit_error verify_single(struct block *b,
				     enum suit_cose_context context)
{
	struct suit_slice sig, none = { NULL, 0 };
	struct suit_cose_header header;
	enum suit_error error;

	error = suit_cose_header_read(&b->cur, &header);
	if (error == SUIT_OK)
		error = skip_payload(&b->cur);
	if (error != SUIT_OK)
		return error;
	sig = suit_cbor_bstr(&b->cur);
	error = suit_cursor_end(&b->cur);
	if (error != SUIT_OK)
		return error;
	return verify(b, context, &header, none, sig);
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
static enum suit_error verify_mac(struct block *b)
{
	struct suit_slice tag, none = { NULL, 0 };
	struct suit_cose_header header;
	enum suit_error error;

	error = suit_cose_header_read(&b->cur, &header);
	if (error == SUIT_OK)
		error = skip_payload(&b->cur);
	if (error != SUIT_OK)
		return error;
	tag = suit_cbor_bstr(&b->cur);
	if (suit_cbor_array(&b->cur) != 1)
		return b->cur.error != SUIT_OK ? b->cur.error :
						 SUIT_ERR_COSE_FORM;
	error = read_recipient(&b->cur, &header);
	if (error == SUIT_OK)
		error = suit_cursor_end(&b->cur);
	if (error != SUIT_OK)
		return error;
	return verify(b, SUIT_COSE_MAC, &header, none, tag);
}

static enum suit_error verify_signer(struct block *b, struct suit_slice body)
{
	struct suit_cose_header header;
	struct suit_slice sig;
	enum suit_error error;

	if (suit_cbor_array(&b->cur) != 3)
		return b->cur.error != SUIT_OK ? b->cur.error :
						 SUIT_ERR_COSE_FORM;
	error = suit_cose_header_read(&b->cur, &header);
	if (error != SUIT_OK)
		return error;
	sig = suit_cbor_bstr(&b->cur);
	if (b->cur.error != SUIT_OK)
		return b->cur.error;
	return verify(b, SUIT_COSE_SIGNATURE, &header, body, sig);
}

/* Signatures by unknown keys do not count; a bad one by a known key does. */
static enum suit_error verify_signers(struct block *b, struct suit_slice body)
{
	enum suit_error error, result = SUIT_ERR_NO_KEY;
	u32 n = suit_cbor_array(&b->cur);

	if (b->cur.error == SUIT_OK && !n)
		return SUIT_ERR_COSE_FORM;
	if (n > SUIT_MAX_SIGNATURES)
		return SUIT_ERR_COSE_SIGNATURES;
	while (n--) {
		b->auth->named = false;
		error = verify_signer(b, body);
		if (error == SUIT_OK)
			result = SUIT_OK;
		else if (error != SUIT_ERR_NO_KEY &&
			 (error != SUIT_ERR_SIGNATURE || b->auth->named))
			return error;
		else if (result == SUIT_ERR_NO_KEY)
			result = error;
	}
	error = suit_cursor_end(&b->cur);
	return error == SUIT_OK ? result : error;
}

static enum suit_error verify_sign(struct block *b)
{
	struct suit_cose_header body;
	enum suit_error error;

	error = suit_cose_header_read(&b->cur, &body);
	if (error == SUIT_OK)
		error = skip_payload(&b->cur);
	return error == SUIT_OK ? verify_signers(b, body.protected) : error;
}

enum suit_error suit_cose_verify(struct suit_slice block,
				 struct suit_slice payload,
				 struct suit_slice aad,
				 const struct suit_trust *trust,
				 const struct suit_crypto *crypto,
				 struct suit_auth *auth)
{
	struct block b = {
		.payload = payload, .aad = aad,
		.trust = trust, .crypto = crypto, .auth = auth,
	};
	u64 tag;

	suit_cursor_init(&b.cur, block);
	if (b.cur.left && suit_cbor_peek(&b.cur) != SUIT_CBOR_TAG)
		return SUIT_ERR_COSE_TYPE;
	tag = suit_cbor_tag(&b.cur);
	if (b.cur.error != SUIT_OK)
		return b.cur.error;
	if (tag != SUIT_TAG_COSE_SIGN1 && tag != SUIT_TAG_COSE_SIGN &&
	    tag != SUIT_TAG_COSE_MAC0 && tag != SUIT_TAG_COSE_MAC)
		return SUIT_ERR_COSE_TYPE;
	if (suit_cbor_array(&b.cur) != (tag == SUIT_TAG_COSE_MAC ? 5 : 4))
		return b.cur.error != SUIT_OK ? b.cur.error :
						SUIT_ERR_COSE_FORM;
	switch (tag) {
	case SUIT_TAG_COSE_SIGN:
		return verify_sign(&b);
	case SUIT_TAG_COSE_MAC:
		return verify_mac(&b);
	case SUIT_TAG_COSE_MAC0:
		return verify_single(&b, SUIT_COSE_MAC0);
	default:
		return verify_single(&b, SUIT_COSE_SIGNATURE1);
	}
}

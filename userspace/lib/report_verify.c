// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Reports in COSE_Sign1: signed by a device, and verified by who asked it.
 */
#include <stdio.h>
#include <string.h>

#include "cbor_write.h"
#include "cose_sign.h"
#include "crypto.h"
#include "eat.h"
#include "report_cipher.h"
#include "report_decode.h"
#include "suitgate/gate.h"
#include "verify_private.h"

static const struct {
	const char *code;
	const char *meaning;
} meanings[] = {
	{ "report-malformed", "it is no SUIT_Report: ask its sender" },
	{ "report-member-missing",
	  "a member that it must have is missing: ask its sender" },
	{ "report-unknown-member",
	  "it has a member that the standard does not have: ask its sender" },
	{ "report-encrypted",
	  "it is encrypted: say with which key to read it (--decrypt)" },
	{ "report-not-encrypted", "it is not encrypted" },
	{ "report-encryption-unsupported",
	  "it is encrypted in a way that is not ECDH-ES+A128KW with P-256 and A128GCM" },
	{ "report-for-another-key",
	  "it is encrypted for another key than this one" },
	{ "report-decryption-failed",
	  "it was changed after it was encrypted: ask its sender again" },
	{ "report-not-fresh",
	  "it does not have the nonce that was asked with: it is an old one, or another's" },
	{ "report-of-old-draft",
	  "it has the layout of a draft before 2023: ask its sender for the current one" },
};

int sg_report_refuse(struct sg_error *err, const char *code)
{
	const char *meaning, *action;
	size_t i;

	sg_advice(code, &meaning, &action);
	for (i = 0; i < sizeof(meanings) / sizeof(meanings[0]); i++)
		if (!strcmp(meanings[i].code, code))
			meaning = meanings[i].meaning;
	sg_fail(err, "the report: %s [%s]", meaning, code);
	err->refused = true;
	err->code = code;
	return -1;
}

const char *sg_report_check(struct suit_slice bytes)
{
	struct sg_report_view report;
	struct sg_eat_view token;

	return sg_eat_is(bytes) ? sg_eat_decode(bytes, &token) :
				  sg_report_decode(bytes, &report);
}

int sg_report_sign(const struct sg_buf *report, const char *key,
		   struct sg_buf *out, struct sg_error *err)
{
	struct suit_slice bytes = { report->data, report->len };
	struct sg_report_cipher cipher;
	const char *code;

	code = sg_report_is_cipher(bytes) ?
		       sg_report_cipher_decode(bytes, &cipher) :
		       sg_report_check(bytes);
	*out = (struct sg_buf){ 0 };
	if (code)
		return sg_report_refuse(err, code);
	return sg_cose_sign_attached(key, report, out, err);
}

/* COSE_Sign1 may be without its tag, and a token have one of its own. */
static bool skip_tags(struct suit_cursor *cur)
{
	uint64_t tag;

	if (suit_cbor_peek(cur) != SUIT_CBOR_TAG)
		return true;
	tag = suit_cbor_tag(cur);
	if (tag == SG_TAG_CWT && suit_cbor_peek(cur) == SUIT_CBOR_TAG)
		tag = suit_cbor_tag(cur);
	return tag == SUIT_TAG_COSE_SIGN1;
}

enum suit_error sg_report_block_open(struct suit_slice bytes,
				     struct sg_report_block *out)
{
	struct suit_cursor cur;

	suit_cursor_init(&cur, bytes);
	if (suit_cbor_peek(&cur) == SUIT_CBOR_MAP)
		return SUIT_ERR_AUTH_EMPTY;
	if (!skip_tags(&cur))
		return SUIT_ERR_COSE_TYPE;
	if (suit_cbor_array(&cur) != 4)
		return cur.error != SUIT_OK ? cur.error : SUIT_ERR_COSE_FORM;
	suit_cbor_bstr_encoded(&cur, &out->protected);
	out->unprotected = suit_cbor_item(&cur);
	out->payload = suit_cbor_bstr(&cur);
	suit_cbor_bstr_encoded(&cur, &out->signature);
	return suit_cursor_end(&cur);
}

/* The verifier's COSE has detached payloads only: take it out. */
static int detach(const struct sg_report_block *block, struct sg_buf *out,
		  struct sg_error *err)
{
	struct sg_cbor_writer w = { 0 };

	sg_cbor_write_tag(&w, SUIT_TAG_COSE_SIGN1);
	sg_cbor_write_array(&w, 4);
	sg_cbor_write_raw(&w, block->protected.ptr, block->protected.len);
	sg_cbor_write_raw(&w, block->unprotected.ptr, block->unprotected.len);
	sg_cbor_write_null(&w);
	sg_cbor_write_raw(&w, block->signature.ptr, block->signature.len);
	return sg_cbor_write_end(&w, out, err);
}

/* Keys that speak for themselves: a trust statement is about firmware. */
static enum suit_error authenticate(const struct sg_verify_trust *trust,
				    struct suit_slice detached,
				    struct suit_slice payload)
{
	const struct suit_slice no_aad = { 0 };
	struct suit_auth auth = { 0 };
	enum suit_error error;
	uint32_t index;

	error = suit_cose_verify(detached, payload, no_aad,
				 sg_trust_set_keys(trust->set), sg_crypto(),
				 &auth);
	if (error != SUIT_OK)
		return error;
	return sg_verify_trust_bare(trust, &auth, &index) ?
		       SUIT_OK : SUIT_ERR_NOT_ENTITLED;
}

static int verify_block(const struct sg_report_block *block,
			const char *const *paths, size_t n,
			struct sg_error *err)
{
	const struct sg_verify_request request = {
		.trust = paths, .n_trust = n
	};
	struct sg_verify_trust trust = { 0 };
	struct sg_buf detached = { 0 };
	enum suit_error error;
	int ret = -1;

	if (!sg_verify_trust_read(&request, &trust, err) &&
	    !detach(block, &detached, err)) {
		error = authenticate(&trust, (struct suit_slice){
					     detached.data, detached.len },
				     block->payload);
		ret = error == SUIT_OK ? 0 : sg_refuse(err, (int)error,
						       "the report");
	}
	sg_buf_free(&detached);
	sg_verify_trust_free(&trust);
	return ret;
}

static int take_report(struct suit_slice payload, const char *key,
		       struct sg_buf *out, struct sg_error *err)
{
	struct sg_cbor_writer w = { 0 };
	const char *code;

	if (sg_report_is_cipher(payload))
		return key ? sg_report_cipher_open(payload, key, out, err) :
			     sg_report_refuse(err, "report-encrypted");
	code = key ? "report-not-encrypted" : sg_report_check(payload);
	if (code)
		return sg_report_refuse(err, code);
	sg_cbor_write_raw(&w, payload.ptr, payload.len);
	return sg_cbor_write_end(&w, out, err);
}

int sg_report_open(const struct sg_buf *bytes, const char *const *trust,
		   size_t n_trust, const char *key, struct sg_buf *out,
		   struct sg_error *err)
{
	struct suit_slice whole = { bytes->data, bytes->len };
	struct sg_report_block block;
	enum suit_error error;

	*out = (struct sg_buf){ 0 };
	error = bytes->len > SG_MAX_REPORT ?
			SUIT_ERR_ENVELOPE_SIZE :
			sg_report_block_open(whole, &block);
	if (error != SUIT_OK)
		return sg_refuse(err, (int)error, "the report");
	if (verify_block(&block, trust, n_trust, err) < 0)
		return -1;
	return take_report(block.payload, key, out, err);
}

int sg_report_verify(const struct sg_buf *bytes, const char *const *trust,
		     size_t n_trust, struct sg_buf *out, struct sg_error *err)
{
	return sg_report_open(bytes, trust, n_trust, NULL, out, err);
}

/* One of several is enough: the others are for others. */
static bool has_nonce(struct suit_slice item, struct suit_slice nonce)
{
	struct suit_cursor cur;
	uint32_t n = 1;

	suit_cursor_init(&cur, item);
	if (suit_cbor_peek(&cur) == SUIT_CBOR_ARRAY)
		n = suit_cbor_array(&cur);
	while (n--)
		if (suit_slice_equal(suit_cbor_bstr(&cur), nonce))
			return true;
	return false;
}

int sg_report_fresh(const struct sg_buf *bytes, const uint8_t *nonce,
		    size_t n_nonce, struct sg_error *err)
{
	struct suit_slice whole = { bytes->data, bytes->len };
	struct suit_slice want = { nonce, n_nonce };
	struct sg_report_view report = { 0 };
	struct sg_eat_view token = { 0 };
	const char *code;
	bool fresh;

	if (sg_eat_is(whole)) {
		code = sg_eat_decode(whole, &token);
		fresh = !code && token.nonce.ptr &&
			has_nonce(token.nonce, want);
	} else {
		code = sg_report_decode(whole, &report);
		fresh = !code && report.nonce.ptr &&
			suit_slice_equal(report.nonce, want);
	}
	if (!code && !fresh)
		code = "report-not-fresh";
	return code ? sg_report_refuse(err, code) : 0;
}

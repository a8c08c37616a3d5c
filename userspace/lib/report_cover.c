// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * COSE around reports: signing, and who signed.
 */
#include <string.h>

#include "cbor_write.h"
#include "cose_sign.h"
#include "crypto.h"
#include "report_private.h"
#include "trust_set.h"
#include "verify_private.h"

enum { COSE_PARTS = 4 };

/* The block with @payload, bytes or nothing, where it has nil or bytes. */
static int replace_payload(struct suit_slice block, struct suit_slice payload,
			   struct suit_slice *was, struct sg_buf *out,
			   struct sg_error *err)
{
	struct sg_cbor_writer w = { 0 };
	struct suit_slice part;
	struct suit_cursor cur;
	u64 tag;
	u32 i;

	*was = (struct suit_slice){ NULL, 0 };
	suit_cursor_init(&cur, block);
	tag = suit_cbor_tag(&cur);
	if (suit_cbor_array(&cur) != COSE_PARTS)
		suit_cursor_fail(&cur, SUIT_ERR_COSE_FORM);
	sg_cbor_write_tag(&w, tag);
	sg_cbor_write_array(&w, COSE_PARTS);
	for (i = 0; i < COSE_PARTS; i++) {
		if (i != 2) {
			part = suit_cbor_item(&cur);
			sg_cbor_write_raw(&w, part.ptr, part.len);
			continue;
		}
		if (suit_cbor_peek_simple(&cur, SUIT_CBOR_NULL))
			suit_cbor_null(&cur);
		else
			*was = suit_cbor_bstr(&cur);
		if (payload.ptr)
			sg_cbor_write_bytes(&w, payload.ptr, payload.len);
		else
			sg_cbor_write_null(&w);
	}
	if (suit_cursor_end(&cur) == SUIT_OK)
		return sg_cbor_write_end(&w, out, err);
	sg_buf_free(&w.buf);
	return sg_refuse(err, (int)suit_cursor_end(&cur), "the signed report");
}

int sg_report_sign(const struct sg_buf *report, const char *key_path,
		   struct sg_buf *out, struct sg_error *err)
{
	struct suit_slice payload = { report->data, report->len }, was, block;
	struct sg_buf detached;
	int ret;

	if (sg_cose_sign(key_path, report->data, report->len, NULL, 0,
			 &detached, err) < 0)
		return -1;
	block = (struct suit_slice){ detached.data, detached.len };
	ret = replace_payload(block, payload, &was, out, err);
	sg_buf_free(&detached);
	return ret;
}

/* A tag of COSE in front? */
static bool is_covered(struct suit_slice bytes)
{
	struct suit_cursor cur;

	suit_cursor_init(&cur, bytes);
	return suit_cbor_peek(&cur) == SUIT_CBOR_TAG;
}

static enum suit_error check_tag(struct suit_slice bytes)
{
	struct suit_cursor cur;
	u64 tag;

	suit_cursor_init(&cur, bytes);
	tag = suit_cbor_tag(&cur);
	return tag == SUIT_TAG_COSE_SIGN1 || tag == SUIT_TAG_COSE_SIGN ||
	       tag == SUIT_TAG_COSE_MAC0 ? SUIT_OK : SUIT_ERR_COSE_TYPE;
}

enum suit_error sg_report_uncover(const struct sg_buf *bytes,
				  struct sg_report_cover *out)
{
	struct suit_slice whole = { bytes->data, bytes->len };
	struct suit_slice nothing = { NULL, 0 };
	struct sg_error err = { 0 };
	enum suit_error error;

	*out = (struct sg_report_cover){ .report = whole };
	if (!is_covered(whole))
		return SUIT_OK;
	error = check_tag(whole);
	if (error != SUIT_OK)
		return error;
	if (replace_payload(whole, nothing, &out->report, &out->block,
			    &err) < 0)
		return SUIT_ERR_COSE_FORM;
	if (out->report.ptr)
		return SUIT_OK;
	sg_buf_free(&out->block);
	return SUIT_ERR_COSE_PAYLOAD;
}

int sg_report_verify(const struct sg_buf *bytes, const char *const *keys,
		     size_t n_keys, struct sg_error *err)
{
	const struct sg_verify_request who = {
		.trust = keys, .n_trust = n_keys,
	};
	const struct suit_slice no_aad = { NULL, 0 };
	struct sg_verify_trust trust = { 0 };
	struct sg_report_cover cover = { 0 };
	struct suit_auth auth = { 0 };
	enum suit_error error;
	int ret = -1;

	if (sg_verify_trust_read(&who, &trust, err) < 0)
		goto out;
	error = sg_report_uncover(bytes, &cover);
	if (error == SUIT_OK && !cover.block.data)
		error = SUIT_ERR_AUTH_EMPTY;
	if (error == SUIT_OK)
		error = suit_cose_verify((struct suit_slice){ cover.block.data,
							      cover.block.len },
					 cover.report, no_aad,
					 sg_trust_set_keys(trust.set),
					 sg_crypto(), &auth);
	ret = error == SUIT_OK ? 0 : sg_refuse(err, (int)error, "the report");
out:
	sg_buf_free(&cover.block);
	sg_verify_trust_free(&trust);
	return ret;
}

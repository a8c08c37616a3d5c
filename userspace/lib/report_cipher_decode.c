// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Encrypted reports, taken apart. Maps need not be sorted: those of the
 * standards' examples are not.
 */
#include "report_cipher.h"

#include "report_decode.h"

/* Somebody may name many: each costs its reader a multiplication. */
enum { HEADER_IV = 5, MAX_RECIPIENTS = 16 };

static const char unsupported[] = "report-encryption-unsupported";

static const char *name_of(enum suit_error error)
{
	return error == SUIT_OK ? NULL : suit_error_name(error);
}

bool sg_report_is_cipher(struct suit_slice payload)
{
	struct suit_cursor cur;

	suit_cursor_init(&cur, payload);
	return suit_cbor_peek(&cur) == SUIT_CBOR_TAG ||
	       suit_cbor_peek(&cur) == SUIT_CBOR_ARRAY;
}

/* The IV out of the unprotected header; other labels are skipped. */
static void read_iv(struct suit_cursor *cur, struct suit_slice *iv)
{
	uint32_t n;

	for (n = suit_cbor_map(cur); n && cur->error == SUIT_OK; n--) {
		if (suit_cbor_int(cur) != HEADER_IV)
			suit_cbor_item(cur);
		else
			*iv = suit_cbor_bstr(cur);
	}
}

const char *sg_report_cipher_decode(struct suit_slice bytes,
				    struct sg_report_cipher *out)
{
	struct sg_report_recipient recipient;
	struct suit_slice protected;
	struct suit_cursor cur;
	const char *code;
	uint32_t i;

	*out = (struct sg_report_cipher){ 0 };
	suit_cursor_init(&cur, bytes);
	if ((suit_cbor_peek(&cur) == SUIT_CBOR_TAG &&
	     suit_cbor_tag(&cur) != SUIT_TAG_COSE_ENCRYPT) ||
	    suit_cbor_array(&cur) != 4)
		return cur.error == SUIT_OK ? unsupported :
					      suit_error_name(cur.error);
	protected = suit_cbor_bstr(&cur);
	read_iv(&cur, &out->iv);
	out->text = suit_cbor_bstr(&cur);
	out->n_recipients = suit_cbor_array(&cur);
	out->recipients = (struct suit_slice){ cur.at, cur.left };
	if (cur.error != SUIT_OK)
		return suit_error_name(cur.error);
	if (!suit_slice_equal(protected, sg_cipher_protected) ||
	    out->iv.len != SG_CIPHER_IV || out->text.len < SG_CIPHER_TAG ||
	    out->n_recipients > MAX_RECIPIENTS)
		return unsupported;
	for (i = 0; i < out->n_recipients; i++) {
		code = sg_report_recipient_next(&cur, &recipient);
		if (code)
			return code;
	}
	return name_of(suit_cursor_end(&cur));
}

/* Of the key of the sender, which is for this message only. */
static void read_ephemeral(struct suit_cursor *cur,
			   struct sg_report_recipient *out)
{
	int64_t kty = 0, crv = 0;
	uint32_t n;

	for (n = suit_cbor_map(cur); n && cur->error == SUIT_OK; n--) {
		switch (suit_cbor_int(cur)) {
		case SUIT_KEY_KTY:
			kty = suit_cbor_int(cur);
			break;
		case SUIT_KEY_CRV:
			crv = suit_cbor_int(cur);
			break;
		case SUIT_KEY_X:
			out->x = suit_cbor_bstr(cur);
			break;
		case SUIT_KEY_Y:
			out->y = suit_cbor_bstr(cur);
			break;
		default:
			suit_cbor_item(cur);
		}
	}
	if (kty != SUIT_KTY_EC2 || crv != SUIT_CRV_P256)
		out->x = (struct suit_slice){ 0 };
}

static void read_header(struct suit_cursor *cur,
			struct sg_report_recipient *out)
{
	uint32_t n;

	for (n = suit_cbor_map(cur); n && cur->error == SUIT_OK; n--) {
		if (suit_cbor_int(cur) != SG_HEADER_EPHEMERAL)
			suit_cbor_item(cur);
		else
			read_ephemeral(cur, out);
	}
}

const char *sg_report_recipient_next(struct suit_cursor *recipients,
				     struct sg_report_recipient *out)
{
	struct suit_slice protected;

	*out = (struct sg_report_recipient){ 0 };
	if (suit_cbor_array(recipients) != 3)
		return recipients->error == SUIT_OK ?
			       unsupported : suit_error_name(recipients->error);
	protected = suit_cbor_bstr(recipients);
	read_header(recipients, out);
	out->wrapped = suit_cbor_bstr(recipients);
	if (!suit_slice_equal(protected, sg_recipient_protected) ||
	    out->wrapped.len != SG_CIPHER_WRAPPED)
		out->x = (struct suit_slice){ 0 };
	return name_of(recipients->error);
}

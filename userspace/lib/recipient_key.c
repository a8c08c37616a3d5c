// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Keys of those who read encrypted reports: for agreeing on a key, and never
 * for signing.
 */
#include <errno.h>
#include <fcntl.h>
#include <openssl/core_names.h>
#include <stdlib.h>
#include <string.h>

#include "cbor_write.h"
#include "crypto.h"
#include "private_key.h"
#include "report_cipher.h"
#include "suitgate/report.h"

enum { MAX_KEY = 4096, THUMBPRINT = 32 };

/**
 * struct members - of a COSE_Key
 * @kid: encoded bstr
 */
struct members {
	int64_t kty;
	int64_t alg;
	int64_t crv;
	struct suit_slice kid;
	struct suit_slice x;
	struct suit_slice y;
};

static void read_members(struct suit_cursor *cur, struct members *m)
{
	struct suit_cbor_key order = { 0 };
	uint32_t n;

	for (n = suit_cbor_map(cur); n && cur->error == SUIT_OK; n--) {
		switch (suit_cbor_key_int(cur, &order)) {
		case SUIT_KEY_KTY:
			m->kty = suit_cbor_int(cur);
			break;
		case SUIT_KEY_KID:
			suit_cbor_bstr_encoded(cur, &m->kid);
			break;
		case SUIT_KEY_ALG:
			m->alg = suit_cbor_int(cur);
			break;
		case SUIT_KEY_CRV:
			m->crv = suit_cbor_int(cur);
			break;
		case SUIT_KEY_X:
			m->x = suit_cbor_bstr(cur);
			break;
		case SUIT_KEY_Y:
			m->y = suit_cbor_bstr(cur);
			break;
		default:
			suit_cbor_item(cur);
		}
	}
}

int sg_recipient_read(const char *path, struct sg_recipient *out,
		      struct sg_error *err)
{
	struct members m = { .alg = SG_ALG_ECDH_ES_A128KW };
	struct suit_cursor cur;

	*out = (struct sg_recipient){ 0 };
	if (sg_file_read(path, MAX_KEY, &out->bytes, err) < 0)
		return -1;
	suit_cursor_init(&cur, (struct suit_slice){ out->bytes.data,
						    out->bytes.len });
	read_members(&cur, &m);
	if (suit_cursor_end(&cur) == SUIT_OK && m.kty == SUIT_KTY_EC2 &&
	    m.crv == SUIT_CRV_P256 && m.alg == SG_ALG_ECDH_ES_A128KW)
		out->key = sg_ecdh_point(m.x, m.y);
	out->kid = m.kid;
	if (out->key)
		return 0;
	sg_recipient_free(out);
	return sg_fail(err, "%s is not a public key to encrypt for: make one with suitctl keygen --alg ecdh-es-a128kw",
		       path);
}

void sg_recipient_free(struct sg_recipient *recipient)
{
	EVP_PKEY_free(recipient->key);
	sg_buf_free(&recipient->bytes);
	*recipient = (struct sg_recipient){ 0 };
}

/* With @kid NULL only what its thumbprint (RFC 9679) is about. */
static int encode(const uint8_t *x, const uint8_t *y, const uint8_t *kid,
		  struct sg_buf *out, struct sg_error *err)
{
	struct sg_cbor_writer w = { 0 };

	sg_cbor_write_map(&w, kid ? 6 : 4);
	sg_cbor_write_uint(&w, SUIT_KEY_KTY);
	sg_cbor_write_uint(&w, SUIT_KTY_EC2);
	if (kid) {
		sg_cbor_write_uint(&w, SUIT_KEY_KID);
		sg_cbor_write_bytes(&w, kid, SG_KID);
		sg_cbor_write_uint(&w, SUIT_KEY_ALG);
		sg_cbor_write_int(&w, SG_ALG_ECDH_ES_A128KW);
	}
	sg_cbor_write_int(&w, SUIT_KEY_CRV);
	sg_cbor_write_uint(&w, SUIT_CRV_P256);
	sg_cbor_write_int(&w, SUIT_KEY_X);
	sg_cbor_write_bytes(&w, x, SG_ECDH_POINT);
	sg_cbor_write_int(&w, SUIT_KEY_Y);
	sg_cbor_write_bytes(&w, y, SG_ECDH_POINT);
	return sg_cbor_write_end(&w, out, err);
}

int sg_recipient_encode(EVP_PKEY *key, struct sg_buf *out,
			uint8_t thumbprint[THUMBPRINT], struct sg_error *err)
{
	const struct suit_crypto *crypto = sg_crypto();
	uint8_t x[SG_ECDH_POINT], y[SG_ECDH_POINT];
	struct suit_slice bytes;
	enum suit_error error;
	struct sg_buf bare;

	if (!sg_ecdh_coordinates(key, x, y))
		return sg_fail(err, "OpenSSL made a key of a strange form");
	if (encode(x, y, NULL, &bare, err) < 0)
		return -1;
	bytes = (struct suit_slice){ bare.data, bare.len };
	error = crypto->ops->digest(crypto->ctx, SUIT_ALG_SHA256, &bytes, 1,
				    thumbprint);
	sg_buf_free(&bare);
	if (error != SUIT_OK)
		return sg_refuse(err, (int)error, "the thumbprint");
	return encode(x, y, thumbprint, out, err);
}

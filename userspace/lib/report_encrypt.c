// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Reports for one reader.
 */
#include <openssl/ec.h>
#include <openssl/rand.h>
#include <stdlib.h>
#include <string.h>

#include "cbor_write.h"
#include "eat.h"
#include "report_cipher.h"
#include "report_decode.h"

/**
 * struct sealing - what is made for one report
 * @ephemeral: the sender's key, for this report only
 * @use: what it is
 * @cek: key of the content
 * @text: ciphertext and tag
 */
struct sealing {
	EVP_PKEY *ephemeral;
	enum sg_cipher_use use;
	uint8_t cek[SG_CIPHER_KEY];
	uint8_t iv[SG_CIPHER_IV];
	uint8_t wrapped[SG_CIPHER_WRAPPED];
	struct sg_buf text;
};

static bool encrypt(struct sealing *s, const struct sg_buf *report)
{
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	int len, rest = 0;
	bool good;

	good = ctx &&
	       EVP_EncryptInit_ex(ctx, EVP_aes_128_gcm(), NULL, s->cek,
				  s->iv) == 1 &&
	       EVP_EncryptUpdate(ctx, NULL, &len, sg_cipher_aad.ptr,
				 (int)sg_cipher_aad.len) == 1 &&
	       EVP_EncryptUpdate(ctx, s->text.data, &len, report->data,
				 (int)report->len) == 1 &&
	       EVP_EncryptFinal_ex(ctx, s->text.data + len, &rest) == 1 &&
	       (size_t)len + (size_t)rest == report->len &&
	       EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_GET_TAG, SG_CIPHER_TAG,
				   s->text.data + report->len) == 1;
	EVP_CIPHER_CTX_free(ctx);
	return good;
}

static bool wrap(struct sealing *s, EVP_PKEY *reader)
{
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	uint8_t kek[SG_CIPHER_KEY];
	int len = 0;
	bool good;

	if (ctx)
		EVP_CIPHER_CTX_set_flags(ctx, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
	good = ctx && sg_report_agree(s->ephemeral, reader, s->use, kek) &&
	       EVP_EncryptInit_ex(ctx, EVP_aes_128_wrap(), NULL, kek,
				  NULL) == 1 &&
	       EVP_EncryptUpdate(ctx, s->wrapped, &len, s->cek,
				 sizeof(s->cek)) == 1 &&
	       len == SG_CIPHER_WRAPPED;
	OPENSSL_cleanse(kek, sizeof(kek));
	EVP_CIPHER_CTX_free(ctx);
	return good;
}

static bool seal(struct sealing *s, const struct sg_buf *report,
		 EVP_PKEY *reader)
{
	s->text.len = report->len + SG_CIPHER_TAG;
	s->text.data = malloc(s->text.len);
	s->ephemeral = EVP_EC_gen("P-256");
	return s->text.data && s->ephemeral &&
	       RAND_priv_bytes(s->cek, sizeof(s->cek)) == 1 &&
	       RAND_bytes(s->iv, sizeof(s->iv)) == 1 &&
	       encrypt(s, report) && wrap(s, reader);
}

static void write_recipient(struct sg_cbor_writer *w, const struct sealing *s,
			    const uint8_t *x, const uint8_t *y,
			    struct suit_slice kid)
{
	sg_cbor_write_array(w, 3);
	sg_cbor_write_bytes(w, sg_recipient_protected.ptr,
			    sg_recipient_protected.len);
	sg_cbor_write_map(w, 1 + !!kid.len);
	if (kid.len) {
		sg_cbor_write_uint(w, SUIT_HEADER_KID);
		sg_cbor_write_raw(w, kid.ptr, kid.len);
	}
	sg_cbor_write_int(w, SG_HEADER_EPHEMERAL);
	sg_cbor_write_map(w, 4);
	sg_cbor_write_uint(w, SUIT_KEY_KTY);
	sg_cbor_write_uint(w, SUIT_KTY_EC2);
	sg_cbor_write_int(w, SUIT_KEY_CRV);
	sg_cbor_write_uint(w, SUIT_CRV_P256);
	sg_cbor_write_int(w, SUIT_KEY_X);
	sg_cbor_write_bytes(w, x, SG_ECDH_POINT);
	sg_cbor_write_int(w, SUIT_KEY_Y);
	sg_cbor_write_bytes(w, y, SG_ECDH_POINT);
	sg_cbor_write_bytes(w, s->wrapped, sizeof(s->wrapped));
}

static int write_sealed(const struct sealing *s, struct suit_slice kid,
			struct sg_buf *out, struct sg_error *err)
{
	enum { HEADER_IV = 5 };
	uint8_t x[SG_ECDH_POINT], y[SG_ECDH_POINT];
	struct sg_cbor_writer w = { 0 };

	if (!sg_ecdh_coordinates(s->ephemeral, x, y))
		return sg_fail(err, "OpenSSL made a key of a strange form");
	sg_cbor_write_tag(&w, SUIT_TAG_COSE_ENCRYPT);
	sg_cbor_write_array(&w, 4);
	sg_cbor_write_bytes(&w, sg_cipher_protected.ptr,
			    sg_cipher_protected.len);
	sg_cbor_write_map(&w, 1);
	sg_cbor_write_uint(&w, HEADER_IV);
	sg_cbor_write_bytes(&w, s->iv, sizeof(s->iv));
	sg_cbor_write_bytes(&w, s->text.data, s->text.len);
	sg_cbor_write_array(&w, 1);
	write_recipient(&w, s, x, y, kid);
	return sg_cbor_write_end(&w, out, err);
}

int sg_report_cipher_make(const struct sg_buf *report, enum sg_cipher_use use,
			  const char *to, struct sg_buf *out,
			  struct sg_error *err)
{
	struct sealing s = { .use = use };
	struct sg_recipient reader;
	int ret;

	if (sg_recipient_read(to, &reader, err) < 0)
		return -1;
	if (seal(&s, report, reader.key))
		ret = write_sealed(&s, reader.kid, out, err);
	else
		ret = sg_fail(err, "OpenSSL cannot encrypt the report");
	OPENSSL_cleanse(s.cek, sizeof(s.cek));
	EVP_PKEY_free(s.ephemeral);
	sg_buf_free(&s.text);
	sg_recipient_free(&reader);
	return ret;
}

int sg_report_encrypt(const struct sg_buf *report, const char *to,
		      struct sg_buf *out, struct sg_error *err)
{
	struct suit_slice bytes = { report->data, report->len };
	const char *code;

	*out = (struct sg_buf){ 0 };
	code = report->len > SG_MAX_REPORT ? "envelope-too-big" :
					     sg_report_check(bytes);
	if (code)
		return sg_report_refuse(err, code);
	return sg_report_cipher_make(report, sg_eat_is(bytes) ?
						     SG_CIPHER_EAT :
						     SG_CIPHER_REPORT,
				     to, out, err);
}

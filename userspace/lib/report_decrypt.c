// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Encrypted reports, read by whom they are for.
 */
#include <stdlib.h>
#include <string.h>

#include "eat.h"
#include "private_key.h"
#include "report_cipher.h"
#include "report_decode.h"

static bool unwrap(const struct sg_report_recipient *recipient,
		   EVP_PKEY *own, enum sg_cipher_use use,
		   uint8_t cek[SG_CIPHER_KEY])
{
	EVP_PKEY *sender = sg_ecdh_point(recipient->x, recipient->y);
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	uint8_t kek[SG_CIPHER_KEY], out[SG_CIPHER_WRAPPED];
	int len = 0;
	bool good;

	if (ctx)
		EVP_CIPHER_CTX_set_flags(ctx, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
	good = ctx && sender && sg_report_agree(own, sender, use, kek) &&
	       EVP_DecryptInit_ex(ctx, EVP_aes_128_wrap(), NULL, kek,
				  NULL) == 1 &&
	       EVP_DecryptUpdate(ctx, out, &len, recipient->wrapped.ptr,
				 (int)recipient->wrapped.len) == 1 &&
	       len == SG_CIPHER_KEY;
	if (good)
		memcpy(cek, out, SG_CIPHER_KEY);
	OPENSSL_cleanse(out, sizeof(out));
	OPENSSL_cleanse(kek, sizeof(kek));
	EVP_CIPHER_CTX_free(ctx);
	EVP_PKEY_free(sender);
	return good;
}

/* The key of the content, from the one of the recipients that this is. */
static const char *find_key(const struct sg_report_cipher *cipher,
			    EVP_PKEY *own, enum sg_cipher_use use,
			    uint8_t cek[SG_CIPHER_KEY])
{
	struct sg_report_recipient recipient;
	struct suit_cursor cur;
	const char *code;
	uint32_t i;

	suit_cursor_init(&cur, cipher->recipients);
	for (i = 0; i < cipher->n_recipients; i++) {
		code = sg_report_recipient_next(&cur, &recipient);
		if (code)
			return code;
		if (recipient.x.ptr && unwrap(&recipient, own, use, cek))
			return NULL;
	}
	return "report-for-another-key";
}

static bool decrypt(const struct sg_report_cipher *cipher,
		    const uint8_t cek[SG_CIPHER_KEY], struct sg_buf *out)
{
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	int len = 0, rest = 0;
	bool good;

	out->len = cipher->text.len - SG_CIPHER_TAG;
	out->data = malloc(out->len + 1);
	good = ctx && out->data &&
	       EVP_DecryptInit_ex(ctx, EVP_aes_128_gcm(), NULL, cek,
				  cipher->iv.ptr) == 1 &&
	       EVP_DecryptUpdate(ctx, NULL, &len, sg_cipher_aad.ptr,
				 (int)sg_cipher_aad.len) == 1 &&
	       EVP_DecryptUpdate(ctx, out->data, &len, cipher->text.ptr,
				 (int)out->len) == 1 &&
	       EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_TAG, SG_CIPHER_TAG,
				   (void *)(cipher->text.ptr + out->len)) == 1 &&
	       EVP_DecryptFinal_ex(ctx, out->data + len, &rest) == 1;
	EVP_CIPHER_CTX_free(ctx);
	return good;
}

/* Whatever is inside, it is what the key was derived for, or nothing. */
static const char *check_inside(const struct sg_buf *bytes,
				enum sg_cipher_use use)
{
	struct suit_slice inside = { bytes->data, bytes->len };

	if (sg_eat_is(inside) != (use == SG_CIPHER_EAT))
		return "report-malformed";
	return sg_report_check(inside);
}

static const char *open_cipher(const struct sg_report_cipher *cipher,
			       EVP_PKEY *own, struct sg_buf *out)
{
	enum sg_cipher_use use = SG_CIPHER_REPORT;
	uint8_t cek[SG_CIPHER_KEY] = { 0 };
	const char *code = find_key(cipher, own, use, cek);

	if (code) {
		use = SG_CIPHER_EAT;
		code = find_key(cipher, own, use, cek);
	}
	if (!code && !decrypt(cipher, cek, out))
		code = "report-decryption-failed";
	OPENSSL_cleanse(cek, sizeof(cek));
	if (!code)
		code = check_inside(out, use);
	if (code)
		sg_buf_free(out);
	return code;
}

int sg_report_cipher_open(struct suit_slice bytes, const char *path,
			  struct sg_buf *out, struct sg_error *err)
{
	struct sg_report_cipher cipher;
	const char *code = sg_report_cipher_decode(bytes, &cipher);
	EVP_PKEY *own;

	*out = (struct sg_buf){ 0 };
	if (code)
		return sg_report_refuse(err, code);
	own = sg_private_pem_read(path, err);
	if (!own)
		return -1;
	code = open_cipher(&cipher, own, out);
	EVP_PKEY_free(own);
	return code ? sg_report_refuse(err, code) : 0;
}

int sg_report_decrypt(const struct sg_buf *bytes, const char *key,
		      struct sg_buf *out, struct sg_error *err)
{
	struct suit_slice payload = { bytes->data, bytes->len };
	struct sg_report_block block;
	enum suit_error error;

	*out = (struct sg_buf){ 0 };
	if (bytes->len > SG_MAX_REPORT)
		return sg_refuse(err, SUIT_ERR_ENVELOPE_SIZE, "the report");
	error = sg_report_block_open(payload, &block);
	if (error == SUIT_OK)
		payload = block.payload;
	else if (error != SUIT_ERR_AUTH_EMPTY && error != SUIT_ERR_COSE_TYPE)
		return sg_refuse(err, (int)error, "the report");
	if (!sg_report_is_cipher(payload))
		return sg_report_refuse(err, "report-not-encrypted");
	return sg_report_cipher_open(payload, key, out, err);
}

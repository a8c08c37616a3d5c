/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Encrypted reports: a COSE_Encrypt with AES-GCM, whose key is wrapped for
 * whoever may read it (ECDH-ES+A128KW with P-256). It is the payload of the
 * device's COSE_Sign1, as the report would be: nothing is decrypted that the
 * device has not signed.
 */
#ifndef SG_REPORT_CIPHER_H
#define SG_REPORT_CIPHER_H

#include <openssl/evp.h>

#include "core/suit.h"
#include "suitgate/types.h"

enum {
	SG_HEADER_EPHEMERAL = -1,
	SG_ALG_ECDH_ES_A128KW = -29,
	SG_ECDH_POINT = 32,	/* bytes of a coordinate */
	SG_CIPHER_KEY = 16,	/* also of the one that wraps it */
	SG_CIPHER_WRAPPED = SG_CIPHER_KEY + 8,
	SG_CIPHER_IV = 12,
	SG_CIPHER_TAG = 16,
};

/**
 * struct sg_report_cipher - an encrypted report, taken apart
 * @iv: SG_CIPHER_IV bytes
 * @text: ciphertext, and the tag behind it
 * @recipients: encoded, back to back
 * @n_recipients: how many
 */
struct sg_report_cipher {
	struct suit_slice iv;
	struct suit_slice text;
	struct suit_slice recipients;
	uint32_t n_recipients;
};

/**
 * struct sg_report_recipient - for whom
 * @x: of the sender's key; NULL: of a form that is not known
 * @y: likewise
 * @wrapped: SG_CIPHER_WRAPPED bytes
 */
struct sg_report_recipient {
	struct suit_slice x;
	struct suit_slice y;
	struct suit_slice wrapped;
};

/* What is encrypted: keys are derived for one of them only. */
enum sg_cipher_use {
	SG_CIPHER_REPORT,
	SG_CIPHER_EAT,
	SG_CIPHER_USES
};

/* Headers and the additional data. */
extern const struct suit_slice sg_cipher_protected, sg_recipient_protected;
extern const struct suit_slice sg_cipher_aad;

/* Is it encrypted, or at least no report? */
bool sg_report_is_cipher(struct suit_slice payload);
/* Take it apart. NULL, or the name of the error. */
const char *sg_report_cipher_decode(struct suit_slice bytes,
				    struct sg_report_cipher *out);
const char *sg_report_recipient_next(struct suit_cursor *recipients,
				     struct sg_report_recipient *out);

/* The key that wraps, of one's private and the other's public key. */
bool sg_report_agree(EVP_PKEY *own, EVP_PKEY *other, enum sg_cipher_use use,
		     uint8_t kek[SG_CIPHER_KEY]);
/* A point of P-256; NULL when it is none. */
EVP_PKEY *sg_ecdh_point(struct suit_slice x, struct suit_slice y);
/* The other way round. */
bool sg_ecdh_coordinates(EVP_PKEY *key, uint8_t x[SG_ECDH_POINT],
			 uint8_t y[SG_ECDH_POINT]);

/**
 * struct sg_recipient - the public key of somebody who reads reports
 * @key: it
 * @kid: encoded bstr, or empty; in @bytes
 * @bytes: its COSE_Key
 */
struct sg_recipient {
	EVP_PKEY *key;
	struct suit_slice kid;
	struct sg_buf bytes;
};

/* 0 or -1, both. */
int sg_recipient_read(const char *path, struct sg_recipient *out,
		      struct sg_error *err);
void sg_recipient_free(struct sg_recipient *recipient);
/* The COSE_Key of the public half, and its thumbprint. 0 or -1. */
int sg_recipient_encode(EVP_PKEY *key, struct sg_buf *out,
			uint8_t thumbprint[32], struct sg_error *err);

/* Encrypt what was checked for the public key in @to. 0 or -1. */
int sg_report_cipher_make(const struct sg_buf *report, enum sg_cipher_use use,
			  const char *to, struct sg_buf *out,
			  struct sg_error *err);
/* Decrypt with the private key in @path. 0 or -1. */
int sg_report_cipher_open(struct suit_slice bytes, const char *path,
			  struct sg_buf *out, struct sg_error *err);

#endif /* SG_REPORT_CIPHER_H */

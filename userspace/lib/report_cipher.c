// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What sender and reader of encrypted reports have in common.
 */
#include "report_cipher.h"

#include <openssl/core_names.h>
#include <openssl/kdf.h>
#include <openssl/param_build.h>
#include <string.h>

#define SLICE(bytes) { (const uint8_t *)(bytes), sizeof(bytes) - 1 }

/* {1: 1}, A128GCM */
const struct suit_slice sg_cipher_protected = SLICE("\xa1\x01\x01");
/* {1: -29}, ECDH-ES + A128KW */
const struct suit_slice sg_recipient_protected = SLICE("\xa1\x01\x38\x1c");
/* Enc_structure: ["Encrypt", protected, h''] */
const struct suit_slice sg_cipher_aad =
	SLICE("\x83\x67" "Encrypt" "\x43\xa1\x01\x01\x40");
/*
 * COSE_KDF_Context: [-3, [nil, nil, nil], [nil, nil, nil],
 * [128, protected of the recipient, 'SUIT Report Encryption']]
 */
#define CONTEXT(len_and_use) \
	SLICE("\x84\x22\x83\xf6\xf6\xf6\x83\xf6\xf6\xf6" \
	      "\x83\x18\x80\x44\xa1\x01\x38\x1c" len_and_use)
static const struct suit_slice contexts[] = {
	[SG_CIPHER_REPORT] = CONTEXT("\x56" "SUIT Report Encryption"),
	[SG_CIPHER_EAT] = CONTEXT("\x4e" "EAT Encryption"),
};

static bool secret(EVP_PKEY *own, EVP_PKEY *other,
		   uint8_t out[SG_ECDH_POINT])
{
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_pkey(NULL, own, NULL);
	size_t len = SG_ECDH_POINT;
	bool good = ctx && EVP_PKEY_derive_init(ctx) == 1 &&
		    EVP_PKEY_derive_set_peer(ctx, other) == 1 &&
		    EVP_PKEY_derive(ctx, out, &len) == 1 &&
		    len == SG_ECDH_POINT;

	EVP_PKEY_CTX_free(ctx);
	return good;
}

/* HKDF with SHA-256, without salt */
static bool expand(uint8_t from[SG_ECDH_POINT], struct suit_slice context,
		   uint8_t out[SG_CIPHER_KEY])
{
	OSSL_PARAM params[] = {
		OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST,
						 (char *)"SHA256", 0),
		OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, from,
						  SG_ECDH_POINT),
		OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO,
						  (void *)context.ptr,
						  context.len),
		OSSL_PARAM_construct_end(),
	};
	EVP_KDF *kdf = EVP_KDF_fetch(NULL, "HKDF", NULL);
	EVP_KDF_CTX *ctx = kdf ? EVP_KDF_CTX_new(kdf) : NULL;
	bool good = ctx && EVP_KDF_derive(ctx, out, SG_CIPHER_KEY, params) == 1;

	EVP_KDF_CTX_free(ctx);
	EVP_KDF_free(kdf);
	return good;
}

bool sg_report_agree(EVP_PKEY *own, EVP_PKEY *other, enum sg_cipher_use use,
		     uint8_t kek[SG_CIPHER_KEY])
{
	uint8_t shared[SG_ECDH_POINT];
	bool good = secret(own, other, shared) &&
		    expand(shared, contexts[use], kek);

	OPENSSL_cleanse(shared, sizeof(shared));
	return good;
}

EVP_PKEY *sg_ecdh_point(struct suit_slice x, struct suit_slice y)
{
	uint8_t point[1 + 2 * SG_ECDH_POINT] = { 4 };
	OSSL_PARAM params[] = {
		OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME,
						 (char *)"P-256", 0),
		OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY,
						  point, sizeof(point)),
		OSSL_PARAM_construct_end(),
	};
	EVP_PKEY_CTX *ctx;
	EVP_PKEY *key = NULL;

	if (x.len != SG_ECDH_POINT || y.len != SG_ECDH_POINT)
		return NULL;
	memcpy(point + 1, x.ptr, SG_ECDH_POINT);
	memcpy(point + 1 + SG_ECDH_POINT, y.ptr, SG_ECDH_POINT);
	ctx = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
	if (ctx && EVP_PKEY_fromdata_init(ctx) == 1 &&
	    EVP_PKEY_fromdata(ctx, &key, EVP_PKEY_PUBLIC_KEY, params) != 1)
		key = NULL;
	EVP_PKEY_CTX_free(ctx);
	return key;
}

static bool coordinate(EVP_PKEY *key, const char *name,
		       uint8_t out[SG_ECDH_POINT])
{
	BIGNUM *bn = NULL;
	bool good = EVP_PKEY_get_bn_param(key, name, &bn) == 1 &&
		    BN_bn2binpad(bn, out, SG_ECDH_POINT) == SG_ECDH_POINT;

	BN_free(bn);
	return good;
}

bool sg_ecdh_coordinates(EVP_PKEY *key, uint8_t x[SG_ECDH_POINT],
			 uint8_t y[SG_ECDH_POINT])
{
	return coordinate(key, OSSL_PKEY_PARAM_EC_PUB_X, x) &&
	       coordinate(key, OSSL_PKEY_PARAM_EC_PUB_Y, y);
}

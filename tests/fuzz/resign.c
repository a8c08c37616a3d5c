// SPDX-License-Identifier: GPL-2.0-or-later
#include "resign.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

enum { HALF = 32, SIGNATURE = 64, SHA256 = 32 };

static EVP_PKEY *author(void)
{
	static EVP_PKEY *pkey;

	if (!pkey)
		pkey = EVP_EC_gen("P-256");
	if (!pkey)
		abort();
	return pkey;
}

static void coordinate(const char *name, uint8_t out[HALF])
{
	BIGNUM *bn = NULL;

	if (EVP_PKEY_get_bn_param(author(), name, &bn) != 1 ||
	    BN_bn2binpad(bn, out, HALF) != HALF)
		abort();
	BN_free(bn);
}

struct suit_slice resign_public_key(void)
{
	/* {1: 2, 2: 'f', 3: -7, -1: 1, -2: x, -3: y} */
	static uint8_t key[] = { 0xa6, 0x01, 0x02, 0x02, 0x41, 'f', 0x03, 0x26,
				 0x20, 0x01, 0x21, 0x58, HALF,
				 [13 + HALF] = 0x22, 0x58, HALF,
				 [15 + 2 * HALF] = 0 };

	coordinate(OSSL_PKEY_PARAM_EC_PUB_X, key + 13);
	coordinate(OSSL_PKEY_PARAM_EC_PUB_Y, key + 16 + HALF);
	return (struct suit_slice){ key, sizeof(key) };
}

/* DER SEQUENCE { INTEGER r, INTEGER s } <-> r||s */
static void to_raw(const uint8_t *der, size_t len, uint8_t out[SIGNATURE])
{
	ECDSA_SIG *sig = d2i_ECDSA_SIG(NULL, &der, (long)len);

	if (!sig ||
	    BN_bn2binpad(ECDSA_SIG_get0_r(sig), out, HALF) != HALF ||
	    BN_bn2binpad(ECDSA_SIG_get0_s(sig), out + HALF, HALF) != HALF)
		abort();
	ECDSA_SIG_free(sig);
}

static void sign(const uint8_t *tbs, size_t len, uint8_t out[SIGNATURE])
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	uint8_t der[80];
	size_t n = sizeof(der);

	if (!ctx || EVP_DigestSignInit(ctx, NULL, EVP_sha256(), NULL,
				       author()) != 1 ||
	    EVP_DigestSign(ctx, der, &n, tbs, len) != 1)
		abort();
	EVP_MD_CTX_free(ctx);
	to_raw(der, n, out);
}

static size_t put_head(uint8_t *out, unsigned int major, size_t n)
{
	out[0] = (uint8_t)(major << 5);
	if (n < 24) {
		out[0] |= (uint8_t)n;
		return 1;
	}
	if (n < 256) {
		out[0] |= 24;
		out[1] = (uint8_t)n;
		return 2;
	}
	if (n < 65536) {
		out[0] |= 25;
		out[1] = (uint8_t)(n >> 8);
		out[2] = (uint8_t)n;
		return 3;
	}
	out[0] |= 26;
	out[1] = (uint8_t)(n >> 24);
	out[2] = (uint8_t)(n >> 16);
	out[3] = (uint8_t)(n >> 8);
	out[4] = (uint8_t)n;
	return 5;
}

/* ["Signature1", << {1: -7} >>, h'', digest] and the block that holds it */
static size_t put_block(uint8_t *out, const uint8_t *digest, size_t len)
{
	static const uint8_t head[] = "\x84\x6aSignature1\x43\xa1\x01\x26\x40";
	static const uint8_t block[] = "\xd2\x84\x43\xa1\x01\x26"
				       "\xa1\x04\x41\x66\xf6\x58\x40";
	uint8_t tbs[128];
	size_t n = sizeof(head) - 1;

	memcpy(tbs, head, n);
	n += put_head(tbs + n, SUIT_CBOR_BSTR, len);
	memcpy(tbs + n, digest, len);
	memcpy(out, block, sizeof(block) - 1);
	sign(tbs, n + len, out + sizeof(block) - 1);
	return sizeof(block) - 1 + SIGNATURE;
}

size_t resign(struct suit_slice manifest, struct suit_slice members,
	      uint32_t n_members, uint8_t *out, size_t cap)
{
	uint8_t digest[4 + SHA256] = { 0x82, 0x2f, 0x58, SHA256 };
	uint8_t block[128], head[5], *at = out;
	size_t head_len = put_head(head, SUIT_CBOR_BSTR, manifest.len);
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	size_t n;

	if (manifest.len > cap || members.len > cap ||
	    manifest.len + members.len + RESIGN_SURPLUS > cap)
		return 0;
	if (!ctx || EVP_DigestInit_ex(ctx, EVP_sha256(), NULL) != 1 ||
	    EVP_DigestUpdate(ctx, head, head_len) != 1 ||
	    EVP_DigestUpdate(ctx, manifest.ptr, manifest.len) != 1 ||
	    EVP_DigestFinal_ex(ctx, digest + 4, NULL) != 1)
		abort();
	EVP_MD_CTX_free(ctx);
	n = put_block(block, digest, sizeof(digest));
	*at++ = 0xd8;
	*at++ = SUIT_TAG_ENVELOPE;
	at += put_head(at, SUIT_CBOR_MAP, 2 + n_members);
	*at++ = SUIT_ENVELOPE_AUTH;
	/* [ digest, block ], each in a bstr, in a bstr */
	at += put_head(at, SUIT_CBOR_BSTR, 1 + 2 + sizeof(digest) + 2 + n);
	at += put_head(at, SUIT_CBOR_ARRAY, 2);
	at += put_head(at, SUIT_CBOR_BSTR, sizeof(digest));
	memcpy(at, digest, sizeof(digest));
	at += sizeof(digest);
	at += put_head(at, SUIT_CBOR_BSTR, n);
	memcpy(at, block, n);
	at += n;
	*at++ = SUIT_ENVELOPE_MANIFEST;
	memcpy(at, head, head_len);
	at += head_len;
	memcpy(at, manifest.ptr, manifest.len);
	at += manifest.len;
	memcpy(at, members.ptr, members.len);
	return (size_t)(at - out) + members.len;
}

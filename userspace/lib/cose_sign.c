// SPDX-License-Identifier: LGPL-2.1-or-later
#include "cose_sign.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <string.h>

#include "alg.h"
#include "cbor_write.h"
#include "core/suit.h"
#include "private_key.h"

enum { MAX_SIGNATURE = 2 * SG_MAX_POINT, MAX_DER = MAX_SIGNATURE + 16 };

/* OpenSSL's DER as COSE's r || s, each as long as the curve's order. */
static int raw_signature(const uint8_t *der, size_t len, size_t half,
			 uint8_t *out)
{
	ECDSA_SIG *sig = d2i_ECDSA_SIG(NULL, &der, (long)len);
	int ret = -1;

	if (sig && BN_bn2binpad(ECDSA_SIG_get0_r(sig), out, (int)half) > 0 &&
	    BN_bn2binpad(ECDSA_SIG_get0_s(sig), out + half, (int)half) > 0)
		ret = 0;
	ECDSA_SIG_free(sig);
	return ret;
}

/* ECDSA's nonce from key and message: nothing to leak, and repeatable. */
static int start(EVP_MD_CTX *ctx, const struct sg_alg *alg, EVP_PKEY *pkey)
{
	unsigned int deterministic = 1;
	OSSL_PARAM nonce[] = {
		OSSL_PARAM_construct_uint(OSSL_SIGNATURE_PARAM_NONCE_TYPE,
					  &deterministic),
		OSSL_PARAM_construct_end(),
	};

	return EVP_DigestSignInit_ex(ctx, NULL, alg->md, NULL, NULL, pkey,
				     alg->md ? nonce : NULL);
}

static int sign(const struct sg_private_key *key, const struct sg_buf *tbs,
		uint8_t out[MAX_SIGNATURE], size_t *len, struct sg_error *err)
{
	const struct sg_alg *alg = sg_alg_find(key->alg);
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	uint8_t der[MAX_DER];
	size_t n = sizeof(der);
	int ret = -1;

	*len = 2 * alg->half;
	if (!ctx || start(ctx, alg, key->pkey) != 1 ||
	    EVP_DigestSign(ctx, der, &n, tbs->data, tbs->len) != 1)
		sg_fail(err, "OpenSSL cannot sign with this key");
	else if (alg->md && raw_signature(der, n, alg->half, out) < 0)
		sg_fail(err, "OpenSSL made a signature of a strange form");
	else
		ret = 0;
	if (!ret && !alg->md) {
		memcpy(out, der, n);
		*len = n;
	}
	EVP_MD_CTX_free(ctx);
	return ret;
}

/* kid too, though it is only a hint: then no byte may be changed on the way. */
static int encode_protected(const struct sg_private_key *key,
			    struct sg_buf *out, struct sg_error *err)
{
	struct sg_cbor_writer w = { 0 };

	sg_cbor_write_map(&w, 2);
	sg_cbor_write_uint(&w, SUIT_HEADER_ALG);
	sg_cbor_write_int(&w, key->alg);
	sg_cbor_write_uint(&w, SUIT_HEADER_KID);
	sg_cbor_write_bytes(&w, key->kid.data, key->kid.len);
	if (sg_cbor_write_end(&w, out, err) < 0)
		return -1;
	if (out->len <= SUIT_MAX_PROTECTED)
		return 0;
	sg_buf_free(out);
	return sg_fail(err, "the key id has %zu bytes, more than a verifier takes: make a key with suitctl keygen",
		       key->kid.len);
}

/* @payload NULL: it travels elsewhere. */
static int encode_block(const struct sg_buf *protected,
			const void *payload, size_t payload_len,
			const uint8_t *signature, size_t len,
			struct sg_buf *out, struct sg_error *err)
{
	struct sg_cbor_writer w = { 0 };

	sg_cbor_write_tag(&w, SUIT_TAG_COSE_SIGN1);
	sg_cbor_write_array(&w, 4);
	sg_cbor_write_bytes(&w, protected->data, protected->len);
	sg_cbor_write_map(&w, 0);
	if (payload)
		sg_cbor_write_bytes(&w, payload, payload_len);
	else
		sg_cbor_write_null(&w);
	sg_cbor_write_bytes(&w, signature, len);
	return sg_cbor_write_end(&w, out, err);
}

static int sign_block(const char *key_path, const void *payload, size_t len,
		      const void *aad, size_t aad_len, bool attached,
		      struct sg_buf *out, struct sg_error *err)
{
	struct sg_buf protected = { 0 }, tbs = { 0 };
	uint8_t signature[MAX_SIGNATURE];
	struct sg_cbor_writer w = { 0 };
	struct sg_private_key key;
	size_t signature_len;
	int ret = -1;

	*out = (struct sg_buf){ 0 };
	if (sg_private_key_load(key_path, &key, err) < 0)
		return -1;
	if (encode_protected(&key, &protected, err) < 0)
		goto out;
	sg_cbor_write_array(&w, 4);
	sg_cbor_write_text(&w, "Signature1");
	sg_cbor_write_bytes(&w, protected.data, protected.len);
	sg_cbor_write_bytes(&w, aad, aad_len);
	sg_cbor_write_bytes(&w, payload, len);
	if (sg_cbor_write_end(&w, &tbs, err) < 0 ||
	    sign(&key, &tbs, signature, &signature_len, err) < 0)
		goto out;
	ret = encode_block(&protected, attached ? payload : NULL, len,
			   signature, signature_len, out, err);
out:
	sg_buf_free(&tbs);
	sg_buf_free(&protected);
	sg_private_key_free(&key);
	return ret;
}

int sg_cose_sign(const char *key_path, const void *payload, size_t len,
		 const void *aad, size_t aad_len, struct sg_buf *out,
		 struct sg_error *err)
{
	return sign_block(key_path, payload, len, aad, aad_len, false, out,
			  err);
}

int sg_cose_sign_attached(const char *key_path, const struct sg_buf *payload,
			  struct sg_buf *out, struct sg_error *err)
{
	return sign_block(key_path, payload->data, payload->len, NULL, 0, true,
			  out, err);
}

bool sg_cose_signed(struct suit_slice blocks, uint32_t n,
		    const struct sg_buf *block)
{
	const struct suit_slice wanted = { block->data, block->len };
	struct suit_cursor cur;

	suit_cursor_init(&cur, blocks);
	while (n--)
		if (suit_slice_equal(suit_cbor_bstr(&cur), wanted))
			return true;
	return false;
}

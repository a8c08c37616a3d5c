// SPDX-License-Identifier: LGPL-2.1-or-later
#include "crypto.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/x509.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* What a COSE algorithm is called in OpenSSL. */
struct algorithm {
	s32 alg;
	const char *type;
	const char *group;	/* curve, NULL when the type says it all */
	s32 digest;		/* 0: the signature scheme hashes by itself */
};

static const struct algorithm algorithms[] = {
	{ SUIT_ALG_ES256, "EC", "P-256", SUIT_ALG_SHA256 },
	{ SUIT_ALG_ESP256, "EC", "P-256", SUIT_ALG_SHA256 },
	{ SUIT_ALG_ES384, "EC", "P-384", SUIT_ALG_SHA384 },
	{ SUIT_ALG_ESP384, "EC", "P-384", SUIT_ALG_SHA384 },
	{ SUIT_ALG_EDDSA, "ED25519", NULL, 0 },
	{ SUIT_ALG_ED25519, "ED25519", NULL, 0 },
	{ SUIT_ALG_HMAC256, "HMAC", NULL, SUIT_ALG_SHA256 },
};

/* MACs have an EVP_PKEY too, of the secret. */
static bool is_mac(const struct algorithm *how)
{
	return how->alg == SUIT_ALG_HMAC256;
}

static const struct algorithm *algorithm_of(s32 alg)
{
	size_t i;

	for (i = 0; i < sizeof(algorithms) / sizeof(algorithms[0]); i++)
		if (algorithms[i].alg == alg)
			return &algorithms[i];
	return NULL;
}

static struct {
	EVP_MD *sha256, *sha384, *sha512;
} fetched;

static void fetch(void)
{
	fetched.sha256 = EVP_MD_fetch(NULL, "SHA2-256", NULL);
	fetched.sha384 = EVP_MD_fetch(NULL, "SHA2-384", NULL);
	fetched.sha512 = EVP_MD_fetch(NULL, "SHA2-512", NULL);
}

static const EVP_MD *md_of(s32 alg)
{
	switch (alg) {
	case SUIT_ALG_SHA256:
		return fetched.sha256;
	case SUIT_ALG_SHA384:
		return fetched.sha384;
	case SUIT_ALG_SHA512:
		return fetched.sha512;
	default:
		return NULL;
	}
}

static enum suit_error digest(void *ctx, s32 alg,
			      const struct suit_slice *part, size_t n, u8 *out)
{
	enum suit_error error = SUIT_ERR_CRYPTO;
	const EVP_MD *md = md_of(alg);
	EVP_MD_CTX *hash;
	size_t i;

	(void)ctx;
	if (!md)
		return SUIT_ERR_DIGEST_ALG;
	hash = EVP_MD_CTX_new();
	if (!hash || EVP_DigestInit_ex2(hash, md, NULL) != 1)
		goto out;
	for (i = 0; i < n; i++)
		if (part[i].len &&
		    EVP_DigestUpdate(hash, part[i].ptr, part[i].len) != 1)
			goto out;
	if (EVP_DigestFinal_ex(hash, out, NULL) == 1)
		error = SUIT_OK;
out:
	EVP_MD_CTX_free(hash);
	return error;
}

/* An unsigned big-endian number as a DER INTEGER; returns its length. */
static size_t der_integer(u8 *out, const u8 *number, size_t len)
{
	size_t skip = 0, pad;

	while (skip + 1 < len && !number[skip])
		skip++;
	len -= skip;
	pad = number[skip] >> 7;
	out[0] = 2;
	out[1] = (u8)(len + pad);
	out[2] = 0;
	memcpy(out + 2 + pad, number + skip, len);
	return 2 + pad + len;
}

/* COSE's r || s as the DER that OpenSSL wants; @out has 112 bytes. */
static size_t der_signature(u8 *out, struct suit_slice sig)
{
	size_t half = sig.len / 2, n;

	n = der_integer(out + 2, sig.ptr, half);
	n += der_integer(out + 2 + n, sig.ptr + half, half);
	out[0] = 0x30;
	out[1] = (u8)n;
	return n + 2;
}

enum { MAX_ECDSA = 96, MAX_MESSAGE = 2048 };

/* ECDSA over the digest of the parts. */
static enum suit_error verify_ecdsa(const struct algorithm *how,
				    const EVP_PKEY_CTX *prepared,
				    const struct suit_slice *part, size_t n,
				    struct suit_slice sig)
{
	u8 hash[SUIT_MAX_DIGEST], der[MAX_ECDSA + 16];
	enum suit_error error;
	EVP_PKEY_CTX *ctx;
	int ret;

	if (!sig.len || sig.len > MAX_ECDSA || sig.len & 1)
		return SUIT_ERR_SIGNATURE;
	error = digest(NULL, how->digest, part, n, hash);
	if (error != SUIT_OK)
		return error;
	ctx = EVP_PKEY_CTX_dup(prepared);
	ret = ctx ? EVP_PKEY_verify(ctx, der, der_signature(der, sig), hash,
				    suit_digest_size(how->digest)) : -2;
	EVP_PKEY_CTX_free(ctx);
	if (ret == 1)
		return SUIT_OK;
	return ret == -2 ? SUIT_ERR_CRYPTO : SUIT_ERR_SIGNATURE;
}

/* The parts in one piece: in @small if they fit, else malloc()ed, or NULL. */
static u8 *join(const struct suit_slice *part, size_t n, u8 small[MAX_MESSAGE],
		size_t *len)
{
	u8 *message = small;
	size_t i, at = 0;

	for (i = 0, *len = 0; i < n; i++) {
		if (part[i].len > PTRDIFF_MAX - *len)
			return NULL;
		*len += part[i].len;
	}
	if (*len > MAX_MESSAGE)
		message = malloc(*len);
	for (i = 0; message && i < n; at += part[i++].len)
		if (part[i].len)
			memcpy(message + at, part[i].ptr, part[i].len);
	return message;
}

/*
 * Ed25519 wants the message in one piece. A Sig_structure over a manifest's
 * digest is small; one over a trust statement need not be.
 */
static enum suit_error verify_message(EVP_PKEY *pkey,
				      const struct suit_slice *part, size_t n,
				      struct suit_slice sig)
{
	u8 small[MAX_MESSAGE], *message;
	EVP_MD_CTX *ctx;
	size_t len;
	int ret = -2;

	message = join(part, n, small, &len);
	ctx = EVP_MD_CTX_new();
	if (message && ctx &&
	    EVP_DigestVerifyInit_ex(ctx, NULL, NULL, NULL, NULL, pkey,
				    NULL) == 1)
		ret = EVP_DigestVerify(ctx, sig.ptr, sig.len, message, len);
	EVP_MD_CTX_free(ctx);
	if (message != small)
		free(message);
	if (ret == 1)
		return SUIT_OK;
	return ret == -2 ? SUIT_ERR_CRYPTO : SUIT_ERR_SIGNATURE;
}

/* Make the tag again and compare. */
static enum suit_error verify_mac(EVP_PKEY *pkey, const struct suit_slice *part,
				  size_t n, struct suit_slice tag)
{
	u8 mac[EVP_MAX_MD_SIZE];
	size_t i, len = sizeof(mac);
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	bool made;

	made = ctx && EVP_DigestSignInit_ex(ctx, NULL, "SHA256", NULL, NULL,
					    pkey, NULL) == 1;
	for (i = 0; made && i < n; i++)
		made = !part[i].len || EVP_DigestSignUpdate(ctx, part[i].ptr,
							   part[i].len) == 1;
	made = made && EVP_DigestSignFinal(ctx, mac, &len) == 1;
	EVP_MD_CTX_free(ctx);
	if (!made)
		return SUIT_ERR_CRYPTO;
	return len == tag.len && !CRYPTO_memcmp(mac, tag.ptr, len) ?
		       SUIT_OK : SUIT_ERR_SIGNATURE;
}

static enum suit_error verify(void *ctx, const struct suit_key *key,
			      const struct suit_slice *part, size_t n,
			      struct suit_slice sig)
{
	const struct algorithm *how = algorithm_of(key->alg);
	EVP_PKEY *pkey;

	(void)ctx;
	if (!how || !key->handle)
		return SUIT_ERR_COSE_ALG;
	pkey = EVP_PKEY_CTX_get0_pkey(key->handle);
	if (is_mac(how))
		return verify_mac(pkey, part, n, sig);
	return how->digest ? verify_ecdsa(how, key->handle, part, n, sig) :
			     verify_message(pkey, part, n, sig);
}

static bool supports(void *ctx, s32 alg)
{
	(void)ctx;
	return algorithm_of(alg) || md_of(alg);
}

static const struct suit_crypto_ops ops = {
	.digest = digest,
	.verify = verify,
	.supports = supports,
};
static const struct suit_crypto seam = { &ops, NULL };

const struct suit_crypto *sg_crypto(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, fetch);
	return &seam;
}

/* Parameters of a public key, as EVP_PKEY_fromdata() takes them. */
static OSSL_PARAM *public_params(const struct algorithm *how,
				 const struct suit_key *key)
{
	u8 point[1 + 2 * 48] = { 4 };
	OSSL_PARAM_BLD *bld = OSSL_PARAM_BLD_new();
	const void *pub = key->x.ptr;
	size_t len = key->x.len;
	OSSL_PARAM *params = NULL;

	if (how->group) {
		memcpy(point + 1, key->x.ptr, key->x.len);
		memcpy(point + 1 + key->x.len, key->y.ptr, key->y.len);
		pub = point;
		len = 1 + key->x.len + key->y.len;
	}
	if (bld &&
	    (!how->group ||
	     OSSL_PARAM_BLD_push_utf8_string(bld, OSSL_PKEY_PARAM_GROUP_NAME,
					     how->group, 0)) &&
	    OSSL_PARAM_BLD_push_octet_string(bld, OSSL_PKEY_PARAM_PUB_KEY, pub,
					     len))
		params = OSSL_PARAM_BLD_to_param(bld);
	OSSL_PARAM_BLD_free(bld);
	return params;
}

static EVP_PKEY *pkey_of_cose(const struct algorithm *how,
			      const struct suit_key *key)
{
	OSSL_PARAM *params = public_params(how, key);
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, how->type, NULL);
	EVP_PKEY *pkey = NULL;

	if (params && ctx && EVP_PKEY_fromdata_init(ctx) == 1 &&
	    EVP_PKEY_fromdata(ctx, &pkey, EVP_PKEY_PUBLIC_KEY, params) != 1)
		pkey = NULL;
	EVP_PKEY_CTX_free(ctx);
	OSSL_PARAM_free(params);
	return pkey;
}

static EVP_PKEY *pkey_of_secret(const struct suit_key *key)
{
	return EVP_PKEY_new_raw_private_key_ex(NULL, "HMAC", NULL, key->x.ptr,
					       key->x.len);
}

static EVP_PKEY *pkey_of_certificate(const struct suit_key *key)
{
	const unsigned char *at = key->bytes.ptr;
	EVP_PKEY *pkey = NULL;
	X509 *cert;

	if (key->bytes.len > 65536)
		return NULL;
	cert = d2i_X509(NULL, &at, (long)key->bytes.len);
	if (cert && at == key->bytes.ptr + key->bytes.len)
		pkey = X509_get_pubkey(cert);
	X509_free(cert);
	return pkey;
}

/* Is this key one of that algorithm, on that curve, and a valid point? */
static bool fits(const struct algorithm *how, EVP_PKEY *pkey)
{
	EVP_PKEY_CTX *ctx;
	char group[32] = "";
	bool valid;

	if (!EVP_PKEY_is_a(pkey, how->type))
		return false;
	if (how->group) {
		EVP_PKEY_get_group_name(pkey, group, sizeof(group), NULL);
		if (strcmp(group, how->group) &&
		    strcmp(group, how->digest == SUIT_ALG_SHA256 ?
					  "prime256v1" : "secp384r1"))
			return false;
	}
	ctx = EVP_PKEY_CTX_new_from_pkey(NULL, pkey, NULL);
	valid = ctx && EVP_PKEY_public_check(ctx) == 1;
	EVP_PKEY_CTX_free(ctx);
	return valid;
}

/* Whatever need not be done for each signature anew; owns @pkey. */
static EVP_PKEY_CTX *prepare(const struct algorithm *how, EVP_PKEY *pkey)
{
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_pkey(NULL, pkey, NULL);
	bool ecdsa = !is_mac(how) && how->digest;

	EVP_PKEY_free(pkey);
	if (!ctx || !ecdsa || EVP_PKEY_verify_init(ctx) == 1)
		return ctx;
	EVP_PKEY_CTX_free(ctx);
	return NULL;
}

enum suit_error sg_crypto_import(struct suit_key *key)
{
	const struct algorithm *how = algorithm_of(key->alg);
	EVP_PKEY *pkey;

	key->handle = NULL;
	if (!how)
		return SUIT_ERR_KEY_TYPE;
	if (is_mac(how))
		pkey = pkey_of_secret(key);
	else if (key->form == SUIT_KEY_X509)
		pkey = pkey_of_certificate(key);
	else
		pkey = pkey_of_cose(how, key);
	if (!pkey)
		return SUIT_ERR_KEY_FORM;
	if (!is_mac(how) && !fits(how, pkey)) {
		EVP_PKEY_free(pkey);
		return SUIT_ERR_KEY_TYPE;
	}
	key->handle = prepare(how, pkey);
	return key->handle ? SUIT_OK : SUIT_ERR_CRYPTO;
}

void sg_crypto_release(struct suit_key *key)
{
	EVP_PKEY_CTX_free(key->handle);
	key->handle = NULL;
}

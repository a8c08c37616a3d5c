// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Private keys, read from PEM files, with what the public key beside them says.
 */
#include "private_key.h"

#include <errno.h>
#include <openssl/core_names.h>
#include <openssl/pem.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "alg.h"
#include "cbor_write.h"
#include "core/suit.h"
#include "crypto.h"
#include "folder.h"

enum { MAX_PEM = 64 << 10, THUMBPRINT = 32 };

/* Asked for a passphrase: there is nobody to ask. */
static int no_passphrase(char *buf, int size, int rwflag, void *asked)
{
	(void)buf;
	(void)size;
	(void)rwflag;
	*(bool *)asked = true;
	return -1;
}

EVP_PKEY *sg_private_pem_read(const char *path, struct sg_error *err)
{
	struct sg_buf pem = { 0 };
	EVP_PKEY *pkey = NULL;
	bool asked = false;
	BIO *bio;

	if (sg_file_read(path, MAX_PEM, &pem, err) < 0)
		return NULL;
	bio = BIO_new_mem_buf(pem.data, (int)pem.len);
	if (bio)
		pkey = PEM_read_bio_PrivateKey(bio, NULL, no_passphrase,
					       &asked);
	BIO_free(bio);
	OPENSSL_cleanse(pem.data, pem.len);
	sg_buf_free(&pem);
	if (!pkey && asked)
		sg_fail(err, "%s is encrypted: decrypt it first (openssl pkey)",
			path);
	else if (!pkey)
		sg_fail(err, "%s is not a private key in PEM form", path);
	return pkey;
}

static int read_coordinate(EVP_PKEY *pkey, const char *name, size_t len,
			   uint8_t *out)
{
	BIGNUM *bn = NULL;
	int ret = -1;

	if (EVP_PKEY_get_bn_param(pkey, name, &bn) == 1 &&
	    BN_bn2binpad(bn, out, (int)len) == (int)len)
		ret = 0;
	BN_free(bn);
	return ret;
}

static int read_point(EVP_PKEY *pkey, const struct sg_alg *alg,
		      uint8_t x[SG_MAX_POINT], uint8_t y[SG_MAX_POINT])
{
	size_t len = alg->half;

	if (alg->group)
		return read_coordinate(pkey, OSSL_PKEY_PARAM_EC_PUB_X, len, x) ||
		       read_coordinate(pkey, OSSL_PKEY_PARAM_EC_PUB_Y, len, y) ?
			       -1 : 0;
	return EVP_PKEY_get_raw_public_key(pkey, x, &len) == 1 ? 0 : -1;
}

static int encode(EVP_PKEY *pkey, const struct sg_alg *alg,
		  const struct sg_buf *kid, struct sg_buf *out,
		  struct sg_error *err)
{
	uint8_t x[SG_MAX_POINT], y[SG_MAX_POINT];
	struct sg_cbor_writer w = { 0 };

	if (read_point(pkey, alg, x, y) < 0)
		return sg_fail(err, "the key is not one for %s", alg->name);
	sg_cbor_write_map(&w, 5 + (alg->group != NULL) + (kid->len != 0));
	sg_cbor_write_uint(&w, SUIT_KEY_KTY);
	sg_cbor_write_uint(&w, alg->group ? SUIT_KTY_EC2 : SUIT_KTY_OKP);
	if (kid->len) {
		sg_cbor_write_uint(&w, SUIT_KEY_KID);
		sg_cbor_write_bytes(&w, kid->data, kid->len);
	}
	sg_cbor_write_uint(&w, SUIT_KEY_ALG);
	sg_cbor_write_int(&w, alg->alg);
	sg_cbor_write_uint(&w, SUIT_KEY_OPS);
	sg_cbor_write_array(&w, 1);
	sg_cbor_write_uint(&w, SUIT_KEY_OP_VERIFY);
	sg_cbor_write_int(&w, SUIT_KEY_CRV);
	sg_cbor_write_uint(&w, (uint64_t)alg->crv);
	sg_cbor_write_int(&w, SUIT_KEY_X);
	sg_cbor_write_bytes(&w, x, alg->half);
	if (alg->group) {
		sg_cbor_write_int(&w, SUIT_KEY_Y);
		sg_cbor_write_bytes(&w, y, alg->half);
	}
	return sg_cbor_write_end(&w, out, err);
}

/* First bytes of the thumbprint (RFC 9679) of an encoded key. */
static int derive_kid(const struct sg_buf *key, struct sg_buf *kid,
		      struct sg_error *err)
{
	struct suit_slice bytes = { key->data, key->len };
	uint8_t thumbprint[THUMBPRINT];
	struct suit_key decoded = { 0 };
	enum suit_error error;

	error = suit_cose_key_decode(bytes, &decoded);
	if (error == SUIT_OK)
		error = suit_cose_key_thumbprint(&decoded, sg_crypto(),
						 thumbprint);
	if (error != SUIT_OK)
		return sg_refuse(err, (int)error, "the public key");
	kid->data = malloc(SG_KID);
	if (!kid->data)
		return sg_fail(err, "out of memory");
	memcpy(kid->data, thumbprint, SG_KID);
	kid->len = SG_KID;
	return 0;
}

int sg_public_key_encode(EVP_PKEY *pkey, int32_t alg_number,
			 struct sg_buf *out, struct sg_error *err)
{
	const struct sg_alg *alg = sg_alg_find(alg_number);
	struct sg_buf bare = { 0 }, kid = { 0 };
	int ret = -1;

	*out = (struct sg_buf){ 0 };
	if (!alg)
		return sg_fail(err, "algorithm %d cannot sign", alg_number);
	if (!encode(pkey, alg, &kid, &bare, err) &&
	    !derive_kid(&bare, &kid, err))
		ret = encode(pkey, alg, &kid, out, err);
	sg_buf_free(&bare);
	sg_buf_free(&kid);
	return ret;
}

static int take_kid(const struct sg_buf *public_key,
		    struct sg_private_key *out, struct sg_error *err)
{
	struct suit_slice bytes = { public_key->data, public_key->len };
	struct suit_key key = { 0 };
	enum suit_error error = suit_cose_key_decode(bytes, &key);

	if (error != SUIT_OK)
		return sg_refuse(err, (int)error, "the public key");
	out->alg = key.alg;
	if (!key.kid.len)
		return derive_kid(public_key, &out->kid, err);
	out->kid.data = malloc(key.kid.len);
	if (!out->kid.data)
		return sg_fail(err, "out of memory");
	memcpy(out->kid.data, key.kid.ptr, key.kid.len);
	out->kid.len = key.kid.len;
	return 0;
}

/* The public key beside must be that of this private key. */
static int check_pair(EVP_PKEY *pkey, const struct sg_buf *public_key,
		      struct sg_error *err)
{
	struct suit_slice bytes = { public_key->data, public_key->len };
	struct suit_key key = { 0 };
	enum suit_error error = suit_cose_key_decode(bytes, &key);
	int same = 0;

	if (error == SUIT_OK)
		error = sg_crypto_import(&key);
	if (error != SUIT_OK)
		return sg_refuse(err, (int)error, "not a public COSE_Key");
	same = EVP_PKEY_eq(pkey, EVP_PKEY_CTX_get0_pkey(key.handle));
	sg_crypto_release(&key);
	return same == 1 ? 0 : sg_fail(err, "not the public half of the private key: remove it, or make both anew");
}

static int from_public(const char *path, struct sg_private_key *out,
		       struct sg_error *err)
{
	struct sg_buf bytes = { 0 };
	int ret;

	if (sg_file_read(path, MAX_PEM, &bytes, err) < 0)
		return -1;
	ret = check_pair(out->pkey, &bytes, err);
	if (!ret)
		ret = take_kid(&bytes, out, err);
	sg_buf_free(&bytes);
	return ret < 0 ? sg_error_at(err, path) : 0;
}

static int from_key_alone(const char *path, struct sg_private_key *out,
			  struct sg_error *err)
{
	struct sg_buf encoded = { 0 };
	int ret;

	out->alg = sg_alg_natural(out->pkey);
	if (!out->alg)
		return sg_fail(err, "%s is not a key for any algorithm of COSE that suitgate knows: make one with suitctl keygen",
			       path);
	ret = sg_public_key_encode(out->pkey, out->alg, &encoded, err);
	if (!ret)
		ret = take_kid(&encoded, out, err);
	sg_buf_free(&encoded);
	return ret;
}

int sg_private_key_load(const char *path, struct sg_private_key *out,
			struct sg_error *err)
{
	char *public_path;
	int ret;

	*out = (struct sg_private_key){ 0 };
	public_path = sg_key_public_path(path);
	if (!public_path)
		return sg_fail(err, "out of memory");
	out->pkey = sg_private_pem_read(path, err);
	if (!out->pkey)
		ret = -1;
	else if (!access(public_path, F_OK) || errno != ENOENT)
		ret = from_public(public_path, out, err);
	else
		ret = from_key_alone(path, out, err);
	free(public_path);
	if (ret < 0)
		sg_private_key_free(out);
	return ret;
}

void sg_private_key_free(struct sg_private_key *key)
{
	EVP_PKEY_free(key->pkey);
	sg_buf_free(&key->kid);
	*key = (struct sg_private_key){ 0 };
}

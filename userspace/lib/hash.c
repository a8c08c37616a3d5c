// SPDX-License-Identifier: LGPL-2.1-or-later
#include "hash.h"

#include <openssl/evp.h>

static const EVP_MD *algorithm(s32 alg)
{
	switch (alg) {
	case SUIT_ALG_SHA256:
		return EVP_sha256();
	case SUIT_ALG_SHA384:
		return EVP_sha384();
	case SUIT_ALG_SHA512:
		return EVP_sha512();
	default:
		return NULL;
	}
}

enum suit_error sg_hash_begin(struct sg_hash *hash, s32 alg)
{
	const EVP_MD *md = algorithm(alg);

	*hash = (struct sg_hash){ .alg = alg };
	if (!md)
		return SUIT_ERR_DIGEST_ALG;
	hash->ctx = EVP_MD_CTX_new();
	if (!hash->ctx)
		return SUIT_ERR_MEMORY;
	if (EVP_DigestInit_ex(hash->ctx, md, NULL) == 1)
		return SUIT_OK;
	sg_hash_drop(hash);
	return SUIT_ERR_CRYPTO;
}

enum suit_error sg_hash_add(struct sg_hash *hash, const void *data, size_t len)
{
	return EVP_DigestUpdate(hash->ctx, data, len) == 1 ? SUIT_OK :
							     SUIT_ERR_CRYPTO;
}

enum suit_error sg_hash_end(struct sg_hash *hash, u8 *out)
{
	int good = EVP_DigestFinal_ex(hash->ctx, out, NULL);

	sg_hash_drop(hash);
	return good == 1 ? SUIT_OK : SUIT_ERR_CRYPTO;
}

void sg_hash_drop(struct sg_hash *hash)
{
	EVP_MD_CTX_free(hash->ctx);
	hash->ctx = NULL;
}

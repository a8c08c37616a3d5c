/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef SG_PRIVATE_KEY_H
#define SG_PRIVATE_KEY_H

#include <openssl/evp.h>

#include "suitgate/types.h"

enum { SG_MAX_POINT = 48, SG_KID = 8 };

/**
 * struct sg_private_key - a private key and what it is for
 * @pkey: the key
 * @alg: its one COSE algorithm
 * @kid: key id, as in its COSE_Key
 */
struct sg_private_key {
	EVP_PKEY *pkey;
	int32_t alg;
	struct sg_buf kid;
};

/*
 * Read a PEM file. The algorithm and the key id are those of the public key
 * beside it; without one, ESP256, ESP384 or Ed25519 as the key is, and the
 * thumbprint. 0 or -1.
 */
int sg_private_key_load(const char *path, struct sg_private_key *out,
			struct sg_error *err);
/* Just the key, for whatever it is. NULL with @err. */
EVP_PKEY *sg_private_pem_read(const char *path, struct sg_error *err);
void sg_private_key_free(struct sg_private_key *key);

/* The COSE_Key of the public half, with a key id from its thumbprint. 0, -1. */
int sg_public_key_encode(EVP_PKEY *pkey, int32_t alg, struct sg_buf *out,
			 struct sg_error *err);

#endif /* SG_PRIVATE_KEY_H */

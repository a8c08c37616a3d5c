/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Signature algorithms, and what OpenSSL calls them.
 */
#ifndef SG_ALG_H
#define SG_ALG_H

#include <openssl/evp.h>

#include "suitgate/key.h"

/**
 * struct sg_alg - one algorithm
 * @alg: COSE number
 * @name: for people
 * @group: curve; NULL for Ed25519
 * @md: hash; NULL for Ed25519
 * @half: bytes of a coordinate
 * @crv: COSE curve
 */
struct sg_alg {
	int32_t alg;
	const char *name;
	const char *group;
	const char *md;
	size_t half;
	int crv;
};

/* NULL for an unknown one. */
const struct sg_alg *sg_alg_find(int32_t alg);
/* What a key is for that does not say so, which may be NULL; 0 for nothing. */
int32_t sg_alg_natural(EVP_PKEY *pkey);

#endif /* SG_ALG_H */

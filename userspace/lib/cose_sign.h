/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef SG_COSE_SIGN_H
#define SG_COSE_SIGN_H

#include "core/suit.h"
#include "suitgate/types.h"

/**
 * sg_cose_sign() - sign something that travels elsewhere (RFC 9052 4.4)
 * @key_path: private key
 * @payload: what is signed; detached
 * @len: its bytes
 * @aad: external_aad; NULL when @aad_len is 0
 * @aad_len: its bytes
 * @out: tagged COSE_Sign1, payload nil, alg and kid in the protected header
 * @err: why not
 *
 * The same key and bytes give the same signature: ECDSA as RFC 6979 says.
 *
 * Return: 0 or -1.
 */
int sg_cose_sign(const char *key_path, const void *payload, size_t len,
		 const void *aad, size_t aad_len, struct sg_buf *out,
		 struct sg_error *err);

/* Likewise with the payload inside, which is not empty; without external_aad. */
int sg_cose_sign_attached(const char *key_path, const struct sg_buf *payload,
			  struct sg_buf *out, struct sg_error *err);

/*
 * Is @block one of @n bstrs in @blocks? The same key makes the same block of
 * the same bytes, so this says whether it has signed already.
 */
bool sg_cose_signed(struct suit_slice blocks, uint32_t n,
		    const struct sg_buf *block);

#endif /* SG_COSE_SIGN_H */

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Digests of what is too big to be held at once.
 */
#ifndef SG_HASH_H
#define SG_HASH_H

#include "core/suit.h"

/**
 * struct sg_hash - a digest in the making
 * @ctx: OpenSSL's; NULL while there is none
 * @alg: SUIT_ALG_SHA256, _SHA384 or _SHA512
 */
struct sg_hash {
	void *ctx;
	s32 alg;
};

/* SUIT_ERR_DIGEST_ALG, SUIT_ERR_MEMORY or SUIT_ERR_CRYPTO. */
enum suit_error sg_hash_begin(struct sg_hash *hash, s32 alg);
enum suit_error sg_hash_add(struct sg_hash *hash, const void *data, size_t len);
/* suit_digest_size() bytes to @out; ends it, whatever it returns. */
enum suit_error sg_hash_end(struct sg_hash *hash, u8 *out);
/* A zeroed one is fine. */
void sg_hash_drop(struct sg_hash *hash);

#endif /* SG_HASH_H */

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The verifier's crypto seam on OpenSSL.
 */
#ifndef SG_CRYPTO_H
#define SG_CRYPTO_H

#include "core/suit.h"

/*
 * The seam. Keys must have been imported. Algorithms are fetched once; nothing
 * of ours is allocated per call, but for long messages under Ed25519.
 * Thread-safe. What OpenSSL lacks is refused, be it SHA-256.
 */
const struct suit_crypto *sg_crypto(void);

/*
 * Give @key the handle that verifies, an EVP_PKEY_CTX: from its COSE_Key or
 * certificate.
 * SUIT_ERR_KEY_TYPE when OpenSSL lacks the algorithm or the certificate's key
 * is not one of @key->alg, SUIT_ERR_KEY_FORM for a point that is not on the
 * curve or a certificate that does not parse, SUIT_ERR_CRYPTO when OpenSSL
 * cannot be made ready for it.
 */
enum suit_error sg_crypto_import(struct suit_key *key);
void sg_crypto_release(struct suit_key *key);

#endif /* SG_CRYPTO_H */

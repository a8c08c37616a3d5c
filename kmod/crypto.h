/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The verifier's crypto seam on the kernel's crypto API.
 */
#ifndef SUITGATE_CRYPTO_H
#define SUITGATE_CRYPTO_H

#include "core/suit.h"

/*
 * All transforms are allocated here, so that no decision loads a module.
 * -ENOENT when the kernel lacks SHA-256 or ECDSA P-256.
 */
int suit_crypto_init(void);
void suit_crypto_exit(void);

/*
 * Is the point of an EC key on its curve? False also for a curve the kernel
 * lacks. One caller at a time.
 */
bool suit_crypto_point_valid(const struct suit_key *key);

extern const struct suit_crypto suit_crypto;

#endif /* SUITGATE_CRYPTO_H */

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The bytes of one delivery, as the verifier's platform.
 */
#ifndef SUITGATE_IMAGE_H
#define SUITGATE_IMAGE_H

#include "core/suit.h"

/**
 * struct suit_image - bytes that are to be delivered
 * @bytes: them
 * @sha256: their digest, once @hashed
 * @hashed: @sha256 is valid
 */
struct suit_image {
	struct suit_slice bytes;
	u8 sha256[32];
	bool hashed;
};

/* Fill @sha256. SUIT_ERR_CRYPTO, SUIT_ERR_MEMORY. Context: may sleep. */
enum suit_error suit_image_hash(struct suit_image *image);

/* Conditions about this gateway and about a struct suit_image as context. */
extern const struct suit_platform_ops suit_image_ops;

#endif /* SUITGATE_IMAGE_H */

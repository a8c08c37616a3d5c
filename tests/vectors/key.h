/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The test keys of the vectors, by name, for every algorithm they can do.
 */
#ifndef VECTORS_KEY_H
#define VECTORS_KEY_H

#include "core/suit.h"

enum { MAX_TRUSTED = 32 };

/**
 * struct keyring - trusted keys
 * @key: one for each algorithm of each key
 * @name: of @key
 * @authority: one for each name, in the order they were added
 * @trust: all of them, for the core
 * @kept: memory that the keys point to
 */
struct keyring {
	struct suit_key key[MAX_TRUSTED];
	const char *name[MAX_TRUSTED];
	struct suit_authority authority[MAX_TRUSTED];
	struct suit_trust trust;
	void *kept[4 * MAX_TRUSTED];
	u32 n_kept;
};

/*
 * Add key @name, kept by the caller. SUIT_ERR_KEY_TYPE when the crypto of this
 * machine has none of its algorithms.
 */
enum suit_error keyring_add(struct keyring *ring, const char *name);
/* Every key there is that this machine can do. */
void keyring_add_all(struct keyring *ring);
void keyring_free(struct keyring *ring);

#endif /* VECTORS_KEY_H */

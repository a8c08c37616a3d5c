/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Trusted keys as kernel keys: a COSE_Key in the internal type ".suit_key" (the
 * dot keeps it out of add_key(2)), a certificate in the asymmetric type; both
 * linked into the keyring ".suitgate", to be seen by keyctl, written by nobody.
 */
#ifndef SUITGATE_KEYRING_H
#define SUITGATE_KEYRING_H

#include "core/suit.h"

struct key;
struct public_key_signature;

int suit_keyring_init(void);
void suit_keyring_exit(void);

/*
 * Make the kernel key for @from and link it; @authority names it. On success
 * @from->handle owns a reference. SUIT_ERR_KEY_TYPE for an algorithm the kernel
 * lacks, SUIT_ERR_KEY_FORM for a certificate it refuses, SUIT_ERR_MEMORY.
 */
enum suit_error suit_keyring_add(struct suit_key *from,
				 struct suit_slice authority);
/* Unlink, revoke and put the key. */
void suit_keyring_drop(struct suit_key *key);

/* 0, -EKEYREJECTED, or what the crypto API says. */
int suit_key_verify(struct key *key, const struct public_key_signature *sig);

#endif /* SUITGATE_KEYRING_H */

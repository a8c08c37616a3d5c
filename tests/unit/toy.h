/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A signature scheme that needs no private keys: the signature of a message by
 * key n is the SHA-512 of n and the message. The core cannot tell it from one
 * that protects something. Digests are real.
 */
#ifndef TEST_TOY_H
#define TEST_TOY_H

#include "table.h"

/**
 * struct toy - what the seam does besides its work
 * @digest_error: returned by every digest instead, unless SUIT_OK
 * @verify_error: returned by every verification instead, unless SUIT_OK
 * @verified: how often a signature was verified
 */
struct toy {
	enum suit_error digest_error;
	enum suit_error verify_error;
	unsigned int verified;
};

extern struct toy toy;

const struct suit_crypto *toy_crypto(void);
/* As it was: no errors, nothing counted. */
void toy_reset(void);

/* Public key @number for @alg; @kid may be "". */
struct suit_key toy_key(u8 number, s32 alg, const char *kid);
struct suit_slice toy_signature(u8 number, struct suit_slice message);

/*
 * What key @number signs for a COSE_Sign1: @protected is what the signer takes
 * the protected header for, in the notation of diag.h, "nothing''" for none.
 */
struct suit_slice toy_sign1(u8 number, const char *protected,
			    struct suit_slice aad, struct suit_slice payload);
/* A good block: ESP256, no kid, the way most authors make one. */
struct suit_slice toy_block(u8 number, struct suit_slice payload);

#endif /* TEST_TOY_H */

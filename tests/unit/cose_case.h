/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * COSE blocks, verified with the same trusted keys by several tests.
 */
#ifndef TEST_COSE_CASE_H
#define TEST_COSE_CASE_H

#include "toy.h"

/* What the keys are is in cose_case.c. */
extern const struct suit_trust cose_trust;

void cose_make_keys(void);

/* Bits of the keys that have the public key of this number. */
enum {
	BY_1 = 1 << 0 | 1 << 4,		/* for ESP256 */
	BY_1_ES256 = 1 << 5,
	BY_2 = 1 << 1,
	BY_3 = 1 << 2,
	BY_5 = 1 << 6,
};

/* @format with every @token replaced by @bytes. */
const char *with(const char *format, const char *token,
		 struct suit_slice bytes);

/* Verify @block over "payload"; @valid: bits of the keys that signed. */
enum suit_error cose_verify(struct suit_slice block, u64 *valid);

/**
 * struct sign1 - one COSE_Sign1
 * @block: the notation; SIG stands for a signature by @signer
 * @signer: number of a key, 0 for 1
 * @protected: what was signed as the protected header, NULL for {1: -9}
 * @valid: the keys that signed
 */
struct sign1 {
	const char *name;
	const char *block;
	enum suit_error error;
	u64 valid;
	u8 signer;
	const char *protected;
};

/* The test of one row. */
void check_sign1(void **state);

#endif /* TEST_COSE_CASE_H */

// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Whom the fuzz targets trust: a root, a vendor for "firmware" with two keys
 * and two certificates, of which two must sign, one with a revoked key, a
 * baseline for everything.
 */
#include "fuzz.h"

#define BYTES(literal) { (const u8 *)(literal), sizeof(literal) - 1 }

/* [["firmware"]], [[]] is not allowed: the baseline names what there is */
#define FIRMWARE BYTES("\x81\x81\x48" "firmware")
#define ACME BYTES("\x82\x82\x48" "firmware" "\x44" "acme" "\x81\x41\x00")

static const struct suit_authority authorities[] = {
	{ .name = BYTES("root"), .role = SUIT_ROLE_ROOT, .threshold = 1,
	  .prefixes = BYTES("\x80") },
	{ .name = BYTES("acme"), .role = SUIT_ROLE_VENDOR, .threshold = 2,
	  .prefixes = ACME },
	{ .name = BYTES("beta"), .role = SUIT_ROLE_VENDOR, .threshold = 1,
	  .prefixes = ACME, .retired = true, .last = 7 },
	{ .name = BYTES("baseline"), .role = SUIT_ROLE_BASELINE,
	  .threshold = 1, .prefixes = FIRMWARE },
	{ .name = BYTES("old root"), .role = SUIT_ROLE_ROOT, .threshold = 1,
	  .prefixes = BYTES("\x80"), .retired = true },
};

static const struct suit_key keys[] = {
	{ .alg = SUIT_ALG_ESP256, .authority = 0, .kid = BYTES("r") },
	{ .alg = SUIT_ALG_ES256, .authority = 1, .kid = BYTES("a1") },
	{ .alg = SUIT_ALG_ESP384, .authority = 1, .kid = BYTES("a2") },
	{ .alg = SUIT_ALG_ES256, .authority = 2, .kid = BYTES("b1"),
	  .x = BYTES("k"), .y = BYTES("1") },
	{ .alg = SUIT_ALG_ED25519, .authority = 2, .revoked = true,
	  .kid = BYTES("b2") },
	{ .alg = SUIT_ALG_ES256, .authority = 3 },
	{ .alg = SUIT_ALG_ESP384, .form = SUIT_KEY_X509, .authority = 1,
	  .kid = BYTES("x"), .bytes = BYTES("certificate") },
	{ .alg = SUIT_ALG_ESP384, .form = SUIT_KEY_X509, .authority = 1,
	  .kid = BYTES("x"), .bytes = BYTES("another") },
	{ .alg = SUIT_ALG_ESP384, .form = SUIT_KEY_X509, .authority = 3,
	  .bytes = BYTES("certificate") },
	{ .alg = SUIT_ALG_ES256, .authority = 2, .kid = BYTES("b3"),
	  .x = BYTES("k"), .y = BYTES("2") },
};

static const struct suit_trust trust = {
	.authority = authorities,
	.n_authorities = sizeof(authorities) / sizeof(authorities[0]),
	.key = keys,
	.n_keys = sizeof(keys) / sizeof(keys[0]),
};

const struct suit_trust *fuzz_trust(void)
{
	return &trust;
}

// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * SUIT_Digest: form, algorithms, and the comparison.
 */
#include <string.h>

#include "crypto.h"
#include "table.h"

#define ZERO8 "0000000000000000"
#define ZERO16 ZERO8 ZERO8
#define ZERO32 ZERO16 ZERO16

struct digest_row {
	const char *name;
	const char *encoded;
	enum suit_error error;
};

static const struct digest_row rows[] = {
	{ "SHA-256", "[-16, h'" ZERO32 "']", SUIT_OK },
	{ "SHA-384", "[-43, h'" ZERO32 "00000000000000000000000000000000']",
	  SUIT_OK },
	{ "SHA-512", "[-44, h'" ZERO32 ZERO32 "']", SUIT_OK },
	{ "an extension after the value", "[-16, h'" ZERO32 "', 1]",
	  SUIT_OK },
	{ "extensions of any type", "[-16, h'" ZERO32 "', {1: []}, null]",
	  SUIT_OK },
	{ "an extension that is malformed",
	  "[-16, h'" ZERO32 "', raw'a201000100']", SUIT_ERR_MAP_DUPLICATE },
	{ "an extension that is a float", "[-16, h'" ZERO32 "', raw'f90000']",
	  SUIT_ERR_RESERVED },
	{ "an empty value", "[-16, h'']", SUIT_ERR_DIGEST_FORM },
	{ "SHA-256 cut by a byte", "[-16, h'" ZERO16 ZERO8 "00000000000000']",
	  SUIT_ERR_DIGEST_FORM },
	{ "SHA-256 and a byte", "[-16, h'" ZERO32 "00']",
	  SUIT_ERR_DIGEST_FORM },
	{ "SHA-512 cut to 32 bytes", "[-44, h'" ZERO32 "']",
	  SUIT_ERR_DIGEST_FORM },
	{ "SHA-256 with 64 bytes", "[-16, h'" ZERO32 ZERO32 "']",
	  SUIT_ERR_DIGEST_FORM },
	{ "SHA-1", "[-14, h'0000000000000000000000000000000000000000']",
	  SUIT_ERR_DIGEST_ALG },
	{ "SHA-256/64", "[-15, h'0000000000000000']", SUIT_ERR_DIGEST_ALG },
	{ "SHAKE128", "[-18, h'" ZERO32 "']", SUIT_ERR_DIGEST_ALG },
	{ "algorithm 0", "[0, h'" ZERO32 "']", SUIT_ERR_DIGEST_ALG },
	{ "SHA-256 of draft -05", "[2, h'" ZERO32 "']", SUIT_ERR_DIGEST_ALG },
	{ "SHA-256 in 32 bits: -16 - 2^32", "[-4294967312, h'" ZERO32 "']",
	  SUIT_ERR_DIGEST_ALG },
	{ "SHA-256 in 32 bits: 2^32 - 16", "[4294967280, h'" ZERO32 "']",
	  SUIT_ERR_DIGEST_ALG },
	{ "no algorithm that fits 64 bits",
	  "[18446744073709551615, h'" ZERO32 "']", SUIT_ERR_RANGE },
	{ "no array", "h'" ZERO32 "'", SUIT_ERR_DIGEST_FORM },
	{ "a map", "{-16: h'" ZERO32 "'}", SUIT_ERR_DIGEST_FORM },
	{ "an empty array", "[]", SUIT_ERR_DIGEST_FORM },
	{ "no value", "[-16]", SUIT_ERR_DIGEST_FORM },
	{ "a value that is text", "[-16, \"" ZERO32 "\"]",
	  SUIT_ERR_DIGEST_FORM },
	{ "an algorithm that is text", "[\"SHA-256\", h'" ZERO32 "']",
	  SUIT_ERR_DIGEST_FORM },
	{ "a tagged digest", "1(digest'')", SUIT_ERR_DIGEST_FORM },
	{ "the value first", "[h'" ZERO32 "', -16]", SUIT_ERR_DIGEST_FORM },
	{ "a long head of the array", "raw'98022f5820" ZERO32 "'",
	  SUIT_ERR_NONCANONICAL },
	{ "a long head of the algorithm", "raw'82380f5820" ZERO32 "'",
	  SUIT_ERR_NONCANONICAL },
	{ "a long head of the value", "raw'822f590020" ZERO32 "'",
	  SUIT_ERR_NONCANONICAL },
	{ "a byte after it", "raw'822f5820" ZERO32 "00'",
	  SUIT_ERR_TRAILING },
	{ "nothing", "nothing''", SUIT_ERR_TRUNCATED },
};

static void check_row(void **state)
{
	const struct digest_row *row = *state;
	struct suit_digest digest;

	expect(suit_digest_decode(diag("%s", row->encoded), &digest),
	       row->error);
	if (row->error != SUIT_OK)
		return;
	assert_int_equal(digest.value.len, suit_digest_size(digest.alg));
}

static void cut_at_every_byte(void **state)
{
	struct suit_slice whole = diag("[-16, h'%s', [1, 2]]", ZERO32);
	size_t len = whole.len;
	struct suit_digest digest;

	(void)state;
	for (whole.len = 0; whole.len < len; whole.len++)
		expect(suit_digest_decode(copy_of(whole), &digest),
		       SUIT_ERR_TRUNCATED);
}

static void sizes(void **state)
{
	(void)state;
	assert_int_equal(suit_digest_size(SUIT_ALG_SHA256), 32);
	assert_int_equal(suit_digest_size(SUIT_ALG_SHA384), 48);
	assert_int_equal(suit_digest_size(SUIT_ALG_SHA512), 64);
	assert_int_equal(suit_digest_size(SUIT_ALG_ES256), 0);
	assert_int_equal(suit_digest_size(0), 0);
}

/* FIPS 180-4: "abc" with each algorithm. */
static const struct digest_row abc[] = {
	{ "abc with SHA-256", "[-16, h'ba7816bf8f01cfea414140de5dae2223"
	  "b00361a396177a9cb410ff61f20015ad']", SUIT_OK },
	{ "abc with SHA-384", "[-43, h'cb00753f45a35e8bb5a03d699ac65007"
	  "272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7']",
	  SUIT_OK },
	{ "abc with SHA-512", "[-44, h'ddaf35a193617abacc417349ae204131"
	  "12e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd"
	  "454d4423643ce80e2a9ac94fa54ca49f']", SUIT_OK },
};

/* Every bit of the value counts, and every byte of what is hashed. */
static void check_abc(void **state)
{
	const struct digest_row *row = *state;
	struct suit_slice encoded = diag("%s", row->encoded);
	struct suit_slice value;
	struct suit_digest digest;
	size_t bit;
	u8 *copy;

	expect(suit_digest_decode(encoded, &digest), SUIT_OK);
	expect(suit_digest_check(sg_crypto(), &digest, bytes_of("abc"),
				 SUIT_ERR_IMAGE), SUIT_OK);
	expect(suit_digest_check(sg_crypto(), &digest, bytes_of("abd"),
				 SUIT_ERR_IMAGE), SUIT_ERR_IMAGE);
	expect(suit_digest_check(sg_crypto(), &digest, bytes_of(""),
				 SUIT_ERR_SEVERED_DIGEST),
	       SUIT_ERR_SEVERED_DIGEST);
	value = copy_of(digest.value);
	copy = (u8 *)value.ptr;
	digest.value = value;
	for (bit = 0; bit < 8 * value.len; bit++) {
		copy[bit / 8] ^= (u8)(1 << bit % 8);
		expect(suit_digest_check(sg_crypto(), &digest,
					 bytes_of("abc"), SUIT_ERR_IMAGE),
		       SUIT_ERR_IMAGE);
		copy[bit / 8] ^= (u8)(1 << bit % 8);
	}
}

static enum suit_error broken(void *ctx, s32 alg, const struct suit_slice *part,
			      size_t n, u8 *out)
{
	const enum suit_error *error = ctx;

	(void)alg;
	(void)part;
	(void)n;
	memset(out, 0, SUIT_MAX_DIGEST);
	return *error;
}

/* A digest of zeros does not match because hashing left zeros behind. */
static void crypto_fails(void **state)
{
	static const struct suit_crypto_ops ops = { .digest = broken };
	static const enum suit_error errors[] = {
		SUIT_ERR_CRYPTO, SUIT_ERR_DIGEST_ALG,
	};
	enum suit_error error;
	const struct suit_crypto crypto = { &ops, &error };
	struct suit_digest zeros;
	size_t i;

	(void)state;
	expect(suit_digest_decode(diag("[-16, h'%s']", ZERO32), &zeros),
	       SUIT_OK);
	for (i = 0; i < COUNT(errors); i++) {
		error = errors[i];
		expect(suit_digest_check(&crypto, &zeros, bytes_of("x"),
					 SUIT_ERR_IMAGE), errors[i]);
	}
	zeros.alg = 0;	/* never decoded: the seam is not asked */
	expect(suit_digest_check(&crypto, &zeros, bytes_of("x"),
				 SUIT_ERR_IMAGE), SUIT_ERR_DIGEST_ALG);
}

int main(void)
{
	table(rows, check_row);
	single("cut at every byte", cut_at_every_byte);
	single("sizes", sizes);
	table(abc, check_abc);
	single("hashing fails", crypto_fails);
	return table_run("digest");
}

// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The verifier, from the bytes of an envelope to the verdict over a small file,
 * against OpenSSL's verification of the very signature in that envelope. The
 * baseline does as little as can be done: the hash is there, the signature is in
 * DER, the context is made once.
 */
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <string.h>

#include "bench.h"
#include "clock.h"
#include "crypto.h"
#include "row.h"
#include "subject.h"

enum { VERIFIES = 400, SMALL = 232, HALF = 32 };

/* The signature of an envelope as OpenSSL wants it. */
struct bare {
	uint8_t hash[32];
	uint8_t der[80];
	size_t der_len;
	EVP_PKEY_CTX *ctx;
};

static void take_signature(struct bare *bare, struct suit_slice sig)
{
	unsigned char *der = bare->der;
	ECDSA_SIG *pair = ECDSA_SIG_new();
	BIGNUM *r, *s;
	int len;

	check(pair && sig.len == 2 * HALF, "a P-256 signature");
	r = BN_bin2bn(sig.ptr, HALF, NULL);
	s = BN_bin2bn(sig.ptr + HALF, HALF, NULL);
	check(ECDSA_SIG_set0(pair, r, s), "ECDSA_SIG_set0");
	len = i2d_ECDSA_SIG(pair, &der);
	check(len > 0 && (size_t)len <= sizeof(bare->der), "i2d_ECDSA_SIG");
	bare->der_len = (size_t)len;
	ECDSA_SIG_free(pair);
}

/* A seam that looks at what the verifier asks OpenSSL for. */
static enum suit_error watch_verify(void *ctx, const struct suit_key *key,
				    const struct suit_slice *part, size_t n,
				    struct suit_slice sig)
{
	const struct suit_crypto *crypto = sg_crypto();
	struct bare *bare = ctx;

	check(crypto->ops->digest(crypto->ctx, SUIT_ALG_SHA256, part, n,
				  bare->hash) == SUIT_OK, "digest");
	take_signature(bare, sig);
	bare->ctx = EVP_PKEY_CTX_new_from_pkey(NULL,
			EVP_PKEY_CTX_get0_pkey(key->handle), NULL);
	check(bare->ctx && EVP_PKEY_verify_init(bare->ctx) == 1,
	      "EVP_PKEY_verify_init");
	return crypto->ops->verify(crypto->ctx, key, part, n, sig);
}

static enum suit_error watch_digest(void *ctx, s32 alg,
				    const struct suit_slice *part, size_t n,
				    u8 *out)
{
	const struct suit_crypto *crypto = sg_crypto();

	(void)ctx;
	return crypto->ops->digest(crypto->ctx, alg, part, n, out);
}

static void bare_make(struct bare *bare, const struct subject *s)
{
	static const struct suit_crypto_ops ops = {
		.digest = watch_digest, .verify = watch_verify,
	};
	const struct suit_crypto watch = { &ops, bare };

	check(subject_verify(s, &watch) == SUIT_OK, "subject_verify");
	check(bare->ctx != NULL, "a signature to verify");
}

static double rate_bare(const struct bare *bare)
{
	double start = bench_cpu();
	int i;

	for (i = 0; i < VERIFIES; i++)
		check(EVP_PKEY_verify(bare->ctx, bare->der, bare->der_len,
				      bare->hash, sizeof(bare->hash)) == 1,
		      "EVP_PKEY_verify");
	return VERIFIES / (bench_cpu() - start);
}

static double rate_verify(const struct subject *s)
{
	double start = bench_cpu();
	int i;

	for (i = 0; i < VERIFIES; i++)
		check(subject_verify(s, sg_crypto()) == SUIT_OK,
		      "subject_verify");
	return VERIFIES / (bench_cpu() - start);
}

void bench_verify(const char *alg)
{
	struct bench_pair pair = { .n = 0 };
	struct bare bare = { .ctx = NULL };
	struct subject s;
	char what[64];

	subject_make(&s, alg, SMALL);
	bare_make(&bare, &s);
	rate_verify(&s);
	while (pair.n < BENCH_ROUNDS) {
		double theirs = rate_bare(&bare);

		bench_add(&pair, rate_verify(&s), theirs);
	}
	snprintf(what, sizeof(what), "verify and decide, %s, %zu-byte envelope",
		 alg, s.envelope.len);
	row(what, bench_median(pair.ours, pair.n), "1/s",
	    "EVP_PKEY_verify of that signature",
	    bench_median(pair.base, pair.n));
	EVP_PKEY_CTX_free(bare.ctx);
	subject_free(&s);
}

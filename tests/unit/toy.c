// SPDX-License-Identifier: GPL-2.0-or-later
#include "toy.h"

#include <string.h>

#include "crypto.h"

enum { KEY_SIZE = 32, SIGNATURE_SIZE = 64, MAX_PARTS = 16 };

struct toy toy;

void toy_reset(void)
{
	memset(&toy, 0, sizeof(toy));
}

static enum suit_error digest(void *ctx, s32 alg, const struct suit_slice *part,
			      size_t n, u8 *out)
{
	const struct suit_crypto *real = sg_crypto();

	(void)ctx;
	if (toy.digest_error != SUIT_OK)
		return toy.digest_error;
	return real->ops->digest(real->ctx, alg, part, n, out);
}

static struct suit_slice sign(struct suit_slice key,
			      const struct suit_slice *part, size_t n)
{
	struct suit_slice whole[MAX_PARTS] = { key };
	u8 value[SUIT_MAX_DIGEST];
	struct suit_slice out = { value, SIGNATURE_SIZE };

	assert_true(n < MAX_PARTS);
	memcpy(&whole[1], part, n * sizeof(*part));
	expect(digest(NULL, SUIT_ALG_SHA512, whole, n + 1, value), SUIT_OK);
	return copy_of(out);
}

static enum suit_error verify(void *ctx, const struct suit_key *key,
			      const struct suit_slice *part, size_t n,
			      struct suit_slice sig)
{
	struct suit_slice want;

	(void)ctx;
	toy.verified++;
	if (toy.verify_error != SUIT_OK)
		return toy.verify_error;
	want = sign(key->x, part, n);
	if (suit_cose_alg_mac(key->alg))
		want.len = suit_cose_signature_size(key->alg);
	return suit_slice_equal(want, sig) ? SUIT_OK : SUIT_ERR_SIGNATURE;
}

const struct suit_crypto *toy_crypto(void)
{
	static const struct suit_crypto_ops ops = {
		.digest = digest, .verify = verify
	};
	static const struct suit_crypto crypto = { &ops, NULL };

	return &crypto;
}

struct suit_key toy_key(u8 number, s32 alg, const char *kid)
{
	u8 bytes[KEY_SIZE];
	struct suit_slice x = { bytes, sizeof(bytes) };
	struct suit_key key = {
		.alg = alg,
		.form = SUIT_KEY_COSE,
		.kid = copy_of(bytes_of(kid)),
	};

	memset(bytes, number, sizeof(bytes));
	key.x = copy_of(x);
	return key;
}

struct suit_slice toy_signature(u8 number, struct suit_slice message)
{
	return sign(toy_key(number, 0, "").x, &message, 1);
}

struct suit_slice toy_sign1(u8 number, const char *protected,
			    struct suit_slice aad, struct suit_slice payload)
{
	return toy_signature(number,
			     diag("[\"Signature1\", h'%s', h'%s', h'%s']",
				  hex(diag("%s", protected)), hex(aad),
				  hex(payload)));
}

struct suit_slice toy_block(u8 number, struct suit_slice payload)
{
	struct suit_slice sig = toy_sign1(number, "{1: -9}", bytes_of(""),
					  payload);

	return diag("18([<<{1: -9}>>, {}, null, h'%s'])", hex(sig));
}

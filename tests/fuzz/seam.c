// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A crypto seam and a device without opinions: each answer is one of the
 * input's choices. A digest is one that the input itself claims, so that the
 * verifier can be satisfied without inverting SHA-256.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

enum { SHA256 = 32 };

void fuzz_broken(const char *condition, const char *file, int line)
{
	fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, condition);
	abort();
}

bool fuzz_inside(struct suit_slice part, struct suit_slice whole)
{
	return !part.ptr || (part.ptr >= whole.ptr && part.len <= whole.len &&
			     (size_t)(part.ptr - whole.ptr) <=
				     whole.len - part.len);
}

void fuzz_touch(struct suit_slice bytes)
{
	static volatile uint8_t sink;
	size_t i;

	for (i = 0; i < bytes.len; i++)
		sink ^= bytes.ptr[i];
}

uint8_t fuzz_choose(struct fuzz_seam *seam)
{
	return seam->choice[seam->asked++ % CHOICES];
}

static enum suit_error digest(void *ctx, s32 alg, const struct suit_slice *part,
			      size_t n, u8 *out)
{
	struct fuzz_seam *seam = ctx;
	size_t len = suit_digest_size(alg);
	uint8_t answer = fuzz_choose(seam);

	MUST(len);
	while (n--)
		fuzz_touch(*part++);
	memset(out, answer, len);
	if (answer == 0xff)
		return SUIT_ERR_CRYPTO;
	if (len == SHA256 && seam->n_digests)
		memcpy(out, seam->digest[answer % seam->n_digests], SHA256);
	return SUIT_OK;
}

static enum suit_error verify(void *ctx, const struct suit_key *key,
			      const struct suit_slice *part, size_t n,
			      struct suit_slice sig)
{
	struct fuzz_seam *seam = ctx;
	uint8_t answer = fuzz_choose(seam);

	MUST(!key->revoked);
	fuzz_touch(sig);
	while (n--)
		fuzz_touch(*part++);
	switch (answer & 7) {
	case 7:
		return SUIT_ERR_CRYPTO;
	case 6:
		return SUIT_ERR_COSE_ALG;
	case 5:
	case 4:
		return SUIT_ERR_SIGNATURE;
	default:
		seam->signatures++;
		return SUIT_OK;
	}
}

static const struct suit_crypto_ops crypto_ops = {
	.digest = digest,
	.verify = verify,
};

static bool identify(void *ctx, enum suit_identity what, struct suit_slice id,
		     struct suit_slice value)
{
	MUST(what >= SUIT_IDENTITY_VENDOR && what <= SUIT_IDENTITY_DEVICE);
	fuzz_touch(id);
	fuzz_touch(value);
	return fuzz_choose(ctx) & 3;
}

static bool slot(void *ctx, struct suit_slice id, u64 number)
{
	fuzz_touch(id);
	return number < 2 || fuzz_choose(ctx) & 1;
}

static enum suit_error image_digest(void *ctx, struct suit_slice id, s32 alg,
				    u8 *out, u64 *size)
{
	struct fuzz_seam *seam = ctx;
	uint8_t answer = fuzz_choose(seam);
	enum suit_error error;

	MUST(suit_component_check(id) == SUIT_OK);
	*size = answer;
	error = digest(ctx, alg, NULL, 0, out);
	if (error == SUIT_OK)
		seam->images++;
	return error;
}

static enum suit_error image_compare(void *ctx, struct suit_slice id,
				     struct suit_slice content)
{
	MUST(suit_component_check(id) == SUIT_OK);
	fuzz_touch(content);
	return fuzz_choose(ctx) & 1 ? SUIT_OK : SUIT_ERR_CONTENT;
}

static const struct suit_platform_ops platform_ops = {
	.identify = identify,
	.slot = slot,
	.image_digest = image_digest,
	.image_compare = image_compare,
};

/* Everything that looks like a SHA-256 in a SUIT_Digest: [-16, h'...']. */
static void find_digests(struct fuzz_seam *seam, struct suit_slice bytes)
{
	static const uint8_t head[] = { 0x82, 0x2f, 0x58, SHA256 };
	size_t i;

	for (i = 0; i + sizeof(head) + SHA256 <= bytes.len; i++) {
		if (memcmp(bytes.ptr + i, head, sizeof(head)))
			continue;
		seam->digest[seam->n_digests++] =
			bytes.ptr + i + sizeof(head);
		if (seam->n_digests ==
		    sizeof(seam->digest) / sizeof(seam->digest[0]))
			return;
	}
}

bool fuzz_seam_init(struct fuzz_seam *seam, const uint8_t *data, size_t size,
		    struct suit_slice *rest)
{
	memset(seam, 0, sizeof(*seam));
	if (size < CHOICES)
		return false;
	memcpy(seam->choice, data, CHOICES);
	*rest = (struct suit_slice){ data + CHOICES, size - CHOICES };
	find_digests(seam, *rest);
	seam->crypto = (struct suit_crypto){ &crypto_ops, seam };
	seam->platform = (struct suit_platform){ &platform_ops, seam };
	return true;
}

// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the verifier takes of heap, stack and context. Its stack is measured with
 * a crypto seam that takes none, so that OpenSSL's is not counted.
 */
#include <openssl/evp.h>
#include <string.h>

#include "bench.h"
#include "crypto.h"
#include "memory.h"
#include "row.h"
#include "subject.h"

enum { SMALL = 232 };

/* The digest that the envelope wants. */
static enum suit_error no_digest(void *ctx, s32 alg,
				 const struct suit_slice *part, size_t n,
				 u8 *out)
{
	const struct suit_envelope *env = ctx;
	struct suit_digest want;

	(void)part;
	(void)n;
	memset(out, 0, suit_digest_size(alg));
	if (suit_digest_decode(env->digest, &want) == SUIT_OK)
		memcpy(out, want.value.ptr, want.value.len);
	return SUIT_OK;
}

static enum suit_error no_verify(void *ctx, const struct suit_key *key,
				 const struct suit_slice *part, size_t n,
				 struct suit_slice sig)
{
	(void)ctx;
	(void)key;
	(void)part;
	(void)n;
	(void)sig;
	return SUIT_OK;
}

/* Contexts that are not on the stack. */
struct core_run {
	const struct subject *s;
	struct suit_crypto crypto;
	struct suit_process process;
	struct suit_envelope env;
	struct suit_manifest m;
	uint8_t image[64];
};

/* The digest that the manifest wants. */
static enum suit_error no_image(void *ctx, struct suit_slice id, s32 alg,
				u8 *out, u64 *size)
{
	const struct core_run *run = ctx;

	(void)id;
	memcpy(out, run->image, suit_digest_size(alg));
	*size = run->s->payload.len;
	return SUIT_OK;
}

static const struct suit_platform_ops device = { .image_digest = no_image };

static void run_core(void *context)
{
	static const struct suit_crypto_ops ops = {
		.digest = no_digest, .verify = no_verify,
	};
	struct core_run *run = context;
	struct suit_platform platform = { &device, run };
	struct suit_slice bytes = {
		run->s->envelope.data, run->s->envelope.len
	};
	struct suit_auth auth = { 0 };
	u32 index = 0;

	run->crypto = (struct suit_crypto){ &ops, &run->env };
	check(suit_envelope_open(&run->env, bytes) == SUIT_OK &&
	      suit_envelope_authenticate(&run->env, &run->s->trust,
					 &run->crypto, &auth) == SUIT_OK &&
	      suit_manifest_open(&run->m, &run->env, &run->crypto,
				 SUIT_PROFILE_KERNEL) == SUIT_OK &&
	      suit_manifest_authority(&run->m, &run->s->trust, &auth,
				      &index) == SUIT_OK, "core");
	check(suit_decide(&run->process, &run->m, 0, &platform) == SUIT_OK,
	      "suit_decide");
}

static void measure_heap(const struct subject *s)
{
	check(memory_allocations() > 0, "counting allocations");
	check(subject_verify(s, sg_crypto()) == SUIT_OK, "subject_verify");
	row_alone("heap allocations of a verify, outside OpenSSL",
		  (double)memory_allocations(), "calls");
}

static void measure_stack(const struct subject *s)
{
	static struct core_run run;

	run.s = s;
	check(EVP_Digest(s->payload.data, s->payload.len, run.image, NULL,
			 EVP_sha256(), NULL) == 1, "EVP_Digest");
	row_alone("stack of the core, from envelope to verdict",
		  (double)memory_stack(run_core, &run), "bytes");
}

void bench_memory(void)
{
	struct subject s;

	subject_make(&s, "es256", SMALL);
	measure_heap(&s);
	measure_stack(&s);
	row_alone("context: struct suit_process",
		  (double)sizeof(struct suit_process), "bytes");
	row_alone("context: struct suit_manifest",
		  (double)sizeof(struct suit_manifest), "bytes");
	row_alone("context: struct suit_envelope",
		  (double)sizeof(struct suit_envelope), "bytes");
	subject_free(&s);
}

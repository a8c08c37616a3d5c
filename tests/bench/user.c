// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The verifier in user space, against what OpenSSL alone takes in the same run.
 */
#include <fcntl.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "crypto.h"
#include "memory.h"
#include "subject.h"
#include "suitgate.h"

enum {
	VERIFIES = 400, SMALL = 232, FILES = 3000, FILE_SIZE = 64 << 10,
	LOOKUPS = 200, STARTS = 20,
};

/* What an ES256 signature costs at least: P-256 over a hash. */
struct raw {
	EVP_PKEY *pkey;
	uint8_t hash[32];
	uint8_t der[80];
	size_t der_len;
};

static void check(int ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "bench: %s failed\n", what);
	exit(1);
}

static void raw_make(struct raw *raw)
{
	EVP_PKEY_CTX *ctx;

	raw->pkey = EVP_EC_gen("P-256");
	check(raw->pkey != NULL, "EVP_EC_gen");
	memset(raw->hash, 0x33, sizeof(raw->hash));
	raw->der_len = sizeof(raw->der);
	ctx = EVP_PKEY_CTX_new_from_pkey(NULL, raw->pkey, NULL);
	check(EVP_PKEY_sign_init(ctx) == 1 &&
	      EVP_PKEY_sign(ctx, raw->der, &raw->der_len, raw->hash,
			    sizeof(raw->hash)) == 1, "EVP_PKEY_sign");
	EVP_PKEY_CTX_free(ctx);
}

static double time_raw(const struct raw *raw)
{
	double start = bench_now();
	EVP_PKEY_CTX *ctx;
	int i;

	for (i = 0; i < VERIFIES; i++) {
		ctx = EVP_PKEY_CTX_new_from_pkey(NULL, raw->pkey, NULL);
		check(EVP_PKEY_verify_init(ctx) == 1 &&
		      EVP_PKEY_verify(ctx, raw->der, raw->der_len, raw->hash,
				      sizeof(raw->hash)) == 1, "verify");
		EVP_PKEY_CTX_free(ctx);
	}
	return VERIFIES / (bench_now() - start);
}

static double time_verify(const struct subject *s)
{
	double start = bench_now();
	int i;

	for (i = 0; i < VERIFIES; i++)
		check(subject_verify(s, sg_crypto()) == SUIT_OK,
		      "subject_verify");
	return VERIFIES / (bench_now() - start);
}

static void bench_verify(const char *alg)
{
	double mine[BENCH_ROUNDS], theirs[BENCH_ROUNDS], a, b;
	struct raw raw = { 0 };
	struct subject s;
	int i;

	subject_make(&s, alg, SMALL);
	raw_make(&raw);
	for (i = 0; i < BENCH_ROUNDS; i++) {
		theirs[i] = time_raw(&raw);
		mine[i] = time_verify(&s);
	}
	a = bench_median(mine, BENCH_ROUNDS);
	b = bench_median(theirs, BENCH_ROUNDS);
	printf("verify+process %-7s %8.0f /s   raw OpenSSL verify %8.0f /s   ratio %.3f   (%zu-byte envelope)\n",
	       alg, a, b, a / b, s.envelope.len);
	EVP_PKEY_free(raw.pkey);
	subject_free(&s);
}

/* Crypto that takes no stack, to see what the core alone does. */
static enum suit_error no_digest(void *ctx, s32 alg,
				 const struct suit_slice *part, size_t n,
				 u8 *out)
{
	struct suit_digest want;
	const struct suit_envelope *env = ctx;

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

struct core_run {
	const struct subject *s;
	struct suit_crypto crypto;
	struct suit_process process;
	struct suit_envelope env;
	struct suit_manifest m;
	uint8_t image[64];
};

/* The image is what the manifest's first digest says it is. */
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

/* The steps of the verifier, its contexts not on the stack. */
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

static void bench_memory(void)
{
	static struct core_run run;
	struct subject s;

	subject_make(&s, "es256", SMALL);
	check(subject_verify(&s, sg_crypto()) == SUIT_OK, "subject_verify");
	memory_allocations();
	check(subject_verify(&s, sg_crypto()) == SUIT_OK, "subject_verify");
	printf("heap allocations of a verify, outside OpenSSL: %lu\n",
	       memory_allocations());
	run.s = &s;
	check(EVP_Digest(s.payload.data, s.payload.len, run.image, NULL,
			 EVP_sha256(), NULL) == 1, "EVP_Digest");
	printf("stack of the core, from envelope to verdict: %zu bytes\n",
	       memory_stack(run_core, &run));
	printf("context bytes: suit_process %zu, suit_manifest %zu, suit_envelope %zu\n",
	       sizeof(struct suit_process), sizeof(struct suit_manifest),
	       sizeof(struct suit_envelope));
	subject_free(&s);
}

static void make_tree(const char *dir)
{
	static uint8_t bytes[FILE_SIZE];
	struct sg_error err;
	char path[96];
	int i;

	for (i = 0; i < FILES; i++) {
		snprintf(path, sizeof(path), "%s/file-%04d.bin", dir, i);
		memcpy(bytes, &i, sizeof(i));
		check(!sg_file_write(path, bytes, i ? 4096 : FILE_SIZE, 0600,
				     &err), "sg_file_write");
	}
}

static void remove_tree(const char *dir)
{
	char path[96];
	int i;

	for (i = 0; i < FILES; i++) {
		snprintf(path, sizeof(path), "%s/file-%04d.bin", dir, i);
		unlink(path);
	}
	rmdir(dir);
}

/* Look a file up in a catalogue and hash it, against hashing it only. */
static void bench_lookup(const struct sg_buf *envelope, const struct subject *s)
{
	static struct suit_catalogue_entry table[FILES];
	double with[BENCH_ROUNDS], without[BENCH_ROUNDS], a, b, start;
	struct suit_slice bytes = { envelope->data, envelope->len };
	struct suit_platform platform = subject_platform(s);
	struct suit_auth auth = { 0 };
	struct suit_catalogue cat;
	struct suit_expected row;
	struct suit_envelope env;
	struct suit_manifest m;
	struct suit_slice id;
	u8 digest[64];
	u64 size;
	int i, j;

	check(suit_envelope_open(&env, bytes) == SUIT_OK &&
	      suit_envelope_authenticate(&env, &s->trust, sg_crypto(),
					 &auth) == SUIT_OK &&
	      suit_manifest_open(&m, &env, sg_crypto(),
				 SUIT_PROFILE_KERNEL) == SUIT_OK &&
	      suit_catalogue_open(&cat, &m, table) == SUIT_OK, "catalogue");
	for (i = 0; i < BENCH_ROUNDS; i++) {
		start = bench_now();
		for (j = 0; j < LOOKUPS; j++) {
			suit_catalogue_row(&cat, (u32)(j * 7 % FILES), &id,
					   &row);
			suit_decide_catalogue(&cat, id, &platform);
		}
		with[i] = (bench_now() - start) / LOOKUPS;
		start = bench_now();
		for (j = 0; j < LOOKUPS; j++)
			platform.ops->image_digest(platform.ctx, s->id,
						   SUIT_ALG_SHA256, digest,
						   &size);
		without[i] = (bench_now() - start) / LOOKUPS;
	}
	a = bench_median(with, BENCH_ROUNDS);
	b = bench_median(without, BENCH_ROUNDS);
	printf("lookup in %d files + SHA-256 of 64 KiB %.1f us   SHA-256 alone %.1f us   ratio %.3f\n",
	       FILES, a * 1e6, b * 1e6, a / b);
}

static void bench_bless(void)
{
	char dir[] = "/tmp/bench-tree.XXXXXX", key[64];
	struct sg_bless_report report;
	struct sg_bless_request request = {
		.dir = dir, .sequence = 1, .key = key,
	};
	struct sg_buf envelope;
	struct sg_error err;
	struct subject s;
	double start;

	subject_make(&s, "es256", FILE_SIZE);
	check(mkdtemp(dir) != NULL, "mkdtemp");
	snprintf(key, sizeof(key), "%s/key.pem", s.dir);
	make_tree(dir);
	start = bench_now();
	check(!sg_bless(&request, &envelope, &report, &err), "sg_bless");
	printf("bless of %zu files: %.2f s, %zu bytes\n", report.files,
	       bench_now() - start, envelope.len);
	bench_lookup(&envelope, &s);
	sg_buf_free(&envelope);
	remove_tree(dir);
	subject_free(&s);
}

/* suitctl create from its start to its end. */
static double time_create(const char *const argv[])
{
	posix_spawn_file_actions_t quiet;
	double start = bench_now();
	pid_t pid;
	int status;

	posix_spawn_file_actions_init(&quiet);
	posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
	check(!posix_spawn(&pid, argv[0], &quiet, NULL, (char *const *)argv,
			   environ) &&
	      waitpid(pid, &status, 0) == pid && !status, "suitctl create");
	posix_spawn_file_actions_destroy(&quiet);
	return bench_now() - start;
}

static void bench_create(const char *suitctl)
{
	char payload[64], key[64], out[64];
	const char *const argv[] = {
		suitctl, "create", "--component", "firmware/x.bin",
		"--payload", payload, "--seq", "1", "-k", key, "-o", out, NULL,
	};
	double took[STARTS];
	struct subject s;
	int i;

	subject_make(&s, "es256", SMALL);
	snprintf(payload, sizeof(payload), "%s/payload", s.dir);
	snprintf(key, sizeof(key), "%s/key.pem", s.dir);
	snprintf(out, sizeof(out), "%s/out.suit", s.dir);
	for (i = 0; i < STARTS; i++)
		took[i] = time_create(argv);
	printf("suitctl create, whole process: %.1f ms\n",
	       bench_median(took, STARTS) * 1e3);
	unlink(out);
	subject_free(&s);
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "usage: bench SUITCTL\n");
		return 2;
	}
	bench_verify("es256");
	bench_verify("esp256");
	bench_memory();
	bench_bless();
	bench_create(argv[1]);
	return 0;
}

// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A catalogue of 3,000 files. Making it, against hashing the files alone; finding
 * a file in it, against hashing that file.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "author_private.h"
#include "bench.h"
#include "clock.h"
#include "row.h"
#include "subject.h"
#include "suitgate.h"
#include "crypto.h"

enum { FILES = 3000, FILE_SIZE = 16 << 10, LARGE = 64 << 10, HASHES = 50 };

/* A folder of firmware. */
struct tree {
	char dir[32];
	char path[64];
};

static const char *tree_path(struct tree *tree, int i)
{
	snprintf(tree->path, sizeof(tree->path), "%s/file-%04d.bin", tree->dir,
		 i);
	return tree->path;
}

static void tree_make(struct tree *tree)
{
	static uint8_t bytes[FILE_SIZE];
	FILE *file;
	int i;

	strcpy(tree->dir, "/tmp/bench-tree.XXXXXX");
	check(mkdtemp(tree->dir) != NULL, "mkdtemp");
	for (i = 0; i < FILES; i++) {
		memcpy(bytes, &i, sizeof(i));
		file = fopen(tree_path(tree, i), "wb");
		check(file && fwrite(bytes, sizeof(bytes), 1, file) == 1 &&
		      fclose(file) == 0, tree->path);
	}
}

static void tree_remove(struct tree *tree)
{
	int i;

	for (i = 0; i < FILES; i++)
		unlink(tree_path(tree, i));
	rmdir(tree->dir);
}

static double time_bless(const struct tree *tree, const char *key,
			 struct sg_buf *envelope)
{
	const struct sg_bless_request request = {
		.dir = tree->dir, .sequence = 1, .key = key,
	};
	struct sg_bless_report report;
	double start = bench_now();
	struct sg_error err;

	sg_buf_free(envelope);
	check(!sg_bless(&request, envelope, &report, &err), "sg_bless");
	start = bench_now() - start;
	check(report.files == FILES && report.catalogue, "a catalogue");
	return start;
}

static double time_hashes(struct tree *tree)
{
	double start = bench_now();
	uint8_t digest[SG_SHA256];
	struct sg_error err;
	uint64_t size;
	int i;

	for (i = 0; i < FILES; i++)
		check(!sg_file_sha256(tree_path(tree, i), digest, &size, &err),
		      "sg_file_sha256");
	return bench_now() - start;
}

static void measure_bless(struct tree *tree, const char *key,
			  struct sg_buf *envelope)
{
	struct bench_pair pair = { .n = 0 };

	time_hashes(tree);
	while (pair.n < BENCH_ROUNDS) {
		double theirs = time_hashes(tree);

		bench_add(&pair, time_bless(tree, key, envelope), theirs);
	}
	row("bless 3,000 files of 16 KiB", 1e3 * bench_median(pair.ours, pair.n),
	    "ms", "SHA-256 of these files",
	    1e3 * bench_median(pair.base, pair.n),
	    bench_median(pair.ratio, pair.n));
	row_alone("size of that catalogue", (double)envelope->len, "bytes");
}

/* Every name once. */
static double time_lookups(const struct suit_catalogue *cat)
{
	double start = bench_now();
	struct suit_expected want;
	struct suit_slice id;
	u32 i;

	for (i = 0; i < cat->n; i++)
		check(suit_catalogue_row(cat, i * 7 % cat->n, &id, &want) ==
		      SUIT_OK &&
		      suit_catalogue_find(cat, id, &want) == SUIT_OK &&
		      want.size == FILE_SIZE, "suit_catalogue_find");
	return (bench_now() - start) / cat->n;
}

static double time_large(const struct subject *s)
{
	struct suit_platform platform = subject_platform(s);
	double start = bench_now();
	u8 digest[SUIT_MAX_DIGEST];
	u64 size;
	int i;

	for (i = 0; i < HASHES; i++)
		platform.ops->image_digest(platform.ctx, s->id,
					   SUIT_ALG_SHA256, digest, &size);
	return (bench_now() - start) / HASHES;
}

static void measure_lookup(const struct sg_buf *envelope,
			   const struct subject *s)
{
	static struct suit_catalogue_entry table[FILES];
	struct suit_slice bytes = { envelope->data, envelope->len };
	struct bench_pair pair = { .n = 0 };
	struct suit_auth auth = { 0 };
	struct suit_catalogue cat;
	struct suit_envelope env;
	struct suit_manifest m;

	check(suit_envelope_open(&env, bytes) == SUIT_OK &&
	      suit_envelope_authenticate(&env, &s->trust, sg_crypto(),
					 &auth) == SUIT_OK &&
	      suit_manifest_open(&m, &env, sg_crypto(),
				 SUIT_PROFILE_KERNEL) == SUIT_OK &&
	      m.n_components == FILES &&
	      suit_catalogue_open(&cat, &m, table) == SUIT_OK, "catalogue");
	while (pair.n < BENCH_ROUNDS) {
		double theirs = time_large(s);

		bench_add(&pair, time_lookups(&cat), theirs);
	}
	row("find a file among 3,000", 1e6 * bench_median(pair.ours, pair.n),
	    "us", "SHA-256 of a file of 64 KiB",
	    1e6 * bench_median(pair.base, pair.n),
	    bench_median(pair.ratio, pair.n));
}

void bench_catalogue(void)
{
	struct sg_buf envelope = { 0 };
	struct tree tree;
	struct subject s;
	char key[64];

	subject_make(&s, "es256", LARGE);
	snprintf(key, sizeof(key), "%s/key.pem", s.dir);
	tree_make(&tree);
	measure_bless(&tree, key, &envelope);
	measure_lookup(&envelope, &s);
	sg_buf_free(&envelope);
	tree_remove(&tree);
	subject_free(&s);
}

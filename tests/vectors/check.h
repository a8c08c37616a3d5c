/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is tested of a vector, a file each.
 */
#ifndef VECTORS_CHECK_H
#define VECTORS_CHECK_H

#include "key.h"
#include "vector.h"

/* envelope.c: decoding, signatures, digests, content, and the verdict. */
void check_envelope(const struct vector *v, const struct keyring *all);
/* cose.c: COSE_Sign1 and COSE_Sign beyond manifests. */
void check_cose(const struct vector *v);
/* change.c: every flipped bit and every truncation of an accepted envelope. */
void check_changes(const struct vector *v, const struct keyring *all);
/* How many those were, as a comment. */
void count_changes(void);
/* runs.c: runs.json, what a device does with a vector. */
void check_runs(const struct vector *all, size_t n);

/* verdict.c: what the core must say of a vector when it is opened. */
struct verdict {
	const char *error;	/* its name */
	const char *why;	/* where that is not what the metadata says,
				 * or the old draft that it looks like
				 */
};

const struct verdict *verdict_of(const struct vector *v);
/* Every row of verdicts.tsv was asked for. */
void check_verdicts(void);

/* An envelope opened as far as it goes. */
struct opening {
	struct suit_envelope env;
	struct suit_auth auth;
	struct suit_manifest m;
};

/* Open, authenticate, open the manifest with the full profile. */
enum suit_error open_whole(struct opening *o, struct suit_slice bytes,
			   const struct suit_trust *trust);

#endif /* VECTORS_CHECK_H */

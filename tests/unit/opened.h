/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Envelopes that are signed by key 1 (toy.h), and what is opened of them.
 */
#ifndef TEST_OPENED_H
#define TEST_OPENED_H

#include "toy.h"

/* Everything a decision needs; memory of the test. */
struct opened {
	struct suit_key key;
	struct suit_trust trust;	/* key 1 and nobody else */
	struct suit_envelope env;
	struct suit_auth auth;
	struct suit_manifest m;
};

/* [digest of the manifest, blocks of the numbered keys], 0 ends the list. */
struct suit_slice wrapper_of(struct suit_slice manifest, const u8 *signers);

/* What signatures and dependents say of @manifest: its digest, in notation. */
const char *digest_of(struct suit_slice manifest);

/*
 * The envelope of @manifest; @members: further ones in the notation of diag.h,
 * each after a comma, or "".
 */
struct suit_slice envelope_of(struct suit_slice manifest, const char *members);

/*
 * Open, authenticate, and open the manifest. The first error; what was asked
 * before has succeeded.
 */
enum suit_error open_envelope(struct opened *o, struct suit_slice envelope,
			      enum suit_profile profile);
/* The same from notation: manifest and further members. */
enum suit_error open_manifest(struct opened *o, enum suit_profile profile,
			      const char *manifest, const char *members);

/*
 * A manifest for components ['c', '0'] ..; @common and @members are further
 * members in notation, each after a comma, or "".
 */
const char *manifest_of(unsigned int components, const char *common,
			const char *members);
/*
 * Open a manifest for so many components with @shared, "" for none, and
 * @sections, each after a comma.
 */
enum suit_error open_sections(unsigned int components, const char *shared,
			      const char *sections,
			      enum suit_profile profile);

#endif /* TEST_OPENED_H */

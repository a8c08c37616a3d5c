/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * SUIT_Envelope (draft-ietf-suit-manifest 8.2): opened without looking into the
 * manifest, then authenticated; only an authenticated one yields a manifest.
 */
#ifndef SUIT_ENVELOPE_H
#define SUIT_ENVELOPE_H

#include "epoch.h"
#include "trust.h"

/* Severable members, in the order of their labels. */
enum suit_severable {
	SUIT_SEVERABLE_COSWID,
	SUIT_SEVERABLE_DEPENDENCY_RESOLUTION,
	SUIT_SEVERABLE_PAYLOAD_FETCH,
	SUIT_SEVERABLE_CANDIDATE_VERIFICATION,
	SUIT_SEVERABLE_INSTALL,
	SUIT_SEVERABLE_TEXT,
	SUIT_SEVERABLE_COUNT
};

/* Those that are command sequences, a bit each. */
enum {
	SUIT_SEVERABLE_SEQUENCES =
		1 << SUIT_SEVERABLE_DEPENDENCY_RESOLUTION |
		1 << SUIT_SEVERABLE_PAYLOAD_FETCH |
		1 << SUIT_SEVERABLE_CANDIDATE_VERIFICATION |
		1 << SUIT_SEVERABLE_INSTALL
};

/* Severable member for a label, -1 for a label that is not severable. */
int suit_severable_of(s64 label);
/* Labels an envelope may have, by row; false past the end. */
bool suit_envelope_label(u32 row, s64 *label);

/**
 * struct suit_envelope - an opened envelope; slices point into the bytes
 * @bytes: everything
 * @digest: encoded SUIT_Digest: what the authentication blocks sign
 * @blocks: authentication blocks, back to back bstrs
 * @n_blocks: how many
 * @manifest: content of the manifest bstr
 * @manifest_bstr: the same with its CBOR head: what the digest covers
 * @severed: severed members, head and content; ptr NULL when absent
 * @payloads: pairs of text key and bstr, back to back
 * @n_payloads: how many
 * @epoch: enum suit_epoch, which old draft it looks like
 * @authenticated: set by suit_envelope_authenticate() alone
 */
struct suit_envelope {
	struct suit_slice bytes;
	struct suit_slice digest;
	struct suit_slice blocks;
	u32 n_blocks;
	struct suit_slice manifest;
	struct suit_slice manifest_bstr;
	struct suit_slice severed[SUIT_SEVERABLE_COUNT];
	struct suit_slice payloads;
	u32 n_payloads;
	u8 epoch;
	bool authenticated;
};

/**
 * suit_envelope_open() - find the members of an envelope
 * @env: result
 * @bytes: tagged (107) or untagged envelope, nothing after it
 *
 * Context: any.
 * Return: SUIT_OK, SUIT_ERR_ENVELOPE_*, SUIT_ERR_AUTH_BLOCKS,
 * SUIT_ERR_DIGEST_*, SUIT_ERR_MANIFEST_EPOCH with @env->epoch set, or a CBOR
 * error.
 */
enum suit_error suit_envelope_open(struct suit_envelope *env,
				   struct suit_slice bytes);

/**
 * suit_envelope_authenticate() - signatures, then the manifest's digest
 * @env: opened envelope
 * @trust: whom to believe
 * @crypto: the seam
 * @auth: which keys signed
 *
 * Every block is verified; blocks by unknown keys do not count, a block by a
 * trusted key that fails is an error (of several, the first is returned).
 * A malformed block is always an error.
 *
 * Context: may sleep.
 * Return: SUIT_OK when at least one trusted key signed and the manifest has the
 * signed digest; SUIT_ERR_AUTH_EMPTY, SUIT_ERR_NO_KEY (also for empty trust,
 * before any block is parsed), SUIT_ERR_MANIFEST_DIGEST,
 * SUIT_ERR_DIGEST_REVOKED, or what suit_cose_verify() returns.
 */
enum suit_error suit_envelope_authenticate(struct suit_envelope *env,
					   const struct suit_trust *trust,
					   const struct suit_crypto *crypto,
					   struct suit_auth *auth);

/*
 * The integrated payload under text key @uri. It is not authenticated: only an
 * image digest protects it. SUIT_ERR_PAYLOAD_MISSING.
 */
enum suit_error suit_envelope_payload(const struct suit_envelope *env,
				      struct suit_slice uri,
				      struct suit_slice *out);
/* The next payload from a cursor over @payloads. */
enum suit_error suit_envelope_payload_next(struct suit_cursor *payloads,
					   struct suit_slice *uri,
					   struct suit_slice *content);

#endif /* SUIT_ENVELOPE_H */

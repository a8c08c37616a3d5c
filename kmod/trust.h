/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What this gateway trusts: immutable snapshots. A trust bundle makes a new
 * snapshot; decisions that run keep the one they began with.
 */
#ifndef SUITGATE_TRUST_H
#define SUITGATE_TRUST_H

#include <linux/kref.h>

#include "core/suit.h"

/* Revoked manifests one snapshot can name; and keys. */
#define SUIT_MAX_REVOKED 256

struct suit_blob;

/**
 * struct suit_trust_store - one snapshot
 * @ref: references
 * @view: for the verifier; points into this structure
 * @sequence: of the newest statement
 * @authority: authorities; their slices point into @blob
 * @key: keys; slices point into @blob, handles are kernel keys
 * @blob: the authority's encoding, shared between snapshots
 * @revoked_key: thumbprints
 * @revoked: digests of manifests
 */
struct suit_trust_store {
	struct kref ref;
	struct suit_trust view;
	u64 sequence;
	struct suit_authority authority[SUIT_MAX_AUTHORITIES];
	struct suit_key key[SUIT_MAX_KEYS];
	struct suit_blob *blob[SUIT_MAX_AUTHORITIES];
	unsigned int n_revoked_keys;
	u8 revoked_key[SUIT_MAX_REVOKED][32];
	unsigned int n_revoked;
	struct {
		s32 alg;
		u8 value[SUIT_MAX_DIGEST];
	} revoked[SUIT_MAX_REVOKED];
};

int suit_trust_init(void);
void suit_trust_exit(void);

/* The newest snapshot with a reference. Context: any that may sleep. */
struct suit_trust_store *suit_trust_get(void);
void suit_trust_put(struct suit_trust_store *store);

/*
 * Apply a bundle, all or nothing. After the seal a root authority must have
 * signed it, with a sequence above the last one. SUIT_ERR_SEALED when it is not
 * signed then.
 */
enum suit_error suit_trust_apply(struct suit_slice bundle);

/* Was this manifest revoked? */
bool suit_trust_revoked(const struct suit_trust_store *store,
			struct suit_slice encoded_digest);

#endif /* SUITGATE_TRUST_H */

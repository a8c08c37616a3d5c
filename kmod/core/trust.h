/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Authorities and what they may speak for. Wire format of a trust bundle:
 *
 *   bundle    = [ statement: bstr .cbor { 1: 1, 2: sequence uint,
 *                                         3: [ + operation ] },
 *                 * auth: bstr .cbor COSE_Sign1 / COSE_Sign ]
 *   operation = [ 1, authority ]                ; add or replace by name
 *             / [ 2, name tstr, last uint ]     ; retire: manifests with a
 *                                               ; sequence number <= last stay
 *             / [ 3, bstr .size 32 ]            ; revoke a key, RFC 9679
 *                                               ; SHA-256 thumbprint; for a
 *                                               ; certificate SHA-256 of DER
 *             / [ 4, SUIT_Digest ]              ; revoke a manifest
 *   authority = { 1: name tstr, 2: role, 3: [ + key ], 4: [ * prefix ],
 *                 ? 5: threshold uint, ? 6: [ + prefix ] }
 *   key       = bstr .cbor COSE_Key / [ bstr (X.509 DER), alg int ]
 *   prefix    = component-id
 *
 * The detached payload of the authentication blocks is the content of the
 * statement; their external_aad is "suitgate-trust", so that no signature over
 * a manifest can be shown as one over trust. A root authority has no prefixes;
 * every other has at least one. Member 6 says which components a manifest of
 * this authority may name as dependencies besides those it may speak for. A
 * COSE_Key must state its algorithm.
 */
#ifndef SUIT_TRUST_H
#define SUIT_TRUST_H

#include "crypto.h"

/**
 * struct suit_authority - one authority, decoded in place
 * @name: UTF-8, 1..SUIT_MAX_AUTHORITY_NAME bytes
 * @role: enum suit_role
 * @threshold: how many different keys must have signed, >= 1
 * @retired: no manifest with a sequence number above @last any more
 * @last: see @retired
 * @prefixes: encoded array of component ids, checked
 * @dependencies: likewise, dependencies besides; empty when there are none
 * @keys: encoded keys, back to back, checked
 */
struct suit_authority {
	struct suit_slice name;
	u8 role;
	u8 threshold;
	bool retired;
	u64 last;
	struct suit_slice prefixes;
	struct suit_slice dependencies;
	struct suit_slice keys;
};

/**
 * struct suit_trust - what a decision trusts, a snapshot
 * @authority: authorities
 * @key: keys of all authorities, at most SUIT_MAX_KEYS
 * @revoked: digests of manifests that are accepted no more
 */
struct suit_trust {
	const struct suit_authority *authority;
	u32 n_authorities;
	const struct suit_key *key;
	u32 n_keys;
	const struct suit_digest *revoked;
	u32 n_revoked;
};

/**
 * struct suit_auth - which trusted keys signed something
 * @valid: bit i set: key i of the trust snapshot made a valid signature
 * @named: the block that was verified last named a trusted key by its kid
 */
struct suit_auth {
	u64 valid[SUIT_MAX_KEYS / 64];
	bool named;
};

/**
 * struct suit_trust_bundle - an opened bundle
 * @statement: content that the authentication blocks sign
 * @blocks: the encoded authentication blocks, cursor over bstrs
 * @n_blocks: how many
 * @sequence: of the statement
 * @operations: encoded operations, back to back
 * @n_operations: how many
 */
struct suit_trust_bundle {
	struct suit_slice statement;
	struct suit_slice blocks;
	u32 n_blocks;
	u64 sequence;
	struct suit_slice operations;
	u32 n_operations;
};

/**
 * struct suit_trust_operation - one decoded operation
 * @op: enum suit_trust_op; only the members of that operation are set
 */
struct suit_trust_operation {
	u8 op;
	struct suit_authority authority;	/* ADD */
	struct suit_slice name;			/* RETIRE */
	u64 last;				/* RETIRE */
	struct suit_slice thumbprint;		/* REVOKE_KEY */
	struct suit_digest digest;		/* REVOKE_DIGEST */
};

/* Split a bundle; nothing in the statement is looked at yet. */
enum suit_error suit_trust_open(struct suit_slice bytes,
				struct suit_trust_bundle *out);
/*
 * Verify that a root authority of @trust signed @bundle with its threshold.
 * SUIT_ERR_AUTH_EMPTY when there is no block.
 */
enum suit_error suit_trust_authenticate(const struct suit_trust_bundle *bundle,
					const struct suit_trust *trust,
					const struct suit_crypto *crypto);
/* Decode and check the whole statement; fills sequence and operations. */
enum suit_error suit_trust_decode(struct suit_trust_bundle *bundle);
/* The next operation of a decoded bundle. */
enum suit_error suit_trust_operation_next(struct suit_cursor *operations,
					  struct suit_trust_operation *out);
/* The next key of an authority from a cursor over its @keys. */
enum suit_error suit_trust_key_next(struct suit_cursor *keys,
				    struct suit_key *out);

/* May @authority speak for component @id? False without prefixes. */
bool suit_authority_covers(const struct suit_authority *authority,
			   struct suit_slice id);
/* May a manifest of @authority name component @id as a dependency? */
bool suit_authority_depends(const struct suit_authority *authority,
			    struct suit_slice id);
/* Did enough different, unrevoked keys of authority @index sign? */
bool suit_authority_agrees(const struct suit_trust *trust, u32 index,
			   const struct suit_auth *auth);

#endif /* SUIT_TRUST_H */

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Trust statements: which authority may speak for what, by which keys; and the
 * signed or unsigned bundles they travel in.
 */
#ifndef SUITGATE_TRUST_H
#define SUITGATE_TRUST_H

#include "suitgate/gate.h"
#include "suitgate/types.h"

enum sg_role {
	SG_ROLE_ROOT = 1,	/* may change trust; signs no firmware */
	SG_ROLE_VENDOR = 2,
	SG_ROLE_BASELINE = 3,	/* a bless: gives way to a vendor */
};

enum sg_trust_kind {
	SG_TRUST_ADD = 1,
	SG_TRUST_RETIRE = 2,
	SG_TRUST_REVOKE_KEY = 3,
	SG_TRUST_REVOKE_DIGEST = 4,
};

/**
 * struct sg_trust_key - a public key of an authority
 * @alg: its one COSE algorithm
 * @x509: @bytes is a DER certificate, else a COSE_Key
 * @bytes: the key
 * @thumbprint: SHA-256 that names it, see struct sg_trust_op
 */
struct sg_trust_key {
	int32_t alg;
	bool x509;
	struct sg_buf bytes;
	uint8_t thumbprint[32];
};

/**
 * struct sg_trust_authority - whom to believe about what
 * @name: 1..64 bytes
 * @role: enum sg_role
 * @threshold: how many of its keys must have signed
 * @key: its keys
 * @prefix: encoded component ids it may speak for; a root has none
 * @dependency: likewise, what its manifests may depend on besides; the gate
 *	follows no dependencies and does not look at these
 */
struct sg_trust_authority {
	char name[SG_GATE_MAX_AUTHORITY + 1];
	unsigned int role;
	unsigned int threshold;
	struct sg_trust_key *key;
	size_t n_keys;
	struct sg_buf *prefix;
	size_t n_prefixes;
	struct sg_buf *dependency;
	size_t n_dependencies;
};

/**
 * struct sg_trust_op - one change of trust
 * @kind: enum sg_trust_kind; only the members of that kind are set
 * @authority: ADD: by name, in place of one it may replace; RETIRE: its name
 * @last: RETIRE: manifests up to this sequence number stay good
 * @thumbprint: REVOKE_KEY: of a COSE_Key as RFC 9679 says, of a certificate
 *	over its DER
 * @digest: REVOKE_DIGEST: of a manifest
 */
struct sg_trust_op {
	unsigned int kind;
	struct sg_trust_authority authority;
	uint64_t last;
	uint8_t thumbprint[32];
	struct sg_gate_digest digest;
};

/**
 * struct sg_trust - a trust statement
 * @sequence: a later statement has a higher one
 * @op: what it changes, in order
 * @n_ops: how many
 * @n_signatures: authentication blocks of the bundle it came in; not verified
 *
 * Freed by sg_trust_free(); a zeroed one is empty.
 */
struct sg_trust {
	uint64_t sequence;
	struct sg_trust_op *op;
	size_t n_ops;
	size_t n_signatures;
};

void sg_trust_free(struct sg_trust *trust);

/* One more operation of @kind at the end, or NULL with @err filled. */
struct sg_trust_op *sg_trust_append(struct sg_trust *trust, unsigned int kind,
				    struct sg_error *err);
/* Set a name, checked. 0 or -1, as all below. */
int sg_trust_set_name(struct sg_trust_authority *authority, const char *name,
		      struct sg_error *err);
/* One more prefix, "firmware/ath9k_htc" or "firmware" for all of it. */
int sg_trust_add_prefix(struct sg_trust_authority *authority, const char *text,
			struct sg_error *err);
/* One more prefix of what its manifests may depend on. */
int sg_trust_add_dependency(struct sg_trust_authority *authority,
			    const char *text, struct sg_error *err);
/**
 * sg_trust_add_key() - one more key from a file
 * @authority: whose
 * @path: a COSE_Key (KEY.pub), or an X.509 certificate, PEM or DER
 * @alg: of a certificate, a name as for keygen; NULL takes what fits its key.
 *	A COSE_Key has its own and must agree; one without gets this.
 * @err: why not
 *
 * Return: 0 or -1.
 */
int sg_trust_add_key(struct sg_trust_authority *authority, const char *path,
		     const char *alg, struct sg_error *err);
/* Read a key file likewise, for its thumbprint. */
int sg_trust_read_key(const char *path, const char *alg,
		      struct sg_trust_key *out, struct sg_error *err);

/**
 * sg_trust_encode() - an unsigned bundle of a statement
 * @trust: complete
 * @out: the bundle, checked by the verifier
 * @err: what is missing
 *
 * Return: 0 or -1.
 */
int sg_trust_encode(const struct sg_trust *trust, struct sg_buf *out,
		    struct sg_error *err);
/* Add a signature by the private key in @key_path to @bundle. */
int sg_trust_sign(struct sg_buf *bundle, const char *key_path,
		  struct sg_error *err);
/* Decode and check a bundle; its signatures are counted, not verified. */
int sg_trust_decode(const struct sg_buf *bundle, struct sg_trust *out,
		    struct sg_error *err);

/* "root", "vendor", "baseline"; NULL for another. */
const char *sg_trust_role_name(unsigned int role);
/* enum sg_role of a name, 0 for an unknown one. */
unsigned int sg_trust_role_parse(const char *name);
/* "add", "retire", "revoke-key", "revoke-digest"; NULL for another. */
const char *sg_trust_kind_name(unsigned int kind);

/**
 * struct sg_trust_file - a bundle in the trust store
 * @path: its file
 * @bundle: its bytes
 * @trust: decoded
 */
struct sg_trust_file {
	char *path;
	struct sg_buf bundle;
	struct sg_trust trust;
};

/**
 * struct sg_trust_store - what lies in a trust store, by sequence
 * @file: bundles
 * @n: how many
 */
struct sg_trust_store {
	struct sg_trust_file *file;
	size_t n;
};

#define SG_TRUST_DIR "/etc/suitgate/trust.d"

/* Read every NAME.trust of @dir; a folder that is missing is empty. */
int sg_trust_store_read(struct sg_trust_store *store, const char *dir,
			struct sg_error *err);
void sg_trust_store_free(struct sg_trust_store *store);
/* A sequence above every one in the store. */
uint64_t sg_trust_store_next(const struct sg_trust_store *store);
/*
 * Put @bundle into @dir as NAME.trust, made if it is missing; another of that
 * name is replaced. @name may have letters, digits, '.', '-' and '_'.
 */
int sg_trust_store_write(const char *dir, const char *name,
			 const struct sg_buf *bundle, struct sg_error *err);

#endif /* SUITGATE_TRUST_H */

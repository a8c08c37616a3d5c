// SPDX-License-Identifier: LGPL-2.1-or-later
#include "trust_set.h"

#include <stdlib.h>
#include <string.h>

#include "crypto.h"

enum { MAX_BUNDLES = 64, MAX_REVOKED = 64 };

/* What the bundles said so far; slices point into @bundle. */
struct state {
	struct suit_authority authority[SUIT_MAX_AUTHORITIES];
	u32 n_authorities;
	struct suit_slice thumbprint[MAX_REVOKED];
	u32 n_thumbprints;
	struct suit_digest digest[MAX_REVOKED];
	u32 n_digests;
};

struct sg_trust_set {
	struct state state;
	struct suit_key key[SUIT_MAX_KEYS];
	struct suit_trust snapshot;
	void *bundle[MAX_BUNDLES];	/* kept: the slices need them */
	u32 n_bundles;
};

struct sg_trust_set *sg_trust_set_new(void)
{
	return calloc(1, sizeof(struct sg_trust_set));
}

void sg_trust_set_free(struct sg_trust_set *trust)
{
	u32 i;

	if (!trust)
		return;
	for (i = 0; i < trust->snapshot.n_keys; i++)
		sg_crypto_release(&trust->key[i]);
	for (i = 0; i < trust->n_bundles; i++)
		free(trust->bundle[i]);
	free(trust);
}

/* Index of an authority by its name; n_authorities when there is none. */
static u32 find_authority(const struct state *state,
			  struct suit_slice name)
{
	u32 i;

	for (i = 0; i < state->n_authorities; i++)
		if (suit_slice_equal(state->authority[i].name, name))
			break;
	return i;
}

static enum suit_error add_authority(struct state *state,
				     const struct suit_authority *authority)
{
	u32 i = find_authority(state, authority->name);

	if (i == SUIT_MAX_AUTHORITIES)
		return SUIT_ERR_TRUST_SIZE;
	state->authority[i] = *authority;
	if (i == state->n_authorities)
		state->n_authorities++;
	return SUIT_OK;
}

static enum suit_error apply_operation(struct state *state,
				       const struct suit_trust_operation *op)
{
	u32 i;

	switch (op->op) {
	case SUIT_TRUST_ADD:
		return add_authority(state, &op->authority);
	case SUIT_TRUST_RETIRE:
		i = find_authority(state, op->name);
		if (i == state->n_authorities)
			return SUIT_ERR_TRUST_UNKNOWN;
		state->authority[i].retired = true;
		state->authority[i].last = op->last;
		return SUIT_OK;
	case SUIT_TRUST_REVOKE_KEY:
		if (state->n_thumbprints == MAX_REVOKED)
			return SUIT_ERR_TRUST_SIZE;
		state->thumbprint[state->n_thumbprints++] = op->thumbprint;
		return SUIT_OK;
	case SUIT_TRUST_REVOKE_DIGEST:
		if (state->n_digests == MAX_REVOKED)
			return SUIT_ERR_TRUST_SIZE;
		state->digest[state->n_digests++] = op->digest;
		return SUIT_OK;
	default:
		return SUIT_ERR_TRUST_FORM;
	}
}

static enum suit_error mark_revoked(const struct state *state,
				    struct suit_key *key)
{
	u8 thumbprint[32];
	struct suit_slice mine = { thumbprint, sizeof(thumbprint) };
	enum suit_error error;
	u32 i;

	error = suit_cose_key_thumbprint(key, sg_crypto(), thumbprint);
	if (error != SUIT_OK)
		return error;
	for (i = 0; i < state->n_thumbprints; i++)
		if (suit_slice_equal(state->thumbprint[i], mine))
			key->revoked = true;
	return SUIT_OK;
}

/* Keys of all authorities, imported; *@n of them even when one fails. */
static enum suit_error import_keys(const struct state *state,
				   struct suit_key *key, u32 *n)
{
	struct suit_cursor keys;
	enum suit_error error;
	u32 i;

	*n = 0;
	for (i = 0; i < state->n_authorities; i++) {
		suit_cursor_init(&keys, state->authority[i].keys);
		while (keys.left) {
			if (*n == SUIT_MAX_KEYS)
				return SUIT_ERR_TRUST_SIZE;
			error = suit_trust_key_next(&keys, &key[*n]);
			if (error == SUIT_OK)
				error = mark_revoked(state, &key[*n]);
			if (error == SUIT_OK)
				error = sg_crypto_import(&key[*n]);
			if (error != SUIT_OK)
				return error;
			key[(*n)++].authority = (u16)i;
		}
	}
	return SUIT_OK;
}

static enum suit_error read_bundle(struct state *state,
				   struct suit_slice bytes)
{
	struct suit_trust_operation op;
	struct suit_trust_bundle bundle;
	struct suit_cursor operations;
	enum suit_error error;
	u32 i;

	error = suit_trust_open(bytes, &bundle);
	if (error == SUIT_OK)
		error = suit_trust_decode(&bundle);
	if (error != SUIT_OK)
		return error;
	suit_cursor_init(&operations, bundle.operations);
	for (i = 0; i < bundle.n_operations && error == SUIT_OK; i++) {
		error = suit_trust_operation_next(&operations, &op);
		if (error == SUIT_OK)
			error = apply_operation(state, &op);
	}
	return error;
}

enum suit_error sg_trust_set_apply(struct sg_trust_set *trust,
				  struct suit_slice bytes)
{
	struct state state = trust->state;
	struct suit_key key[SUIT_MAX_KEYS] = { 0 };
	struct suit_slice kept;
	enum suit_error error;
	u32 n = 0, i;
	u8 *copy;

	if (bytes.len > SUIT_MAX_TRUST || trust->n_bundles == MAX_BUNDLES)
		return SUIT_ERR_TRUST_SIZE;
	copy = malloc(bytes.len + 1);
	if (!copy)
		return SUIT_ERR_MEMORY;
	memcpy(copy, bytes.ptr, bytes.len);
	kept = (struct suit_slice){ copy, bytes.len };
	error = read_bundle(&state, kept);
	if (error == SUIT_OK)
		error = import_keys(&state, key, &n);
	if (error != SUIT_OK) {
		for (i = 0; i < n; i++)
			sg_crypto_release(&key[i]);
		free(copy);
		return error;
	}
	for (i = 0; i < trust->snapshot.n_keys; i++)
		sg_crypto_release(&trust->key[i]);
	memcpy(trust->key, key, sizeof(key));
	trust->state = state;
	trust->bundle[trust->n_bundles++] = copy;
	trust->snapshot = (struct suit_trust){
		.authority = trust->state.authority,
		.n_authorities = trust->state.n_authorities,
		.key = trust->key,
		.n_keys = n,
		.revoked = trust->state.digest,
		.n_revoked = trust->state.n_digests,
	};
	return SUIT_OK;
}

const struct suit_trust *sg_trust_set_keys(const struct sg_trust_set *trust)
{
	return &trust->snapshot;
}

bool sg_trust_set_revoked(const struct sg_trust_set *trust,
			 struct suit_slice encoded)
{
	struct suit_digest mine;
	u32 i;

	if (suit_digest_decode(encoded, &mine) != SUIT_OK)
		return true;
	for (i = 0; i < trust->state.n_digests; i++)
		if (trust->state.digest[i].alg == mine.alg &&
		    suit_slice_equal(trust->state.digest[i].value, mine.value))
			return true;
	return false;
}

// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "envelope.h"

#include "cbor.h"
#include "cose.h"

static const u8 severable_label[SUIT_SEVERABLE_COUNT] = {
	[SUIT_SEVERABLE_COSWID] = SUIT_MANIFEST_COSWID,
	[SUIT_SEVERABLE_DEPENDENCY_RESOLUTION] =
		SUIT_MANIFEST_DEPENDENCY_RESOLUTION,
	[SUIT_SEVERABLE_PAYLOAD_FETCH] = SUIT_MANIFEST_PAYLOAD_FETCH,
	[SUIT_SEVERABLE_CANDIDATE_VERIFICATION] =
		SUIT_MANIFEST_CANDIDATE_VERIFICATION,
	[SUIT_SEVERABLE_INSTALL] = SUIT_MANIFEST_INSTALL,
	[SUIT_SEVERABLE_TEXT] = SUIT_MANIFEST_TEXT,
};

int suit_severable_of(s64 label)
{
	int i;

	for (i = 0; i < SUIT_SEVERABLE_COUNT; i++)
		if (severable_label[i] == label)
			return i;
	return -1;
}

bool suit_envelope_label(u32 row, s64 *label)
{
	if (row >= SUIT_SEVERABLE_COUNT + 2)
		return false;
	*label = row == 0 ? SUIT_ENVELOPE_AUTH :
		 row == 1 ? SUIT_ENVELOPE_MANIFEST : severable_label[row - 2];
	return true;
}

/* An old draft had another number for SHA-256. */
static enum suit_error digest_refused(struct suit_envelope *env,
				      enum suit_error error)
{
	struct suit_cursor cur;

	if (error != SUIT_ERR_DIGEST_ALG)
		return error;
	suit_cursor_init(&cur, env->digest);
	suit_cbor_array(&cur);
	env->epoch = (u8)suit_epoch_of_digest(suit_cbor_int(&cur));
	return env->epoch ? SUIT_ERR_MANIFEST_EPOCH : error;
}

/* [ bstr .cbor SUIT_Digest, * bstr .cbor block ] */
static enum suit_error read_wrapper(struct suit_envelope *env,
				    struct suit_slice wrapper)
{
	struct suit_cursor cur, first;
	struct suit_digest digest;
	enum suit_error error;
	u32 n, i;

	suit_cursor_init(&cur, wrapper);
	n = suit_cbor_array(&cur);
	if (cur.error == SUIT_OK && !n)
		return SUIT_ERR_DIGEST_FORM;
	env->digest = suit_cbor_bstr(&cur);
	if (cur.error != SUIT_OK)
		return cur.error;
	/* up to draft -05 a block stood here, and the digest was in it */
	suit_cursor_init(&first, env->digest);
	if (suit_cbor_peek(&first) == SUIT_CBOR_TAG) {
		env->epoch = SUIT_EPOCH_05;
		return SUIT_ERR_MANIFEST_EPOCH;
	}
	error = suit_digest_decode(env->digest, &digest);
	if (error != SUIT_OK)
		return digest_refused(env, error);
	env->n_blocks = n - 1;
	if (env->n_blocks > SUIT_MAX_AUTH_BLOCKS)
		return SUIT_ERR_AUTH_BLOCKS;
	env->blocks.ptr = cur.at;
	env->blocks.len = cur.left;
	for (i = 0; i < env->n_blocks; i++)
		suit_cbor_bstr(&cur);
	return suit_cursor_end(&cur);
}

static enum suit_error read_numbered(struct suit_envelope *env,
				     struct suit_cursor *cur, s64 label)
{
	struct suit_slice encoded;
	struct suit_slice content = suit_cbor_bstr_encoded(cur, &encoded);
	int member = suit_severable_of(label);

	if (label != SUIT_ENVELOPE_AUTH && label != SUIT_ENVELOPE_MANIFEST &&
	    member < 0) {
		env->epoch = (u8)suit_epoch_of_member(label);
		return env->epoch ? SUIT_ERR_MANIFEST_EPOCH :
				    SUIT_ERR_ENVELOPE_MEMBER;
	}
	if (cur->error != SUIT_OK)
		return cur->error;
	if (label == SUIT_ENVELOPE_AUTH)
		return read_wrapper(env, content);
	if (label == SUIT_ENVELOPE_MANIFEST) {
		env->manifest = content;
		env->manifest_bstr = encoded;
	} else {
		env->severed[member] = encoded;
	}
	return SUIT_OK;
}

/* Text keys sort after integers, so payloads are the tail of the map. */
static enum suit_error read_payloads(struct suit_envelope *env,
				     struct suit_cursor *cur, u32 n,
				     struct suit_cbor_key *order)
{
	struct suit_cursor key;

	env->payloads.ptr = cur->at;
	env->payloads.len = cur->left;
	env->n_payloads = n;
	while (n-- && cur->error == SUIT_OK) {
		suit_cursor_init(&key, suit_cbor_key_next(cur, order));
		if (cur->error != SUIT_OK)
			break;
		if (suit_cbor_peek(&key) != SUIT_CBOR_TSTR ||
		    !suit_cbor_tstr(&key).len)
			return SUIT_ERR_ENVELOPE_MEMBER;
		suit_cbor_bstr(cur);
	}
	return cur->error;
}

static enum suit_error read_members(struct suit_envelope *env,
				    struct suit_cursor *cur)
{
	struct suit_cbor_key order = { 0 };
	enum suit_error error;
	u32 n = suit_cbor_map(cur);
	s64 label;

	/* besides the two that every envelope has */
	if (n > SUIT_MAX_ENVELOPE_MEMBERS + 2)
		return SUIT_ERR_ENVELOPE_MEMBERS;
	while (n && cur->error == SUIT_OK) {
		if (suit_cbor_peek(cur) == SUIT_CBOR_TSTR)
			return read_payloads(env, cur, n, &order);
		label = suit_cbor_key_int(cur, &order);
		if (cur->error != SUIT_OK)
			break;
		error = read_numbered(env, cur, label);
		if (error != SUIT_OK)
			return error;
		n--;
	}
	return cur->error;
}

enum suit_error suit_envelope_open(struct suit_envelope *env,
				   struct suit_slice bytes)
{
	struct suit_cursor cur;
	enum suit_error error;

	memset(env, 0, sizeof(*env));
	if (!bytes.len)
		return SUIT_ERR_ENVELOPE_EMPTY;
	if (bytes.len > SUIT_MAX_ENVELOPE)
		return SUIT_ERR_ENVELOPE_SIZE;
	env->bytes = bytes;
	suit_cursor_init(&cur, bytes);
	if (suit_cbor_peek(&cur) == SUIT_CBOR_TAG) {
		if (suit_cbor_tag(&cur) != SUIT_TAG_ENVELOPE &&
		    cur.error == SUIT_OK)
			return SUIT_ERR_ENVELOPE_TAG;
		if (suit_cbor_peek(&cur) == SUIT_CBOR_TAG)
			return SUIT_ERR_ENVELOPE_TAG;
	}
	error = read_members(env, &cur);
	if (error != SUIT_OK)
		return error;
	error = suit_cursor_end(&cur);
	if (error != SUIT_OK)
		return error;
	if (!env->digest.ptr)
		return SUIT_ERR_ENVELOPE_AUTH;
	return env->manifest_bstr.ptr ? SUIT_OK : SUIT_ERR_ENVELOPE_MANIFEST;
}

/*
 * A block counts when a trusted key made it. Blocks by others are left alone:
 * an author may sign for several audiences. A bad signature that names a
 * trusted key, and a malformed block, condemn the envelope.
 */
static enum suit_error verify_blocks(const struct suit_envelope *env,
				     const struct suit_trust *trust,
				     const struct suit_crypto *crypto,
				     struct suit_auth *auth)
{
	enum suit_error error, result = SUIT_ERR_NO_KEY;
	struct suit_slice aad = { NULL, 0 };
	struct suit_cursor cur;
	bool verified = false;
	u32 i;

	suit_cursor_init(&cur, env->blocks);
	for (i = 0; i < env->n_blocks; i++) {
		auth->named = false;
		error = suit_cose_verify(suit_cbor_bstr(&cur), env->digest,
					 aad, trust, crypto, auth);
		if (error == SUIT_OK) {
			verified = true;
			continue;
		}
		if (error != SUIT_ERR_NO_KEY && error != SUIT_ERR_SIGNATURE)
			return error;
		if (error == SUIT_ERR_SIGNATURE && auth->named)
			return error;
		if (result == SUIT_ERR_NO_KEY)
			result = error;
	}
	return verified ? SUIT_OK : result;
}

static bool revoked(const struct suit_trust *trust,
		    const struct suit_digest *digest)
{
	u32 i;

	for (i = 0; i < trust->n_revoked; i++)
		if (suit_digest_equal(&trust->revoked[i], digest))
			return true;
	return false;
}

enum suit_error suit_envelope_authenticate(struct suit_envelope *env,
					   const struct suit_trust *trust,
					   const struct suit_crypto *crypto,
					   struct suit_auth *auth)
{
	struct suit_digest digest;
	enum suit_error error;

	memset(auth, 0, sizeof(*auth));
	env->authenticated = false;
	if (!env->n_blocks)
		return SUIT_ERR_AUTH_EMPTY;
	if (!trust->n_keys)
		return SUIT_ERR_NO_KEY;
	error = verify_blocks(env, trust, crypto, auth);
	if (error != SUIT_OK)
		return error;
	error = suit_digest_decode(env->digest, &digest);
	if (error != SUIT_OK)
		return error;
	error = suit_digest_check(crypto, &digest, env->manifest_bstr,
				  SUIT_ERR_MANIFEST_DIGEST);
	if (error != SUIT_OK)
		return error;
	if (revoked(trust, &digest))
		return SUIT_ERR_DIGEST_REVOKED;
	env->authenticated = true;
	return SUIT_OK;
}

enum suit_error suit_envelope_payload_next(struct suit_cursor *payloads,
					   struct suit_slice *uri,
					   struct suit_slice *content)
{
	*uri = suit_cbor_tstr(payloads);
	*content = suit_cbor_bstr(payloads);
	return payloads->error;
}

enum suit_error suit_envelope_payload(const struct suit_envelope *env,
				      struct suit_slice uri,
				      struct suit_slice *out)
{
	struct suit_slice name;
	struct suit_cursor cur;
	u32 i;

	suit_cursor_init(&cur, env->payloads);
	for (i = 0; i < env->n_payloads; i++) {
		if (suit_envelope_payload_next(&cur, &name, out) != SUIT_OK)
			break;
		if (suit_slice_equal(name, uri))
			return SUIT_OK;
	}
	return SUIT_ERR_PAYLOAD_MISSING;
}

// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "trust.h"

#include "authority.h"
#include "cbor.h"
#include "cose.h"

static const u8 trust_aad[] = "suitgate-trust";

enum suit_error suit_trust_open(struct suit_slice bytes,
				struct suit_trust_bundle *out)
{
	struct suit_cursor cur;
	u32 n, i;

	memset(out, 0, sizeof(*out));
	if (bytes.len > SUIT_MAX_TRUST)
		return SUIT_ERR_TRUST_SIZE;
	suit_cursor_init(&cur, bytes);
	n = suit_cbor_array(&cur);
	if (cur.error == SUIT_OK && !n)
		return SUIT_ERR_TRUST_FORM;
	out->statement = suit_cbor_bstr(&cur);
	if (cur.error != SUIT_OK)
		return cur.error;
	out->n_blocks = n - 1;
	if (out->n_blocks > SUIT_MAX_AUTH_BLOCKS)
		return SUIT_ERR_AUTH_BLOCKS;
	out->blocks.ptr = cur.at;
	out->blocks.len = cur.left;
	for (i = 0; i < out->n_blocks; i++)
		suit_cbor_bstr(&cur);
	return suit_cursor_end(&cur);
}

static bool root_agrees(const struct suit_trust *trust,
			const struct suit_auth *auth)
{
	u32 i;

	for (i = 0; i < trust->n_authorities; i++)
		if (trust->authority[i].role == SUIT_ROLE_ROOT &&
		    !trust->authority[i].retired &&
		    suit_authority_agrees(trust, i, auth))
			return true;
	return false;
}

enum suit_error suit_trust_authenticate(const struct suit_trust_bundle *bundle,
					const struct suit_trust *trust,
					const struct suit_crypto *crypto)
{
	struct suit_slice aad = { trust_aad, sizeof(trust_aad) - 1 };
	enum suit_error error, result = SUIT_ERR_NO_KEY;
	struct suit_auth auth = { 0 };
	struct suit_cursor cur;
	u32 i;

	if (!bundle->n_blocks)
		return SUIT_ERR_AUTH_EMPTY;
	if (!trust->n_keys)
		return SUIT_ERR_NO_KEY;
	suit_cursor_init(&cur, bundle->blocks);
	for (i = 0; i < bundle->n_blocks; i++) {
		auth.named = false;
		error = suit_cose_verify(suit_cbor_bstr(&cur),
					 bundle->statement, aad, trust, crypto,
					 &auth);
		if (error == SUIT_OK)
			result = SUIT_ERR_THRESHOLD;
		else if (error != SUIT_ERR_NO_KEY &&
			 (error != SUIT_ERR_SIGNATURE || auth.named))
			return error;
		else if (result == SUIT_ERR_NO_KEY)
			result = error;
	}
	return root_agrees(trust, &auth) ? SUIT_OK : result;
}

static enum suit_error read_retire(struct suit_cursor *cur,
				   struct suit_trust_operation *out)
{
	out->name = suit_cbor_tstr(cur);
	out->last = suit_cbor_uint(cur);
	if (cur->error == SUIT_OK && !out->name.len)
		return SUIT_ERR_TRUST_FORM;
	return cur->error;
}

static enum suit_error read_revoke_key(struct suit_cursor *cur,
				       struct suit_trust_operation *out)
{
	out->thumbprint = suit_cbor_bstr(cur);
	if (cur->error == SUIT_OK && out->thumbprint.len != 32)
		return SUIT_ERR_TRUST_FORM;
	return cur->error;
}

static enum suit_error read_revoke_digest(struct suit_cursor *cur,
					  struct suit_trust_operation *out)
{
	struct suit_slice encoded = suit_cbor_item(cur);

	if (cur->error != SUIT_OK)
		return cur->error;
	return suit_digest_decode(encoded, &out->digest);
}

enum suit_error suit_trust_operation_next(struct suit_cursor *operations,
					  struct suit_trust_operation *out)
{
	u32 n = suit_cbor_array(operations);
	u64 op = suit_cbor_uint(operations);

	memset(out, 0, sizeof(*out));
	if (operations->error != SUIT_OK)
		return operations->error;
	out->op = (u8)(op <= SUIT_TRUST_REVOKE_DIGEST ? op : 0);
	if (n != (op == SUIT_TRUST_RETIRE ? 3 : 2))
		return SUIT_ERR_TRUST_FORM;
	switch (out->op) {
	case SUIT_TRUST_ADD:
		return suit_authority_decode(operations, &out->authority);
	case SUIT_TRUST_RETIRE:
		return read_retire(operations, out);
	case SUIT_TRUST_REVOKE_KEY:
		return read_revoke_key(operations, out);
	case SUIT_TRUST_REVOKE_DIGEST:
		return read_revoke_digest(operations, out);
	default:
		return SUIT_ERR_TRUST_FORM;
	}
}

static enum suit_error check_operations(const struct suit_trust_bundle *bundle)
{
	struct suit_trust_operation op;
	struct suit_cursor cur;
	enum suit_error error;
	u32 i, added = 0;

	suit_cursor_init(&cur, bundle->operations);
	for (i = 0; i < bundle->n_operations; i++) {
		error = suit_trust_operation_next(&cur, &op);
		if (error != SUIT_OK)
			return error == SUIT_ERR_TYPE ? SUIT_ERR_TRUST_FORM :
							error;
		added += op.op == SUIT_TRUST_ADD;
		if (added > SUIT_MAX_AUTHORITIES)
			return SUIT_ERR_TRUST_SIZE;
	}
	return suit_cursor_end(&cur);
}

static bool expect_key(struct suit_cursor *cur, struct suit_cbor_key *order,
		       s64 label)
{
	return suit_cbor_key_int(cur, order) == label &&
	       cur->error == SUIT_OK;
}

enum suit_error suit_trust_decode(struct suit_trust_bundle *bundle)
{
	struct suit_cbor_key order = { 0 };
	struct suit_cursor cur;
	u64 version;
	u32 n;

	suit_cursor_init(&cur, bundle->statement);
	n = suit_cbor_map(&cur);
	if (cur.error == SUIT_OK && n != 3)
		return SUIT_ERR_TRUST_FORM;
	if (!expect_key(&cur, &order, SUIT_TRUST_VERSION))
		goto malformed;
	version = suit_cbor_uint(&cur);
	if (version != 1 || !expect_key(&cur, &order, SUIT_TRUST_SEQUENCE))
		goto malformed;
	bundle->sequence = suit_cbor_uint(&cur);
	if (!expect_key(&cur, &order, SUIT_TRUST_OPERATIONS))
		goto malformed;
	bundle->n_operations = suit_cbor_array(&cur);
	if (cur.error != SUIT_OK || !bundle->n_operations)
		goto malformed;
	bundle->operations.ptr = cur.at;
	bundle->operations.len = cur.left;
	return check_operations(bundle);

malformed:
	if (cur.error == SUIT_OK || cur.error == SUIT_ERR_TYPE)
		return SUIT_ERR_TRUST_FORM;
	return cur.error;
}

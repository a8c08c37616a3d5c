// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Trust statements and bundles, encoded. What is written here is decoded by
 * the verifier before anybody gets it.
 */
#include "cbor_write.h"
#include "core/suit.h"
#include "cose_sign.h"
#include "suitgate/trust.h"

static const char sign_context[] = "suitgate-trust";

static void write_key(struct sg_cbor_writer *w, const struct sg_trust_key *key)
{
	if (key->x509)
		sg_cbor_write_array(w, 2);
	sg_cbor_write_bytes(w, key->bytes.data, key->bytes.len);
	if (key->x509)
		sg_cbor_write_int(w, key->alg);
}

static void write_ids(struct sg_cbor_writer *w, const struct sg_buf *id,
		      size_t n)
{
	size_t i;

	sg_cbor_write_array(w, n);
	for (i = 0; i < n; i++)
		sg_cbor_write_raw(w, id[i].data, id[i].len);
}

static void write_authority(struct sg_cbor_writer *w,
			    const struct sg_trust_authority *a)
{
	size_t i;

	sg_cbor_write_map(w, (size_t)4 + (a->threshold > 1) +
			     (a->n_dependencies > 0));
	sg_cbor_write_uint(w, SUIT_AUTHORITY_NAME);
	sg_cbor_write_text(w, a->name);
	sg_cbor_write_uint(w, SUIT_AUTHORITY_ROLE);
	sg_cbor_write_uint(w, a->role);
	sg_cbor_write_uint(w, SUIT_AUTHORITY_KEYS);
	sg_cbor_write_array(w, a->n_keys);
	for (i = 0; i < a->n_keys; i++)
		write_key(w, &a->key[i]);
	sg_cbor_write_uint(w, SUIT_AUTHORITY_PREFIXES);
	write_ids(w, a->prefix, a->n_prefixes);
	if (a->threshold > 1) {
		sg_cbor_write_uint(w, SUIT_AUTHORITY_THRESHOLD);
		sg_cbor_write_uint(w, a->threshold);
	}
	if (a->n_dependencies) {
		sg_cbor_write_uint(w, SUIT_AUTHORITY_DEPENDENCIES);
		write_ids(w, a->dependency, a->n_dependencies);
	}
}

static void write_op(struct sg_cbor_writer *w, const struct sg_trust_op *op)
{
	sg_cbor_write_array(w, op->kind == SG_TRUST_RETIRE ? 3 : 2);
	sg_cbor_write_uint(w, op->kind);
	switch (op->kind) {
	case SG_TRUST_ADD:
		write_authority(w, &op->authority);
		break;
	case SG_TRUST_RETIRE:
		sg_cbor_write_text(w, op->authority.name);
		sg_cbor_write_uint(w, op->last);
		break;
	case SG_TRUST_REVOKE_KEY:
		sg_cbor_write_bytes(w, op->thumbprint, sizeof(op->thumbprint));
		break;
	case SG_TRUST_REVOKE_DIGEST:
		sg_cbor_write_array(w, 2);
		sg_cbor_write_int(w, op->digest.alg);
		sg_cbor_write_bytes(w, op->digest.value, op->digest.len);
		break;
	}
}

static int encode_statement(const struct sg_trust *trust, struct sg_buf *out,
			    struct sg_error *err)
{
	struct sg_cbor_writer w = { 0 };
	size_t i;

	sg_cbor_write_map(&w, 3);
	sg_cbor_write_uint(&w, SUIT_TRUST_VERSION);
	sg_cbor_write_uint(&w, 1);
	sg_cbor_write_uint(&w, SUIT_TRUST_SEQUENCE);
	sg_cbor_write_uint(&w, trust->sequence);
	sg_cbor_write_uint(&w, SUIT_TRUST_OPERATIONS);
	sg_cbor_write_array(&w, trust->n_ops);
	for (i = 0; i < trust->n_ops; i++)
		write_op(&w, &trust->op[i]);
	return sg_cbor_write_end(&w, out, err);
}

/* What only the author of a statement can get wrong, in words. */
static int check_authority(const struct sg_trust_authority *a,
			   struct sg_error *err)
{
	if (!sg_trust_role_name(a->role))
		return sg_fail(err, "authority \"%s\" needs a role: root, vendor or baseline",
			       a->name);
	if (!a->n_keys)
		return sg_fail(err, "authority \"%s\" needs a key", a->name);
	if (a->role == SG_ROLE_ROOT && a->n_prefixes)
		return sg_fail(err, "a root authority changes trust and signs no firmware: leave the prefixes of \"%s\" out",
			       a->name);
	if (a->role == SG_ROLE_ROOT && a->n_dependencies)
		return sg_fail(err, "a root authority signs no firmware, which depends on nothing: leave the dependencies of \"%s\" out",
			       a->name);
	if (a->role != SG_ROLE_ROOT && !a->n_prefixes)
		return sg_fail(err, "authority \"%s\" needs a prefix that it may speak for, for example firmware/NAME",
			       a->name);
	if (a->threshold > a->n_keys)
		return sg_fail(err, "authority \"%s\" can never bring %u signatures with %zu keys",
			       a->name, a->threshold, a->n_keys);
	return 0;
}

int sg_trust_encode(const struct sg_trust *trust, struct sg_buf *out,
		    struct sg_error *err)
{
	struct sg_cbor_writer w = { 0 };
	struct sg_buf statement = { 0 };
	struct sg_trust check = { 0 };
	size_t i;

	*out = (struct sg_buf){ 0 };
	if (!trust->n_ops)
		return sg_fail(err, "the trust statement changes nothing");
	for (i = 0; i < trust->n_ops; i++)
		if (trust->op[i].kind == SG_TRUST_ADD &&
		    check_authority(&trust->op[i].authority, err) < 0)
			return -1;
	if (encode_statement(trust, &statement, err) < 0)
		return -1;
	sg_cbor_write_array(&w, 1);
	sg_cbor_write_bytes(&w, statement.data, statement.len);
	sg_buf_free(&statement);
	if (sg_cbor_write_end(&w, out, err) < 0)
		return -1;
	if (sg_trust_decode(out, &check, err) < 0) {
		sg_buf_free(out);
		return -1;
	}
	sg_trust_free(&check);
	return 0;
}

static int add_block(const struct suit_trust_bundle *open,
		     const struct sg_buf *block, struct sg_buf *out,
		     struct sg_error *err)
{
	struct sg_cbor_writer w = { 0 };
	struct suit_trust_bundle check;
	enum suit_error error;

	sg_cbor_write_array(&w, 2 + (size_t)open->n_blocks);
	sg_cbor_write_bytes(&w, open->statement.ptr, open->statement.len);
	sg_cbor_write_raw(&w, open->blocks.ptr, open->blocks.len);
	sg_cbor_write_bytes(&w, block->data, block->len);
	if (sg_cbor_write_end(&w, out, err) < 0)
		return -1;
	error = suit_trust_open((struct suit_slice){ out->data, out->len },
				&check);
	if (error == SUIT_OK)
		return 0;
	sg_buf_free(out);
	return sg_refuse(err, (int)error, "no room for another signature");
}

int sg_trust_sign(struct sg_buf *bundle, const char *key_path,
		  struct sg_error *err)
{
	struct suit_slice bytes = { .ptr = bundle->data, .len = bundle->len };
	struct sg_buf block = { 0 }, out = { 0 };
	struct suit_trust_bundle open;
	enum suit_error error;
	int ret;

	error = suit_trust_open(bytes, &open);
	if (error != SUIT_OK)
		return sg_refuse(err, (int)error, "not a trust bundle");
	if (sg_cose_sign(key_path, open.statement.ptr, open.statement.len,
			 sign_context, sizeof(sign_context) - 1, &block,
			 err) < 0)
		return -1;
	if (sg_cose_signed(open.blocks, open.n_blocks, &block))
		ret = sg_fail(err, "%s has signed this already", key_path);
	else
		ret = add_block(&open, &block, &out, err);
	sg_buf_free(&block);
	if (ret < 0)
		return -1;
	sg_buf_free(bundle);
	*bundle = out;
	return 0;
}

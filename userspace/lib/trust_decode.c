// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Trust bundles, decoded by the verifier and copied out.
 */
#include <string.h>

#include "core/suit.h"
#include "suitgate/trust.h"
#include "trust_private.h"

static int copy_name(struct sg_trust_authority *out, struct suit_slice name,
		     struct sg_error *err)
{
	if (name.len > SG_GATE_MAX_AUTHORITY || memchr(name.ptr, 0, name.len))
		return sg_refuse(err, SUIT_ERR_TRUST_FORM,
				 "an authority's name is not a name");
	memcpy(out->name, name.ptr, name.len);
	out->name[name.len] = '\0';
	return 0;
}

static int copy_keys(struct sg_trust_authority *out, struct suit_slice keys,
		     struct sg_error *err)
{
	struct suit_cursor cur;
	struct suit_key key;

	suit_cursor_init(&cur, keys);
	while (cur.left) {
		enum suit_error error = suit_trust_key_next(&cur, &key);
		struct sg_trust_key copy = { 0 };

		if (error != SUIT_OK)
			return sg_refuse(err, (int)error, "a key of \"%s\"",
					 out->name);
		if (sg_trust_copy_key(&key, &copy, err) < 0)
			return -1;
		if (sg_trust_push_key(out, &copy, err) < 0) {
			sg_buf_free(&copy.bytes);
			return -1;
		}
	}
	return 0;
}

/* What is absent has no bytes. */
static int copy_ids(struct sg_buf **list, size_t *n_list,
		    struct suit_slice prefixes, const char *name,
		    struct sg_error *err)
{
	struct suit_cursor cur;
	uint32_t i, n;

	if (!prefixes.len)
		return 0;
	suit_cursor_init(&cur, prefixes);
	n = suit_cbor_array(&cur);
	for (i = 0; i < n; i++) {
		struct suit_slice id = suit_cbor_item(&cur);

		if (cur.error != SUIT_OK)
			return sg_refuse(err, (int)cur.error,
					 "prefix %u of \"%s\"", i + 1, name);
		if (sg_trust_push_id(list, n_list, id.ptr, id.len, err) < 0)
			return -1;
	}
	return 0;
}

static int copy_authority(struct sg_trust_authority *out,
			  const struct suit_authority *in,
			  struct sg_error *err)
{
	out->role = in->role;
	out->threshold = in->threshold;
	if (copy_name(out, in->name, err) < 0 ||
	    copy_keys(out, in->keys, err) < 0 ||
	    copy_ids(&out->prefix, &out->n_prefixes, in->prefixes, out->name,
		     err) < 0)
		return -1;
	return copy_ids(&out->dependency, &out->n_dependencies,
			in->dependencies, out->name, err);
}

static int copy_op(struct sg_trust_op *out,
		   const struct suit_trust_operation *in, struct sg_error *err)
{
	switch (in->op) {
	case SUIT_TRUST_ADD:
		return copy_authority(&out->authority, &in->authority, err);
	case SUIT_TRUST_RETIRE:
		out->last = in->last;
		return copy_name(&out->authority, in->name, err);
	case SUIT_TRUST_REVOKE_KEY:
		if (in->thumbprint.len != sizeof(out->thumbprint))
			break;
		memcpy(out->thumbprint, in->thumbprint.ptr, in->thumbprint.len);
		return 0;
	case SUIT_TRUST_REVOKE_DIGEST:
		if (in->digest.value.len > sizeof(out->digest.value))
			break;
		out->digest.alg = in->digest.alg;
		out->digest.len = in->digest.value.len;
		memcpy(out->digest.value, in->digest.value.ptr,
		       in->digest.value.len);
		return 0;
	}
	return sg_refuse(err, SUIT_ERR_TRUST_FORM, "an operation is not known");
}

static int copy_ops(struct sg_trust *out, const struct suit_trust_bundle *in,
		    struct sg_error *err)
{
	struct suit_trust_operation op;
	struct suit_cursor cur;
	struct sg_trust_op *to;
	uint32_t i;

	suit_cursor_init(&cur, in->operations);
	for (i = 0; i < in->n_operations; i++) {
		enum suit_error error = suit_trust_operation_next(&cur, &op);

		if (error != SUIT_OK)
			return sg_refuse(err, (int)error, "operation %u",
					 i + 1);
		to = sg_trust_append(out, op.op, err);
		if (!to || copy_op(to, &op, err) < 0)
			return -1;
	}
	return 0;
}

int sg_trust_decode(const struct sg_buf *bundle, struct sg_trust *out,
		    struct sg_error *err)
{
	struct suit_slice bytes = { .ptr = bundle->data, .len = bundle->len };
	struct suit_trust_bundle open;
	enum suit_error error;

	memset(out, 0, sizeof(*out));
	error = suit_trust_open(bytes, &open);
	if (error == SUIT_OK)
		error = suit_trust_decode(&open);
	if (error != SUIT_OK)
		return sg_refuse(err, (int)error, "not a trust bundle");
	out->sequence = open.sequence;
	out->n_signatures = open.n_blocks;
	if (copy_ops(out, &open, err) < 0) {
		sg_trust_free(out);
		return -1;
	}
	return 0;
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Trust statements in memory: built up by hand or decoded from a bundle.
 */
#include <stdlib.h>
#include <string.h>

#include "component_text.h"
#include "core/suit.h"
#include "suitgate/trust.h"
#include "trust_private.h"

_Static_assert((int)SG_ROLE_ROOT == SUIT_ROLE_ROOT &&
	       (int)SG_ROLE_VENDOR == SUIT_ROLE_VENDOR &&
	       (int)SG_ROLE_BASELINE == SUIT_ROLE_BASELINE, "roles");
_Static_assert((int)SG_TRUST_ADD == SUIT_TRUST_ADD &&
	       (int)SG_TRUST_RETIRE == SUIT_TRUST_RETIRE &&
	       (int)SG_TRUST_REVOKE_KEY == SUIT_TRUST_REVOKE_KEY &&
	       (int)SG_TRUST_REVOKE_DIGEST == SUIT_TRUST_REVOKE_DIGEST, "ops");
_Static_assert((int)SG_GATE_MAX_AUTHORITY == SUIT_MAX_AUTHORITY_NAME, "name");

static const char *const role_names[] = {
	[SG_ROLE_ROOT] = "root",
	[SG_ROLE_VENDOR] = "vendor",
	[SG_ROLE_BASELINE] = "baseline",
};

static const char *const kind_names[] = {
	[SG_TRUST_ADD] = "add",
	[SG_TRUST_RETIRE] = "retire",
	[SG_TRUST_REVOKE_KEY] = "revoke-key",
	[SG_TRUST_REVOKE_DIGEST] = "revoke-digest",
};

enum {
	N_ROLES = sizeof(role_names) / sizeof(role_names[0]),
	N_KINDS = sizeof(kind_names) / sizeof(kind_names[0]),
};

const char *sg_trust_role_name(unsigned int role)
{
	return role < N_ROLES ? role_names[role] : NULL;
}

unsigned int sg_trust_role_parse(const char *name)
{
	unsigned int role;

	for (role = SG_ROLE_ROOT; role < N_ROLES; role++)
		if (!strcmp(role_names[role], name))
			return role;
	return 0;
}

const char *sg_trust_kind_name(unsigned int kind)
{
	return kind < N_KINDS ? kind_names[kind] : NULL;
}

static void authority_free(struct sg_trust_authority *authority)
{
	size_t i;

	for (i = 0; i < authority->n_keys; i++)
		sg_buf_free(&authority->key[i].bytes);
	for (i = 0; i < authority->n_prefixes; i++)
		sg_buf_free(&authority->prefix[i]);
	for (i = 0; i < authority->n_dependencies; i++)
		sg_buf_free(&authority->dependency[i]);
	free(authority->key);
	free(authority->prefix);
	free(authority->dependency);
}

void sg_trust_free(struct sg_trust *trust)
{
	size_t i;

	for (i = 0; i < trust->n_ops; i++)
		authority_free(&trust->op[i].authority);
	free(trust->op);
	memset(trust, 0, sizeof(*trust));
}

struct sg_trust_op *sg_trust_append(struct sg_trust *trust, unsigned int kind,
				    struct sg_error *err)
{
	struct sg_trust_op *op;

	op = reallocarray(trust->op, trust->n_ops + 1, sizeof(*op));
	if (!op) {
		sg_fail(err, "out of memory");
		return NULL;
	}
	trust->op = op;
	op += trust->n_ops++;
	memset(op, 0, sizeof(*op));
	op->kind = kind;
	op->authority.threshold = 1;
	return op;
}

int sg_trust_set_name(struct sg_trust_authority *authority, const char *name,
		      struct sg_error *err)
{
	size_t len = strlen(name);

	if (!len || len > SG_GATE_MAX_AUTHORITY)
		return sg_fail(err, "the name of an authority has 1 to %d bytes",
			       SG_GATE_MAX_AUTHORITY);
	memcpy(authority->name, name, len + 1);
	return 0;
}

int sg_trust_push_id(struct sg_buf **list, size_t *n, const uint8_t *id,
		     size_t len, struct sg_error *err)
{
	struct sg_buf *more;
	uint8_t *copy;

	more = reallocarray(*list, *n + 1, sizeof(*more));
	if (!more)
		return sg_fail(err, "out of memory");
	*list = more;
	copy = malloc(len);
	if (!copy)
		return sg_fail(err, "out of memory");
	memcpy(copy, id, len);
	more[(*n)++] = (struct sg_buf){ .data = copy, .len = len };
	return 0;
}

static int add_id(struct sg_buf **list, size_t *n, const char *text,
		  struct sg_error *err)
{
	uint8_t id[SUIT_MAX_COMPONENT_ID];
	size_t len;

	if (sg_component_parse(text, id, sizeof(id), &len, err) < 0)
		return -1;
	return sg_trust_push_id(list, n, id, len, err);
}

int sg_trust_add_prefix(struct sg_trust_authority *authority, const char *text,
			struct sg_error *err)
{
	return add_id(&authority->prefix, &authority->n_prefixes, text, err);
}

int sg_trust_add_dependency(struct sg_trust_authority *authority,
			    const char *text, struct sg_error *err)
{
	return add_id(&authority->dependency, &authority->n_dependencies, text,
		      err);
}

int sg_trust_push_key(struct sg_trust_authority *authority,
		      struct sg_trust_key *key, struct sg_error *err)
{
	struct sg_trust_key *keys;

	keys = reallocarray(authority->key, authority->n_keys + 1,
			    sizeof(*keys));
	if (!keys)
		return sg_fail(err, "out of memory");
	authority->key = keys;
	keys[authority->n_keys++] = *key;
	memset(key, 0, sizeof(*key));
	return 0;
}

int sg_trust_add_key(struct sg_trust_authority *authority, const char *path,
		     const char *alg, struct sg_error *err)
{
	struct sg_trust_key key = { 0 };
	size_t i;

	if (sg_trust_read_key(path, alg, &key, err) < 0)
		return -1;
	for (i = 0; i < authority->n_keys; i++) {
		if (memcmp(authority->key[i].thumbprint, key.thumbprint,
			   sizeof(key.thumbprint)))
			continue;
		sg_buf_free(&key.bytes);
		return sg_fail(err, "%s: given twice", path);
	}
	if (sg_trust_push_key(authority, &key, err) < 0) {
		sg_buf_free(&key.bytes);
		return -1;
	}
	return 0;
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Whom to believe: trust bundles, and keys that come alone.
 */
#include <string.h>

#include "trust_private.h"
#include "verify_private.h"

/* "keys/acme.pub" -> "acme", as far as an authority may be called that. */
static void name_of(const char *path, char out[SG_GATE_MAX_AUTHORITY + 1])
{
	const char *base = strrchr(path, '/');
	size_t i, len;

	base = base ? base + 1 : path;
	len = strlen(base);
	if (len > 4 && !strcmp(base + len - 4, ".pub"))
		len -= 4;
	if (len > SG_GATE_MAX_AUTHORITY)
		len = SG_GATE_MAX_AUTHORITY;
	for (i = 0; i < len; i++)
		out[i] = base[i] < ' ' || base[i] > '~' ? '?' : base[i];
	out[len] = '\0';
}

/* A key that does not state its algorithm is tried with each that fits it. */
static int add_key(struct sg_trust_authority *authority, const char *path,
		   struct sg_error *err)
{
	static const char *const algs[] = {
		"esp256", "es256", "esp384", "es384", "ed25519", "eddsa",
	};
	struct sg_trust_key key;
	struct sg_error unfit;
	size_t i;

	if (!sg_trust_add_key(authority, path, NULL, err))
		return 0;
	for (i = 0; i < sizeof(algs) / sizeof(algs[0]); i++)
		if (!sg_trust_read_key(path, algs[i], &key, &unfit) &&
		    sg_trust_push_key(authority, &key, err) < 0) {
			sg_buf_free(&key.bytes);
			return -1;
		}
	return authority->n_keys ? 0 : -1;
}

/* A statement about one key: no authority is without a prefix. */
static int bundle_of_key(const char *path, struct sg_buf *out,
			 struct sg_error *err)
{
	char name[SG_GATE_MAX_AUTHORITY + 1];
	struct sg_trust trust = { .sequence = 1 };
	struct sg_trust_op *op;
	int ret = -1;

	name_of(path, name);
	op = sg_trust_append(&trust, SG_TRUST_ADD, err);
	if (op) {
		op->authority.role = SG_ROLE_VENDOR;
		op->authority.threshold = 1;
		if (!add_key(&op->authority, path, err) &&
		    !sg_trust_set_name(&op->authority, name, err) &&
		    !sg_trust_add_prefix(&op->authority, "firmware", err))
			ret = sg_trust_encode(&trust, out, err);
	}
	sg_trust_free(&trust);
	return ret;
}

static int apply(struct sg_verify_trust *trust, const struct sg_buf *bundle,
		 const char *path, struct sg_error *err)
{
	struct suit_slice bytes = { bundle->data, bundle->len };
	enum suit_error error = sg_trust_set_apply(trust->set, bytes);

	return error == SUIT_OK ? 0 : sg_refuse(err, (int)error, "%s", path);
}

static bool is_bundle(const char *path)
{
	const char *dot = strrchr(path, '.');

	return dot && !strcmp(dot, ".trust");
}

static int read_bundle(struct sg_verify_trust *trust, const char *path,
		       struct sg_error *err)
{
	struct sg_buf bundle = { 0 };
	int ret;

	if (sg_file_read(path, SUIT_MAX_TRUST, &bundle, err) < 0)
		return -1;
	ret = apply(trust, &bundle, path, err);
	sg_buf_free(&bundle);
	return ret;
}

static int read_key(struct sg_verify_trust *trust, const char *path,
		    struct sg_error *err)
{
	uint32_t before = sg_trust_set_keys(trust->set)->n_authorities;
	struct sg_buf bundle = { 0 };
	int ret;

	if (bundle_of_key(path, &bundle, err) < 0)
		return -1;
	ret = apply(trust, &bundle, path, err);
	sg_buf_free(&bundle);
	if (ret < 0)
		return -1;
	if (sg_trust_set_keys(trust->set)->n_authorities == before)
		return sg_fail(err, "%s: another authority has that name: rename the file",
			       path);
	trust->bare |= 1ULL << before;
	return 0;
}

/*
 * Bundles first: what a bundle says replaces an authority of the same name, and
 * must not come to speak for everything by taking the place of a bare key.
 */
int sg_verify_trust_read(const struct sg_verify_request *request,
			 struct sg_verify_trust *out, struct sg_error *err)
{
	size_t i;

	*out = (struct sg_verify_trust){ .set = sg_trust_set_new() };
	if (!out->set)
		return sg_fail(err, "out of memory");
	for (i = 0; i < request->n_trust; i++)
		if (is_bundle(request->trust[i]) &&
		    read_bundle(out, request->trust[i], err) < 0)
			return -1;
	for (i = 0; i < request->n_trust; i++)
		if (!is_bundle(request->trust[i]) &&
		    read_key(out, request->trust[i], err) < 0)
			return -1;
	return 0;
}

bool sg_verify_trust_bare(const struct sg_verify_trust *trust,
			  const struct suit_auth *auth, uint32_t *index)
{
	const struct suit_trust *keys = sg_trust_set_keys(trust->set);
	uint32_t i;

	for (i = 0; i < keys->n_authorities; i++) {
		if (!(trust->bare >> i & 1) ||
		    !suit_authority_agrees(keys, i, auth))
			continue;
		*index = i;
		return true;
	}
	return false;
}

void sg_verify_trust_free(struct sg_verify_trust *trust)
{
	sg_trust_set_free(trust->set);
	*trust = (struct sg_verify_trust){ 0 };
}

// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The verifier in user space as judge: the core, called as the module does.
 */
#include <stdlib.h>
#include <string.h>

#include "crypto.h"
#include "judge.h"
#include "trust_set.h"

/* Platform ops over the delivered bytes, for a gateway of ACME. */
static bool identify(void *ctx, enum suit_identity what, struct suit_slice id,
		     struct suit_slice value)
{
	const u8 *mine = what == SUIT_IDENTITY_VENDOR ? judge_vendor :
							judge_class;

	(void)ctx;
	(void)id;
	return what != SUIT_IDENTITY_DEVICE && value.len == 16 &&
	       !memcmp(value.ptr, mine, 16);
}

static bool in_slot(void *ctx, struct suit_slice id, u64 slot)
{
	(void)ctx;
	(void)id;
	return slot == 0;
}

static enum suit_error image_digest(void *ctx, struct suit_slice id, s32 alg,
				    u8 *out, u64 *size)
{
	const struct evidence *evidence = ctx;
	const struct suit_crypto *crypto = sg_crypto();

	(void)id;
	*size = evidence->payload.len;
	return crypto->ops->digest(crypto->ctx, alg, &evidence->payload, 1,
				   out);
}

static enum suit_error image_compare(void *ctx, struct suit_slice id,
				     struct suit_slice content)
{
	const struct evidence *evidence = ctx;

	(void)id;
	return suit_slice_equal_ct(evidence->payload, content) ?
	       SUIT_OK : SUIT_ERR_CONTENT;
}

static const struct suit_platform_ops gateway = {
	.identify = identify,
	.slot = in_slot,
	.image_digest = image_digest,
	.image_compare = image_compare,
};

static enum suit_error decide_catalogue(const struct suit_manifest *m,
					const struct evidence *evidence,
					const struct suit_platform *platform)
{
	struct suit_catalogue_entry *table;
	struct suit_catalogue catalogue;
	enum suit_error error;

	table = calloc(m->n_components, sizeof(*table));
	if (!table)
		die("calloc");
	error = suit_catalogue_open(&catalogue, m, table);
	if (error == SUIT_OK && evidence->component.ptr)
		error = suit_decide_catalogue(&catalogue, evidence->component,
					      platform);
	free(table);
	return error;
}

static enum suit_error decide_manifest(const struct suit_manifest *m,
				       const struct evidence *evidence)
{
	const struct suit_platform platform = {
		.ops = &gateway, .ctx = (void *)evidence
	};
	static struct suit_process process;
	enum suit_error error;
	u32 index;

	if (m->catalogue)
		return decide_catalogue(m, evidence, &platform);
	if (!evidence->component.ptr)
		return SUIT_OK;
	error = suit_manifest_find(m, evidence->component, &index);
	if (error != SUIT_OK)
		return error;
	return suit_decide(&process, m, index, &platform);
}

static enum suit_error decide_here(struct judge *judge,
				   const struct evidence *evidence)
{
	const struct suit_trust *trust = sg_trust_set_keys(judge->trust);
	struct suit_envelope envelope;
	struct suit_manifest manifest;
	struct suit_auth auth;
	enum suit_error error;
	u32 authority;

	error = suit_envelope_open(&envelope, evidence->envelope);
	if (error != SUIT_OK)
		return error;
	error = suit_envelope_authenticate(&envelope, trust, sg_crypto(),
					   &auth);
	if (error != SUIT_OK)
		return error;
	error = suit_manifest_open(&manifest, &envelope, sg_crypto(),
				   SUIT_PROFILE_KERNEL);
	if (error != SUIT_OK)
		return error;
	error = suit_manifest_authority(&manifest, trust, &auth, &authority);
	if (error != SUIT_OK)
		return error;
	if (sg_trust_set_revoked(judge->trust, envelope.digest))
		return SUIT_ERR_DIGEST_REVOKED;
	return decide_manifest(&manifest, evidence);
}

static enum suit_error apply_here(struct judge *judge, struct suit_slice bundle)
{
	return sg_trust_set_apply(judge->trust, bundle);
}

void judge_open_here(struct judge *judge)
{
	judge->trust = sg_trust_set_new();
	if (!judge->trust)
		die("sg_trust_set_new");
	judge->apply = apply_here;
	judge->decide = decide_here;
}

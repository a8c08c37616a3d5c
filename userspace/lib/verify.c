// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The verifier's steps, in its order, with what each of them found.
 */
#include "suitgate/verify.h"

#include <string.h>

#include "crypto.h"
#include "fault.h"
#include "suitgate/key.h"
#include "verify_private.h"

static void copy_name(char out[SG_GATE_MAX_AUTHORITY + 1],
		      struct suit_slice name)
{
	memcpy(out, name.ptr, name.len);
	out[name.len] = '\0';
}

static void note_digest(const struct suit_envelope *env,
			struct sg_verify_report *report)
{
	struct suit_digest digest;

	if (suit_digest_decode(env->digest, &digest) != SUIT_OK)
		return;
	report->digest.alg = digest.alg;
	report->digest.len = digest.value.len;
	memcpy(report->digest.value, digest.value.ptr, digest.value.len);
}

/* Who; a signer that cannot be named must not be left out. */
static enum suit_error note_signers(const struct suit_trust *trust,
				    const struct suit_auth *auth,
				    struct sg_verify_report *report)
{
	struct sg_verify_signer *signer;
	uint8_t thumbprint[32];
	enum suit_error error;
	uint32_t i;

	for (i = 0; i < trust->n_keys &&
		    report->n_signers < SG_VERIFY_MAX_SIGNERS; i++) {
		const struct suit_key *key = &trust->key[i];

		if (!(auth->valid[i / 64] >> (i % 64) & 1))
			continue;
		error = suit_cose_key_thumbprint(key, sg_crypto(), thumbprint);
		if (error != SUIT_OK)
			return error;
		signer = &report->signer[report->n_signers++];
		copy_name(signer->authority,
			  trust->authority[key->authority].name);
		sg_gate_hex(thumbprint, sizeof(thumbprint),
			    signer->thumbprint);
		signer->alg = sg_alg_name(key->alg);
	}
	return SUIT_OK;
}

static int authenticate(const struct sg_verify_request *request,
			const struct sg_trust_set *set,
			struct suit_envelope *env, struct suit_auth *auth,
			struct sg_verify_report *report, struct sg_error *err)
{
	struct suit_slice bytes = {
		request->envelope.data, request->envelope.len
	};
	const struct suit_trust *trust = sg_trust_set_keys(set);
	enum suit_error error;

	memset(auth, 0, sizeof(*auth));
	error = suit_envelope_open(env, bytes);
	if (error != SUIT_OK)
		return sg_fault_open(err, error, env->epoch, "the envelope");
	error = suit_envelope_authenticate(env, trust, sg_crypto(), auth);
	if (error == SUIT_OK && sg_trust_set_revoked(set, env->digest))
		error = SUIT_ERR_DIGEST_REVOKED;
	if (error == SUIT_OK)
		error = note_signers(trust, auth, report);
	if (error != SUIT_OK)
		return sg_refuse(err, (int)error, "the envelope");
	report->authentic = true;
	note_digest(env, report);
	return 0;
}

static int open_manifest(const struct suit_envelope *env,
			 struct suit_manifest *m,
			 struct sg_verify_report *report, struct sg_error *err)
{
	enum suit_error error;

	error = suit_manifest_open(m, env, sg_crypto(), SUIT_PROFILE_FULL);
	if (error == SUIT_OK && m->catalogue)
		error = sg_verify_catalogue(m, NULL, NULL);
	if (error != SUIT_OK)
		return sg_fault_open(err, error, m->epoch, "the manifest");
	report->well_formed = true;
	report->sequence_number = m->sequence_number;
	report->components = m->n_components;
	report->catalogue = m->catalogue;
	return 0;
}

static int find_authority(const struct sg_verify_trust *trust,
			  const struct suit_manifest *m,
			  const struct suit_auth *auth,
			  struct sg_verify_report *report,
			  struct sg_error *err)
{
	const struct suit_trust *keys = sg_trust_set_keys(trust->set);
	enum suit_error error;
	u32 index;

	error = suit_manifest_authority(m, keys, auth, &index);
	if (error == SUIT_ERR_NOT_ENTITLED &&
	    sg_verify_trust_bare(trust, auth, &index))
		error = SUIT_OK;
	if (error != SUIT_OK)
		return sg_refuse(err, (int)error, "the manifest");
	copy_name(report->authority, keys->authority[index].name);
	return 0;
}

int sg_verify(const struct sg_verify_request *request,
	      struct sg_verify_report *report, struct sg_error *err)
{
	struct sg_verify_trust trust = { 0 };
	struct suit_envelope env;
	struct suit_manifest m;
	struct suit_auth auth;
	int ret = -1;

	*report = (struct sg_verify_report){ 0 };
	if (sg_verify_trust_read(request, &trust, err) < 0 ||
	    authenticate(request, trust.set, &env, &auth, report, err) < 0 ||
	    open_manifest(&env, &m, report, err) < 0 ||
	    find_authority(&trust, &m, &auth, report, err) < 0)
		goto out;
	ret = 0;
	if (request->component || request->payload)
		ret = sg_verify_bytes(request, &env, report, err);
out:
	sg_verify_trust_free(&trust);
	return ret;
}

// SPDX-License-Identifier: GPL-2.0-or-later
#include "verify.h"

#include <string.h>

static void check_envelope(const struct suit_envelope *env)
{
	size_t i;

	MUST(!env->authenticated);
	MUST(fuzz_inside(env->digest, env->bytes));
	MUST(fuzz_inside(env->blocks, env->bytes));
	MUST(fuzz_inside(env->manifest, env->bytes));
	MUST(fuzz_inside(env->manifest_bstr, env->bytes));
	MUST(fuzz_inside(env->payloads, env->bytes));
	for (i = 0; i < SUIT_SEVERABLE_COUNT; i++)
		MUST(fuzz_inside(env->severed[i], env->bytes));
}

static void check_payloads(const struct suit_envelope *env)
{
	struct suit_slice uri, content, found;
	struct suit_cursor cur;
	u32 i;

	suit_cursor_init(&cur, env->payloads);
	for (i = 0; i < env->n_payloads; i++) {
		MUST(suit_envelope_payload_next(&cur, &uri, &content) ==
		     SUIT_OK);
		MUST(fuzz_inside(content, env->bytes));
		MUST(suit_envelope_payload(env, uri, &found) == SUIT_OK);
		MUST(found.ptr == content.ptr && found.len == content.len);
	}
}

bool fuzz_authenticate(struct fuzz_seam *seam, struct suit_slice bytes,
		       struct suit_envelope *env)
{
	struct suit_manifest m;
	struct suit_auth auth;

	memset(&auth, 0, sizeof(auth));
	if (suit_envelope_open(env, bytes) != SUIT_OK)
		return false;
	check_envelope(env);
	check_payloads(env);
	/* what is not authenticated yields nothing but a look */
	MUST(suit_manifest_open(&m, env, &seam->crypto, SUIT_PROFILE_FULL) ==
	     SUIT_ERR_NO_KEY);
	suit_manifest_peek(&m, env);
	if (suit_envelope_authenticate(env, fuzz_trust(), &seam->crypto,
				       &auth) != SUIT_OK) {
		MUST(!env->authenticated);
		return false;
	}
	MUST(env->authenticated && seam->signatures);
	return true;
}

bool fuzz_open(struct fuzz_seam *seam, struct suit_manifest *m,
	       const struct suit_envelope *env, enum suit_profile profile)
{
	struct suit_slice id;
	u32 i;

	if (suit_manifest_open(m, env, &seam->crypto, profile) != SUIT_OK)
		return false;
	MUST(m->n_components && m->profile == profile);
	MUST(m->catalogue == (m->n_components > SUIT_MAX_COMPONENTS));
	MUST(fuzz_inside(m->text, env->bytes));
	for (i = 0; i < SUIT_SECTION_COUNT; i++)
		MUST(fuzz_inside(m->section[i], env->bytes));
	for (i = 0; i < m->n_components && !m->catalogue; i++) {
		u32 found = m->n_components;

		MUST(suit_manifest_component(m, i, &id) == SUIT_OK);
		MUST(suit_component_check(id) == SUIT_OK);
		MUST(suit_manifest_find(m, id, &found) == SUIT_OK);
		MUST(found == i);
	}
	for (i = m->n_components; i < m->n_components + m->n_beside; i++) {
		u32 position = 0, index = suit_manifest_index(m, i);

		MUST(suit_manifest_component(m, index, &id) == SUIT_OK);
		MUST(suit_manifest_depends(m, index, NULL));
		MUST(suit_manifest_position(m, index, &position) == SUIT_OK);
		MUST(position == i);
	}
	MUST(suit_manifest_component(m, 0x10000 + SUIT_MAX_CATALOGUE_ENTRIES,
				     &id) == SUIT_ERR_COMPONENT_INDEX);
	return true;
}

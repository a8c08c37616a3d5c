// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Who speaks through a manifest, and may they? */
#include "cbor.h"
#include "manifest.h"

/* Dependencies that are no components, whose envelopes are stored all the same. */
static bool covers_beside(const struct suit_authority *authority,
			  const struct suit_manifest *m)
{
	struct suit_slice id;
	u32 i;

	for (i = 0; i < m->n_beside; i++) {
		u32 index = suit_manifest_index(m, m->n_components + i);

		if (suit_manifest_component(m, index, &id) != SUIT_OK ||
		    !suit_authority_depends(authority, id))
			return false;
	}
	return true;
}

/* Every component, and where the manifest itself is to be stored. */
static bool covers_all(const struct suit_authority *authority,
		       const struct suit_manifest *m)
{
	struct suit_cursor cur;
	struct suit_slice id;
	u32 i;

	if (m->component_id.ptr &&
	    !suit_authority_covers(authority, m->component_id))
		return false;
	suit_cursor_init(&cur, m->components);
	for (i = 0; i < m->n_components; i++) {
		id = suit_cbor_item(&cur);
		if (!suit_authority_covers(authority, id) &&
		    !(suit_manifest_depends(m, i, NULL) &&
		      suit_authority_depends(authority, id)))
			return false;
	}
	return covers_beside(authority, m);
}

enum suit_error suit_manifest_authority(const struct suit_manifest *m,
					const struct suit_trust *trust,
					const struct suit_auth *auth,
					u32 *index)
{
	enum suit_error result = SUIT_ERR_THRESHOLD;
	u32 i;

	for (i = 0; i < trust->n_authorities; i++) {
		const struct suit_authority *a = &trust->authority[i];

		if (!suit_authority_agrees(trust, i, auth))
			continue;
		result = SUIT_ERR_NOT_ENTITLED;
		if (a->role == SUIT_ROLE_ROOT ||
		    (a->retired && m->sequence_number > a->last))
			continue;
		if (covers_all(a, m)) {
			*index = i;
			return SUIT_OK;
		}
	}
	return result;
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Who refers to what: a component that another manifest refers to is not
 * changed beneath it, and one that nobody refers to any more goes away (trust
 * domains 5.3, 5.6.5).
 */
#include <string.h>

#include "process_private.h"

/* Lineages that refer to one component, each once. */
enum { MAX_REFERRING = 256 };

static struct suit_slice id_of(const struct sg_reference *reference)
{
	return (struct suit_slice){ reference->id, reference->id_len };
}

static bool is_dropped(const struct sg_process *p,
		       const struct sg_lineage *lineage, struct suit_slice id)
{
	size_t i;

	for (i = 0; i < p->dropped.n_references; i++)
		if (sg_lineage_equal(&p->dropped.reference[i].lineage,
				     lineage) &&
		    suit_slice_equal(id_of(&p->dropped.reference[i]), id))
			return true;
	return false;
}

static void lineage_of_node(const struct sg_process *p, u32 i,
			    struct sg_lineage *out)
{
	const struct suit_node *node = &p->node[i];

	sg_lineage_of(&node->manifest,
		      p->core.trust->authority[node->authority].name, out);
}

static bool in_tree(const struct sg_process *p,
		    const struct sg_lineage *lineage)
{
	struct sg_lineage mine;
	u32 i;

	for (i = 0; i < p->core.n_nodes; i++) {
		if (!p->node[i].manifest.profile)
			continue;
		lineage_of_node(p, i, &mine);
		if (sg_lineage_equal(&mine, lineage))
			return true;
	}
	return false;
}

/*
 * Of the record that this procedure replaces only those count that still take
 * part; what is only fetched does not count.
 */
static bool counts(const struct sg_process *p, const struct sg_known *known,
		   const struct sg_lineage *lineage)
{
	if (known->state == SG_INSTALL_STAGED)
		return false;
	return !sg_lineage_equal(&known->record.lineage, &p->lineage) ||
	       in_tree(p, lineage);
}

static unsigned int role_of(const struct sg_process *p, const char *name)
{
	const struct suit_trust *trust = sg_trust_set_keys(p->trust.set);
	u32 i;

	for (i = 0; i < trust->n_authorities; i++)
		if (trust->authority[i].name.len == strlen(name) &&
		    !memcmp(trust->authority[i].name.ptr, name, strlen(name)))
			return trust->authority[i].role;
	return 0;
}

/* A vendor takes a component over from whoever blessed what was there. */
static bool superseded(const struct sg_process *p,
		       const struct sg_lineage *other,
		       const struct sg_lineage *mine)
{
	return role_of(p, other->authority) == SUIT_ROLE_BASELINE &&
	       role_of(p, mine->authority) == SUIT_ROLE_VENDOR;
}

/* Other lineages than @mine that refer to @id. */
static u32 count_others(const struct sg_process *p,
			const struct sg_lineage *mine, struct suit_slice id)
{
	const struct sg_lineage *seen[MAX_REFERRING];
	u32 n = 0, s;
	size_t i, j;

	for (i = 0; i < p->n_known; i++) {
		const struct sg_install_record *record = &p->known[i].record;

		for (j = 0; j < record->n_references; j++) {
			const struct sg_reference *r = &record->reference[j];

			if (!suit_slice_equal(id_of(r), id) ||
			    sg_lineage_equal(&r->lineage, mine) ||
			    !counts(p, &p->known[i], &r->lineage) ||
			    superseded(p, &r->lineage, mine) ||
			    is_dropped(p, &r->lineage, id))
				continue;
			for (s = 0; s < n; s++)
				if (sg_lineage_equal(seen[s], &r->lineage))
					break;
			if (s == n && n < MAX_REFERRING)
				seen[n++] = &r->lineage;
		}
	}
	return n;
}

static void lineage_of_effect(const struct suit_effect *effect,
			      struct sg_lineage *out)
{
	sg_lineage_of(effect->manifest, effect->authority->name, out);
}

enum suit_error sg_process_references(void *ctx,
				      const struct suit_effect *effect,
				      u32 *count)
{
	struct sg_process *p = ctx;
	struct sg_lineage mine;

	lineage_of_effect(effect, &mine);
	*count = count_others(p, &mine, effect->id);
	if (*count)
		sg_fault(&p->why, SUIT_ERR_COMPONENT_LINKED, "%u other manifests refer to it: uninstall them first",
			 *count);
	return SUIT_OK;
}

static enum suit_error drop(struct sg_process *p,
			    const struct sg_lineage *mine, struct suit_slice id)
{
	struct sg_reference *gone = sg_install_add_reference(&p->dropped);

	if (!gone)
		return SUIT_ERR_MEMORY;
	gone->lineage = *mine;
	memcpy(gone->id, id.ptr, id.len);
	gone->id_len = id.len;
	return SUIT_OK;
}

enum suit_error sg_process_unlink(void *ctx, const struct suit_effect *effect,
				  u32 *left)
{
	struct sg_process *p = ctx;
	struct sg_lineage mine;
	struct sg_draft draft;
	enum suit_error error = sg_draft_begin(p, effect, &draft);

	if (error != SUIT_OK)
		return error;
	lineage_of_effect(effect, &mine);
	error = drop(p, &mine, effect->id);
	*left = count_others(p, &mine, effect->id);
	if (error != SUIT_OK || *left)
		return error;
	if (!sg_stage_find(&p->stage, effect->id) &&
	    !sg_place_occupied(&draft.candidate.place))
		return SUIT_OK;
	draft.candidate.kind = SG_CANDIDATE_REMOVAL;
	draft.candidate.proven = true;
	return sg_stage_put(&p->stage, &draft.candidate);
}

/* The version that it brings is that of the bytes it has now. */
static enum suit_error add_version(struct sg_process *p,
				   const struct suit_manifest *m,
				   struct suit_slice id,
				   struct sg_reference *out)
{
	const struct sg_candidate *candidate = sg_stage_find(&p->stage, id);
	struct sg_gate_digest digest = {
		.alg = SUIT_ALG_SHA256,
		.len = suit_digest_size(SUIT_ALG_SHA256),
	};
	enum suit_error error;
	u64 size;

	error = suit_version_decode(m->set_version, &out->version);
	if (error != SUIT_OK)
		return error;
	if (candidate && candidate->kind == SG_CANDIDATE_FILE)
		out->digest = candidate->digest;
	else if (sg_process_digest(p, id, digest.alg, digest.value, &size) ==
		 SUIT_OK)
		out->digest = digest;
	else
		out->version.n = 0;
	p->why.message[0] = '\0';
	return SUIT_OK;
}

/* Only an installation begins to refer to something. */
static bool may_refer(const struct sg_process *p, const struct sg_lineage *mine,
		      struct suit_slice id)
{
	const struct sg_known *known;
	size_t i;

	if (p->request.procedure == SG_PROCEDURE_UPDATE ||
	    p->request.procedure == SG_PROCEDURE_INSTALLATION)
		return true;
	known = sg_process_known(p, &p->lineage, SG_INSTALL_INSTALLED);
	for (i = 0; known && i < known->record.n_references; i++) {
		const struct sg_reference *r = &known->record.reference[i];

		if (sg_lineage_equal(&r->lineage, mine) &&
		    suit_slice_equal(id_of(r), id))
			return true;
	}
	return false;
}

static enum suit_error refer_node(struct sg_process *p, u32 index,
				  struct sg_install_record *record)
{
	const struct suit_manifest *m = &p->node[index].manifest;
	struct sg_reference *reference;
	enum suit_error error = SUIT_OK;
	struct sg_lineage mine;
	struct suit_slice id;
	u32 i;

	lineage_of_node(p, index, &mine);
	for (i = 0; i < m->n_components + m->n_beside && error == SUIT_OK;
	     i++) {
		error = suit_manifest_component(m, suit_manifest_index(m, i),
						&id);
		if (error != SUIT_OK || is_dropped(p, &mine, id) ||
		    !may_refer(p, &mine, id))
			continue;
		reference = sg_install_add_reference(record);
		if (!reference)
			return SUIT_ERR_MEMORY;
		reference->lineage = mine;
		memcpy(reference->id, id.ptr, id.len);
		reference->id_len = id.len;
		if (m->set_version.ptr && !suit_manifest_depends(
			    m, suit_manifest_index(m, i), NULL))
			error = add_version(p, m, id, reference);
	}
	return error;
}

/* Does anything above it still want this manifest? */
static bool is_wanted(const struct sg_process *p, u32 index)
{
	struct sg_lineage parent;

	while (index) {
		const struct suit_node *node = &p->node[index];

		if (!node->manifest.profile)
			return false;
		lineage_of_node(p, node->parent, &parent);
		if (is_dropped(p, &parent, node->id))
			return false;
		index = node->parent;
	}
	return true;
}

enum suit_error sg_process_refer(struct sg_process *p,
				 struct sg_install_record *record)
{
	enum suit_error error = SUIT_OK;
	u32 i;

	for (i = 0; i < p->core.n_nodes && error == SUIT_OK; i++)
		if (is_wanted(p, i))
			error = refer_node(p, i, record);
	return error;
}

const struct sg_reference *sg_process_reference(const struct sg_process *p,
						struct suit_slice id,
						size_t *at)
{
	size_t seen = 0, i, j;

	for (i = 0; i < p->n_known; i++) {
		const struct sg_install_record *record = &p->known[i].record;

		for (j = 0; j < record->n_references; j++) {
			const struct sg_reference *r = &record->reference[j];

			if (r->digest.len && r->version.n &&
			    suit_slice_equal(id_of(r), id) &&
			    p->known[i].state != SG_INSTALL_STAGED &&
			    seen++ == *at) {
				++*at;
				return r;
			}
		}
	}
	return NULL;
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * From what is staged to what is in use.
 */
#include <string.h>

#include "process_private.h"

static bool is_file(const struct sg_candidate *candidate)
{
	return candidate->kind == SG_CANDIDATE_FILE ||
	       candidate->kind == SG_CANDIDATE_LINK;
}

/* The author must have said what the bytes are, and they must be that. */
static enum suit_error check_proven(struct sg_process *p,
				    const struct sg_candidate *candidate)
{
	if (candidate->proven)
		return SUIT_OK;
	return sg_fault(&p->why, SUIT_ERR_NO_IMAGE_MATCH, "%s/%s: what was stored is not what the manifest says, or it does not say what it is",
			candidate->place.type->name, candidate->place.path);
}

/* Would it be used at all? */
static enum suit_error check_found(struct sg_process *p,
				   const struct sg_candidate *candidate)
{
	if (!(candidate->place.type->flags & SG_PLACE_SEARCHED) ||
	    !is_file(candidate) ||
	    sg_loader_prefers(&p->loader, candidate->place.root,
			      candidate->place.path, &p->why) == 0)
		return SUIT_OK;
	return sg_fault_class(&p->why, SUIT_ERR_OPERATION);
}

static bool changes(const struct sg_install_record *record,
		    const struct sg_candidate *candidate)
{
	size_t i;

	for (i = 0; i < record->n_entries; i++) {
		const struct sg_candidate *other =
			&record->entry[i].candidate;

		if (other->id_len == candidate->id_len &&
		    !memcmp(other->id, candidate->id, other->id_len))
			return true;
	}
	return false;
}

/* One change of a component at a time is on trial. */
static enum suit_error check_trials(struct sg_process *p,
				    const struct sg_candidate *candidate)
{
	size_t i;

	for (i = 0; i < p->n_known; i++)
		if (sg_process_on_trial(&p->known[i]) &&
		    changes(&p->known[i].record, candidate))
			return sg_fault(&p->why, SUIT_ERR_OPERATION, "%s/%s was changed and that is not confirmed: confirm or revert it first",
					candidate->place.type->name,
					candidate->place.path);
	return SUIT_OK;
}

enum suit_error sg_process_check(struct sg_process *p)
{
	bool staging = p->request.procedure == SG_PROCEDURE_STAGING;
	enum suit_error error = SUIT_OK;
	size_t i;

	for (i = 0; i < p->stage.n && error == SUIT_OK; i++) {
		const struct sg_candidate *candidate = p->stage.candidate[i];

		error = check_proven(p, candidate);
		if (error == SUIT_OK && !staging)
			error = check_found(p, candidate);
		if (error == SUIT_OK && !staging)
			error = check_trials(p, candidate);
	}
	return error == SUIT_OK ? sg_process_ask_gate(p) : error;
}

static enum suit_error fill(struct sg_process *p,
			    struct sg_install_record *record)
{
	struct sg_install_entry *entry;
	size_t i;

	record->manifest = p->manifest;
	record->sequence_number = p->node[0].manifest.sequence_number;
	record->lineage = p->lineage;
	for (i = 0; i < p->stage.n; i++) {
		entry = sg_install_add_entry(record);
		if (!entry)
			return SUIT_ERR_MEMORY;
		entry->candidate = *p->stage.candidate[i];
	}
	return p->request.procedure == SG_PROCEDURE_STAGING ?
		       SUIT_OK : sg_process_refer(p, record);
}

static bool same_references(const struct sg_install_record *a,
			    const struct sg_install_record *b)
{
	size_t i;

	if (a->n_references != b->n_references)
		return false;
	for (i = 0; i < a->n_references; i++) {
		const struct sg_reference *one = &a->reference[i];
		const struct sg_reference *two = &b->reference[i];

		if (!sg_lineage_equal(&one->lineage, &two->lineage) ||
		    one->id_len != two->id_len ||
		    memcmp(one->id, two->id, one->id_len))
			return false;
	}
	return true;
}

/* Is this very manifest in place already, and nothing left to do? */
static bool is_done(const struct sg_process *p,
		    const struct sg_install_record *record)
{
	const struct sg_known *known;

	if (p->stage.n)
		return false;
	if (p->request.procedure == SG_PROCEDURE_STAGING ||
	    p->request.procedure == SG_PROCEDURE_VALIDATION ||
	    p->request.procedure == SG_PROCEDURE_INVOCATION)
		return true;
	known = sg_process_known(p, &p->lineage, SG_INSTALL_APPLIED);
	if (!known)
		known = sg_process_known(p, &p->lineage, SG_INSTALL_INSTALLED);
	return known && sg_digest_same(&known->record.manifest,
				       &p->manifest) &&
	       same_references(&known->record, record);
}

/* Another version of the same is on trial. */
static enum suit_error check_lineage(struct sg_process *p)
{
	size_t i;

	if (p->request.procedure == SG_PROCEDURE_STAGING)
		return SUIT_OK;
	for (i = 0; i < p->n_known; i++)
		if (sg_process_on_trial(&p->known[i]) &&
		    sg_lineage_equal(&p->known[i].record.lineage, &p->lineage))
			return sg_fault(&p->why, SUIT_ERR_OPERATION, "what was installed last is not confirmed: confirm or revert it first");
	return SUIT_OK;
}

static void tell_upload(void *context, uint64_t done, uint64_t total)
{
	struct sg_process *p = context;
	struct suit_slice none = { NULL, 0 };

	sg_process_pulse(p, SG_PHASE_UPLOAD, none, done, total);
}

static bool is_cancelled(void *context)
{
	const struct sg_process *p = context;

	return p->request.cancelled &&
	       p->request.cancelled(p->request.context);
}

static int commit(struct sg_process *p, struct sg_install_record *record)
{
	const struct sg_upload_watch watch = {
		.progress = tell_upload, .cancelled = is_cancelled,
		.context = p,
	};
	int ret;

	if (p->request.procedure == SG_PROCEDURE_STAGING)
		return sg_install_store_put(&p->store, record,
					    SG_INSTALL_STAGED, &p->why);
	ret = sg_install_commit(&p->store, record, &watch, &p->why);
	p->changed |= ret == 0;
	/* in place, or gone */
	sg_stage_free(&p->stage);
	return ret;
}

enum suit_error sg_process_install(struct sg_process *p)
{
	struct sg_install_record record = { 0 };
	enum suit_error error;

	error = fill(p, &record);
	if (error == SUIT_OK && !is_done(p, &record)) {
		error = check_lineage(p);
		if (error == SUIT_OK)
			error = sg_process_check(p);
		if (error == SUIT_OK && commit(p, &record) < 0)
			error = sg_fault_class(&p->why, SUIT_ERR_OPERATION);
	}
	sg_install_record_free(&record);
	return error;
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Installations between processes: what there is, whether it stays.
 */
#include <string.h>

#include "fault.h"
#include "install.h"

/**
 * struct listing - for whom
 * @each: the caller's
 * @context: of @each
 */
struct listing {
	int (*each)(void *context, const struct sg_install *is);
	void *context;
};

static int list_one(void *context, struct sg_install_record *record,
		    enum sg_install_state state, struct sg_error *err)
{
	const struct listing *listing = context;
	struct sg_install is = {
		.state = state, .manifest = record->manifest,
		.sequence_number = record->sequence_number,
	};

	(void)err;
	strcpy(is.authority, record->lineage.authority);
	sg_gate_component_text(record->lineage.id, record->lineage.id_len,
			       is.component, sizeof(is.component));
	return listing->each(listing->context, &is);
}

int sg_install_list(const struct sg_device *device,
		    int (*each)(void *context, const struct sg_install *is),
		    void *context, struct sg_error *err)
{
	struct listing listing = { each, context };
	struct sg_install_store store;
	int ret;

	ret = sg_install_store_look(&store, device, err);
	if (ret == 1)
		ret = sg_install_store_walk(&store, list_one, &listing, err);
	sg_install_store_close(&store);
	return ret < 0 ? -1 : 0;
}

/**
 * struct search - the installation of one manifest
 * @digest: of the manifest
 * @record: it
 * @state: where it is; 0: there is none
 */
struct search {
	const struct sg_gate_digest *digest;
	struct sg_install_record record;
	unsigned int state;
};

/* What is on trial goes before what was confirmed once. */
static int match(void *context, struct sg_install_record *record,
		 enum sg_install_state state, struct sg_error *err)
{
	struct search *search = context;

	(void)err;
	if (!sg_digest_same(&record->manifest, search->digest) ||
	    state == SG_INSTALL_STAGED ||
	    (search->state && state == SG_INSTALL_INSTALLED))
		return 0;
	sg_install_record_free(&search->record);
	search->record = *record;
	search->state = state;
	*record = (struct sg_install_record){ 0 };
	return 0;
}

static int cannot(const struct search *search, const char *is,
		  struct sg_error *err)
{
	char hex[SG_STAGE_HALF + 1];

	sg_stage_half(search->digest, hex);
	return sg_fail(err, "manifest %s.. is %s", hex, is);
}

int sg_install_tidy(const struct sg_install_store *store,
		    const struct sg_install_record *record,
		    struct sg_error *err)
{
	size_t i;

	for (i = 0; i < record->n_entries; i++) {
		const struct sg_candidate *candidate =
			&record->entry[i].candidate;

		/* folders in other roots are the administrator's */
		if (candidate->kind == SG_CANDIDATE_REMOVAL &&
		    !(candidate->place.type->flags & SG_PLACE_ALLOWED) &&
		    sg_place_remove_parents(&candidate->place,
					    SUIT_MAX_SEGMENTS) < 0)
			return sg_fail(err, "cannot remove the folders above %s/%s: %m",
				       candidate->place.root,
				       candidate->place.path);
	}
	if (record->n_references)
		return 0;
	return sg_install_store_remove(store, &record->lineage,
				       SG_INSTALL_INSTALLED, err);
}

static int move_and_tidy(const struct sg_install_store *store,
			 const struct sg_install_record *record,
			 struct sg_error *err)
{
	if (sg_install_store_move(store, &record->lineage, SG_INSTALL_APPLIED,
				  SG_INSTALL_INSTALLED, err) < 0 ||
	    sg_install_clean(store, &record->manifest, true, err) < 0)
		return -1;
	return sg_install_tidy(store, record, err);
}

static int confirm(const struct sg_install_store *store,
		   const struct search *search, struct sg_error *err)
{
	switch (search->state) {
	case SG_INSTALL_INSTALLED:
		return 0;
	case SG_INSTALL_COMMITTED:
		if (sg_install_finish(store, &search->record, err) < 0)
			return -1;
		break;
	case SG_INSTALL_APPLIED:
		break;
	case SG_INSTALL_REVERTING:
		return cannot(search, "being taken back", err);
	default:
		return cannot(search, "not installed", err);
	}
	return move_and_tidy(store, &search->record, err);
}

static int revert(const struct sg_install_store *store,
		  const struct search *search, struct sg_error *err)
{
	if (!search->state)
		return cannot(search, "not installed", err);
	if (search->state == SG_INSTALL_INSTALLED)
		return cannot(search, "confirmed: what it replaced is gone",
			      err);
	return sg_install_undo(store, &search->record,
			       (enum sg_install_state)search->state, err);
}

/* End the trial of manifest @digest, whatever becomes of others. */
static int decide(const struct sg_device *device,
		  const struct sg_gate_digest *digest,
		  int (*how)(const struct sg_install_store *store,
			     const struct search *search,
			     struct sg_error *err), struct sg_error *err)
{
	struct search search = { .digest = digest };
	struct sg_install_store store;
	int ret;

	if (sg_install_store_open(&store, device, err) < 0)
		return -1;
	ret = sg_install_store_walk(&store, match, &search, err);
	if (!ret)
		ret = how(&store, &search, err);
	sg_install_record_free(&search.record);
	sg_install_store_close(&store);
	return ret;
}

int sg_install_confirm(const struct sg_device *device,
		       const struct sg_gate_digest *digest,
		       struct sg_error *err)
{
	return decide(device, digest, confirm, err);
}

int sg_install_revert(const struct sg_device *device,
		      const struct sg_gate_digest *digest,
		      struct sg_error *err)
{
	return decide(device, digest, revert, err);
}

// SPDX-License-Identifier: LGPL-2.1-or-later
#include "install.h"

#include <string.h>

static struct sg_install_step step_of(const struct sg_install_store *store,
				      const struct sg_install_record *record,
				      struct sg_error *err)
{
	struct sg_install_step step = { .device = store->device, .err = err };

	sg_stage_half(&record->manifest, step.half);
	return step;
}

/* Devices first: of all steps an upload is the likeliest to fail. */
static bool in_turn(const struct sg_install_entry *entry, int turn)
{
	bool uploaded = entry->candidate.place.type->flags & SG_PLACE_UPLOADED;

	return uploaded == !turn;
}

static int prepare(const struct sg_install_step *step,
		   struct sg_install_record *record)
{
	size_t i, n = 0;
	int ret;

	for (i = 0; i < record->n_entries; i++) {
		ret = sg_install_prepare_entry(step, &record->entry[i]);
		if (ret < 0)
			return -1;
		if (!ret)
			record->entry[n++] = record->entry[i];
	}
	record->n_entries = n;
	return 0;
}

static int apply(const struct sg_install_step *step,
		 const struct sg_install_record *record)
{
	size_t i;
	int turn;

	for (turn = 0; turn < 2; turn++)
		for (i = 0; i < record->n_entries; i++)
			if (in_turn(&record->entry[i], turn) &&
			    sg_install_apply_entry(step,
						   &record->entry[i]) < 0)
				return -1;
	return 0;
}

/**
 * struct cleaning - what to remove
 * @half: of the names
 * @olds: those that end in "old" too
 */
struct cleaning {
	char half[SG_STAGE_HALF + 1];
	bool olds;
};

static bool keep_others(void *context, const char *half, const char *ending)
{
	const struct cleaning *cleaning = context;

	return strcmp(half, cleaning->half) ||
	       (!cleaning->olds && !strcmp(ending, "old"));
}

int sg_install_clean(const struct sg_install_store *store,
		     const struct sg_gate_digest *manifest, bool olds,
		     struct sg_error *err)
{
	struct cleaning cleaning = { .olds = olds };

	sg_stage_half(manifest, cleaning.half);
	if (sg_stage_sweep(store->device, keep_others, &cleaning) < 0)
		return sg_fail(err, "cannot clean the folders %s: %m",
			       SG_PLACE_STAGING);
	return 0;
}

/* Backwards: a folder goes after what is in it. */
static int revert(const struct sg_install_step *step,
		  const struct sg_install_record *record)
{
	size_t i;
	int turn;

	for (turn = 1; turn >= 0; turn--)
		for (i = record->n_entries; i--; )
			if (in_turn(&record->entry[i], turn) &&
			    sg_install_revert_entry(step,
						    &record->entry[i]) < 0)
				return -1;
	return 0;
}

int sg_install_undo(const struct sg_install_store *store,
		    const struct sg_install_record *record,
		    enum sg_install_state state, struct sg_error *err)
{
	struct sg_install_step step = step_of(store, record, err);

	if (state != SG_INSTALL_REVERTING &&
	    sg_install_store_move(store, &record->lineage, state,
				  SG_INSTALL_REVERTING, err) < 0)
		return -1;
	if (revert(&step, record) < 0 ||
	    sg_install_store_remove(store, &record->lineage,
				    SG_INSTALL_REVERTING, err) < 0)
		return -1;
	return sg_install_clean(store, &record->manifest, true, err);
}

/* The move to APPLIED may have come about although it was said to fail. */
static enum sg_install_state state_now(const struct sg_install_store *store,
				       const struct sg_install_record *record)
{
	return sg_install_store_has(store, &record->lineage,
				    SG_INSTALL_APPLIED) ?
		       SG_INSTALL_APPLIED : SG_INSTALL_COMMITTED;
}

/* Put into place, or back; @err keeps saying why. */
static int go(const struct sg_install_store *store,
	      const struct sg_install_record *record,
	      const struct sg_install_step *step)
{
	struct sg_error worse;

	if (apply(step, record) == 0 &&
	    sg_install_store_move(store, &record->lineage,
				  SG_INSTALL_COMMITTED, SG_INSTALL_APPLIED,
				  step->err) == 0)
		return 0;
	if (sg_install_undo(store, record, state_now(store, record),
			    &worse) < 0)
		*step->err = worse;
	return -1;
}

int sg_install_finish(const struct sg_install_store *store,
		      const struct sg_install_record *record,
		      struct sg_error *err)
{
	struct sg_install_step step = step_of(store, record, err);

	step.again = true;
	return go(store, record, &step);
}

/**
 * struct settling - all records
 * @store: where they are
 * @ret: 1: one could not be brought to an end
 * @err: why
 */
struct settling {
	const struct sg_install_store *store;
	int ret;
	struct sg_error *err;
};

/* One that cannot be brought to an end does not stop the others. */
static int settle(void *context, struct sg_install_record *record,
		  enum sg_install_state state, struct sg_error *err)
{
	struct settling *settling = context;
	const struct sg_install_store *store = settling->store;
	struct sg_error why = { 0 };
	int ret = 0;

	(void)err;
	if (state == SG_INSTALL_COMMITTED)
		ret = sg_install_finish(store, record, &why);
	else if (state == SG_INSTALL_REVERTING)
		ret = sg_install_undo(store, record, state, &why);
	/* it went back: that is an end too */
	if (ret < 0 && (sg_install_store_has(store, &record->lineage,
					     SG_INSTALL_COMMITTED) ||
			sg_install_store_has(store, &record->lineage,
					     SG_INSTALL_REVERTING))) {
		settling->ret = 1;
		*settling->err = why;
	}
	return 0;
}

int sg_install_settle(const struct sg_install_store *store,
		      struct sg_error *err)
{
	struct settling settling = { .store = store, .err = err };

	if (sg_install_store_walk(store, settle, &settling, err) < 0)
		return -1;
	return settling.ret;
}

/* Nothing is on trial when nothing changes. */
static int remember(const struct sg_install_store *store,
		    const struct sg_install_record *record,
		    struct sg_error *err)
{
	if (!record->n_references)
		return sg_install_store_remove(store, &record->lineage,
					       SG_INSTALL_INSTALLED, err);
	return sg_install_store_put(store, record, SG_INSTALL_INSTALLED, err);
}

int sg_install_commit(const struct sg_install_store *store,
		      struct sg_install_record *record,
		      const struct sg_upload_watch *watch,
		      struct sg_error *err)
{
	struct sg_install_step step = step_of(store, record, err);
	struct sg_error ignored;
	int ret;

	step.watch = watch;
	ret = prepare(&step, record);
	if (!ret && !record->n_entries)
		return remember(store, record, err) < 0 ? -1 : 1;
	if (!ret)
		ret = sg_install_store_put(store, record, SG_INSTALL_COMMITTED,
					   err);
	if (ret < 0) {
		/* it may be there although writing it was said to fail */
		sg_install_store_remove(store, &record->lineage,
					SG_INSTALL_COMMITTED, &ignored);
		sg_install_clean(store, &record->manifest, true, &ignored);
		return -1;
	}
	if (go(store, record, &step) < 0)
		return -1;
	sg_install_store_remove(store, &record->lineage, SG_INSTALL_STAGED,
				&ignored);
	return 0;
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * After a start: finish what was cut off, remove what nobody will ask for.
 */
#include <stdlib.h>
#include <string.h>

#include "install.h"

/* Files of one manifest that stay. */
struct kept {
	char half[SG_STAGE_HALF + 1];
	enum sg_install_state state;	/* 0: it will be processed again */
};

struct keeping {
	struct kept *kept;
	size_t n;
};

static int keep(struct keeping *keeping, const struct sg_gate_digest *manifest,
		unsigned int state, struct sg_error *err)
{
	struct kept *more;

	more = reallocarray(keeping->kept, keeping->n + 1, sizeof(*more));
	if (!more)
		return sg_fail(err, "out of memory");
	keeping->kept = more;
	sg_stage_half(manifest, more[keeping->n].half);
	more[keeping->n++].state = (enum sg_install_state)state;
	return 0;
}

static int keep_record(void *context, struct sg_install_record *record,
		       enum sg_install_state state, struct sg_error *err)
{
	return keep(context, &record->manifest, state, err);
}

static bool stays(enum sg_install_state state, const char *ending)
{
	bool old = !strcmp(ending, "old");

	switch (state) {
	case SG_INSTALL_COMMITTED:
	case SG_INSTALL_REVERTING:
		return true;
	case SG_INSTALL_APPLIED:
		return old;
	case SG_INSTALL_STAGED:
		return !strcmp(ending, "new");
	case SG_INSTALL_INSTALLED:
		return false;
	default:
		return !old;
	}
}

static bool is_kept(void *context, const char *half, const char *ending)
{
	const struct keeping *keeping = context;
	size_t i;

	for (i = 0; i < keeping->n; i++)
		if (!strcmp(keeping->kept[i].half, half) &&
		    stays(keeping->kept[i].state, ending))
			return true;
	return false;
}

static int sweep(const struct sg_install_store *store,
		 const struct sg_gate_digest *digest, size_t n,
		 struct sg_error *err)
{
	struct keeping keeping = { 0 };
	int ret = 0;
	size_t i;

	for (i = 0; i < n && !ret; i++)
		ret = keep(&keeping, &digest[i], 0, err);
	if (!ret)
		ret = sg_install_store_walk(store, keep_record, &keeping, err);
	if (!ret && sg_stage_sweep(store->device, is_kept, &keeping) < 0)
		ret = sg_fail(err, "cannot clean the folders %s: %m",
			      SG_PLACE_STAGING);
	free(keeping.kept);
	return ret;
}

/* What was staged and then installed is not staged any more. */
static int drop_staged(void *context, struct sg_install_record *record,
		       enum sg_install_state state, struct sg_error *err)
{
	const struct sg_install_store *store = context;
	struct sg_install_record staged;
	int ret;

	if (state != SG_INSTALL_APPLIED && state != SG_INSTALL_INSTALLED)
		return 0;
	ret = sg_install_store_get(store, &record->lineage, SG_INSTALL_STAGED,
				   &staged, err);
	if (ret == 1 && sg_digest_same(&staged.manifest, &record->manifest))
		ret = sg_install_store_remove(store, &record->lineage,
					      SG_INSTALL_STAGED, err);
	sg_install_record_free(&staged);
	return ret < 0 ? -1 : 0;
}

/* What was confirmed, but perhaps not to its end. */
static int tidy(void *context, struct sg_install_record *record,
		enum sg_install_state state, struct sg_error *err)
{
	return state == SG_INSTALL_INSTALLED ?
		       sg_install_tidy(context, record, err) : 0;
}

int sg_install_recover(const struct sg_device *device,
		       const struct sg_gate_digest *kept, size_t n_keep,
		       struct sg_error *err)
{
	struct sg_install_store store;
	struct sg_error why;
	int ret, swept = -1;

	if (sg_install_store_open(&store, device, err) < 0)
		return -1;
	ret = sg_install_settle(&store, err);
	if (sg_install_store_clean(&store, &why) == 0 &&
	    sg_install_store_walk(&store, drop_staged, &store, &why) == 0 &&
	    sg_install_store_walk(&store, tidy, &store, &why) == 0)
		swept = sweep(&store, kept, n_keep, &why);
	sg_install_store_close(&store);
	if (ret < 0 || swept == 0)
		return ret;
	*err = why;
	return -1;
}

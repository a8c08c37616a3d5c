// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Floors on disk: which file goes with the counter, and in which order the two
 * are changed.
 */
#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "file_ops.h"
#include "floor_file.h"
#include "suitgate/floor.h"
#include "suitgate/key.h"

static const char start_over[] =
	"if this is meant, start over: suitctl floor reset-anchor";

struct sg_floor_store {
	struct sg_floor_request request;
	char *public_key;
	int folder;
	struct sg_floor_file file;
	bool written;
	bool completed;
};

static uint32_t index_of(const struct sg_floor_store *store)
{
	return store->request.anchor ? store->request.anchor->index : 0;
}

static int refuse(struct sg_error *err, const char *code)
{
	err->refused = true;
	err->code = code;
	return -1;
}

static int read_counter(const struct sg_floor_store *store, uint64_t *value,
			struct sg_error *err)
{
	const struct sg_anchor *anchor = store->request.anchor;

	*value = 0;
	return anchor ? anchor->ops->read(anchor->context, value, err) :
			SG_ANCHOR_ABSENT;
}

static int raise_counter(const struct sg_floor_store *store, uint64_t *value,
			 struct sg_error *err)
{
	const struct sg_anchor *anchor = store->request.anchor;

	return anchor->ops->raise(anchor->context, value, err);
}

/* The epoch that the next file has. */
static int next_epoch(const struct sg_floor_store *store, uint64_t *epoch,
		      struct sg_error *err)
{
	const struct sg_anchor *anchor = store->request.anchor;
	int state = read_counter(store, epoch, err);

	if (state < 0)
		return -1;
	if (!anchor)
		*epoch = store->file.epoch;
	else if (state != SG_ANCHOR_SET)
		return anchor->ops->define(anchor->context, epoch, err);
	if (*epoch == UINT64_MAX)
		return sg_fail(err, "there are no more epochs");
	(*epoch)++;
	return 0;
}

static int write_file(struct sg_floor_store *store, struct sg_floor_file *file,
		      struct sg_error *err)
{
	return sg_floor_file_write(store->request.path, store->request.key,
				   file, err);
}

/*
 * File first, counter second. Between asking what the counter will be when it
 * is raised for the first time and raising it, another counter of the TPM may
 * have taken that number: then the file follows.
 */
static int commit(struct sg_floor_store *store, const struct sg_state *floors,
		  struct sg_error *err)
{
	struct sg_floor_file file = { .anchor = index_of(store),
				      .floors = *floors };
	uint64_t value;

	if (next_epoch(store, &file.epoch, err) < 0 ||
	    write_file(store, &file, err) < 0)
		return -1;
	store->file.epoch = file.epoch;
	store->file.anchor = file.anchor;
	store->written = true;
	if (!file.anchor)
		return 0;
	if (raise_counter(store, &value, err) < 0)
		return -1;
	if (value == file.epoch)
		return 0;
	file.epoch = value;
	if (write_file(store, &file, err) < 0)
		return -1;
	store->file.epoch = value;
	return 0;
}

/* Power failed between the file and the counter, or raising it failed. */
static int complete(struct sg_floor_store *store, struct sg_error *err)
{
	uint64_t value;

	if (raise_counter(store, &value, err) < 0)
		return -1;
	if (value > store->file.epoch) {
		sg_fail(err, "%s is of epoch %" PRIu64 ", the counter is at %" PRIu64 ": it was restored from an old disk image; %s",
			store->request.path, store->file.epoch, value,
			start_over);
		return refuse(err, SG_FLOOR_OLD);
	}
	if (value < store->file.epoch) {
		sg_fail(err, "%s is of epoch %" PRIu64 ", the counter is at %" PRIu64 ": the TPM was cleared, or is another machine's; %s",
			store->request.path, store->file.epoch, value,
			start_over);
		return refuse(err, SG_FLOOR_FOREIGN);
	}
	store->completed = true;
	return 0;
}

static int judge_set(struct sg_floor_store *store, uint64_t counter,
		     struct sg_error *err)
{
	const char *path = store->request.path;
	uint64_t epoch = store->file.epoch;

	if (!store->written) {
		sg_fail(err, "%s is missing, and the counter says that there was one: it was deleted, or the disk is another; restore it, or %s",
			path, start_over);
		return refuse(err, SG_FLOOR_MISSING);
	}
	if (!store->file.anchor || epoch < counter) {
		sg_fail(err, "%s is of epoch %" PRIu64 ", the counter is at %" PRIu64 ": it was restored from an old disk image; restore the latest, or %s",
			path, store->file.anchor ? epoch : 0, counter,
			start_over);
		return refuse(err, SG_FLOOR_OLD);
	}
	if (epoch - counter > 1) {
		sg_fail(err, "%s is of epoch %" PRIu64 ", the counter is at %" PRIu64 ": the TPM was cleared, or is another machine's; %s",
			path, epoch, counter, start_over);
		return refuse(err, SG_FLOOR_FOREIGN);
	}
	return epoch == counter ? 0 : complete(store, err);
}

/* Does the file go with the counter? */
static int judge(struct sg_floor_store *store, struct sg_error *err)
{
	uint64_t counter;
	int state = read_counter(store, &counter, err);

	if (state < 0)
		return -1;
	if (store->file.anchor && (state == SG_ANCHOR_ABSENT ||
				   store->file.anchor != index_of(store))) {
		sg_fail(err, "%s is anchored by the counter %#" PRIx32 " of a TPM, which is not there: switch it on, or, if it is lost, start over: suitctl floor reset-anchor",
			store->request.path, store->file.anchor);
		return refuse(err, SG_FLOOR_NO_COUNTER);
	}
	if (state == SG_ANCHOR_SET)
		return judge_set(store, counter, err);
	if (store->file.anchor)
		return complete(store, err);
	/* a counter that was never raised: from now on it says what is old */
	if (store->written && store->request.anchor)
		return commit(store, &store->file.floors, err);
	return 0;
}

/* "NAME.XXXXXXXX", of sg_file_write(). */
static bool is_temporary(const char *entry, const char *name)
{
	size_t len = strlen(name);

	return !strncmp(entry, name, len) && entry[len] == '.' &&
	       strspn(entry + len + 1, "0123456789abcdef") == 8 &&
	       !entry[len + 9];
}

/* What is left over does no harm: it is tried again the next time. */
static void sweep(const struct sg_floor_store *store, const char *dir,
		  const char *name)
{
	struct dirent **entry;
	int i, n = scandir(dir, &entry, NULL, NULL);

	for (i = 0; i < n; i++) {
		if (is_temporary(entry[i]->d_name, name))
			sg_fs_unlink(store->folder, entry[i]->d_name);
		free(entry[i]);
	}
	if (n >= 0)
		free(entry);
}

static int lock(struct sg_floor_store *store, struct sg_error *err)
{
	const char *path = store->request.path, *name = strrchr(path, '/');
	char copy[PATH_MAX], *parent;

	if (snprintf(copy, sizeof(copy), "%s", path) >= (int)sizeof(copy))
		return sg_fail(err, "%s: path too long", path);
	parent = dirname(copy);
	store->folder = sg_fs_open_root(parent);
	if (store->folder < 0)
		return sg_fail(err, "cannot open %s: %m", parent);
	if (flock(store->folder, LOCK_EX | LOCK_NB) < 0)
		return errno == EWOULDBLOCK ?
			sg_fail(err, "%s: another program keeps the floors now: stop it first (systemctl stop suitgated)",
				path) :
			sg_fail(err, "cannot lock %s: %m", parent);
	sweep(store, parent, name ? name + 1 : path);
	return 0;
}

/* Locked, and nothing read yet. */
static int begin(const struct sg_floor_request *request,
		 struct sg_floor_store **out, struct sg_error *err)
{
	struct sg_floor_store *store = calloc(1, sizeof(*store));

	*out = NULL;
	if (!store)
		return sg_fail(err, "out of memory");
	store->request = *request;
	store->folder = -1;
	store->public_key = sg_key_public_path(request->key);
	if (!store->public_key)
		sg_fail(err, "out of memory");
	else if (access(request->key, F_OK) < 0)
		sg_fail(err, "cannot find the device's key %s: %m; make one: suitctl keygen --alg esp256 -o %s",
			request->key, request->key);
	else if (lock(store, err) == 0) {
		*out = store;
		return 0;
	}
	sg_floor_store_close(store);
	return -1;
}

int sg_floor_store_open(const struct sg_floor_request *request,
			struct sg_floor_store **out, struct sg_error *err)
{
	struct sg_floor_store *store;
	int r;

	if (begin(request, out, err) < 0)
		return -1;
	store = *out;
	r = sg_floor_file_read(request->path, store->public_key, &store->file,
			       err);
	store->written = r == 1;
	if (r < 0 || judge(store, err) < 0) {
		*out = NULL;
		sg_floor_store_close(store);
		return -1;
	}
	return 0;
}

void sg_floor_store_close(struct sg_floor_store *store)
{
	if (!store)
		return;
	if (store->folder >= 0)
		close(store->folder);
	sg_state_free(&store->file.floors);
	free(store->public_key);
	free(store);
}

const struct sg_state *sg_floor_store_get(const struct sg_floor_store *store)
{
	return &store->file.floors;
}

void sg_floor_store_status(const struct sg_floor_store *store,
			   struct sg_floor_status *out)
{
	*out = (struct sg_floor_status){
		.written = store->written,
		.anchored = store->written && store->file.anchor,
		.completed = store->completed,
		.epoch = store->file.epoch,
		.floors = store->file.floors.n,
	};
}

/* Are these what the file has, and does the counter know it? 1, 0 or -1. */
static int is_kept(const struct sg_floor_store *store,
		   const struct sg_state *floors, struct sg_error *err)
{
	struct sg_buf old = { 0 }, new = { 0 };
	uint64_t counter;
	int state, same = -1;

	if (!store->written)
		return 0;
	state = read_counter(store, &counter, err);
	if (state < 0)
		return -1;
	if (store->request.anchor &&
	    (state != SG_ANCHOR_SET || counter != store->file.epoch))
		return 0;
	if (sg_state_encode(&store->file.floors, &old, err) == 0 &&
	    sg_state_encode(floors, &new, err) == 0)
		same = old.len == new.len &&
		       !memcmp(old.data, new.data, old.len);
	sg_buf_free(&old);
	sg_buf_free(&new);
	return same;
}

int sg_floor_store_put(struct sg_floor_store *store,
		       const struct sg_state *floors, struct sg_error *err)
{
	struct sg_state all = { 0 };
	int kept = -1, ret = -1;

	if (sg_state_raise_floors(&all, &store->file.floors, err) == 0 &&
	    sg_state_raise_floors(&all, floors, err) == 0)
		kept = is_kept(store, &all, err);
	if (kept == 0)
		ret = commit(store, &all, err);
	else if (kept == 1)
		ret = 0;
	if (ret == 0 && kept == 0) {
		sg_state_free(&store->file.floors);
		store->file.floors = all;
	} else {
		sg_state_free(&all);
	}
	return ret;
}

int sg_floor_store_reset(const struct sg_floor_request *request,
			 const struct sg_state *floors, struct sg_error *err)
{
	struct sg_floor_store *store;
	struct sg_floor_file old = { 0 };
	struct sg_state all = { 0 };
	struct sg_error ignored;
	int ret;

	if (begin(request, &store, err) < 0)
		return -1;
	/* what cannot be read is what the person wants to get rid of */
	sg_floor_file_read(request->path, store->public_key, &old, &ignored);
	ret = sg_state_raise_floors(&all, &old.floors, err);
	if (ret == 0)
		ret = sg_state_raise_floors(&all, floors, err);
	if (ret == 0)
		ret = commit(store, &all, err);
	sg_state_free(&old.floors);
	sg_state_free(&all);
	sg_floor_store_close(store);
	return ret;
}

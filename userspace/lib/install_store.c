// SPDX-License-Identifier: LGPL-2.1-or-later
#include "install_store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "file_ops.h"
#include "folder.h"

enum { SECRET = 0600, FOLDER = 0755, NAME = SG_STAGE_HALF + 16 };

static const char *const states[] = {
	[SG_INSTALL_STAGED] = "staged",
	[SG_INSTALL_COMMITTED] = "committed",
	[SG_INSTALL_APPLIED] = "applied",
	[SG_INSTALL_REVERTING] = "reverting",
	[SG_INSTALL_INSTALLED] = "installed",
};

enum { N_STATES = sizeof(states) / sizeof(states[0]) };

static void name_of(const struct sg_lineage *lineage,
		    enum sg_install_state state, char out[NAME])
{
	struct suit_slice part[2] = {
		{ (const u8 *)lineage->authority,
		  strlen(lineage->authority) + 1 },
		{ lineage->id, lineage->id_len },
	};
	char half[SG_STAGE_HALF + 1];

	sg_stage_digest(part, 2, half);
	snprintf(out, NAME, "%s.%s", half, states[state]);
}

/* enum sg_install_state of a file's name, 0 for another file. */
static unsigned int state_of(const char *name)
{
	size_t len = strspn(name, "0123456789abcdef");
	unsigned int i;

	if (len != SG_STAGE_HALF || name[len] != '.')
		return 0;
	for (i = SG_INSTALL_STAGED; i < N_STATES; i++)
		if (!strcmp(name + len + 1, states[i]))
			return i;
	return 0;
}

static int take_lock(struct sg_install_store *store, struct sg_error *err)
{
	store->lock = sg_fs_append(store->folder, "lock");
	if (store->lock < 0 && errno == ENOENT)
		store->lock = sg_fs_create(store->folder, "lock");
	if (store->lock < 0 && errno == EEXIST)
		store->lock = sg_fs_append(store->folder, "lock");
	if (store->lock < 0)
		return sg_fail(err, "cannot open %s/lock: %m", store->dir);
	if (flock(store->lock, LOCK_EX | LOCK_NB) == 0)
		return 0;
	return errno == EWOULDBLOCK ?
		sg_fail(err, "another program is installing: wait for it to end") :
		sg_fail(err, "cannot lock %s/lock: %m", store->dir);
}

static int init(struct sg_install_store *store, const struct sg_device *device,
		struct sg_error *err)
{
	*store = (struct sg_install_store){
		.device = device, .folder = -1, .lock = -1,
	};
	if (snprintf(store->dir, sizeof(store->dir), "%s/install",
		     device->state_dir) >= (int)sizeof(store->dir))
		return sg_fail(err, "%s: path too long", device->state_dir);
	return 0;
}

int sg_install_store_look(struct sg_install_store *store,
			  const struct sg_device *device, struct sg_error *err)
{
	if (init(store, device, err) < 0)
		return -1;
	store->folder = sg_fs_open_root(store->dir);
	if (store->folder >= 0)
		return 1;
	return errno == ENOENT ? 0 : sg_fail(err, "cannot open %s: %m",
					     store->dir);
}

int sg_install_store_open(struct sg_install_store *store,
			  const struct sg_device *device, struct sg_error *err)
{
	if (init(store, device, err) < 0 ||
	    sg_folder_make(store->dir, FOLDER, err) < 0)
		return -1;
	store->folder = sg_fs_open_root(store->dir);
	if (store->folder < 0)
		return sg_fail(err, "cannot open %s: %m", store->dir);
	if (take_lock(store, err) == 0)
		return 0;
	sg_install_store_close(store);
	return -1;
}

void sg_install_store_close(struct sg_install_store *store)
{
	if (!store->device)
		return;
	if (store->lock >= 0)
		close(store->lock);
	if (store->folder >= 0)
		close(store->folder);
	*store = (struct sg_install_store){ 0 };
}

static bool exists(const struct sg_install_store *store, const char *name)
{
	return faccessat(store->folder, name, F_OK, 0) == 0;
}

int sg_install_store_put(const struct sg_install_store *store,
			 const struct sg_install_record *record,
			 enum sg_install_state state, struct sg_error *err)
{
	char name[NAME], path[sizeof(store->dir) + NAME + 1];
	struct sg_buf bytes;
	int ret;

	if (sg_install_encode(record, &bytes, err) < 0)
		return -1;
	name_of(&record->lineage, state, name);
	snprintf(path, sizeof(path), "%s/%s", store->dir, name);
	ret = sg_file_write(path, bytes.data, bytes.len, SECRET, err);
	sg_buf_free(&bytes);
	return ret;
}

static int read_name(const struct sg_install_store *store, const char *name,
		     struct sg_install_record *out, struct sg_error *err)
{
	char path[sizeof(store->dir) + NAME + 1];
	struct sg_buf bytes;
	int ret;

	snprintf(path, sizeof(path), "%s/%s", store->dir, name);
	if (sg_file_read(path, SG_INSTALL_RECORD, &bytes, err) < 0)
		return -1;
	ret = sg_install_decode(&bytes, store->device, out, err);
	sg_buf_free(&bytes);
	return ret < 0 ? sg_error_at(err, path) : 0;
}

int sg_install_store_get(const struct sg_install_store *store,
			 const struct sg_lineage *lineage,
			 enum sg_install_state state,
			 struct sg_install_record *out, struct sg_error *err)
{
	char name[NAME];

	memset(out, 0, sizeof(*out));
	if (!sg_install_store_has(store, lineage, state))
		return 0;
	name_of(lineage, state, name);
	return read_name(store, name, out, err) < 0 ? -1 : 1;
}

bool sg_install_store_has(const struct sg_install_store *store,
			  const struct sg_lineage *lineage,
			  enum sg_install_state state)
{
	char name[NAME];

	name_of(lineage, state, name);
	return exists(store, name);
}

int sg_install_store_move(const struct sg_install_store *store,
			  const struct sg_lineage *lineage,
			  enum sg_install_state from, enum sg_install_state to,
			  struct sg_error *err)
{
	char old[NAME], new[NAME];

	name_of(lineage, from, old);
	name_of(lineage, to, new);
	if (sg_fs_rename(store->folder, old, store->folder, new) < 0 ||
	    sg_fs_sync(store->folder) < 0)
		return sg_fail(err, "cannot rename %s/%s: %m", store->dir, old);
	return 0;
}

int sg_install_store_remove(const struct sg_install_store *store,
			    const struct sg_lineage *lineage,
			    enum sg_install_state state, struct sg_error *err)
{
	char name[NAME];

	name_of(lineage, state, name);
	if ((sg_fs_unlink(store->folder, name) < 0 && errno != ENOENT) ||
	    sg_fs_sync(store->folder) < 0)
		return sg_fail(err, "cannot remove %s/%s: %m", store->dir,
			       name);
	return 0;
}

int sg_install_store_walk(const struct sg_install_store *store,
			  int (*each)(void *context,
				      struct sg_install_record *record,
				      enum sg_install_state state,
				      struct sg_error *err),
			  void *context, struct sg_error *err)
{
	struct sg_install_record record = { 0 };
	struct dirent **entry;
	int i, n, ret = 0;

	n = scandir(store->dir, &entry, NULL, alphasort);
	if (n < 0)
		return sg_fail(err, "cannot read %s: %m", store->dir);
	for (i = 0; i < n; i++) {
		unsigned int state = state_of(entry[i]->d_name);

		if (!ret && state) {
			ret = read_name(store, entry[i]->d_name, &record, err);
			/* it may have been removed meanwhile, by @each too */
			if (ret < 0 && !exists(store, entry[i]->d_name))
				ret = 0;
			else if (!ret)
				ret = each(context, &record, state, err);
			sg_install_record_free(&record);
		}
		free(entry[i]);
	}
	free(entry);
	return ret;
}

int sg_install_store_clean(const struct sg_install_store *store,
			   struct sg_error *err)
{
	struct dirent **entry;
	int i, n, ret = 0;

	n = scandir(store->dir, &entry, NULL, NULL);
	if (n < 0)
		return sg_fail(err, "cannot read %s: %m", store->dir);
	for (i = 0; i < n; i++) {
		const char *name = entry[i]->d_name;

		if (name[0] != '.' && strcmp(name, "lock") && !state_of(name) &&
		    sg_fs_unlink(store->folder, name) < 0)
			ret = sg_fail(err, "cannot remove %s/%s: %m",
				      store->dir, name);
		free(entry[i]);
	}
	free(entry);
	return ret;
}

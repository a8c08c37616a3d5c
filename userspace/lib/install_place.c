// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * One component put into place, or taken back.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file_ops.h"
#include "image.h"
#include "install.h"

/**
 * struct spot - what an entry is about
 * @step: see there
 * @entry: the entry
 * @staging: staging folder
 * @parent: folder with the component; -1: there is none
 * @name: of the component in @parent
 * @old: @fresh: names in @staging
 */
struct spot {
	const struct sg_install_step *step;
	const struct sg_install_entry *entry;
	int staging;
	int parent;
	const char *name;
	char old[SG_STAGE_NAME];
	char fresh[SG_STAGE_NAME];
};

static int trouble(const struct spot *spot, const char *what)
{
	const struct sg_place *place = &spot->entry->candidate.place;
	const char *hint = errno == EXDEV ?
		" (it is on another file system than its root: that must be a root of its own)" :
		errno == ELOOP ? " (a symbolic link is in the way)" : "";

	return sg_fail(spot->step->err, "%s %s/%s: %m%s", what, place->root,
		       place->path, hint);
}

static void close_spot(struct spot *spot)
{
	if (spot->staging >= 0)
		close(spot->staging);
	if (spot->parent >= 0)
		close(spot->parent);
}

static int open_staging(struct spot *spot, const struct sg_install_step *step,
			const struct sg_install_entry *entry)
{
	const struct sg_candidate *candidate = &entry->candidate;
	struct suit_slice id = { candidate->id, candidate->id_len };

	*spot = (struct spot){ .step = step, .entry = entry, .parent = -1 };
	sg_stage_name(step->half, id, "old", spot->old);
	sg_stage_name(step->half, id, "new", spot->fresh);
	spot->staging = sg_place_open_staging(&candidate->place);
	return spot->staging < 0 ? trouble(spot, "cannot prepare") : 0;
}

/* @make: folders above it; without, they may be missing. */
static int open_parent(struct spot *spot, bool make)
{
	spot->parent = sg_place_open_parent(&spot->entry->candidate.place,
					    &spot->name, make);
	if (spot->parent >= 0 || (!make && errno == ENOENT))
		return 0;
	return trouble(spot, "cannot reach");
}

static int open_spot(struct spot *spot, const struct sg_install_step *step,
		     const struct sg_install_entry *entry, bool make)
{
	if (open_staging(spot, step, entry) < 0)
		return -1;
	if (open_parent(spot, make) == 0)
		return 0;
	close_spot(spot);
	return -1;
}

static bool is_there(int folder, const char *name, struct stat *st)
{
	return folder >= 0 &&
	       fstatat(folder, name, st, AT_SYMLINK_NOFOLLOW) == 0;
}

/* No link may come to be where a folder is, and the other way round. */
static int check_old(const struct spot *spot, const struct stat *st)
{
	bool folder = spot->entry->candidate.kind == SG_CANDIDATE_FOLDER;

	if (folder == S_ISDIR(st->st_mode) &&
	    (folder || S_ISREG(st->st_mode) || S_ISLNK(st->st_mode)))
		return 0;
	errno = S_ISDIR(st->st_mode) ? EISDIR : ENOTDIR;
	return trouble(spot, "cannot replace what is at");
}

static int keep_old(const struct spot *spot)
{
	if (sg_fs_unlink(spot->staging, spot->old) < 0 && errno != ENOENT)
		return trouble(spot, "cannot keep the old");
	if (sg_fs_link(spot->parent, spot->name, spot->staging,
		       spot->old) < 0 || sg_fs_sync(spot->staging) < 0)
		return trouble(spot, "cannot keep the old");
	return 0;
}

int sg_install_prepare_entry(const struct sg_install_step *step,
			     struct sg_install_entry *entry)
{
	unsigned int kind = entry->candidate.kind;
	struct spot spot;
	struct stat st;
	int ret, made;

	if (open_spot(&spot, step, entry, false) < 0)
		return -1;
	made = sg_place_missing_parents(&entry->candidate.place);
	entry->made = made < 0 ? 0 : (unsigned int)made;
	entry->had_old = is_there(spot.parent, spot.name, &st);
	if (!entry->had_old)
		ret = kind == SG_CANDIDATE_REMOVAL;
	else if (kind == SG_CANDIDATE_FOLDER && S_ISDIR(st.st_mode))
		ret = 1;
	else if (check_old(&spot, &st) < 0)
		ret = -1;
	else
		ret = keep_old(&spot);
	close_spot(&spot);
	return ret;
}

/*
 * After a crash the candidate may not have reached the disk, whatever the disk
 * said.
 */
static int check_candidate(const struct spot *spot)
{
	const struct sg_candidate *candidate = &spot->entry->candidate;
	struct sg_gate_digest got = { .alg = candidate->digest.alg };
	uint64_t size;
	int fd;

	if (!spot->step->again || candidate->kind != SG_CANDIDATE_FILE)
		return 0;
	fd = sg_fs_open(spot->staging, spot->fresh);
	if (fd < 0)
		return trouble(spot, "cannot read the candidate of");
	got.len = suit_digest_size(got.alg);
	if (sg_image_hash(fd, got.alg, got.value, &size) != SUIT_OK)
		got.len = 0;
	close(fd);
	if (sg_digest_same(&got, &candidate->digest))
		return 0;
	errno = EIO;
	return trouble(spot, "not what was fetched: the candidate of");
}

static int upload(const struct spot *spot, const char *from)
{
	int fd, ret;

	if (!(spot->entry->candidate.place.type->flags & SG_PLACE_UPLOADED))
		return 0;
	fd = sg_fs_open(spot->staging, from);
	if (fd < 0)
		return trouble(spot, "cannot read the candidate of");
	ret = sg_upload(spot->step->device, spot->name, fd, spot->step->watch,
			spot->step->err);
	close(fd);
	return ret;
}

/* Is what @folder has at @name what the component's path leads to? */
static bool reached(const struct spot *spot)
{
	const char *name;
	struct stat one, two;
	int parent = sg_place_open_parent(&spot->entry->candidate.place, &name,
					  false);
	bool same;

	if (parent < 0)
		return false;
	same = is_there(spot->parent, spot->name, &one) &&
	       is_there(parent, name, &two) && one.st_ino == two.st_ino &&
	       one.st_dev == two.st_dev;
	close(parent);
	return same;
}

/* Somebody moved the folder away meanwhile: nothing may change there. */
static int step_back(const struct spot *spot)
{
	if (sg_fs_rename(spot->parent, spot->name, spot->staging,
			 spot->fresh) == 0 && spot->entry->had_old)
		sg_fs_link(spot->staging, spot->old, spot->parent, spot->name);
	errno = ELOOP;
	return trouble(spot, "its folder was moved away:");
}

static int apply_file(const struct spot *spot)
{
	struct stat st;

	if (!is_there(spot->staging, spot->fresh, &st)) {
		if (is_there(spot->parent, spot->name, &st))
			return sg_fs_sync(spot->parent) < 0 ?
				       trouble(spot, "cannot finish") : 0;
		errno = ENOENT;
		return trouble(spot, "no candidate of");
	}
	if (check_candidate(spot) < 0 || upload(spot, spot->fresh) < 0)
		return -1;
	if (sg_fs_rename(spot->staging, spot->fresh, spot->parent,
			 spot->name) < 0)
		return trouble(spot, "cannot put into place");
	if (!reached(spot))
		return step_back(spot);
	return sg_fs_sync(spot->parent) < 0 ? trouble(spot, "cannot finish") :
					      0;
}

static int apply_folder(const struct spot *spot)
{
	int fd, ret;

	if (sg_fs_mkdir(spot->parent, spot->name, 0700) < 0 && errno != EEXIST)
		return trouble(spot, "cannot make");
	fd = sg_fs_open_folder(spot->parent, spot->name);
	if (fd < 0)
		return trouble(spot, "cannot open");
	ret = sg_attributes_apply(&spot->entry->candidate.attributes, fd);
	close(fd);
	if (ret < 0 || sg_fs_sync(spot->parent) < 0)
		return trouble(spot, "cannot finish");
	return 0;
}

static int apply_removal(const struct spot *spot)
{
	if ((sg_fs_unlink(spot->parent, spot->name) < 0 && errno != ENOENT) ||
	    sg_fs_sync(spot->parent) < 0)
		return trouble(spot, "cannot remove");
	return 0;
}

int sg_install_apply_entry(const struct sg_install_step *step,
			   const struct sg_install_entry *entry)
{
	bool removal = entry->candidate.kind == SG_CANDIDATE_REMOVAL;
	struct spot spot;
	int ret = 0;

	if (open_spot(&spot, step, entry, !removal) < 0)
		return -1;
	if (entry->candidate.kind == SG_CANDIDATE_FOLDER)
		ret = apply_folder(&spot);
	else if (!removal)
		ret = apply_file(&spot);
	else if (spot.parent >= 0)
		ret = apply_removal(&spot);
	close_spot(&spot);
	return ret;
}

/* It was in place: the old one comes back, or nothing. */
static int revert_placed(const struct spot *spot)
{
	struct stat st;

	if (spot->parent < 0)
		return 0;
	if (!spot->entry->had_old)
		return sg_fs_unlink(spot->parent, spot->name) < 0 &&
		       errno != ENOENT ? trouble(spot, "cannot remove") : 0;
	/* not there: it is back already */
	if (!is_there(spot->staging, spot->old, &st))
		return 0;
	if (upload(spot, spot->old) < 0)
		return -1;
	if (sg_fs_rename(spot->staging, spot->old, spot->parent,
			 spot->name) < 0 || sg_fs_sync(spot->parent) < 0)
		return trouble(spot, "cannot bring back the old");
	return 0;
}

static int revert_folder(const struct spot *spot)
{
	if (spot->parent < 0 || sg_fs_rmdir(spot->parent, spot->name) == 0 ||
	    errno == ENOENT || errno == ENOTEMPTY || errno == EEXIST)
		return 0;
	return trouble(spot, "cannot remove");
}

static int revert_spot(struct spot *spot)
{
	const struct sg_candidate *candidate = &spot->entry->candidate;
	struct stat st;
	int ret;

	/* it was not put into place, wherever that is by now */
	if (candidate->kind <= SG_CANDIDATE_LINK &&
	    is_there(spot->staging, spot->fresh, &st))
		ret = 0;
	else if (open_parent(spot, false) < 0)
		ret = -1;
	else if (candidate->kind == SG_CANDIDATE_FOLDER)
		ret = revert_folder(spot);
	else
		ret = revert_placed(spot);
	if (ret || sg_place_remove_parents(&candidate->place,
					   spot->entry->made) == 0)
		return ret;
	return trouble(spot, "cannot remove the folders above");
}

int sg_install_revert_entry(const struct sg_install_step *step,
			    const struct sg_install_entry *entry)
{
	struct spot spot;
	int ret;

	if (open_staging(&spot, step, entry) < 0)
		return -1;
	ret = revert_spot(&spot);
	close_spot(&spot);
	return ret;
}

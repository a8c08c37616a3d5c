// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Folders of components.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file_ops.h"
#include "folder.h"
#include "place.h"

enum { FOLDER_MODE = 0755, STAGING_MODE = 0700 };

/* Close without losing errno; always -1. */
static int give_up(int fd)
{
	int saved = errno;

	close(fd);
	errno = saved;
	return -1;
}

/*
 * A root that is missing is made, unless the administrator names it: the one of
 * a list may be a file system that is not mounted.
 */
static int open_root(const char *path, bool make)
{
	struct sg_error ignored;
	int fd = sg_fs_open_root(path);

	if (fd >= 0 || errno != ENOENT || !make)
		return fd;
	return sg_folder_make(path, FOLDER_MODE, &ignored) < 0 ?
		       -1 : sg_fs_open_root(path);
}

/* Make one folder, on disk when this returns, and open it. */
static int make_folder(int parent, const char *name, mode_t mode)
{
	int fd;

	if (sg_fs_mkdir(parent, name, mode) < 0 && errno != EEXIST)
		return -1;
	fd = sg_fs_open_folder(parent, name);
	if (fd >= 0 && (sg_fs_chmod(fd, mode) < 0 || sg_fs_sync(parent) < 0))
		return give_up(fd);
	return fd;
}

static int open_step(int parent, const char *name, bool make)
{
	int fd = sg_fs_open_folder(parent, name);

	if (fd >= 0 || errno != ENOENT || !make)
		return fd;
	return make_folder(parent, name, FOLDER_MODE);
}

/* As far down as there are folders; *@rest gets what is left of the path. */
static int walk(const struct sg_place *place, bool make, const char **rest)
{
	char segment[SG_PLACE_PATH];
	const char *slash;
	int fd, next;

	*rest = place->path;
	fd = open_root(place->root, false);
	while (fd >= 0 && (slash = strchr(*rest, '/'))) {
		memcpy(segment, *rest, (size_t)(slash - *rest));
		segment[slash - *rest] = '\0';
		next = open_step(fd, segment, make);
		if (next < 0)
			return give_up(fd);
		close(fd);
		fd = next;
		*rest = slash + 1;
	}
	return fd;
}

int sg_place_open_parent(const struct sg_place *place, const char **name,
			 bool make)
{
	return walk(place, make, name);
}

int sg_place_missing_parents(const struct sg_place *place)
{
	int fd, n = 0;
	const char *rest;

	fd = walk(place, false, &rest);
	if (fd >= 0)
		close(fd);
	else if (errno != ENOENT)
		return -1;
	for (; *rest; rest++)
		n += *rest == '/';
	return n;
}

bool sg_place_occupied(const struct sg_place *place)
{
	const char *name;
	int fd = sg_place_open_parent(place, &name, false);
	struct stat st;
	bool there;

	if (fd < 0)
		return errno != ENOENT;
	there = fstatat(fd, name, &st, AT_SYMLINK_NOFOLLOW) == 0 ||
		errno != ENOENT;
	close(fd);
	return there;
}

int sg_place_find_staging(const char *root)
{
	int staging, fd = sg_fs_open_root(root);

	if (fd < 0)
		return -1;
	staging = sg_fs_open_folder(fd, SG_PLACE_STAGING);
	if (staging < 0)
		return give_up(fd);
	close(fd);
	return staging;
}

int sg_place_open_staging(const struct sg_place *place)
{
	int fd, staging = sg_place_find_staging(place->root);

	if (staging >= 0 || errno != ENOENT)
		return staging;
	fd = open_root(place->root, !(place->type->flags & SG_PLACE_ALLOWED));
	if (fd < 0)
		return -1;
	staging = make_folder(fd, SG_PLACE_STAGING, STAGING_MODE);
	if (staging < 0)
		return give_up(fd);
	close(fd);
	return staging;
}

/* What somebody put in the place of a folder is not ours to remove. */
static bool replaced(int error)
{
	return error == ELOOP || error == ENOTDIR || error == EXDEV;
}

/* 1: gone; 0: there is something in it, or it is none of ours; -1. */
static int remove_folder(const struct sg_place *place)
{
	const char *name;
	int fd = sg_place_open_parent(place, &name, false);

	if (fd < 0)
		return errno == ENOENT ? 1 : replaced(errno) ? 0 : -1;
	if (sg_fs_rmdir(fd, name) < 0 && errno != ENOENT) {
		give_up(fd);
		return errno == ENOTEMPTY || errno == EEXIST ||
		       replaced(errno) ? 0 : -1;
	}
	close(fd);
	return 1;
}

int sg_place_remove_parents(const struct sg_place *place, unsigned int n)
{
	struct sg_place parent = *place;
	char *slash;
	int ret = 1;

	while (ret == 1 && n-- && (slash = strrchr(parent.path, '/'))) {
		*slash = '\0';
		ret = remove_folder(&parent);
	}
	return ret < 0 ? -1 : 0;
}

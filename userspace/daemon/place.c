// SPDX-License-Identifier: GPL-2.0-or-later
#include "place.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { MAX_PATH = 4096 };

const char *place_name(const char *component)
{
	static const char type[] = "firmware/";
	const char *name, *segment;
	size_t len;

	if (strncmp(component, type, sizeof(type) - 1))
		return NULL;
	name = component + sizeof(type) - 1;
	for (segment = name;; segment += len + 1) {
		len = strcspn(segment, "/");
		/* also keeps out "..", and our own temporary files */
		if (!len || len > 200 || *segment == '.')
			return NULL;
		if (!segment[len])
			break;
	}
	/* an escaped byte: no name that a person would give */
	return strpbrk(name, "%\\") ? NULL : name;
}

static int open_beneath(int root, const char *path, int flags)
{
	struct open_how how = {
		.flags = (unsigned int)flags | O_CLOEXEC,
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS,
	};

	return (int)syscall(SYS_openat2, root, path, &how, sizeof(how));
}

static int open_root(const char *root)
{
	return open(root, O_PATH | O_DIRECTORY | O_CLOEXEC);
}

int place_open(const char *root, const char *name)
{
	int fd, dir = open_root(root);

	if (dir < 0)
		return -1;
	/* where the loader would look: a link may lead out of the root */
	fd = openat(dir, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	close(dir);
	return fd;
}

/* The folder of a file, made when @make; @base is its name there. */
static int open_folder(const struct place *place, bool make,
		       const char **base, struct sg_error *err)
{
	int dir = open_root(place->root), next;
	const char *rest = place->name, *slash;
	char segment[256];

	if (dir < 0)
		return sg_fail(err, "cannot open %s: %m", place->root);
	while ((slash = strchr(rest, '/'))) {
		snprintf(segment, sizeof(segment), "%.*s", (int)(slash - rest),
			 rest);
		if (make && mkdirat(dir, segment, 0755) < 0 && errno != EEXIST)
			next = -1;
		else
			next = open_beneath(dir, segment, O_PATH | O_DIRECTORY);
		if (next < 0) {
			sg_fail(err, "%s/%s: cannot open folder %s: %m",
				place->root, place->name, segment);
			close(dir);
			return -1;
		}
		close(dir);
		dir = next;
		rest = slash + 1;
	}
	*base = rest;
	next = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	close(dir);
	return next >= 0 ? next : sg_fail(err, "cannot open %s: %m",
					  place->root);
}

static void temporary_name(const struct place *place, char out[64])
{
	const char *job = strrchr(place->old_dir, '/');

	snprintf(out, 64, ".suitgate-%.32s-%u", job ? job + 1 : "0",
		 place->number);
}

/* Copy a file from its start, with its data on disk at the end. */
static int copy_file(int from, int dir, const char *to, unsigned int mode)
{
	off_t at = 0;
	ssize_t n;
	int fd, ret;

	if (unlinkat(dir, to, 0) < 0 && errno != ENOENT)
		return -1;
	fd = openat(dir, to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return -1;
	do {
		n = sendfile(fd, from, &at, 1 << 20);
	} while (n > 0 || (n < 0 && errno == EINTR));
	ret = n < 0 || fchmod(fd, (mode_t)mode) < 0 || fsync(fd) < 0 ? -1 : 0;
	close(fd);
	return ret;
}

/*
 * What is there goes to DIR/N.file, DIR/N.link or, when nothing is there,
 * DIR/N.none.
 */
static int copy_link(int dir, const char *base, int old, const char *to)
{
	char target[MAX_PATH];
	ssize_t n = readlinkat(dir, base, target, sizeof(target) - 1);

	if (n < 0)
		return -1;
	target[n] = '\0';
	return symlinkat(target, old, to);
}

static int keep_old(int dir, const char *base, int old, unsigned int number)
{
	struct stat st;
	char to[64];
	int fd, ret;

	if (fstatat(dir, base, &st, AT_SYMLINK_NOFOLLOW) < 0) {
		if (errno != ENOENT)
			return -1;
		snprintf(to, sizeof(to), "%u.none", number);
		fd = openat(old, to, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
		ret = fd;
	} else if (S_ISLNK(st.st_mode)) {
		snprintf(to, sizeof(to), "%u.link", number);
		return copy_link(dir, base, old, to);
	} else if (!S_ISREG(st.st_mode)) {
		errno = EISDIR;
		return -1;
	} else {
		snprintf(to, sizeof(to), "%u.file", number);
		fd = openat(dir, base, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
		ret = fd < 0 ? -1 : copy_file(fd, old, to,
					      st.st_mode & 0777);
	}
	if (fd >= 0)
		close(fd);
	return ret < 0 ? -1 : 0;
}

static int open_old(const struct place *place, struct sg_error *err)
{
	int fd = open(place->old_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	return fd >= 0 ? fd : sg_fail(err, "cannot open %s: %m",
				      place->old_dir);
}

int place_prepare(const struct place *place, int fd, struct sg_error *err)
{
	int dir, old, ret = -1;
	const char *base;
	char temporary[64];

	dir = open_folder(place, true, &base, err);
	if (dir < 0)
		return -1;
	old = open_old(place, err);
	if (old < 0)
		goto out;
	temporary_name(place, temporary);
	if (keep_old(dir, base, old, place->number) < 0 || fsync(old) < 0)
		sg_fail(err, "cannot keep the old %s/%s: %m", place->root,
			place->name);
	else if (copy_file(fd, dir, temporary, 0644) < 0 || fsync(dir) < 0)
		sg_fail(err, "cannot write %s/%s: %m", place->root,
			place->name);
	else
		ret = 0;
	close(old);

out:
	close(dir);
	return ret;
}

int place_commit(const struct place *place, struct sg_error *err)
{
	char temporary[64];
	const char *base;
	int dir, ret = 0;

	dir = open_folder(place, false, &base, err);
	if (dir < 0)
		return -1;
	temporary_name(place, temporary);
	/* not there: it was renamed before */
	if ((renameat(dir, temporary, dir, base) < 0 && errno != ENOENT) ||
	    fsync(dir) < 0)
		ret = sg_fail(err, "cannot put %s/%s into place: %m",
			      place->root, place->name);
	close(dir);
	return ret;
}

/* The kind of what was kept is the end of its name. */
static int restore_from(int old, unsigned int number, int dir,
			const char *temporary, const char *base)
{
	struct stat st;
	char from[64];
	int fd, ret;

	snprintf(from, sizeof(from), "%u.none", number);
	if (faccessat(old, from, F_OK, 0) == 0)
		return unlinkat(dir, base, 0) < 0 && errno != ENOENT ? -1 : 0;
	snprintf(from, sizeof(from), "%u.link", number);
	unlinkat(dir, temporary, 0);
	if (faccessat(old, from, F_OK, AT_SYMLINK_NOFOLLOW) == 0) {
		if (copy_link(old, from, dir, temporary) < 0)
			return -1;
		return renameat(dir, temporary, dir, base);
	}
	snprintf(from, sizeof(from), "%u.file", number);
	fd = openat(old, from, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	ret = fstat(fd, &st);
	if (!ret)
		ret = copy_file(fd, dir, temporary, st.st_mode & 0777);
	close(fd);
	return ret ? ret : renameat(dir, temporary, dir, base);
}

int place_restore(const struct place *place, struct sg_error *err)
{
	char temporary[64];
	int dir, old, ret;
	const char *base;

	dir = open_folder(place, false, &base, err);
	if (dir < 0)
		return -1;
	old = open_old(place, err);
	if (old < 0) {
		close(dir);
		return -1;
	}
	temporary_name(place, temporary);
	ret = restore_from(old, place->number, dir, temporary, base);
	if (ret < 0 || fsync(dir) < 0)
		ret = sg_fail(err, "cannot restore %s/%s: %m", place->root,
			      place->name);
	close(old);
	close(dir);
	return ret;
}

void place_forget(const struct place *place)
{
	static const char *const kinds[] = { "none", "link", "file" };
	struct sg_error ignored;
	char name[64];
	const char *base;
	int dir;
	size_t i;

	dir = open_folder(place, false, &base, &ignored);
	if (dir >= 0) {
		temporary_name(place, name);
		unlinkat(dir, name, 0);
		close(dir);
	}
	dir = open_old(place, &ignored);
	if (dir < 0)
		return;
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		snprintf(name, sizeof(name), "%u.%s", place->number, kinds[i]);
		unlinkat(dir, name, 0);
	}
	close(dir);
}

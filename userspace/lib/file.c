// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Whole files: read within a bound, replaced without a moment of half a file.
 */
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file_ops.h"
#include "suitgate/types.h"

static int read_all(int fd, const char *path, size_t size, struct sg_buf *out,
		    struct sg_error *err)
{
	ssize_t got = 1;

	out->data = malloc(size ? size : 1);
	if (!out->data)
		return sg_fail(err, "%s: out of memory", path);
	while (out->len < size && got > 0) {
		got = read(fd, out->data + out->len, size - out->len);
		if (got < 0 && errno == EINTR)
			got = 1;
		else if (got > 0)
			out->len += (size_t)got;
	}
	if (got >= 0)
		return 0;
	sg_fail(err, "cannot read %s: %m", path);
	sg_buf_free(out);
	return -1;
}

int sg_file_read(const char *path, size_t max, struct sg_buf *out,
		 struct sg_error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct stat st;
	int ret;

	*out = (struct sg_buf){ 0 };
	if (fd < 0)
		return sg_fail(err, "cannot open %s: %m", path);
	if (fstat(fd, &st) < 0)
		ret = sg_fail(err, "cannot look at %s: %m", path);
	else if (!S_ISREG(st.st_mode))
		ret = sg_fail(err, "%s is not a regular file", path);
	else if ((unsigned long long)st.st_size > max)
		ret = sg_fail(err, "%s has %lld bytes, at most %zu are expected",
			      path, (long long)st.st_size, max);
	else
		ret = read_all(fd, path, (size_t)st.st_size, out, err);
	close(fd);
	return ret;
}

/* A name beside @name that is not taken, for a file that is open now. */
static int create_beside(int folder, const char *name, char *temporary,
			 size_t cap)
{
	unsigned int number, tries;
	int fd = -1;

	for (tries = 0; tries < 64; tries++) {
		if (getentropy(&number, sizeof(number)) < 0)
			return -1;
		if (snprintf(temporary, cap, "%s.%08x", name, number) >=
		    (int)cap) {
			errno = ENAMETOOLONG;
			return -1;
		}
		fd = sg_fs_create(folder, temporary);
		if (fd >= 0 || errno != EEXIST)
			break;
	}
	return fd;
}

static int replace(int folder, const char *name, const void *data, size_t len,
		   mode_t mode)
{
	char temporary[NAME_MAX + 1];
	int fd, saved, ret;

	fd = create_beside(folder, name, temporary, sizeof(temporary));
	if (fd < 0)
		return -1;
	ret = sg_fs_chmod(fd, mode);
	if (ret == 0)
		ret = sg_fs_write(fd, data, len);
	if (ret == 0)
		ret = sg_fs_sync(fd);
	if (ret == 0)
		ret = sg_fs_rename(folder, temporary, folder, name);
	saved = errno;
	if (ret < 0)
		sg_fs_unlink(folder, temporary);
	close(fd);
	if (ret == 0)
		return sg_fs_sync(folder);
	errno = saved;
	return ret;
}

int sg_file_write(const char *path, const void *data, size_t len,
		  unsigned int mode, struct sg_error *err)
{
	char parent[PATH_MAX];
	const char *name = strrchr(path, '/');
	struct stat st;
	int folder, ret;

	/* a rename would put a file in the place of /dev/null */
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
		return sg_fail(err, "cannot write %s: it is there, and not a regular file",
			       path);
	if (snprintf(parent, sizeof(parent), "%s", path) >=
	    (int)sizeof(parent))
		return sg_fail(err, "%s: path too long", path);
	folder = sg_fs_open_root(dirname(parent));
	if (folder < 0)
		return sg_fail(err, "cannot write %s: %m", path);
	ret = replace(folder, name ? name + 1 : path, data, len, (mode_t)mode);
	if (ret < 0)
		sg_fail(err, "cannot write %s: %m", path);
	close(folder);
	return ret;
}

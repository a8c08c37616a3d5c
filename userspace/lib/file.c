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

static int write_all(int fd, const uint8_t *data, size_t len)
{
	while (len) {
		ssize_t n = write(fd, data, len);

		if (n < 0 && errno != EINTR)
			return -1;
		if (n > 0) {
			data += n;
			len -= (size_t)n;
		}
	}
	return fsync(fd);
}

/* The rename is on disk when the folder is. */
static int sync_folder(const char *path)
{
	char copy[PATH_MAX];
	int fd, ret;

	snprintf(copy, sizeof(copy), "%s", path);
	fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	ret = fsync(fd);
	close(fd);
	return ret;
}

int sg_file_write(const char *path, const void *data, size_t len,
		  unsigned int mode, struct sg_error *err)
{
	char temporary[PATH_MAX];
	struct stat st;
	int fd, saved;

	/* a rename would put a file in the place of /dev/null */
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
		return sg_fail(err, "cannot write %s: it is there, and not a regular file",
			       path);
	if (snprintf(temporary, sizeof(temporary), "%s.XXXXXX", path) >=
	    (int)sizeof(temporary))
		return sg_fail(err, "%s: path too long", path);
	fd = mkostemp(temporary, O_CLOEXEC);
	if (fd < 0)
		return sg_fail(err, "cannot write %s: %m", path);
	if (fchmod(fd, (mode_t)mode) == 0 && write_all(fd, data, len) == 0 &&
	    rename(temporary, path) == 0 && sync_folder(path) == 0) {
		close(fd);
		return 0;
	}
	saved = errno;
	unlink(temporary);
	close(fd);
	return sg_fail(err, "cannot write %s: %s", path, strerror(saved));
}

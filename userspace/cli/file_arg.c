// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Files on the command line; "-" is standard input or output.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file_arg.h"

enum { PIECE = 64 << 10 };

bool file_is_standard(const char *path)
{
	return !strcmp(path, "-");
}

static int read_stdin(size_t max, struct sg_buf *out, struct sg_error *err)
{
	size_t n, cap = 0;
	uint8_t *more;

	do {
		if (out->len == cap) {
			cap = cap ? 2 * cap : PIECE;
			more = realloc(out->data, cap);
			if (!more)
				return sg_fail(err, "out of memory");
			out->data = more;
		}
		n = fread(out->data + out->len, 1, cap - out->len, stdin);
		out->len += n;
	} while (n && out->len <= max);
	if (ferror(stdin))
		return sg_fail(err, "cannot read standard input: %m");
	if (out->len > max)
		return sg_fail(err, "standard input has more than %zu bytes",
			       max);
	return 0;
}

int file_read(const char *path, size_t max, struct sg_buf *out,
	      struct sg_error *err)
{
	if (!file_is_standard(path))
		return sg_file_read(path, max, out, err);
	*out = (struct sg_buf){ 0 };
	if (read_stdin(max, out, err) == 0)
		return 0;
	sg_buf_free(out);
	return -1;
}

int file_check(const char *path, struct sg_error *err)
{
	struct stat st;

	if (file_is_standard(path))
		return !isatty(STDOUT_FILENO) ? 0 :
			sg_fail(err, "standard output is a terminal, and this is no text: use -o FILE, or a pipe");
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
		return sg_fail(err, "cannot write %s: it is there, and not a regular file",
			       path);
	return 0;
}

static int write_stdout(const struct sg_buf *bytes, struct sg_error *err)
{
	if (fwrite(bytes->data, 1, bytes->len, stdout) != bytes->len ||
	    fflush(stdout))
		return sg_fail(err, "cannot write to standard output: %m");
	return 0;
}

int file_write(const char *path, const struct sg_buf *bytes,
	       struct sg_error *err)
{
	unsigned int mode = 0644;
	struct stat st;
	char *real;
	int ret;

	if (file_check(path, err) < 0)
		return -1;
	if (file_is_standard(path))
		return write_stdout(bytes, err);
	real = realpath(path, NULL);
	if (!real && errno != ENOENT)
		return sg_fail(err, "cannot write %s: %m", path);
	if (real && stat(real, &st) == 0)
		mode = st.st_mode & 0777;
	ret = sg_file_write(real ? real : path, bytes->data, bytes->len, mode,
			    err);
	free(real);
	return ret;
}

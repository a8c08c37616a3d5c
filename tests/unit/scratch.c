// SPDX-License-Identifier: GPL-2.0-or-later
#include "scratch.h"

#include <ftw.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "table.h"

static char folder[32];

const char *scratch(const char *format, ...)
{
	char name[1024];
	va_list args;

	if (!*folder) {
		strcpy(folder, "/tmp/suitgate-XXXXXX");
		assert_non_null(mkdtemp(folder));
	}
	va_start(args, format);
	vsnprintf(name, sizeof(name), format, args);
	va_end(args);
	return text("%s/%s", folder, name);
}

const char *scratch_file(const char *name, struct suit_slice bytes)
{
	const char *path = scratch("%s", name);
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
	assert_int_equal(fclose(file), 0);
	return path;
}

const char *scratch_folder(const char *name)
{
	const char *path = scratch("%s", name);

	assert_int_equal(mkdir(path, 0755), 0);
	return path;
}

void scratch_link(const char *name, const char *to)
{
	assert_int_equal(symlink(to, scratch("%s", name)), 0);
}

struct suit_slice file_bytes(const char *path)
{
	struct sg_error err;
	struct sg_buf buf;

	if (sg_file_read(path, SUIT_MAX_ENVELOPE, &buf, &err) < 0)
		fail_msg("%s", err.message);
	return taken(&buf);
}

struct suit_slice taken(struct sg_buf *buf)
{
	struct suit_slice out = copy_of((struct suit_slice){ buf->data,
							     buf->len });

	sg_buf_free(buf);
	return out;
}

struct suit_slice flipped(struct suit_slice bytes, long at)
{
	struct suit_slice out = copy_of(bytes);

	if (at < 0)
		at += (long)bytes.len;
	assert_in_range(at, 0, bytes.len - 1);
	((u8 *)out.ptr)[at] ^= 1;
	return out;
}

static int remove_one(const char *path, const struct stat *st, int flag,
		      struct FTW *at)
{
	(void)st;
	(void)flag;
	(void)at;
	return remove(path);
}

void scratch_remove(void)
{
	if (*folder)
		nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	*folder = '\0';
}

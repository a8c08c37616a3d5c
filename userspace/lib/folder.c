// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Folders of configuration.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "file_ops.h"
#include "folder.h"

static bool ends_in(const char *name, const char *suffix)
{
	size_t len = strlen(name), tail = strlen(suffix);

	return len > tail && !strcmp(name + len - tail, suffix);
}

int sg_folder_walk(const char *dir, const char *suffix,
		   int (*each)(const char *path, void *context,
			       struct sg_error *err),
		   void *context, struct sg_error *err)
{
	struct dirent **entry = NULL;
	char path[4096];
	int i, n, ret = 0;

	n = scandir(dir, &entry, NULL, alphasort);
	if (n < 0)
		return errno == ENOENT ? 0 :
			sg_fail(err, "reading %s: %m", dir);
	for (i = 0; i < n && ret == 0; i++) {
		const char *name = entry[i]->d_name;

		if (name[0] == '.' || !ends_in(name, suffix))
			continue;
		if ((size_t)snprintf(path, sizeof(path), "%s/%s", dir, name) >=
		    sizeof(path))
			ret = sg_fail(err, "%s/%s: path too long", dir, name);
		else
			ret = each(path, context, err);
	}
	for (i = 0; i < n; i++)
		free(entry[i]);
	free(entry);
	return ret;
}

int sg_folder_make(const char *dir, unsigned int mode, struct sg_error *err)
{
	char path[4096];
	size_t i, len = strlen(dir);
	struct stat st;

	if (!len || len >= sizeof(path))
		return sg_fail(err, "%s: not a folder's path", dir);
	memcpy(path, dir, len + 1);
	for (i = 1; i <= len; i++) {
		if (path[i] != '/' && path[i] != '\0')
			continue;
		path[i] = '\0';
		if (sg_fs_mkdir(AT_FDCWD, path, mode) < 0 && errno != EEXIST)
			return sg_fail(err, "making %s: %m", path);
		path[i] = dir[i];
	}
	if (stat(dir, &st) < 0 || !S_ISDIR(st.st_mode))
		return sg_fail(err, "%s is there, but no folder", dir);
	return 0;
}

bool sg_folder_name_ok(const char *name)
{
	return name[strspn(name, "abcdefghijklmnopqrstuvwxyz"
				 "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				 "0123456789.-_")] == '\0';
}

int sg_error_at(struct sg_error *err, const char *path)
{
	size_t room = sizeof(err->message) - 1;
	size_t head = strlen(path) + 2, tail = strlen(err->message);

	if (head > room / 2)
		return -1;
	if (tail > room - head)
		tail = room - head;
	memmove(err->message + head, err->message, tail);
	memcpy(err->message, path, head - 2);
	memcpy(err->message + head - 2, ": ", 2);
	err->message[head + tail] = '\0';
	return -1;
}

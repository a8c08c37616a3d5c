// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Keeping the staging folders clean.
 */
#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "file_ops.h"
#include "stage.h"

/**
 * struct sweep - what to remove
 * @keep: asks the caller
 * @context: for @keep
 * @trouble: errno of the last that failed
 */
struct sweep {
	bool (*keep)(void *context, const char *half, const char *ending);
	void *context;
	int trouble;
};

static bool wanted(const struct sweep *sweep, const char *name)
{
	static const char hex[] = "0123456789abcdef";
	char half[SG_STAGE_HALF + 1];
	const char *rest = name + SG_STAGE_HALF;

	if (strspn(name, hex) != SG_STAGE_HALF || *rest != '-')
		return false;
	rest++;
	if (strspn(rest, hex) != SG_STAGE_HALF || rest[SG_STAGE_HALF] != '.')
		return false;
	memcpy(half, name, SG_STAGE_HALF);
	half[SG_STAGE_HALF] = '\0';
	return sweep->keep(sweep->context, half, rest + SG_STAGE_HALF + 1);
}

static void sweep_folder(struct sweep *sweep, int fd)
{
	int copy = dup(fd);
	DIR *dir = copy < 0 ? NULL : fdopendir(copy);
	struct dirent *entry;

	if (!dir) {
		sweep->trouble = errno;
		if (copy >= 0)
			close(copy);
		return;
	}
	while ((entry = readdir(dir))) {
		if (!strcmp(entry->d_name, ".") ||
		    !strcmp(entry->d_name, "..") ||
		    wanted(sweep, entry->d_name))
			continue;
		if (sg_fs_unlink(fd, entry->d_name) < 0 && errno != ENOENT)
			sweep->trouble = errno;
	}
	closedir(dir);
}

static void sweep_root(struct sweep *sweep, const char *root)
{
	int top, fd = sg_place_find_staging(root);

	if (fd < 0) {
		if (errno != ENOENT && errno != ENOTDIR)
			sweep->trouble = errno;
		return;
	}
	sweep_folder(sweep, fd);
	close(fd);
	top = sg_fs_open_root(root);
	if (top < 0)
		return;
	/* gone when it is empty */
	if (sg_fs_rmdir(top, SG_PLACE_STAGING) < 0 && errno != ENOTEMPTY &&
	    errno != EEXIST)
		sweep->trouble = errno;
	close(top);
}

int sg_stage_sweep(const struct sg_device *device,
		   bool (*keep)(void *context, const char *half,
				const char *ending),
		   void *context)
{
	struct sweep sweep = { .keep = keep, .context = context };
	const char *root;
	size_t i;

	for (i = 0; sg_place_root(device, i, &root); i++)
		if (root)
			sweep_root(&sweep, root);
	for (i = 0; i < device->n_file_roots; i++)
		sweep_root(&sweep, device->file_root[i]);
	errno = sweep.trouble;
	return sweep.trouble ? -1 : 0;
}

// SPDX-License-Identifier: LGPL-2.1-or-later
#include "loader.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "file_ops.h"

#define PARAMETER "/sys/module/firmware_class/parameters/path"

static void add(struct sg_loader *out, const char *path, size_t len)
{
	if (!len || len >= SG_LOADER_PATH || out->n == SG_LOADER_FOLDERS)
		return;
	memcpy(out->folder[out->n], path, len);
	out->folder[out->n++][len] = '\0';
}

/* firmware_class.path comes first. */
static void add_parameter(struct sg_loader *out)
{
	struct sg_error ignored;
	struct sg_buf text;

	/* sysfs files say 4096 bytes whatever is in them */
	if (sg_file_read(PARAMETER, 4096, &text, &ignored) < 0)
		return;
	while (text.len && text.data[text.len - 1] <= ' ')
		text.len--;
	add(out, (const char *)text.data, text.len);
	sg_buf_free(&text);
}

static void add_text(struct sg_loader *out, const char *path)
{
	add(out, path, strlen(path));
}

/* drivers/base/firmware_loader/main.c, fw_path */
static void add_system(struct sg_loader *out)
{
	char path[SG_LOADER_PATH];
	struct utsname kernel;

	add_parameter(out);
	uname(&kernel);
	snprintf(path, sizeof(path), "/lib/firmware/updates/%s",
		 kernel.release);
	add_text(out, path);
	add_text(out, "/lib/firmware/updates");
	snprintf(path, sizeof(path), "/lib/firmware/%s", kernel.release);
	add_text(out, path);
	add_text(out, "/lib/firmware");
}

void sg_loader_read(const struct sg_device *device, struct sg_loader *out)
{
	size_t i;

	memset(out, 0, sizeof(*out));
	if (!device->search)
		add_system(out);
	for (i = 0; device->search && i < device->n_search; i++)
		add_text(out, device->search[i]);
}

static int open_in(const char *folder, const char *name)
{
	int fd, saved, root = sg_fs_open_root(folder);

	if (root < 0)
		return -1;
	fd = sg_fs_open_linked(root, name);
	saved = errno;
	close(root);
	errno = saved;
	return fd;
}

int sg_loader_open(const struct sg_loader *loader, const char *name)
{
	size_t i;
	int fd;

	errno = ENOENT;
	for (i = 0; i < loader->n; i++) {
		fd = open_in(loader->folder[i], name);
		if (fd >= 0 || (errno != ENOENT && errno != ENOTDIR))
			return fd;
	}
	return -1;
}

static bool exists(const char *folder, const char *name)
{
	int fd = open_in(folder, name);

	if (fd >= 0)
		close(fd);
	return fd >= 0 || (errno != ENOENT && errno != ENOTDIR);
}

static bool same_folder(const char *a, const char *b)
{
	struct stat one, two;

	return !stat(a, &one) && !stat(b, &two) && one.st_dev == two.st_dev &&
	       one.st_ino == two.st_ino;
}

/*
 * What the loader looks for before NAME.zst: NAME in every folder; before
 * NAME.xz also NAME.zst.
 */
static bool find_plain(const struct sg_loader *loader, const char *name,
		       const char *ending, const char *instead,
		       const char **folder)
{
	char plain[SG_LOADER_PATH];
	size_t len = strlen(name), tail = strlen(ending), i;

	if (len <= tail || strcmp(name + len - tail, ending) ||
	    snprintf(plain, sizeof(plain), "%.*s%s", (int)(len - tail), name,
		     instead) >= (int)sizeof(plain))
		return false;
	for (i = 0; i < loader->n; i++) {
		*folder = loader->folder[i];
		if (exists(*folder, plain))
			return true;
	}
	return false;
}

int sg_loader_prefers(const struct sg_loader *loader, const char *root,
		      const char *name, struct sg_error *err)
{
	const char *folder;
	size_t i;

	if (find_plain(loader, name, ".zst", "", &folder) ||
	    find_plain(loader, name, ".xz", "", &folder) ||
	    find_plain(loader, name, ".xz", ".zst", &folder))
		return sg_fail(err, "%s would not be used: the loader takes a less compressed one, in %s: remove that first",
			       name, folder);
	for (i = 0; i < loader->n; i++) {
		if (same_folder(loader->folder[i], root))
			return 0;
		if (exists(loader->folder[i], name))
			return sg_fail(err, "%s would not be used: %s comes first and has one: remove that first",
				       name, loader->folder[i]);
	}
	return sg_fail(err, "%s would not be used: the loader does not look into %s",
		       name, root);
}

const char *sg_loader_name(const struct sg_loader *loader, const char *path)
{
	const char *name = NULL;
	size_t i, len;

	/* folders of the loader lie in each other: the innermost counts */
	for (i = 0; i < loader->n; i++) {
		len = strlen(loader->folder[i]);
		if (!strncmp(path, loader->folder[i], len) &&
		    path[len] == '/' && path + len >= (name ? name : path))
			name = path + len + 1;
	}
	return name;
}

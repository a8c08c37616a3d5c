// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Every name that a driver can ask for below a folder: links are names too.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "bless_private.h"
#include "place.h"

/* A folder on the way to where the walk is; a link back to one is a loop. */
struct folder {
	const struct folder *parent;
	dev_t dev;
	ino_t ino;
	unsigned int depth;
};

struct walk {
	const struct sg_bless_request *request;
	struct sg_bless_list *list;
	struct sg_bless_report *report;
	size_t root_len;		/* of "DIR/" in every path */
	struct sg_error *err;
};

void sg_bless_list_free(struct sg_bless_list *list)
{
	while (list->n) {
		list->n--;
		free(list->name[list->n].path);
		sg_buf_free(&list->name[list->n].id);
	}
	free(list->name);
	*list = (struct sg_bless_list){ 0 };
}

static bool wanted(const struct walk *walk, const char *path)
{
	const struct sg_bless_request *r = walk->request;

	return !r->wanted || r->wanted(r->context, path + walk->root_len, path);
}

static int skip(struct walk *walk, const char *path, const char *why)
{
	const struct sg_bless_request *r = walk->request;

	if (!wanted(walk, path))
		return 0;
	walk->report->skipped++;
	if (r->skipped)
		r->skipped(r->context, path + walk->root_len, why);
	return 0;
}

static struct sg_bless_name *append(struct walk *walk)
{
	struct sg_bless_list *list = walk->list;
	struct sg_bless_name *name = list->name;
	size_t cap = list->cap ? 2 * list->cap : 256;

	if (list->n == SUIT_MAX_CATALOGUE_ENTRIES) {
		sg_fail(walk->err, "%s has more than %d names: bless its folders one by one",
			walk->request->dir, SUIT_MAX_CATALOGUE_ENTRIES);
		return NULL;
	}
	if (list->n == list->cap) {
		name = reallocarray(name, cap, sizeof(*name));
		if (!name) {
			sg_fail(walk->err, "out of memory");
			return NULL;
		}
		list->name = name;
		list->cap = cap;
	}
	name += list->n++;
	memset(name, 0, sizeof(*name));
	return name;
}

static int add_file(struct walk *walk, const char *path, const struct stat *st)
{
	static const uint8_t type[] = "firmware";
	const char *relative = path + walk->root_len;
	struct suit_slice id, name = {
		(const uint8_t *)relative, strlen(relative)
	};
	uint8_t encoded[SUIT_MAX_COMPONENT_ID];
	struct sg_bless_name *entry;
	enum suit_error error;

	if (!wanted(walk, path))
		return 0;
	error = suit_component_encode((struct suit_slice){ type,
							   sizeof(type) - 1 },
				      name, encoded, sizeof(encoded), &id);
	if (error == SUIT_ERR_COMPONENT_SIZE)
		return skip(walk, path, "the name is too long or too deep");
	if (error != SUIT_OK)
		return skip(walk, path, "no driver can ask for such a name");
	entry = append(walk);
	if (!entry)
		return -1;
	entry->path = strdup(path);
	entry->id.data = malloc(id.len);
	if (!entry->path || !entry->id.data)
		return sg_fail(walk->err, "out of memory");
	memcpy(entry->id.data, id.ptr, id.len);
	entry->id.len = id.len;
	entry->dev = st->st_dev;
	entry->ino = st->st_ino;
	return 0;
}

static bool is_sidecar(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot && (!strcmp(dot, ".suit") || !strcmp(dot, ".sig"));
}

static bool is_above(const struct folder *folder, const struct stat *st)
{
	for (; folder; folder = folder->parent)
		if (folder->dev == st->st_dev && folder->ino == st->st_ino)
			return true;
	return false;
}

static int walk_folder(struct walk *walk, const char *path,
		       const struct folder *folder);

static int add_entry(struct walk *walk, const char *path,
		     const struct folder *parent)
{
	struct folder folder = { .parent = parent, .depth = parent->depth + 1 };
	struct stat st;

	if (stat(path, &st) < 0) {
		if (errno == ENOENT || errno == ELOOP || errno == ENOTDIR)
			return skip(walk, path, "the link leads nowhere");
		return sg_fail(walk->err, "cannot look at %s: %m", path);
	}
	if (S_ISREG(st.st_mode))
		return is_sidecar(path) ? 0 : add_file(walk, path, &st);
	if (!S_ISDIR(st.st_mode))
		return skip(walk, path, "neither a file nor a folder");
	if (is_above(parent, &st))
		return skip(walk, path, "the link leads to a folder above it");
	/* the type takes a segment, the file itself another */
	if (folder.depth > SUIT_MAX_SEGMENTS - 2)
		return skip(walk, path, "the folder is too deep");
	folder.dev = st.st_dev;
	folder.ino = st.st_ino;
	return walk_folder(walk, path, &folder);
}

/* What an installation is preparing, or keeping, is not there for drivers. */
static int is_entry(const struct dirent *entry)
{
	return strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..") &&
	       strcmp(entry->d_name, SG_PLACE_STAGING);
}

static int walk_folder(struct walk *walk, const char *path,
		       const struct folder *folder)
{
	struct dirent **entry;
	int i, n, ret = 0;
	char *below;

	n = scandir(path, &entry, is_entry, alphasort);
	if (n < 0)
		return sg_fail(walk->err, "cannot read the folder %s: %m",
			       path);
	for (i = 0; i < n; i++) {
		if (!ret && asprintf(&below, "%s/%s", path,
				     entry[i]->d_name) < 0)
			ret = sg_fail(walk->err, "out of memory");
		if (!ret) {
			ret = add_entry(walk, below, folder);
			free(below);
		}
		free(entry[i]);
	}
	free(entry);
	return ret;
}

int sg_bless_walk(const struct sg_bless_request *request,
		  struct sg_bless_list *list, struct sg_bless_report *report,
		  struct sg_error *err)
{
	struct walk walk = {
		.request = request, .list = list, .report = report, .err = err,
	};
	struct folder top = { 0 };
	size_t len = strlen(request->dir);
	struct stat st;
	char *root;
	int ret;

	if (stat(request->dir, &st) < 0)
		return sg_fail(err, "cannot look at %s: %m", request->dir);
	if (!S_ISDIR(st.st_mode))
		return sg_fail(err, "%s is not a folder", request->dir);
	while (len > 1 && request->dir[len - 1] == '/')
		len--;
	root = strndup(request->dir, len);
	if (!root)
		return sg_fail(err, "out of memory");
	walk.root_len = len + 1;
	top.dev = st.st_dev;
	top.ino = st.st_ino;
	ret = walk_folder(&walk, root, &top);
	free(root);
	return ret;
}

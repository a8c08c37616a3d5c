// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The trust store: a folder of bundles, applied in the order of their
 * sequence.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/suit.h"
#include "folder.h"
#include "suitgate/trust.h"

/* A statement with its envelope of signatures, with room to spare. */
enum { MAX_BUNDLE = SUIT_MAX_TRUST * 2 };

static int add_file(const char *path, void *context, struct sg_error *err)
{
	struct sg_trust_store *store = context;
	struct sg_trust_file *file, new = { 0 };

	if (sg_file_read(path, MAX_BUNDLE, &new.bundle, err) < 0)
		return -1;
	if (sg_trust_decode(&new.bundle, &new.trust, err) < 0) {
		sg_buf_free(&new.bundle);
		return sg_error_at(err, path);
	}
	file = reallocarray(store->file, store->n + 1, sizeof(*file));
	new.path = strdup(path);
	if (file)
		store->file = file;
	if (!file || !new.path) {
		free(new.path);
		sg_trust_free(&new.trust);
		sg_buf_free(&new.bundle);
		return sg_fail(err, "out of memory");
	}
	file[store->n++] = new;
	return 0;
}

static int by_sequence(const void *a, const void *b)
{
	const struct sg_trust_file *x = a, *y = b;

	if (x->trust.sequence != y->trust.sequence)
		return x->trust.sequence < y->trust.sequence ? -1 : 1;
	return strcmp(x->path, y->path);
}

int sg_trust_store_read(struct sg_trust_store *store, const char *dir,
			struct sg_error *err)
{
	memset(store, 0, sizeof(*store));
	if (sg_folder_walk(dir, ".trust", add_file, store, err) < 0) {
		sg_trust_store_free(store);
		return -1;
	}
	if (store->n)
		qsort(store->file, store->n, sizeof(*store->file), by_sequence);
	return 0;
}

void sg_trust_store_free(struct sg_trust_store *store)
{
	size_t i;

	for (i = 0; i < store->n; i++) {
		free(store->file[i].path);
		sg_buf_free(&store->file[i].bundle);
		sg_trust_free(&store->file[i].trust);
	}
	free(store->file);
	memset(store, 0, sizeof(*store));
}

uint64_t sg_trust_store_next(const struct sg_trust_store *store)
{
	uint64_t highest;

	if (!store->n)
		return 1;
	highest = store->file[store->n - 1].trust.sequence;
	return highest == UINT64_MAX ? highest : highest + 1;
}

int sg_trust_store_write(const char *dir, const char *name,
			 const struct sg_buf *bundle, struct sg_error *err)
{
	char path[4096];
	int n;

	if (!*name || *name == '.' || !sg_folder_name_ok(name))
		return sg_fail(err, "\"%s\" cannot be the name of a file in the trust store: use letters, digits, '.', '-' and '_'",
			       name);
	n = snprintf(path, sizeof(path), "%s/%s.trust", dir, name);
	if (n < 0 || (size_t)n >= sizeof(path))
		return sg_fail(err, "%s: path too long", dir);
	if (sg_folder_make(dir, 0755, err) < 0)
		return -1;
	return sg_file_write(path, bundle->data, bundle->len, 0644, err);
}

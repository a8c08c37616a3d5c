/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The names below a folder and the files behind them.
 */
#ifndef SG_BLESS_PRIVATE_H
#define SG_BLESS_PRIVATE_H

#include <sys/types.h>

#include "author_private.h"
#include "suitgate/author.h"

/**
 * struct sg_bless_name - what a driver can ask for
 * @path: of the file
 * @id: encoded component id
 * @dev: @ino: the file behind it
 * @digest: @size: what it has
 */
struct sg_bless_name {
	char *path;
	struct sg_buf id;
	dev_t dev;
	ino_t ino;
	uint8_t digest[SG_SHA256];
	uint64_t size;
};

struct sg_bless_list {
	struct sg_bless_name *name;
	size_t n;
	size_t cap;
};

void sg_bless_list_free(struct sg_bless_list *list);
/* Find every name below @request->dir. 0 or -1. */
int sg_bless_walk(const struct sg_bless_request *request,
		  struct sg_bless_list *list, struct sg_bless_report *report,
		  struct sg_error *err);

#endif /* SG_BLESS_PRIVATE_H */

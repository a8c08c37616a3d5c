/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files of an installed Debian package.
 */
#ifndef CLI_PACKAGE_H
#define CLI_PACKAGE_H

#include "suitgate.h"

/**
 * struct package - a package's files
 * @list: what dpkg-query printed, cut into lines
 * @path: into @list, sorted, without a leading /usr (both names of a folder
 *	that was merged into /usr are the same)
 * @n: how many
 *
 * Freed by package_free(); a zeroed one is empty.
 */
struct package {
	char *list;
	const char **path;
	size_t n;
};

/* 0, or -1 with @err filled. */
int package_read(const char *name, struct package *out, struct sg_error *err);
bool package_has(const struct package *package, const char *path);
void package_free(struct package *package);

#endif /* CLI_PACKAGE_H */

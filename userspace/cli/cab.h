/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Cabinet archives ([MS-CAB]), stored and not compressed, as fwupd reads them.
 */
#ifndef CLI_CAB_H
#define CLI_CAB_H

#include "suitgate.h"

/* One file in it; @name is ASCII without a path. */
struct cab_file {
	const char *name;
	struct sg_buf bytes;
};

/* Pack @n files, at least one. 0, or -1 with @err filled. */
int cab_pack(const struct cab_file *file, size_t n, struct sg_buf *out,
	     struct sg_error *err);

#endif /* CLI_CAB_H */

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files on the command line; "-" is standard input or output.
 */
#ifndef CLI_FILE_ARG_H
#define CLI_FILE_ARG_H

#include "suitgate.h"

bool file_is_standard(const char *path);
/* Read all of a file, at most @max bytes. 0 or -1, as all below. */
int file_read(const char *path, size_t max, struct sg_buf *out,
	      struct sg_error *err);
/* Can something be written there? To be asked before the work. */
int file_check(const char *path, struct sg_error *err);
/*
 * Put @bytes into the file @path, whole or not at all; where a link leads, not
 * in its place. A file that is there keeps its mode.
 */
int file_write(const char *path, const struct sg_buf *bytes,
	       struct sg_error *err);

#endif /* CLI_FILE_ARG_H */

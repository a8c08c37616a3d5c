/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A folder of files for a test; it is gone when the test has ended. Paths and
 * bytes are good as long.
 */
#ifndef TEST_SCRATCH_H
#define TEST_SCRATCH_H

#include "core/suit.h"
#include "suitgate/types.h"

/* A path in the folder. */
const char *scratch(const char *format, ...)
	__attribute__((format(printf, 1, 2)));
/* A file of the folder, with these bytes; its path. */
const char *scratch_file(const char *name, struct suit_slice bytes);
/* A folder in the folder; its path. */
const char *scratch_folder(const char *name);
/* A symbolic link in the folder. */
void scratch_link(const char *name, const char *to);
/* Everything in a file, wherever it is. */
struct suit_slice file_bytes(const char *path);
/* What a function of the library has made. */
struct suit_slice taken(struct sg_buf *buf);
/* The bytes with one bit of byte @at flipped; a negative one from the end. */
struct suit_slice flipped(struct suit_slice bytes, long at);

/* Remove the folder, if there is one. */
void scratch_remove(void);

#endif /* TEST_SCRATCH_H */

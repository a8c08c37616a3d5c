/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The file of floors: its form and its signature. What epochs mean is decided
 * in floor_store.c.
 */
#ifndef SG_FLOOR_FILE_H
#define SG_FLOOR_FILE_H

#include "suitgate/state.h"

/* Bytes that a file may have: some ten thousand floors. */
enum { SG_FLOOR_FILE_MAX = 8 << 20 };

/**
 * struct sg_floor_file - what is in it
 * @epoch: counts the files
 * @anchor: index of the counter that anchors it, 0 for none
 * @floors: items of SG_STATE_FLOOR
 *
 * Freed by sg_state_free() of @floors.
 */
struct sg_floor_file {
	uint64_t epoch;
	uint32_t anchor;
	struct sg_state floors;
};

/* Replace @path by @file, signed with the private key @key. 0 or -1. */
int sg_floor_file_write(const char *path, const char *key,
			const struct sg_floor_file *file,
			struct sg_error *err);
/*
 * Read @path: the signature by the public key in @public_key, and only then
 * what is signed. 1, 0 when there is no file, or -1.
 */
int sg_floor_file_read(const char *path, const char *public_key,
		       struct sg_floor_file *out, struct sg_error *err);

#endif /* SG_FLOOR_FILE_H */

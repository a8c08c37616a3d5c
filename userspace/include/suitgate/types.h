/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Buffers and errors shared by every part of libsuitgate.
 */
#ifndef SUITGATE_TYPES_H
#define SUITGATE_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * struct sg_buf - bytes on the heap
 * @data: malloc()ed, or NULL
 * @len: bytes
 *
 * Freed by sg_buf_free(); a zeroed one is empty.
 */
struct sg_buf {
	uint8_t *data;
	size_t len;
};

void sg_buf_free(struct sg_buf *buf);

/**
 * struct sg_error - why something failed, for people
 * @refused: the thing was examined and refused (exit code 1), as against
 *	wrong use or trouble on this machine (exit code 2)
 * @code: name of the verifier's error ("signature-invalid") or NULL; static
 * @message: one line without a full stop: what failed, why, what to do
 */
struct sg_error {
	bool refused;
	const char *code;
	char message[512];
};

/* Fill @err, return -1: `return sg_fail(err, "cannot read %s: %m", path);` */
int sg_fail(struct sg_error *err, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* Likewise for a refusal by the verifier, @suit_error an enum suit_error. */
int sg_refuse(struct sg_error *err, int suit_error, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Read a whole regular file of at most @max bytes. 0 or -1. */
int sg_file_read(const char *path, size_t max, struct sg_buf *out,
		 struct sg_error *err);
/*
 * Replace @path by @len bytes atomically: temporary file beside it, fsync,
 * rename, fsync of the directory. @mode as for open(2). 0 or -1.
 */
int sg_file_write(const char *path, const void *data, size_t len,
		  unsigned int mode, struct sg_error *err);

#endif /* SUITGATE_TYPES_H */

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Write deterministic CBOR front to back: libcbor's heads, which are always
 * the shortest, into a buffer that grows. A failure is sticky, so that a whole
 * structure may be written and checked once.
 */
#ifndef SG_CBOR_WRITE_H
#define SG_CBOR_WRITE_H

#include "suitgate/types.h"

/**
 * struct sg_cbor_writer - bytes written so far
 * @buf: them
 * @cap: bytes @buf has room for
 * @failed: memory ran out
 */
struct sg_cbor_writer {
	struct sg_buf buf;
	size_t cap;
	bool failed;
};

void sg_cbor_write_uint(struct sg_cbor_writer *w, uint64_t value);
void sg_cbor_write_int(struct sg_cbor_writer *w, int64_t value);
void sg_cbor_write_bytes(struct sg_cbor_writer *w, const void *data,
			 size_t len);
void sg_cbor_write_text(struct sg_cbor_writer *w, const char *text);
/* Heads: the elements, pairs or the tagged item follow. */
void sg_cbor_write_array(struct sg_cbor_writer *w, size_t n);
void sg_cbor_write_map(struct sg_cbor_writer *w, size_t n);
void sg_cbor_write_tag(struct sg_cbor_writer *w, uint64_t tag);
void sg_cbor_write_bool(struct sg_cbor_writer *w, bool value);
void sg_cbor_write_null(struct sg_cbor_writer *w);
/* Items that are encoded already. */
void sg_cbor_write_raw(struct sg_cbor_writer *w, const void *data, size_t len);
/* Hand the bytes over and empty the writer. 0, or -1 when memory ran out. */
int sg_cbor_write_end(struct sg_cbor_writer *w, struct sg_buf *out,
		      struct sg_error *err);

#endif /* SG_CBOR_WRITE_H */

// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Write deterministic CBOR front to back.
 */
#include <cbor.h>
#include <stdlib.h>
#include <string.h>

#include "cbor_write.h"

enum { MAX_HEAD = 9, FIRST_CAP = 256 };

/* Room for @len more bytes, or NULL and the writer has failed. */
static uint8_t *reserve(struct sg_cbor_writer *w, size_t len)
{
	size_t cap = w->cap ? w->cap : FIRST_CAP;
	uint8_t *data;

	if (w->failed)
		return NULL;
	if (len <= w->cap - w->buf.len)
		return w->buf.data + w->buf.len;
	if (len > SIZE_MAX / 4 || w->buf.len > SIZE_MAX / 4)
		goto fail;
	while (cap - w->buf.len < len)
		cap *= 2;
	data = realloc(w->buf.data, cap);
	if (!data)
		goto fail;
	w->buf.data = data;
	w->cap = cap;
	return data + w->buf.len;

fail:
	w->failed = true;
	return NULL;
}

#define WRITE_HEAD(w, encode, ...) do { \
	uint8_t *to = reserve(w, MAX_HEAD); \
	if (to) \
		(w)->buf.len += encode(__VA_ARGS__, to, MAX_HEAD); \
} while (0)

void sg_cbor_write_uint(struct sg_cbor_writer *w, uint64_t value)
{
	WRITE_HEAD(w, cbor_encode_uint, value);
}

void sg_cbor_write_int(struct sg_cbor_writer *w, int64_t value)
{
	if (value >= 0)
		WRITE_HEAD(w, cbor_encode_uint, (uint64_t)value);
	else
		WRITE_HEAD(w, cbor_encode_negint, (uint64_t)(-1 - value));
}

void sg_cbor_write_bytes(struct sg_cbor_writer *w, const void *data, size_t len)
{
	WRITE_HEAD(w, cbor_encode_bytestring_start, len);
	sg_cbor_write_raw(w, data, len);
}

void sg_cbor_write_text(struct sg_cbor_writer *w, const char *text)
{
	WRITE_HEAD(w, cbor_encode_string_start, strlen(text));
	sg_cbor_write_raw(w, text, strlen(text));
}

void sg_cbor_write_array(struct sg_cbor_writer *w, size_t n)
{
	WRITE_HEAD(w, cbor_encode_array_start, n);
}

void sg_cbor_write_map(struct sg_cbor_writer *w, size_t n)
{
	WRITE_HEAD(w, cbor_encode_map_start, n);
}

void sg_cbor_write_tag(struct sg_cbor_writer *w, uint64_t tag)
{
	WRITE_HEAD(w, cbor_encode_tag, tag);
}

void sg_cbor_write_bool(struct sg_cbor_writer *w, bool value)
{
	uint8_t *to = reserve(w, MAX_HEAD);

	if (to)
		w->buf.len += cbor_encode_bool(value, to, MAX_HEAD);
}

void sg_cbor_write_null(struct sg_cbor_writer *w)
{
	uint8_t *to = reserve(w, MAX_HEAD);

	if (to)
		w->buf.len += cbor_encode_null(to, MAX_HEAD);
}

void sg_cbor_write_raw(struct sg_cbor_writer *w, const void *data, size_t len)
{
	uint8_t *to = reserve(w, len);

	if (!to || !len)
		return;
	memcpy(to, data, len);
	w->buf.len += len;
}

int sg_cbor_write_end(struct sg_cbor_writer *w, struct sg_buf *out,
		      struct sg_error *err)
{
	bool failed = w->failed;

	*out = w->buf;
	memset(w, 0, sizeof(*w));
	if (!failed)
		return 0;
	sg_buf_free(out);
	return sg_fail(err, "out of memory");
}

// SPDX-License-Identifier: GPL-2.0-or-later
#include "cab.h"

#include <stdlib.h>
#include <string.h>

enum {
	HEADER = 36,
	FOLDER = 8,
	FILE_HEAD = 16,		/* its name follows, with a NUL */
	DATA_HEAD = 8,
	BLOCK = 32768,		/* bytes of data in each, but the last */
	MAX_BLOCKS = 65535,
	MAX_FILES = 65535,
	VERSION = 0x0103,
	/* 1980-01-01, so that the same files make the same archive */
	DATE = 0x21,
};

static uint8_t *put16(uint8_t *at, size_t value)
{
	*at++ = value & 0xff;
	*at++ = value >> 8 & 0xff;
	return at;
}

static uint8_t *put32(uint8_t *at, size_t value)
{
	return put16(put16(at, value & 0xffff), value >> 16);
}

static uint8_t *put(uint8_t *at, const void *bytes, size_t len)
{
	if (len)
		memcpy(at, bytes, len);
	return at + len;
}

/* Words of four bytes; of the last, which may be short, the first byte is the
 * most significant. The sizes of the block are summed after its data. */
static uint32_t checksum(const uint8_t *data, size_t len)
{
	uint32_t sum = 0, last = 0;
	size_t i;

	for (i = 0; i + 4 <= len; i += 4)
		sum ^= (uint32_t)data[i] | (uint32_t)data[i + 1] << 8 |
		       (uint32_t)data[i + 2] << 16 | (uint32_t)data[i + 3] << 24;
	for (; i < len; i++)
		last = last << 8 | data[i];
	return sum ^ last ^ ((uint32_t)len | (uint32_t)len << 16);
}

static size_t blocks(size_t len)
{
	return (len + BLOCK - 1) / BLOCK;
}

/* @at is where the data of all files lies, with room for the heads before. */
static void put_blocks(uint8_t *at, const uint8_t *data, size_t len)
{
	while (len) {
		size_t n = len < BLOCK ? len : BLOCK;

		at = put32(at, checksum(data, n));
		at = put16(put16(at, n), n);
		at = put(at, data, n);
		data += n;
		len -= n;
	}
}

static uint8_t *put_heads(uint8_t *at, const struct cab_file *file, size_t n,
			  size_t start, size_t len, size_t size)
{
	size_t i, offset = 0;

	at = put32(put(at, "MSCF", 4), 0);
	at = put32(put32(at, size), 0);
	at = put32(put32(at, HEADER + FOLDER), 0);
	at = put16(put16(at, VERSION), 1);
	at = put16(put16(at, n), 0);
	at = put16(put16(at, 0), 0);
	at = put16(put16(put32(at, start), blocks(len)), 0);
	for (i = 0; i < n; i++) {
		at = put32(put32(at, file[i].bytes.len), offset);
		at = put16(put16(at, 0), DATE);
		at = put16(put16(at, 0), 0);
		at = put(at, file[i].name, strlen(file[i].name) + 1);
		offset += file[i].bytes.len;
	}
	return at;
}

int cab_pack(const struct cab_file *file, size_t n, struct sg_buf *out,
	     struct sg_error *err)
{
	size_t start = HEADER + FOLDER, len = 0, size, i;
	uint8_t *data, *at;

	*out = (struct sg_buf){ 0 };
	for (i = 0; i < n && i < MAX_FILES; i++) {
		if (file[i].bytes.len > (size_t)MAX_BLOCKS * BLOCK - len)
			return sg_fail(err, "too big for a cabinet archive");
		start += FILE_HEAD + strlen(file[i].name) + 1;
		len += file[i].bytes.len;
	}
	size = start + blocks(len) * DATA_HEAD + len;
	data = malloc(len + 1);
	out->data = malloc(size);
	if (!data || !out->data) {
		free(data);
		sg_buf_free(out);
		return sg_fail(err, "out of memory");
	}
	out->len = size;
	for (i = 0, at = data; i < n; i++)
		at = put(at, file[i].bytes.data, file[i].bytes.len);
	at = put_heads(out->data, file, n, start, len, size);
	put_blocks(at, data, len);
	free(data);
	return 0;
}

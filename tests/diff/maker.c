// SPDX-License-Identifier: GPL-2.0-or-later
#include "maker.h"

#include <string.h>

enum { DEPTH = 6, WIDTH = 5, TEXT = 12 };

/* Where the bytes go; full is no error, the item is cut then. */
struct sink {
	uint8_t *out;
	size_t len;
	size_t cap;
};

/* xorshift64*: fast, and good enough to choose from. */
static uint64_t next(struct maker *maker)
{
	maker->state ^= maker->state >> 12;
	maker->state ^= maker->state << 25;
	maker->state ^= maker->state >> 27;
	return maker->state * 0x2545f4914f6cdd1dULL;
}

static unsigned int pick(struct maker *maker, unsigned int n)
{
	return (unsigned int)(next(maker) >> 33) % n;
}

static void put(struct sink *sink, unsigned int byte)
{
	if (sink->len < sink->cap)
		sink->out[sink->len++] = (uint8_t)byte;
}

/* A head as short as it can be, now and then longer. */
static void put_head(struct maker *maker, struct sink *sink,
		     unsigned int major, uint64_t value)
{
	unsigned int bytes = value < 24 ? 0 : value < 0x100 ? 1 :
			     value < 0x10000 ? 2 : value < 0x100000000 ? 4 : 8;

	if (!pick(maker, 64))
		bytes = bytes ? 8 : 1U << pick(maker, 4);
	if (!bytes) {
		put(sink, major << 5 | (unsigned int)value);
		return;
	}
	put(sink, major << 5 | (bytes == 1 ? 24 : bytes == 2 ? 25 :
				bytes == 4 ? 26 : 27));
	while (bytes--)
		put(sink, (unsigned int)(value >> 8 * bytes) & 0xff);
}

static uint64_t number(struct maker *maker)
{
	return next(maker) >> pick(maker, 64);
}

static void put_item(struct maker *maker, struct sink *sink,
		     unsigned int depth);

static void put_string(struct maker *maker, struct sink *sink,
		       unsigned int major)
{
	unsigned int n = pick(maker, TEXT);

	put_head(maker, sink, major, n);
	while (n--)
		put(sink, major == 3 ? 0x20 + pick(maker, 0x60) :
				       pick(maker, 256));
}

/* Keys mostly ascend: small numbers, each larger than the last. */
static void put_map(struct maker *maker, struct sink *sink, unsigned int depth)
{
	unsigned int n = pick(maker, WIDTH), key = 0;

	put_head(maker, sink, 5, n);
	while (n--) {
		key += pick(maker, 16) ? 1 + pick(maker, 9) : 0;
		if (pick(maker, 24))
			put_head(maker, sink, 0, key);
		else
			put_item(maker, sink, depth + 1);
		put_item(maker, sink, depth + 1);
	}
}

static void put_array(struct maker *maker, struct sink *sink,
		      unsigned int depth)
{
	unsigned int n = pick(maker, WIDTH);

	put_head(maker, sink, 4, n);
	while (n--)
		put_item(maker, sink, depth + 1);
}

static void put_simple(struct maker *maker, struct sink *sink)
{
	static const uint8_t common[] = { 0xf4, 0xf5, 0xf6 };

	if (pick(maker, 16))
		put(sink, common[pick(maker, 3)]);
	else
		put(sink, 0xe0 | pick(maker, 32));
}

static void put_item(struct maker *maker, struct sink *sink,
		     unsigned int depth)
{
	switch (pick(maker, depth < DEPTH ? 8 : 4)) {
	case 0:
	case 1:
		put_head(maker, sink, pick(maker, 2), number(maker));
		break;
	case 2:
		put_string(maker, sink, 2 + pick(maker, 2));
		break;
	case 3:
		put_simple(maker, sink);
		break;
	case 4:
	case 5:
		put_map(maker, sink, depth);
		break;
	case 6:
		put_array(maker, sink, depth);
		break;
	default:
		put_head(maker, sink, 6, number(maker));
		put_item(maker, sink, depth + 1);
	}
}

static void damage(struct maker *maker, struct sink *sink)
{
	unsigned int at = pick(maker, (unsigned int)sink->len);

	switch (pick(maker, 4)) {
	case 0:
		sink->out[at] ^= (uint8_t)(1U << pick(maker, 8));
		break;
	case 1:
		sink->out[at] = (uint8_t)pick(maker, 256);
		break;
	case 2:
		sink->len = at;
		break;
	default:
		put(sink, pick(maker, 256));
	}
}

size_t maker_next(struct maker *maker, uint8_t *out, size_t cap)
{
	struct sink sink = { out, 0, cap };

	put_item(maker, &sink, 0);
	while (sink.len && pick(maker, 2))
		damage(maker, &sink);
	return sink.len;
}

// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "cbor.h"
#include "suit_limits.h"

enum { AI_ONE = 24, AI_EIGHT = 27, AI_INDEFINITE = 31 };

/* A head as it stands on the wire. */
struct head {
	u8 major;
	u8 info;
	u64 value;
};

static bool canonical(u8 info, u64 value)
{
	switch (info) {
	case AI_ONE:
		return value >= 24;
	case AI_ONE + 1:
		return value > 0xff;
	case AI_ONE + 2:
		return value > 0xffff;
	case AI_EIGHT:
		return value > 0xffffffff;
	default:
		return true;
	}
}

static void check_head(struct suit_cursor *cur, const struct head *head)
{
	if (head->major == SUIT_CBOR_SIMPLE) {
		/* no floats, no undefined, no unassigned simple values */
		if (head->info < SUIT_CBOR_FALSE || head->info > SUIT_CBOR_NULL)
			suit_cursor_fail(cur, SUIT_ERR_RESERVED);
		return;
	}
	if (!canonical(head->info, head->value))
		suit_cursor_fail(cur, SUIT_ERR_NONCANONICAL);
}

static struct head read_head(struct suit_cursor *cur)
{
	struct head head = { 0 };
	struct suit_slice bytes = suit_cursor_take(cur, 1);
	size_t i;

	if (!bytes.len)
		return head;
	head.major = bytes.ptr[0] >> 5;
	head.info = bytes.ptr[0] & 0x1f;
	head.value = head.info;
	if (head.info == AI_INDEFINITE)
		suit_cursor_fail(cur, SUIT_ERR_INDEFINITE);
	else if (head.info > AI_EIGHT)
		suit_cursor_fail(cur, SUIT_ERR_RESERVED);
	if (head.info >= AI_ONE) {
		bytes = suit_cursor_take(cur, 1ULL << (head.info & 3));
		head.value = 0;
		for (i = 0; i < bytes.len; i++)
			head.value = head.value << 8 | bytes.ptr[i];
	}
	if (cur->error == SUIT_OK)
		check_head(cur, &head);
	return head;
}

static u64 read_value(struct suit_cursor *cur, enum suit_cbor_type want)
{
	struct head head;

	if (cur->error != SUIT_OK)
		return 0;
	if (cur->left && suit_cbor_peek(cur) != (int)want) {
		suit_cursor_fail(cur, SUIT_ERR_TYPE);
		return 0;
	}
	head = read_head(cur);
	return cur->error == SUIT_OK ? head.value : 0;
}

int suit_cbor_peek(const struct suit_cursor *cur)
{
	int byte = suit_cursor_peek(cur);

	return byte < 0 ? -1 : byte >> 5;
}

bool suit_cbor_peek_simple(const struct suit_cursor *cur, u8 simple)
{
	return suit_cursor_peek(cur) == (SUIT_CBOR_SIMPLE << 5 | simple);
}

u64 suit_cbor_uint(struct suit_cursor *cur)
{
	return read_value(cur, SUIT_CBOR_UINT);
}

s64 suit_cbor_int(struct suit_cursor *cur)
{
	bool negative = suit_cbor_peek(cur) == SUIT_CBOR_NINT;
	u64 value = read_value(cur, negative ? SUIT_CBOR_NINT : SUIT_CBOR_UINT);

	if (value > 0x7fffffffffffffffULL) {
		suit_cursor_fail(cur, SUIT_ERR_RANGE);
		return 0;
	}
	if (cur->error != SUIT_OK)
		return 0;
	return negative ? -1 - (s64)value : (s64)value;
}

static struct suit_slice read_string(struct suit_cursor *cur,
				     enum suit_cbor_type type)
{
	u64 len = read_value(cur, type);

	return suit_cursor_take(cur, len);
}

struct suit_slice suit_cbor_bstr(struct suit_cursor *cur)
{
	return read_string(cur, SUIT_CBOR_BSTR);
}

/* Bytes that follow a lead byte of UTF-8, and the range of the first of them. */
static u8 utf8_follow(u8 lead, u8 *low, u8 *high)
{
	*low = 0x80;
	*high = 0xbf;
	if (lead >= 0xc2 && lead <= 0xdf)
		return 1;
	if (lead >= 0xe0 && lead <= 0xef) {
		if (lead == 0xe0)
			*low = 0xa0;
		if (lead == 0xed)
			*high = 0x9f;	/* no surrogates */
		return 2;
	}
	if (lead >= 0xf0 && lead <= 0xf4) {
		if (lead == 0xf0)
			*low = 0x90;
		if (lead == 0xf4)
			*high = 0x8f;
		return 3;
	}
	return 0;
}

static bool utf8_valid(struct suit_slice text)
{
	size_t i = 0;
	u8 low, high, n;

	while (i < text.len) {
		u8 lead = text.ptr[i++];

		if (lead < 0x80)
			continue;
		n = utf8_follow(lead, &low, &high);
		if (!n || text.len - i < n)
			return false;
		for (; n; n--, i++) {
			if (text.ptr[i] < low || text.ptr[i] > high)
				return false;
			low = 0x80;
			high = 0xbf;
		}
	}
	return true;
}

struct suit_slice suit_cbor_tstr(struct suit_cursor *cur)
{
	struct suit_slice text = read_string(cur, SUIT_CBOR_TSTR);
	struct suit_slice none = { NULL, 0 };

	if (cur->error == SUIT_OK && utf8_valid(text))
		return text;
	suit_cursor_fail(cur, SUIT_ERR_UTF8);
	return none;
}

bool suit_cbor_bool(struct suit_cursor *cur)
{
	u64 value = read_value(cur, SUIT_CBOR_SIMPLE);

	if (value != SUIT_CBOR_FALSE && value != SUIT_CBOR_TRUE)
		suit_cursor_fail(cur, SUIT_ERR_TYPE);
	return cur->error == SUIT_OK && value == SUIT_CBOR_TRUE;
}

void suit_cbor_null(struct suit_cursor *cur)
{
	if (read_value(cur, SUIT_CBOR_SIMPLE) != SUIT_CBOR_NULL)
		suit_cursor_fail(cur, SUIT_ERR_TYPE);
}

u64 suit_cbor_tag(struct suit_cursor *cur)
{
	return read_value(cur, SUIT_CBOR_TAG);
}

/* A count is believed only as far as the bytes that are left can hold it. */
static u32 bounded_count(struct suit_cursor *cur, u64 count, u32 bytes_each)
{
	if (cur->error != SUIT_OK)
		return 0;
	if (count > cur->left / bytes_each || count > 0xffffffff) {
		suit_cursor_fail(cur, SUIT_ERR_TRUNCATED);
		return 0;
	}
	return (u32)count;
}

u32 suit_cbor_array(struct suit_cursor *cur)
{
	return bounded_count(cur, read_value(cur, SUIT_CBOR_ARRAY), 1);
}

u32 suit_cbor_map(struct suit_cursor *cur)
{
	return bounded_count(cur, read_value(cur, SUIT_CBOR_MAP), 2);
}

struct suit_slice suit_cbor_bstr_encoded(struct suit_cursor *cur,
					 struct suit_slice *encoded)
{
	const u8 *start = cur->at;
	struct suit_slice content = suit_cbor_bstr(cur);

	if (encoded) {
		encoded->ptr = cur->error == SUIT_OK ? start : NULL;
		encoded->len = cur->error == SUIT_OK ?
			(size_t)(cur->at - start) : 0;
	}
	return content;
}

/* A container that suit_cbor_item() is inside of; offsets in that item. */
struct level {
	u32 left;		/* items still to come; two per pair of a map */
	u32 prev;		/* key before the one being read, */
	u32 prev_len;		/* none when 0 */
	u32 key;		/* start of the key being read; NO_KEY in no map */
};

enum { NO_KEY = ~0U };

static void check_key(struct suit_cursor *cur, struct suit_cbor_key *order,
		      struct suit_slice key)
{
	int cmp = order->prev.len ? suit_slice_compare(order->prev, key) : -1;

	if (!cmp)
		suit_cursor_fail(cur, SUIT_ERR_MAP_DUPLICATE);
	else if (cmp > 0)
		suit_cursor_fail(cur, SUIT_ERR_MAP_ORDER);
	order->prev = key;
}

static void enter(struct suit_cursor *cur, struct level *level,
		  const struct head *head)
{
	bool map = head->major == SUIT_CBOR_MAP;

	memset(level, 0, sizeof(*level));
	level->key = map ? 0 : NO_KEY;
	if (head->major == SUIT_CBOR_TAG) {
		level->left = 1;
		return;
	}
	level->left = bounded_count(cur, head->value, map ? 2 : 1);
	if (map)
		level->left *= 2;
}

/* One item is complete: count it in its container; check a key it may be. */
static void count_item(struct suit_cursor *cur, const u8 *start,
		       struct level *level)
{
	struct suit_slice prev = { start + level->prev, level->prev_len };
	struct suit_cbor_key order = { prev };
	struct suit_slice key = { start + level->key, 0 };

	level->left--;
	if (level->key == NO_KEY || !(level->left & 1))
		return;
	key.len = (size_t)(cur->at - key.ptr);
	check_key(cur, &order, key);
	level->prev = level->key;
	level->prev_len = (u32)key.len;
}

static void skip_item(struct suit_cursor *cur)
{
	struct level stack[SUIT_MAX_CBOR_DEPTH];
	const u8 *start = cur->at;
	u32 depth = 0;
	struct suit_slice text;
	struct head head;

	do {
		if (depth && stack[depth - 1].key != NO_KEY &&
		    !(stack[depth - 1].left & 1))
			stack[depth - 1].key = (u32)(cur->at - start);
		head = read_head(cur);
		switch (cur->error == SUIT_OK ? head.major : SUIT_CBOR_SIMPLE) {
		case SUIT_CBOR_BSTR:
		case SUIT_CBOR_TSTR:
			text = suit_cursor_take(cur, head.value);
			if (head.major == SUIT_CBOR_TSTR && !utf8_valid(text))
				suit_cursor_fail(cur, SUIT_ERR_UTF8);
			break;
		case SUIT_CBOR_ARRAY:
		case SUIT_CBOR_MAP:
		case SUIT_CBOR_TAG:
			if (depth == SUIT_MAX_CBOR_DEPTH) {
				suit_cursor_fail(cur, SUIT_ERR_DEPTH);
				return;
			}
			enter(cur, &stack[depth++], &head);
			if (stack[depth - 1].left)
				continue;
			depth--;
			break;
		}
		while (depth && cur->error == SUIT_OK) {
			count_item(cur, start, &stack[depth - 1]);
			if (stack[depth - 1].left)
				break;
			depth--;
		}
	} while (depth && cur->error == SUIT_OK);
}

struct suit_slice suit_cbor_item(struct suit_cursor *cur)
{
	struct suit_slice out = { NULL, 0 };
	const u8 *start = cur->at;

	/* offsets in an item have 32 bits */
	if ((u64)cur->left > 0xffffffff)
		suit_cursor_fail(cur, SUIT_ERR_RANGE);
	if (cur->error != SUIT_OK)
		return out;
	skip_item(cur);
	if (cur->error != SUIT_OK)
		return out;
	out.ptr = start;
	out.len = (size_t)(cur->at - start);
	return out;
}

void suit_cbor_key_read(struct suit_cursor *cur, struct suit_cbor_key *order,
			const u8 *start)
{
	struct suit_slice key = { start, 0 };

	if (cur->error != SUIT_OK)
		return;
	key.len = (size_t)(cur->at - start);
	check_key(cur, order, key);
}

struct suit_slice suit_cbor_key_next(struct suit_cursor *cur,
				     struct suit_cbor_key *order)
{
	struct suit_slice key = suit_cbor_item(cur);

	if (cur->error == SUIT_OK)
		check_key(cur, order, key);
	return key;
}

s64 suit_cbor_key_int(struct suit_cursor *cur, struct suit_cbor_key *order)
{
	const u8 *start = cur->at;
	s64 value = suit_cbor_int(cur);

	suit_cbor_key_read(cur, order, start);
	return value;
}

enum suit_error suit_cbor_check(struct suit_slice bytes)
{
	struct suit_cursor cur;

	suit_cursor_init(&cur, bytes);
	suit_cbor_item(&cur);
	return suit_cursor_end(&cur);
}

// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "component.h"

#include "cbor.h"

enum suit_error suit_component_check(struct suit_slice id)
{
	struct suit_cursor cur;
	u32 n;

	if (id.len > SUIT_MAX_COMPONENT_ID)
		return SUIT_ERR_COMPONENT_SIZE;
	suit_cursor_init(&cur, id);
	n = suit_cbor_array(&cur);
	if (cur.error == SUIT_OK && !n)
		return SUIT_ERR_COMPONENT_ID;
	if (n > SUIT_MAX_SEGMENTS)
		return SUIT_ERR_COMPONENT_SIZE;
	while (n--)
		suit_cbor_bstr(&cur);
	if (cur.error == SUIT_ERR_TYPE)
		return SUIT_ERR_COMPONENT_ID;
	return suit_cursor_end(&cur);
}

bool suit_component_covers(struct suit_slice prefix, struct suit_slice id)
{
	struct suit_cursor p, c;
	u32 n_prefix, n_id;

	suit_cursor_init(&p, prefix);
	suit_cursor_init(&c, id);
	n_prefix = suit_cbor_array(&p);
	n_id = suit_cbor_array(&c);
	if (!n_prefix || n_prefix > n_id)
		return false;
	/* after equal heads equal segments are equal bytes */
	return p.left <= c.left && !memcmp(p.at, c.at, p.left);
}

struct suit_slice suit_component_segment(struct suit_slice id, u32 index)
{
	struct suit_slice out = { NULL, 0 };
	struct suit_cursor cur;
	u32 n;

	suit_cursor_init(&cur, id);
	n = suit_cbor_array(&cur);
	if (index >= n)
		return out;
	do
		out = suit_cbor_bstr(&cur);
	while (index--);
	return out;
}

/* An encoded id under construction. */
struct writer {
	u8 *buf;
	size_t cap;
	size_t len;
	bool full;
};

static void put(struct writer *w, const u8 *bytes, size_t n)
{
	if (w->full || n > w->cap - w->len) {
		w->full = true;
		return;
	}
	if (n)
		memcpy(w->buf + w->len, bytes, n);
	w->len += n;
}

/* More than two bytes of length can tell is refused in the end. */
static void put_bstr(struct writer *w, const u8 *bytes, size_t n)
{
	u8 head[3] = { 0x40 };
	size_t n_head = 1;

	if (n < 24) {
		head[0] = (u8)(0x40 | n);
	} else if (n <= 0xff) {
		head[0] = 0x58;
		head[1] = (u8)n;
		n_head = 2;
	} else {
		head[0] = 0x59;
		head[1] = (u8)(n >> 8);
		head[2] = (u8)n;
		n_head = 3;
	}
	put(w, head, n_head);
	put(w, bytes, n);
}

/* Length of the segment at the start of @path; 0 for one that is refused. */
static size_t segment_length(struct suit_slice path)
{
	const u8 *p = path.ptr;
	size_t n = 0;

	while (n < path.len && p[n] != '/') {
		if (!p[n])
			return 0;
		n++;
	}
	if (n <= 2 && n && p[0] == '.' && p[n - 1] == '.')
		return 0;
	return n;
}

enum suit_error suit_component_encode(struct suit_slice type,
				      struct suit_slice path, u8 *buf,
				      size_t cap, struct suit_slice *out)
{
	struct writer w = { buf, cap, 0, false };
	struct suit_cursor rest;
	u8 head = 0x81;
	size_t n;

	put(&w, &head, 1);
	put_bstr(&w, type.ptr, type.len);
	suit_cursor_init(&rest, path);
	for (;;) {
		struct suit_slice left = { rest.at, rest.left };

		n = segment_length(left);
		if (!n)
			return SUIT_ERR_NAME;
		if (++head > 0x80 + SUIT_MAX_SEGMENTS)
			return SUIT_ERR_COMPONENT_SIZE;
		put_bstr(&w, left.ptr, n);
		suit_cursor_take(&rest, n);
		if (!rest.left)
			break;
		suit_cursor_take(&rest, 1);
	}
	if (w.full || w.len > SUIT_MAX_COMPONENT_ID)
		return SUIT_ERR_COMPONENT_SIZE;
	buf[0] = head;
	out->ptr = buf;
	out->len = w.len;
	return SUIT_OK;
}

static bool plain(u8 byte)
{
	return byte >= 0x20 && byte < 0x7f && byte != '/' && byte != '\\' &&
	       byte != '%';
}

static void put_text(struct writer *w, u8 byte)
{
	static const char hex[] = "0123456789ABCDEF";
	u8 escaped[3] = { '%', (u8)hex[byte >> 4], (u8)hex[byte & 15] };

	if (plain(byte))
		put(w, &byte, 1);
	else
		put(w, escaped, 3);
}

size_t suit_component_text(struct suit_slice id, char *buf, size_t cap)
{
	static const u8 slash = '/', dots[] = "...";
	struct writer w = { (u8 *)buf, 0, 0, false };
	struct suit_cursor cur;
	struct suit_slice part;
	size_t j, room = 0;	/* of the text, what leaves room for the dots */
	u32 n, i;

	if (!cap)
		return 0;
	w.cap = cap - 1;
	suit_cursor_init(&cur, id);
	n = suit_cbor_array(&cur);
	for (i = 0; i < n && cur.error == SUIT_OK; i++) {
		part = suit_cbor_bstr(&cur);
		if (i)
			put(&w, &slash, 1);
		for (j = 0; j < part.len; j++) {
			if (w.len + 3 < cap)
				room = w.len;
			put_text(&w, part.ptr[j]);
		}
	}
	if (w.full && cap > 3) {
		w.len = room;
		memcpy(buf + w.len, dots, 3);
		w.len += 3;
	}
	buf[w.len] = 0;
	return w.len;
}

// SPDX-License-Identifier: GPL-2.0-or-later
#include "diag.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crypto.h"

/* What is handed out, until diag_free(). */
struct kept {
	struct kept *next;
	void *memory;
};

static struct kept *kept;

static void die(const char *what, const char *where)
{
	fprintf(stderr, "diag: %s: %.60s\n", what, where);
	abort();
}

static void *keep(void *memory)
{
	struct kept *one = malloc(sizeof(*one));

	if (!memory || !one)
		die("no memory", "");
	one->memory = memory;
	one->next = kept;
	kept = one;
	return memory;
}

void diag_free(void)
{
	while (kept) {
		struct kept *one = kept;

		kept = one->next;
		free(one->memory);
		free(one);
	}
}

struct suit_slice copy_of(struct suit_slice bytes)
{
	u8 *copy = keep(malloc(bytes.len ? bytes.len : 1));
	struct suit_slice out = { copy, bytes.len };

	if (bytes.len)
		memcpy(copy, bytes.ptr, bytes.len);
	return out;
}

struct suit_slice bytes_of(const char *string)
{
	struct suit_slice out = { (const u8 *)string, strlen(string) };

	return out;
}

const char *hex(struct suit_slice bytes)
{
	static const char digits[] = "0123456789abcdef";
	char *out = keep(malloc(2 * bytes.len + 1));
	size_t i;

	for (i = 0; i < 2 * bytes.len; i++)
		out[i] = digits[bytes.ptr[i / 2] >> (i & 1 ? 0 : 4) & 15];
	out[i] = '\0';
	return out;
}

const char *repeat(const char *text, unsigned int times, const char *between)
{
	size_t len = strlen(text), gap = strlen(between);
	char *out = keep(malloc(times * (len + gap) + 1)), *end = out;
	unsigned int i;

	for (i = 0; i < times; i++) {
		if (i)
			end = (char *)memcpy(end, between, gap) + gap;
		end = (char *)memcpy(end, text, len) + len;
	}
	*end = '\0';
	return out;
}

const char *each(unsigned int n, const char *item)
{
	size_t before = strcspn(item, "#"), len;
	const char *after = item + before + 1;
	unsigned int i;
	char *out;
	FILE *list = open_memstream(&out, &len);

	if (!list || !item[before])
		die("no place for a number", item);
	for (i = 0; i < n; i++)
		fprintf(list, "%s%.*s%05u%s", i ? ", " : "", (int)before,
			item, i, after);
	fclose(list);
	return keep(out);
}

const char *text(const char *format, ...)
{
	va_list args;
	char *out;

	va_start(args, format);
	if (vasprintf(&out, format, args) < 0)
		die("no memory", format);
	va_end(args);
	return keep(out);
}

/* The notation that is read, and the bytes that are written. */
struct writer {
	const char *at;
	u8 *buf;
	size_t len;
	size_t room;
};

/* Make room for @n bytes at @offset. */
static u8 *insert(struct writer *w, size_t offset, size_t n)
{
	if (w->len + n > w->room) {
		w->room = 2 * w->room + n;
		w->buf = realloc(w->buf, w->room);
		if (!w->buf)
			die("no memory", w->at);
	}
	if (offset < w->len)
		memmove(w->buf + offset + n, w->buf + offset,
			w->len - offset);
	w->len += n;
	return w->buf + offset;
}

static void put(struct writer *w, const void *bytes, size_t n)
{
	if (n)
		memcpy(insert(w, w->len, n), bytes, n);
}

static void put_head(struct writer *w, size_t offset, unsigned int major,
		     u64 value)
{
	unsigned int info = value < 24 ? (unsigned int)value :
			    value <= 0xff ? 24 : value <= 0xffff ? 25 :
			    value <= 0xffffffff ? 26 : 27;
	size_t n = info < 24 ? 0 : (size_t)1 << (info - 24);
	u8 *head = insert(w, offset, n + 1);

	head[0] = (u8)(major << 5 | info);
	for (; n; n--, value >>= 8)
		head[n] = (u8)value;
}

/* Is @token next? Take it, and the blanks before it. */
static bool take(struct writer *w, const char *token)
{
	w->at += strspn(w->at, " ");
	if (strncmp(w->at, token, strlen(token)))
		return false;
	w->at += strlen(token);
	return true;
}

static void want(struct writer *w, const char *token)
{
	if (!take(w, token))
		die(token, w->at);
}

/* What stands before the closing @quote. */
static struct suit_slice quoted(struct writer *w, char quote)
{
	const char *end = strchr(w->at, quote);
	struct suit_slice out = { (const u8 *)w->at, 0 };

	if (!end)
		die("no closing quote", w->at);
	out.len = (size_t)(end - w->at);
	w->at = end + 1;
	return out;
}

static u8 nibble(char digit)
{
	if (digit >= '0' && digit <= '9')
		return (u8)(digit - '0');
	if (digit < 'a' || digit > 'f')
		die("no lower-case hex digit", (char[]){ digit, '\0' });
	return (u8)(digit - 'a' + 10);
}

static size_t put_hex(struct writer *w)
{
	struct suit_slice digits = quoted(w, '\'');
	u8 *bytes;
	size_t i;

	if (digits.len & 1)
		die("odd number of hex digits", (const char *)digits.ptr);
	bytes = insert(w, w->len, digits.len / 2);
	for (i = 0; i < digits.len; i++)
		bytes[i / 2] = (u8)((i & 1 ? bytes[i / 2] << 4 : 0) |
				    nibble((char)digits.ptr[i]));
	return digits.len / 2;
}

static void put_digest(struct writer *w)
{
	static const u8 head[] = "\x82\x2f\x58\x20";
	struct suit_slice bytes = quoted(w, '\'');
	const struct suit_crypto *crypto = sg_crypto();
	u8 value[32];

	if (crypto->ops->digest(crypto->ctx, SUIT_ALG_SHA256, &bytes, 1,
				value) != SUIT_OK)
		die("no SHA-256", "");
	put(w, head, 4);
	put(w, value, sizeof(value));
}

static bool parse_item(struct writer *w);

/* Items until @end; @pairs: each with a colon and a second one. */
static u64 parse_items(struct writer *w, const char *end, bool pairs)
{
	u64 n = 0;

	while (!take(w, end)) {
		n += parse_item(w);
		if (pairs) {
			want(w, ":");
			parse_item(w);
		}
		if (!take(w, ",") && strncmp(w->at, end, strlen(end)))
			die(end, w->at);
	}
	return n;
}

static void parse_number(struct writer *w)
{
	bool negative = take(w, "-");
	size_t start = w->len;
	char *end;
	u64 value;

	value = strtoull(w->at, &end, 10);
	if (end == w->at)
		die("no item", w->at);
	w->at = end;
	if (!negative && take(w, "(")) {
		put_head(w, start, 6, value);
		parse_item(w);
		want(w, ")");
		return;
	}
	put_head(w, start, negative ? 1 : 0, negative ? value - 1 : value);
}

static void parse_string(struct writer *w, unsigned int major, char quote)
{
	struct suit_slice bytes = quoted(w, quote);

	put_head(w, w->len, major, bytes.len);
	put(w, bytes.ptr, bytes.len);
}

static bool parse_simple(struct writer *w)
{
	static const struct {
		const char *name;
		u8 byte;
	} simple[] = {
		{ "false", 0xf4 }, { "true", 0xf5 }, { "null", 0xf6 },
	};
	size_t i;

	for (i = 0; i < sizeof(simple) / sizeof(simple[0]); i++) {
		if (take(w, simple[i].name)) {
			put(w, &simple[i].byte, 1);
			return true;
		}
	}
	return false;
}

/* One item; false for none. */
static bool parse_item(struct writer *w)
{
	size_t start = w->len;

	if (take(w, "nothing''"))
		return false;
	if (take(w, "["))
		put_head(w, start, 4, parse_items(w, "]", false));
	else if (take(w, "{"))
		put_head(w, start, 5, parse_items(w, "}", true));
	else if (take(w, "<<")) {
		parse_items(w, ">>", false);
		put_head(w, start, 2, w->len - start);
	} else if (take(w, "h'"))
		put_head(w, start, 2, put_hex(w));
	else if (take(w, "raw'"))
		put_hex(w);
	else if (take(w, "digest'"))
		put_digest(w);
	else if (take(w, "'"))
		parse_string(w, 2, '\'');
	else if (take(w, "\""))
		parse_string(w, 3, '"');
	else if (!parse_simple(w))
		parse_number(w);
	return true;
}

struct suit_slice diag(const char *format, ...)
{
	struct writer w = { 0 };
	struct suit_slice out;
	char *notation;
	va_list args;

	va_start(args, format);
	if (vasprintf(&notation, format, args) < 0)
		die("no memory", format);
	va_end(args);
	w.at = notation;
	parse_item(&w);
	if (!take(&w, "") || *w.at)
		die("more than one item", w.at);
	out.ptr = w.buf;
	out.len = w.len;
	out = copy_of(out);
	free(w.buf);
	free(notation);
	return out;
}

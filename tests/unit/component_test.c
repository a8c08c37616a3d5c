// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Component identifiers: form, prefixes, names of firmware, text for people.
 */
#include <string.h>

#include "table.h"

struct form {
	const char *name;
	const char *id;
	enum suit_error error;
};

static const struct form forms[] = {
	{ "one segment", "[h'00']", SUIT_OK },
	{ "an empty segment", "[h'']", SUIT_OK },
	{ "a name", "['firmware', 'acme', 'radio.bin']", SUIT_OK },
	{ "no segment", "[]", SUIT_ERR_COMPONENT_ID },
	{ "bytes, no array", "'firmware'", SUIT_ERR_COMPONENT_ID },
	{ "a map", "{1: 'firmware'}", SUIT_ERR_COMPONENT_ID },
	{ "null", "null", SUIT_ERR_COMPONENT_ID },
	{ "a text segment", "['firmware', \"acme\"]", SUIT_ERR_COMPONENT_ID },
	{ "a number as a segment", "[1]", SUIT_ERR_COMPONENT_ID },
	{ "an array as a segment", "[['firmware']]", SUIT_ERR_COMPONENT_ID },
	{ "a tagged segment", "[37('firmware')]", SUIT_ERR_COMPONENT_ID },
	{ "nothing", "nothing''", SUIT_ERR_TRUNCATED },
	{ "a segment that is cut", "raw'814361'", SUIT_ERR_TRUNCATED },
	{ "a segment that is missing", "raw'824161'", SUIT_ERR_TRUNCATED },
	{ "a segment too many", "raw'8141614162'", SUIT_ERR_TRAILING },
	{ "a long head of the array", "raw'98014161'",
	  SUIT_ERR_NONCANONICAL },
	{ "a long head of a segment", "raw'81580161'",
	  SUIT_ERR_NONCANONICAL },
	{ "an array of indefinite length", "raw'9f4161ff'",
	  SUIT_ERR_INDEFINITE },
	{ "a segment of indefinite length", "raw'815f4161ff'",
	  SUIT_ERR_INDEFINITE },
};

static void check_form(void **state)
{
	const struct form *row = *state;

	expect(suit_component_check(diag("%s", row->id)), row->error);
}

struct cover {
	const char *name;
	const char *prefix, *id;
	bool covers;
};

static const struct cover covers[] = {
	{ "a prefix of itself", "['a', 'b']", "['a', 'b']", true },
	{ "first segments", "['a', 'b']", "['a', 'b', 'c']", true },
	{ "one segment", "['a']", "['a', 'b', 'c', 'd']", true },
	{ "longer than the id", "['a', 'b', 'c']", "['a', 'b']", false },
	{ "another first segment", "['b']", "['a', 'b']", false },
	{ "another last segment", "['a', 'c']", "['a', 'b', 'c']", false },
	{ "half a segment: acme covers no acmeevil", "['fw', 'acme']",
	  "['fw', 'acmeevil', 'x']", false },
	{ "half a segment in the last place", "['fw', 'acme']",
	  "['fw', 'acmeevil']", false },
	{ "a segment with the next in it", "['a', 'b']", "['ab', 'c']",
	  false },
	{ "a segment with a slash is no two", "['a', 'b']", "['a/b', 'c']",
	  false },
	{ "a segment that encodes the next", "['a']",
	  "[h'6141', h'62']", false },
	{ "an empty segment is a segment", "['a', '']", "['a', 'b']",
	  false },
	{ "an empty segment covers itself", "['a', '']", "['a', '', 'b']",
	  true },
	{ "capitals differ", "['Firmware']", "['firmware', 'x']", false },
	{ "an empty prefix covers nothing", "[]", "['a']", false },
	{ "an empty prefix of an empty id", "[]", "[]", false },
	{ "a prefix that is no array", "1", "['a']", false },
	{ "an id that is no array", "['a']", "1", false },
	{ "more than 23 bytes in a segment",
	  "['abcdefghijklmnopqrstuvwxyz']",
	  "['abcdefghijklmnopqrstuvwxyz', 'a']", true },
};

static void check_cover(void **state)
{
	const struct cover *row = *state;

	assert_int_equal(suit_component_covers(diag("%s", row->prefix),
					       diag("%s", row->id)),
			 row->covers);
}

static void segments(void **state)
{
	struct suit_slice id = diag("['a', '', 'ccc']");

	(void)state;
	expect_bytes(suit_component_segment(id, 0), bytes_of("a"));
	assert_non_null(suit_component_segment(id, 1).ptr);
	assert_int_equal(suit_component_segment(id, 1).len, 0);
	expect_bytes(suit_component_segment(id, 2), bytes_of("ccc"));
	assert_null(suit_component_segment(id, 3).ptr);
	assert_null(suit_component_segment(id, 0xffffffff).ptr);
}

struct name {
	const char *name;
	const char *path;
	const char *id;		/* NULL: refused with @error */
	enum suit_error error;
};

static const struct name names[] = {
	{ "a file", "radio.bin", "['fw', 'radio.bin']", SUIT_OK },
	{ "a file in folders", "a/b/c", "['fw', 'a', 'b', 'c']", SUIT_OK },
	{ "dots in a name", "..a/b../a.b/...",
	  "['fw', '..a', 'b..', 'a.b', '...']", SUIT_OK },
	{ "bytes that are no ASCII", "\xff\x01", "['fw', h'ff01']", SUIT_OK },
	{ "two dots of three", ".a.", "['fw', '.a.']", SUIT_OK },
	{ "a dot first, of two", ".a/a.", "['fw', '.a', 'a.']", SUIT_OK },
	{ "an empty path", "", NULL, SUIT_ERR_NAME },
	{ "a slash first", "/radio.bin", NULL, SUIT_ERR_NAME },
	{ "a slash last", "acme/", NULL, SUIT_ERR_NAME },
	{ "two slashes", "acme//radio.bin", NULL, SUIT_ERR_NAME },
	{ "only a slash", "/", NULL, SUIT_ERR_NAME },
	{ "a dot", ".", NULL, SUIT_ERR_NAME },
	{ "a dot in the middle", "acme/./radio.bin", NULL, SUIT_ERR_NAME },
	{ "a dot last", "acme/.", NULL, SUIT_ERR_NAME },
	{ "two dots", "..", NULL, SUIT_ERR_NAME },
	{ "two dots first", "../radio.bin", NULL, SUIT_ERR_NAME },
	{ "two dots in the middle", "acme/../radio.bin", NULL,
	  SUIT_ERR_NAME },
	{ "two dots last", "acme/..", NULL, SUIT_ERR_NAME },
};

static void check_name(void **state)
{
	const struct name *row = *state;
	struct suit_slice out = { NULL, 0 };
	u8 buf[SUIT_MAX_COMPONENT_ID];

	expect(suit_component_encode(bytes_of("fw"), bytes_of(row->path), buf,
				     sizeof(buf), &out), row->error);
	if (row->id)
		expect_bytes(out, diag("%s", row->id));
	else
		assert_null(out.ptr);
	if (row->id)
		expect(suit_component_check(out), SUIT_OK);
}

static void nul_in_a_name(void **state)
{
	static const u8 paths[][3] = { "\0a", "a\0", "\0\0" };
	u8 buf[SUIT_MAX_COMPONENT_ID];
	struct suit_slice out;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(paths); i++) {
		struct suit_slice path = { paths[i], 3 };

		expect(suit_component_encode(bytes_of("fw"), path, buf,
					     sizeof(buf), &out),
		       SUIT_ERR_NAME);
	}
}

static void segments_far_too_long(void **state)
{
	static const unsigned int lengths[] = { 513, 65536, 65541 };
	static u8 buf[2 << 16];
	struct suit_slice out;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(lengths); i++)
		expect(suit_component_encode(bytes_of("fw"),
					     bytes_of(repeat("x", lengths[i],
							     "")), buf,
					     sizeof(buf), &out),
		       SUIT_ERR_COMPONENT_SIZE);
}

static void a_type_of_no_bytes(void **state)
{
	struct suit_slice none = { NULL, 0 }, out;
	u8 buf[SUIT_MAX_COMPONENT_ID];

	(void)state;
	expect(suit_component_encode(none, bytes_of("a"), buf, sizeof(buf),
				     &out), SUIT_OK);
	expect_bytes(out, diag("['', 'a']"));
}

/* Heads of one, two and three bytes, and a buffer that is just big enough. */
static void lengths_and_room(void **state)
{
	static const unsigned int lengths[] = { 1, 23, 24, 255, 256, 500 };
	u8 buf[SUIT_MAX_COMPONENT_ID];
	struct suit_slice out, wanted;
	const char *path;
	size_t i, cap;

	(void)state;
	for (i = 0; i < COUNT(lengths); i++) {
		path = repeat("x", lengths[i], "");
		wanted = diag("['fw', '%s']", path);
		for (cap = 0; cap <= wanted.len; cap++) {
			struct suit_slice room = { buf, cap };
			u8 *exact = (u8 *)copy_of(room).ptr;

			expect(suit_component_encode(bytes_of("fw"),
						     bytes_of(path), exact,
						     cap, &out),
			       cap < wanted.len ? SUIT_ERR_COMPONENT_SIZE :
						  SUIT_OK);
		}
		expect_bytes(out, wanted);
	}
}

struct shown {
	const char *name;
	const char *id;
	const char *text;
};

static const struct shown shown[] = {
	{ "segments with slashes", "['firmware', 'acme', 'radio.bin']",
	  "firmware/acme/radio.bin" },
	{ "one segment", "['fw']", "fw" },
	{ "an empty segment", "['fw', '', 'x']", "fw//x" },
	{ "a slash in a segment", "['a/b']", "a%2Fb" },
	{ "a backslash and a percent sign", "['a\\b%c']", "a%5Cb%25c" },
	{ "a new line for the log", "[h'610a62']", "a%0Ab" },
	{ "an escape for the terminal", "[h'1b5b324a']", "%1B[2J" },
	{ "NUL", "[h'6100']", "a%00" },
	{ "DEL and what is above", "[h'7e7f80ff']", "~%7F%80%FF" },
	{ "a blank stays", "['a b']", "a b" },
	{ "an id that is none", "1", "" },
	{ "an id that is cut", "raw'8241614361'", "a/" },
	{ "an id that is cut at once", "raw'83456161'", "" },
};

static void check_shown(void **state)
{
	const struct shown *row = *state;
	char buf[64];

	memset(buf, 0x55, sizeof(buf));
	assert_int_equal(suit_component_text(diag("%s", row->id), buf, sizeof(buf)),
			 strlen(row->text));
	assert_string_equal(buf, row->text);
}

/* Never more than the room, always an end; what is cut says so. */
static void room_for_text(void **state)
{
	static const char *const cut[] = {
		NULL, "", "f", "fw", "...", "f...", "f...", "fw/...",
		"fw/...", "fw/...", "fw/...",
	};
	struct suit_slice id = diag("['fw', h'0a', 'xyz']");
	const char *whole = "fw/%0A/xyz";
	struct suit_slice room = { (const u8 *)whole, 0 };
	size_t cap, n;
	char *buf;

	(void)state;
	for (cap = 1; cap <= strlen(whole); cap++) {
		room.len = cap;
		buf = (char *)copy_of(room).ptr;
		n = suit_component_text(id, buf, cap);
		assert_string_equal(buf, cut[cap]);
		assert_int_equal(n, strlen(cut[cap]));
	}
	room.len = strlen(whole) + 1;
	buf = (char *)copy_of(room).ptr;
	assert_int_equal(suit_component_text(id, buf, room.len), room.len - 1);
	assert_string_equal(buf, whole);
	assert_int_equal(suit_component_text(id, buf, 0), 0);
	assert_string_equal(buf, whole);
}

int main(void)
{
	table(forms, check_form);
	table(covers, check_cover);
	single("segments by index", segments);
	table(names, check_name);
	single("NUL in a name", nul_in_a_name);
	single("segments that are far too long", segments_far_too_long);
	single("a type of no bytes", a_type_of_no_bytes);
	single("lengths, and room for them", lengths_and_room);
	table(shown, check_shown);
	single("room for text", room_for_text);
	return table_run("component");
}

// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The readers of one item: what each takes, and what it leaves behind when it
 * is given something else.
 */
#include <string.h>

#include "table.h"

static struct suit_slice raw(const char *hex)
{
	return diag("raw'%s'", hex);
}

/* Every reader, as a function of the cursor alone. */
static void read_uint(struct suit_cursor *cur)
{
	assert_int_equal(suit_cbor_uint(cur), 0);
}

static void read_int(struct suit_cursor *cur)
{
	assert_int_equal(suit_cbor_int(cur), 0);
}

static void read_bstr(struct suit_cursor *cur)
{
	struct suit_slice got = suit_cbor_bstr(cur);

	assert_null(got.ptr);
	assert_int_equal(got.len, 0);
}

static void read_tstr(struct suit_cursor *cur)
{
	struct suit_slice got = suit_cbor_tstr(cur);

	assert_null(got.ptr);
	assert_int_equal(got.len, 0);
}

static void read_bool(struct suit_cursor *cur)
{
	assert_false(suit_cbor_bool(cur));
}

static void read_tag(struct suit_cursor *cur)
{
	assert_int_equal(suit_cbor_tag(cur), 0);
}

static void read_array(struct suit_cursor *cur)
{
	assert_int_equal(suit_cbor_array(cur), 0);
}

static void read_map(struct suit_cursor *cur)
{
	assert_int_equal(suit_cbor_map(cur), 0);
}

static void read_encoded(struct suit_cursor *cur)
{
	struct suit_slice encoded = bytes_of("junk");

	assert_null(suit_cbor_bstr_encoded(cur, &encoded).ptr);
	assert_null(encoded.ptr);
	assert_int_equal(encoded.len, 0);
}

static void read_item(struct suit_cursor *cur)
{
	struct suit_slice got = suit_cbor_item(cur);

	assert_null(got.ptr);
	assert_int_equal(got.len, 0);
}

struct reader {
	const char *name;
	void (*read)(struct suit_cursor *cur);
	const char *takes;	/* major types */
};

static const struct reader readers[] = {
	{ "uint: what is none yields 0 and an error", read_uint, "0" },
	{ "int: what is none", read_int, "01" },
	{ "bstr: what is none", read_bstr, "2" },
	{ "tstr: what is none", read_tstr, "3" },
	{ "array: what is none", read_array, "4" },
	{ "map: what is none", read_map, "5" },
	{ "tag: what is none", read_tag, "6" },
	{ "bool: what is none", read_bool, "7" },
	{ "null: what is none", suit_cbor_null, "7" },
	{ "bstr with its head: what is none", read_encoded, "2" },
	{ "item: what is none", read_item, "01234567" },
};

/* Of another type, cut, badly encoded, or after an error. */
static void refuses(void **state)
{
	static const char *const of_type[] = {
		"1818", "3818", "4101", "6161", "8101", "a10101", "c101",
		"f6",
	};
	static const char *const cut[] = {
		"18", "38", "41", "61", "81", "a1", "d8", "",
	};
	const struct reader *row = *state;
	struct suit_cursor cur;
	unsigned int i;

	for (i = 0; i < COUNT(of_type); i++) {
		if (!strchr(row->takes, '0' + (int)i)) {
			suit_cursor_init(&cur, raw(of_type[i]));
			row->read(&cur);
			expect(cur.error, SUIT_ERR_TYPE);
			continue;
		}
		suit_cursor_init(&cur, raw(cut[i]));
		row->read(&cur);
		expect(cur.error, SUIT_ERR_TRUNCATED);
		suit_cursor_init(&cur, diag("raw'%02xffff'", i << 5 | 28));
		row->read(&cur);
		expect(cur.error, SUIT_ERR_RESERVED);
		suit_cursor_init(&cur, raw(of_type[i]));
		suit_cursor_fail(&cur, SUIT_ERR_DEPTH);
		row->read(&cur);
		expect(cur.error, SUIT_ERR_DEPTH);
	}
}

static void read_what_was_written(void **state)
{
	struct suit_slice whole = diag("[0, 18446744073709551615, -1, 23,"
				       " h'0102', \"ab\", true, false, null,"
				       " 1070({1: 2}), <<7>>]");
	struct suit_slice encoded;
	struct suit_cursor cur;

	(void)state;
	suit_cursor_init(&cur, whole);
	assert_int_equal(suit_cbor_peek(&cur), SUIT_CBOR_ARRAY);
	assert_int_equal(suit_cbor_array(&cur), 11);
	assert_int_equal(suit_cbor_uint(&cur), 0);
	assert_int_equal(suit_cbor_uint(&cur), UINT64_MAX);
	assert_int_equal(suit_cbor_int(&cur), -1);
	assert_int_equal(suit_cbor_int(&cur), 23);
	expect_bytes(suit_cbor_bstr(&cur), raw("0102"));
	expect_bytes(suit_cbor_tstr(&cur), bytes_of("ab"));
	assert_true(suit_cbor_peek_simple(&cur, SUIT_CBOR_TRUE));
	assert_false(suit_cbor_peek_simple(&cur, SUIT_CBOR_FALSE));
	assert_true(suit_cbor_bool(&cur));
	assert_false(suit_cbor_bool(&cur));
	suit_cbor_null(&cur);
	assert_int_equal(suit_cbor_tag(&cur), 1070);
	expect_bytes(suit_cbor_item(&cur), diag("{1: 2}"));
	expect_bytes(suit_cbor_bstr_encoded(&cur, &encoded), raw("07"));
	expect_bytes(encoded, raw("4107"));
	assert_int_equal(suit_cbor_peek(&cur), -1);
	expect(suit_cursor_end(&cur), SUIT_OK);
}

struct integer {
	const char *name;
	const char *hex;
	s64 value;
	enum suit_error error;
};

static const struct integer integers[] = {
	{ "int: 2^63 - 1", "1b7fffffffffffffff", INT64_MAX, SUIT_OK },
	{ "int: 2^63", "1b8000000000000000", 0, SUIT_ERR_RANGE },
	{ "int: -2^63", "3b7fffffffffffffff", INT64_MIN, SUIT_OK },
	{ "int: -2^63 - 1", "3b8000000000000000", 0, SUIT_ERR_RANGE },
	{ "int: -2^64", "3bffffffffffffffff", 0, SUIT_ERR_RANGE },
	{ "int: -24", "37", -24, SUIT_OK },
	{ "int: -25", "3818", -25, SUIT_OK },
};

static void check_integer(void **state)
{
	const struct integer *row = *state;
	struct suit_cursor cur;

	suit_cursor_init(&cur, raw(row->hex));
	assert_int_equal(suit_cbor_int(&cur), row->value);
	expect(cur.error, row->error);
}

static void bool_of_null(void **state)
{
	struct suit_cursor cur;

	(void)state;
	suit_cursor_init(&cur, raw("f6"));
	assert_false(suit_cbor_bool(&cur));
	expect(cur.error, SUIT_ERR_TYPE);
	suit_cursor_init(&cur, raw("f5"));
	suit_cbor_null(&cur);
	expect(cur.error, SUIT_ERR_TYPE);
}

/* The two readers of keys see what suit_cbor_item() would object to. */
static void check_keys(void **state)
{
	static const struct {
		const char *map;
		enum suit_error error;
	} rows[] = {
		{ "{1: 0, 2: 0, -1: 0}", SUIT_OK },
		{ "{2: 0, 1: 0}", SUIT_ERR_MAP_ORDER },
		{ "{1: 0, 1: 0}", SUIT_ERR_MAP_DUPLICATE },
		{ "{-1: 0, 1: 0}", SUIT_ERR_MAP_ORDER },
		{ "{1: 0, raw'1801': 0}", SUIT_ERR_NONCANONICAL },
	};
	struct suit_cursor any, number;
	size_t i;
	u32 n;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct suit_cbor_key order = { 0 }, order_int = { 0 };

		suit_cursor_init(&any, diag("%s", rows[i].map));
		number = any;
		for (n = suit_cbor_map(&any); n; n--) {
			suit_cbor_key_next(&any, &order);
			suit_cbor_item(&any);
		}
		for (n = suit_cbor_map(&number); n; n--) {
			suit_cbor_key_int(&number, &order_int);
			suit_cbor_item(&number);
		}
		expect(suit_cursor_end(&any), rows[i].error);
		expect(suit_cursor_end(&number), rows[i].error);
	}
}

static void text_key_where_a_number_belongs(void **state)
{
	struct suit_cbor_key order = { 0 };
	struct suit_cursor cur;

	(void)state;
	suit_cursor_init(&cur, diag("{\"a\": 0}"));
	suit_cbor_map(&cur);
	assert_int_equal(suit_cbor_key_int(&cur, &order), 0);
	expect(cur.error, SUIT_ERR_TYPE);
}

static void only_the_content(void **state)
{
	struct suit_cursor cur;

	(void)state;
	suit_cursor_init(&cur, diag("'abc'"));
	expect_bytes(suit_cbor_bstr_encoded(&cur, NULL), bytes_of("abc"));
	expect(suit_cursor_end(&cur), SUIT_OK);
}

/* A count that the bytes could hold, were they there, and 32 bits cannot. */
static void counts_of_33_bits(void **state)
{
	static const u8 array[] = "\x9b\0\0\0\1\0\0\0\0";
	static const u8 map[] = "\xbb\0\0\0\1\0\0\0\1";
	struct suit_slice bytes = { array, (size_t)1 << 34 };
	struct suit_cursor cur;

	(void)state;
	suit_cursor_init(&cur, bytes);
	assert_int_equal(suit_cbor_array(&cur), 0);
	expect(cur.error, SUIT_ERR_TRUNCATED);
	bytes.ptr = map;
	suit_cursor_init(&cur, bytes);
	assert_int_equal(suit_cbor_map(&cur), 0);
	expect(cur.error, SUIT_ERR_TRUNCATED);
	/* and an item is not looked for among more than 32 bits can count */
	suit_cursor_init(&cur, bytes);
	assert_null(suit_cbor_item(&cur).ptr);
	expect(cur.error, SUIT_ERR_RANGE);
}

int main(void)
{
	table(readers, refuses);
	single("read what was written", read_what_was_written);
	single("only the content", only_the_content);
	table(integers, check_integer);
	single("null is no bool, true is no null", bool_of_null);
	single("counts of 33 bits", counts_of_33_bits);
	single("keys out of order, twice, in a long form", check_keys);
	single("a text key where a number belongs",
	       text_key_where_a_number_belongs);
	return table_run("cbor_read");
}

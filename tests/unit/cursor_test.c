// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The bounded reader: nothing is read past the end, the first error stays.
 */
#include "table.h"

static struct suit_cursor cursor_of(const char *string)
{
	struct suit_cursor cur;

	suit_cursor_init(&cur, copy_of(bytes_of(string)));
	return cur;
}

static void take_to_the_end(void **state)
{
	struct suit_cursor cur = cursor_of("abc");
	struct suit_slice got;

	(void)state;
	expect_bytes(suit_cursor_take(&cur, 2), bytes_of("ab"));
	expect(suit_cursor_end(&cur), SUIT_ERR_TRAILING);
	expect_bytes(suit_cursor_take(&cur, 1), bytes_of("c"));
	expect(suit_cursor_end(&cur), SUIT_OK);
	got = suit_cursor_take(&cur, 0);
	assert_int_equal(got.len, 0);
	expect(suit_cursor_end(&cur), SUIT_OK);
}

struct length {
	const char *name;
	u64 len;
};

/* A take of three bytes that are not there, however many that are. */
static void take_too_much(void **state)
{
	const struct length *row = *state;
	struct suit_cursor cur = cursor_of("abc");
	struct suit_slice got = suit_cursor_take(&cur, row->len);

	assert_null(got.ptr);
	assert_int_equal(got.len, 0);
	expect(suit_cursor_end(&cur), SUIT_ERR_TRUNCATED);
	/* the bytes that are there are not given out any more */
	assert_null(suit_cursor_take(&cur, 1).ptr);
	assert_int_equal(suit_cursor_peek(&cur), -1);
}

static const struct length too_long[] = {
	{ "take one byte more than there is", 4 },
	{ "take 2^31 bytes", 1ULL << 31 },
	{ "take 2^32 bytes, 0 in 32 bits", 1ULL << 32 },
	{ "take 2^32 + 1 bytes, 1 in 32 bits", (1ULL << 32) + 1 },
	{ "take 2^63 bytes", 1ULL << 63 },
	{ "take 2^64 - 1 bytes", UINT64_MAX },
};

static void peek_takes_nothing(void **state)
{
	struct suit_cursor cur = cursor_of("\xff");

	(void)state;
	assert_int_equal(suit_cursor_peek(&cur), 0xff);
	assert_int_equal(suit_cursor_peek(&cur), 0xff);
	suit_cursor_take(&cur, 1);
	assert_int_equal(suit_cursor_peek(&cur), -1);
	expect(suit_cursor_end(&cur), SUIT_OK);
}

static void first_error_stays(void **state)
{
	struct suit_cursor cur = cursor_of("abc");

	(void)state;
	suit_cursor_fail(&cur, SUIT_ERR_DEPTH);
	suit_cursor_fail(&cur, SUIT_ERR_TYPE);
	suit_cursor_take(&cur, 100);
	expect(suit_cursor_end(&cur), SUIT_ERR_DEPTH);
}

static void no_bytes_at_all(void **state)
{
	struct suit_slice none = { NULL, 0 };
	struct suit_cursor cur;

	(void)state;
	suit_cursor_init(&cur, none);
	assert_int_equal(suit_cursor_peek(&cur), -1);
	expect(suit_cursor_end(&cur), SUIT_OK);
	assert_null(suit_cursor_take(&cur, 1).ptr);
	expect(suit_cursor_end(&cur), SUIT_ERR_TRUNCATED);
}

struct pair {
	const char *name;
	const char *a, *b;
	int order;
};

static const struct pair pairs[] = {
	{ "compare two of nothing", "", "", 0 },
	{ "compare nothing with something", "", "a", -1 },
	{ "compare equal bytes", "abc", "abc", 0 },
	{ "compare a prefix", "ab", "abc", -1 },
	{ "compare the first byte", "b", "abc", 1 },
	{ "compare the last byte", "abc", "abd", -1 },
	{ "compare as unsigned bytes", "\x80", "\x7f", 1 },
};

static int sign_of(int value)
{
	return (value > 0) - (value < 0);
}

static void compare(void **state)
{
	const struct pair *row = *state;
	struct suit_slice a = copy_of(bytes_of(row->a));
	struct suit_slice b = copy_of(bytes_of(row->b));

	assert_int_equal(sign_of(suit_slice_compare(a, b)), row->order);
	assert_int_equal(sign_of(suit_slice_compare(b, a)), -row->order);
	assert_int_equal(suit_slice_equal(a, b), !row->order);
	assert_int_equal(suit_slice_equal_ct(a, b), !row->order);
}

static void empty_slices_have_no_address(void **state)
{
	struct suit_slice none = { NULL, 0 }, empty = bytes_of("");

	(void)state;
	assert_true(suit_slice_equal(none, empty));
	assert_true(suit_slice_equal_ct(none, empty));
	assert_int_equal(suit_slice_compare(none, empty), 0);
}

int main(void)
{
	single("take to the end", take_to_the_end);
	table(too_long, take_too_much);
	single("peek takes nothing", peek_takes_nothing);
	single("the first error stays", first_error_stays);
	single("no bytes at all", no_bytes_at_all);
	table(pairs, compare);
	single("empty slices need no address", empty_slices_have_no_address);
	return table_run("cursor");
}

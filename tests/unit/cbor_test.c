// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Deterministic CBOR: what RFC 8949 appendix A shows, and everything that is
 * not the one encoding of a value.
 */
#include "table.h"

struct item {
	const char *name;
	const char *hex;
	enum suit_error error;
};

static struct suit_slice raw(const char *hex)
{
	return diag("raw'%s'", hex);
}

static void check_item(void **state)
{
	const struct item *row = *state;

	expect(suit_cbor_check(raw(row->hex)), row->error);
}

/* RFC 8949 appendix A, in its order. */
static const struct item appendix_a[] = {
	{ "0", "00", SUIT_OK },
	{ "1", "01", SUIT_OK },
	{ "10", "0a", SUIT_OK },
	{ "23", "17", SUIT_OK },
	{ "24", "1818", SUIT_OK },
	{ "25", "1819", SUIT_OK },
	{ "100", "1864", SUIT_OK },
	{ "1000", "1903e8", SUIT_OK },
	{ "1000000", "1a000f4240", SUIT_OK },
	{ "1000000000000", "1b000000e8d4a51000", SUIT_OK },
	{ "18446744073709551615", "1bffffffffffffffff", SUIT_OK },
	{ "18446744073709551616", "c249010000000000000000", SUIT_OK },
	{ "-18446744073709551616", "3bffffffffffffffff", SUIT_OK },
	{ "-18446744073709551617", "c349010000000000000000", SUIT_OK },
	{ "-1", "20", SUIT_OK },
	{ "-10", "29", SUIT_OK },
	{ "-100", "3863", SUIT_OK },
	{ "-1000", "3903e7", SUIT_OK },
	{ "0.0", "f90000", SUIT_ERR_RESERVED },
	{ "-0.0", "f98000", SUIT_ERR_RESERVED },
	{ "1.1", "fb3ff199999999999a", SUIT_ERR_RESERVED },
	{ "65504.0", "f97bff", SUIT_ERR_RESERVED },
	{ "100000.0", "fa47c35000", SUIT_ERR_RESERVED },
	{ "Infinity in two bytes", "f97c00", SUIT_ERR_RESERVED },
	{ "NaN in two bytes", "f97e00", SUIT_ERR_RESERVED },
	{ "-Infinity in four bytes", "faff800000", SUIT_ERR_RESERVED },
	{ "NaN in eight bytes", "fb7ff8000000000000", SUIT_ERR_RESERVED },
	{ "false", "f4", SUIT_OK },
	{ "true", "f5", SUIT_OK },
	{ "null", "f6", SUIT_OK },
	{ "undefined", "f7", SUIT_ERR_RESERVED },
	{ "simple(16)", "f0", SUIT_ERR_RESERVED },
	{ "simple(255)", "f8ff", SUIT_ERR_RESERVED },
	{ "false in two bytes", "f814", SUIT_ERR_RESERVED },
	{ "tag 0, a date", "c074323031332d30332d32315432303a30343a30305a",
	  SUIT_OK },
	{ "tag 1, epoch time", "c11a514b67b0", SUIT_OK },
	{ "tag 1, epoch time as a float", "c1fb41d452d9ec200000",
	  SUIT_ERR_RESERVED },
	{ "tag 23", "d74401020304", SUIT_OK },
	{ "tag 24, encoded CBOR", "d818456449455446", SUIT_OK },
	{ "tag 32, a URI",
	  "d82076687474703a2f2f7777772e6578616d706c652e636f6d", SUIT_OK },
	{ "h''", "40", SUIT_OK },
	{ "h'01020304'", "4401020304", SUIT_OK },
	{ "\"\"", "60", SUIT_OK },
	{ "\"a\"", "6161", SUIT_OK },
	{ "\"IETF\"", "6449455446", SUIT_OK },
	{ "a quote and a backslash", "62225c", SUIT_OK },
	{ "U+00FC", "62c3bc", SUIT_OK },
	{ "U+6C34", "63e6b0b4", SUIT_OK },
	{ "U+10151", "64f0908591", SUIT_OK },
	{ "[]", "80", SUIT_OK },
	{ "[1, 2, 3]", "83010203", SUIT_OK },
	{ "[1, [2, 3], [4, 5]]", "8301820203820405", SUIT_OK },
	{ "[1 .. 25]", "98190102030405060708090a0b0c0d0e0f10111213141516"
	  "1718181819", SUIT_OK },
	{ "{}", "a0", SUIT_OK },
	{ "{1: 2, 3: 4}", "a201020304", SUIT_OK },
	{ "{\"a\": 1, \"b\": [2, 3]}", "a26161016162820203", SUIT_OK },
	{ "[\"a\", {\"b\": \"c\"}]", "826161a161626163", SUIT_OK },
	{ "a map of five", "a56161614161626142616361436164614461656145",
	  SUIT_OK },
	{ "(_ h'0102', h'030405')", "5f42010243030405ff",
	  SUIT_ERR_INDEFINITE },
	{ "(_ \"strea\", \"ming\")", "7f657374726561646d696e67ff",
	  SUIT_ERR_INDEFINITE },
	{ "[_ ]", "9fff", SUIT_ERR_INDEFINITE },
	{ "[_ 1, [2, 3], [_ 4, 5]]", "9f018202039f0405ffff",
	  SUIT_ERR_INDEFINITE },
	{ "[1, [2, 3], [_ 4, 5]]", "83018202039f0405ff",
	  SUIT_ERR_INDEFINITE },
	{ "{_ \"a\": 1, \"b\": [_ 2, 3]}", "bf61610161629f0203ffff",
	  SUIT_ERR_INDEFINITE },
	{ "[\"a\", {_ \"b\": \"c\"}]", "826161bf61626163ff",
	  SUIT_ERR_INDEFINITE },
};

static const struct item not_one_item[] = {
	{ "nothing", "", SUIT_ERR_TRUNCATED },
	{ "two items", "0000", SUIT_ERR_TRAILING },
	{ "an item and a break", "00ff", SUIT_ERR_TRAILING },
	{ "a break alone", "ff", SUIT_ERR_INDEFINITE },
	{ "a tag of nothing", "c1", SUIT_ERR_TRUNCATED },
	{ "a tag of a break", "c1ff", SUIT_ERR_INDEFINITE },
	{ "a key without a value", "a101", SUIT_ERR_TRUNCATED },
	{ "an array that says one more", "84010203", SUIT_ERR_TRUNCATED },
	{ "a map that says one more", "a2010203", SUIT_ERR_TRUNCATED },
};

static const struct item lengths[] = {
	{ "bytes: 2^64 - 1", "5bffffffffffffffff00", SUIT_ERR_TRUNCATED },
	{ "bytes: 2^64 - 9, back to the head", "5bfffffffffffffff700",
	  SUIT_ERR_TRUNCATED },
	{ "bytes: 2^63", "5b800000000000000000", SUIT_ERR_TRUNCATED },
	{ "bytes: 2^32", "5b000000010000000000", SUIT_ERR_TRUNCATED },
	{ "bytes: 2^32 + 1", "5b000000010000000100", SUIT_ERR_TRUNCATED },
	{ "bytes: 2^32 - 1", "5affffffff00", SUIT_ERR_TRUNCATED },
	{ "bytes: 2^31", "5a8000000000", SUIT_ERR_TRUNCATED },
	{ "text: 2^64 - 1", "7bffffffffffffffff00", SUIT_ERR_TRUNCATED },
	{ "text: 2^32", "7b000000010000000000", SUIT_ERR_TRUNCATED },
	{ "array: 2^64 - 1", "9bffffffffffffffff00", SUIT_ERR_TRUNCATED },
	{ "array: 2^32", "9b000000010000000000", SUIT_ERR_TRUNCATED },
	{ "array: 2^32 + 1", "9b000000010000000100", SUIT_ERR_TRUNCATED },
	{ "array: 2^32 - 1", "9affffffff00", SUIT_ERR_TRUNCATED },
	{ "map: 2^64 - 1", "bbffffffffffffffff0000", SUIT_ERR_TRUNCATED },
	{ "map: 2^63, twice that is 0", "bb80000000000000000000",
	  SUIT_ERR_TRUNCATED },
	{ "map: 2^63 + 1", "bb80000000000000010000", SUIT_ERR_TRUNCATED },
	{ "map: 2^31, twice that is 0 in 32 bits", "ba800000000000",
	  SUIT_ERR_TRUNCATED },
	{ "map: 2^32 + 1", "bb00000001000000010000", SUIT_ERR_TRUNCATED },
};

static const struct item maps[] = {
	{ "keys in order", "a3010018180a2000", SUIT_OK },
	{ "integers out of order", "a202000100", SUIT_ERR_MAP_ORDER },
	{ "a negative key before a positive", "a220000000",
	  SUIT_ERR_MAP_ORDER },
	{ "text before a number", "a26161000100", SUIT_ERR_MAP_ORDER },
	{ "text out of order", "a2616200616100", SUIT_ERR_MAP_ORDER },
	{ "ordered by length first", "a220001a000186a000",
	  SUIT_ERR_MAP_ORDER },
	{ "ordered by bytes, long first", "a21a000186a0002000", SUIT_OK },
	{ "the same integer twice", "a201000100", SUIT_ERR_MAP_DUPLICATE },
	{ "the same text twice", "a2616100616100", SUIT_ERR_MAP_DUPLICATE },
	{ "the same array twice", "a2810100810100", SUIT_ERR_MAP_DUPLICATE },
	{ "the same map twice", "a2a1010000a1010000",
	  SUIT_ERR_MAP_DUPLICATE },
	{ "the first key again at the end", "a3010002000100",
	  SUIT_ERR_MAP_ORDER },
	{ "a duplicate deep inside", "818182a0a200000000",
	  SUIT_ERR_MAP_DUPLICATE },
	{ "a duplicate inside a key", "a1a20100010000",
	  SUIT_ERR_MAP_DUPLICATE },
	{ "a duplicate inside a value", "a100a201000100",
	  SUIT_ERR_MAP_DUPLICATE },
	{ "a duplicate under a tag", "c1a201000100", SUIT_ERR_MAP_DUPLICATE },
	{ "order of an outer map after an inner one", "a202a1010001a0",
	  SUIT_ERR_MAP_ORDER },
	{ "a tag as a key", "a2c10000c20000", SUIT_OK },
	{ "empty containers as keys", "a3800081a000a000", SUIT_OK },
	{ "a key of another type and the same number", "a201002000",
	  SUIT_OK },
};

static const struct item text_strings[] = {
	{ "UTF-8: U+0080", "62c280", SUIT_OK },
	{ "UTF-8: U+07FF", "62dfbf", SUIT_OK },
	{ "UTF-8: U+0800", "63e0a080", SUIT_OK },
	{ "UTF-8: U+D7FF", "63ed9fbf", SUIT_OK },
	{ "UTF-8: U+E000", "63ee8080", SUIT_OK },
	{ "UTF-8: U+FFFF", "63efbfbf", SUIT_OK },
	{ "UTF-8: U+10000", "64f0908080", SUIT_OK },
	{ "UTF-8: U+FFFFF", "64f3bfbfbf", SUIT_OK },
	{ "UTF-8: U+10FFFF", "64f48fbfbf", SUIT_OK },
	{ "UTF-8: U+0000", "6100", SUIT_OK },
	{ "UTF-8: NUL in two bytes", "62c080", SUIT_ERR_UTF8 },
	{ "UTF-8: U+007F in two bytes", "62c1bf", SUIT_ERR_UTF8 },
	{ "UTF-8: U+07FF in three bytes", "63e09fbf", SUIT_ERR_UTF8 },
	{ "UTF-8: U+FFFF in four bytes", "64f08fbfbf", SUIT_ERR_UTF8 },
	{ "UTF-8: first high surrogate", "63eda080", SUIT_ERR_UTF8 },
	{ "UTF-8: last low surrogate", "63edbfbf", SUIT_ERR_UTF8 },
	{ "UTF-8: U+110000", "64f4908080", SUIT_ERR_UTF8 },
	{ "UTF-8: a lead byte of five", "65f888808080", SUIT_ERR_UTF8 },
	{ "UTF-8: F5", "64f5808080", SUIT_ERR_UTF8 },
	{ "UTF-8: FF", "61ff", SUIT_ERR_UTF8 },
	{ "UTF-8: a continuation first", "6180", SUIT_ERR_UTF8 },
	{ "UTF-8: a continuation too many", "63c28080", SUIT_ERR_UTF8 },
	{ "UTF-8: two bytes, cut", "61c2", SUIT_ERR_UTF8 },
	{ "UTF-8: three bytes, cut", "62e282", SUIT_ERR_UTF8 },
	{ "UTF-8: four bytes, cut", "63f09080", SUIT_ERR_UTF8 },
	{ "UTF-8: the rest is the next item", "8261c28180", SUIT_ERR_UTF8 },
	{ "UTF-8: ASCII where a continuation belongs", "62c241",
	  SUIT_ERR_UTF8 },
	{ "UTF-8: a lead byte where one belongs", "63e0a0c2", SUIT_ERR_UTF8 },
	{ "UTF-8: bytes need not be", "41ff", SUIT_OK },
};

/* Heads that say in more bytes what fewer can. %u: major type << 5 | info. */
struct long_head {
	const char *name;
	unsigned int info;
	const char *value;
	bool canonical;
};

static const struct long_head long_heads[] = {
	{ "23 in one byte", 24, "17", false },
	{ "0 in one byte", 24, "00", false },
	{ "24 in one byte", 24, "18", true },
	{ "255 in two bytes", 25, "00ff", false },
	{ "24 in two bytes", 25, "0018", false },
	{ "256 in two bytes", 25, "0100", true },
	{ "65535 in four bytes", 26, "0000ffff", false },
	{ "65536 in four bytes", 26, "00010000", true },
	{ "2^32 - 1 in eight bytes", 27, "00000000ffffffff", false },
	{ "2^32 in eight bytes", 27, "0000000100000000", true },
};

/* Of numbers, strings, containers and tags alike. */
static void check_long_head(void **state)
{
	const struct long_head *row = *state;
	unsigned int major;

	for (major = 0; major <= 6; major++) {
		struct suit_slice bytes = diag("raw'%02x%s'",
					       major << 5 | row->info,
					       row->value);
		enum suit_error error = suit_cbor_check(bytes);

		if (!row->canonical)
			expect(error, SUIT_ERR_NONCANONICAL);
		else	/* nothing of what the head promises is there */
			expect(error, major < 2 ? SUIT_OK :
						  SUIT_ERR_TRUNCATED);
	}
}

static void every_reserved_head(void **state)
{
	unsigned int major, info;

	(void)state;
	for (major = 0; major <= 7; major++) {
		for (info = 28; info <= 30; info++)
			expect(suit_cbor_check(diag("raw'%02x%s'",
						    major << 5 | info,
						    repeat("00", 32, ""))),
			       SUIT_ERR_RESERVED);
		expect(suit_cbor_check(diag("raw'%02x%s'", major << 5 | 31,
					    repeat("00", 32, ""))),
		       SUIT_ERR_INDEFINITE);
	}
}

static void every_simple_value(void **state)
{
	unsigned int value;

	(void)state;
	for (value = 0; value < 24; value++)
		expect(suit_cbor_check(diag("raw'%02x'", 0xe0 | value)),
		       value >= 20 && value <= 22 ? SUIT_OK :
						    SUIT_ERR_RESERVED);
	for (value = 0; value < 256; value++)
		expect(suit_cbor_check(diag("raw'f8%02x'", value)),
		       SUIT_ERR_RESERVED);
}

static void cut_at_every_byte(void **state)
{
	struct suit_slice whole = diag(
		"{1: [24, 256, 65536, 4294967296, -25], 2: h'0102',"
		" 24: {\"key\": \"text\", [1, 2]: 107(\"tagged\")},"
		" \"t\": [true, null, {}, []]}");
	size_t len = whole.len;

	(void)state;
	expect(suit_cbor_check(whole), SUIT_OK);
	for (whole.len = 0; whole.len < len; whole.len++)
		expect(suit_cbor_check(copy_of(whole)), SUIT_ERR_TRUNCATED);
}

struct nest {
	const char *name;
	const char *open, *innermost, *close;
};

static const struct nest nests[] = {
	{ "arrays as deep as allowed, and deeper", "[", "1", "]" },
	{ "tags as deep as allowed, and deeper", "1(", "1", ")" },
	{ "maps in values", "{1: ", "1", "}" },
	{ "maps in keys", "{", "1", ": 1}" },
};

static void check_depth(void **state)
{
	const struct nest *row = *state;
	unsigned int n;

	for (n = 1; n <= SUIT_MAX_CBOR_DEPTH + 2; n++)
		expect(suit_cbor_check(diag("%s%s%s", repeat(row->open, n, ""),
					    row->innermost,
					    repeat(row->close, n, ""))),
		       n <= SUIT_MAX_CBOR_DEPTH ? SUIT_OK : SUIT_ERR_DEPTH);
}

static void empty_containers_have_depth(void **state)
{
	static const char *const empty[] = { "[]", "{}" };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(empty); i++) {
		const char *open = repeat("[", SUIT_MAX_CBOR_DEPTH - 1, "");
		const char *close = repeat("]", SUIT_MAX_CBOR_DEPTH - 1, "");

		expect(suit_cbor_check(diag("%s%s%s", open, empty[i], close)),
		       SUIT_OK);
		expect(suit_cbor_check(diag("[%s%s%s]", open, empty[i],
					    close)), SUIT_ERR_DEPTH);
	}
}

/* Wide is not deep. */
static void many_siblings(void **state)
{
	(void)state;
	expect(suit_cbor_check(diag("[%s]", repeat("[[], {1: []}]", 1000,
						   ", "))), SUIT_OK);
}

int main(void)
{
	table(appendix_a, check_item);
	table(not_one_item, check_item);
	table(lengths, check_item);
	table(maps, check_item);
	table(text_strings, check_item);
	table(long_heads, check_long_head);
	single("every head of reserved or indefinite length",
	       every_reserved_head);
	single("every simple value", every_simple_value);
	single("cut at every byte", cut_at_every_byte);
	table(nests, check_depth);
	single("empty containers have depth", empty_containers_have_depth);
	single("many siblings are not deep", many_siblings);
	return table_run("cbor");
}

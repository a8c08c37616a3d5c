// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Versions: form, and what satisfies a match (update management 3.1, 4.4).
 */
#include <string.h>

#include "table.h"

struct form_row {
	const char *name;
	const char *encoded;
	enum suit_error error;
};

static const struct form_row versions[] = {
	{ "version: one number", "[1]", SUIT_OK },
	{ "version: a pre-release", "[1, 2, 3, -1, 4]", SUIT_OK },
	{ "version: zero", "[0, 0, 0]", SUIT_OK },
	{ "version: none", "[]", SUIT_ERR_PARAMETER_FORM },
	{ "version: a pre-release first", "[-1, 1]",
	  SUIT_ERR_PARAMETER_FORM },
	{ "version: text", "[\"1\"]", SUIT_ERR_TYPE },
	{ "version: text after a number", "[1, \"2\", 3]", SUIT_ERR_TYPE },
	{ "version: no array", "1", SUIT_ERR_TYPE },
	{ "version: beyond 64 bits", "[9223372036854775808]",
	  SUIT_ERR_RANGE },
	{ "version: something after it", "raw'810100'", SUIT_ERR_TRAILING },
	{ "version: nothing", "nothing''", SUIT_ERR_TRUNCATED },
	{ "version: a number that is missing", "raw'8201'",
	  SUIT_ERR_TRUNCATED },
};

static void check_version(void **state)
{
	const struct form_row *row = *state;
	struct suit_version version;

	expect(suit_version_decode(diag("%s", row->encoded), &version),
	       row->error);
}

static const struct form_row matches[] = {
	{ "match: greater", "[1, [1, 2]]", SUIT_OK },
	{ "match: lesser", "[5, [1, 2]]", SUIT_OK },
	{ "match: operator 0", "[0, [1]]", SUIT_ERR_PARAMETER_FORM },
	{ "match: operator 6", "[6, [1]]", SUIT_ERR_PARAMETER_FORM },
	{ "match: an operator in 32 bits", "[4294967297, [1]]",
	  SUIT_ERR_PARAMETER_FORM },
	{ "match: an operator that is text", "[\">\", [1]]", SUIT_ERR_TYPE },
	{ "match: an operator below 0", "[-1, [1]]", SUIT_ERR_TYPE },
	{ "match: no version", "[1]", SUIT_ERR_PARAMETER_FORM },
	{ "match: more than a version", "[1, [1], 0]",
	  SUIT_ERR_PARAMETER_FORM },
	{ "match: an empty version", "[1, []]", SUIT_ERR_PARAMETER_FORM },
	{ "match: a version without its array", "[1, 1]", SUIT_ERR_TYPE },
	{ "match: no array", "{1: [1]}", SUIT_ERR_TYPE },
	{ "match: nothing in it", "[]", SUIT_ERR_TRUNCATED },
	{ "match: a byte after it", "raw'8201810100'", SUIT_ERR_TRAILING },
	{ "match: nothing", "nothing''", SUIT_ERR_TRUNCATED },
};

static void check_match(void **state)
{
	const struct form_row *row = *state;

	expect(suit_version_check(diag("%s", row->encoded)), row->error);
}

/**
 * struct order_row - a version beside that of a match
 * @holds: the operators that hold, of "> >= = <= <" as 12345
 */
struct order_row {
	const char *name;
	const char *have, *want;
	const char *holds;
};

static const struct order_row orders[] = {
	{ "1.2.3 and 1: the rest does not count", "[1, 2, 3]", "[1]",
	  "234" },
	{ "1.0.5 and 1.0", "[1, 0, 5]", "[1, 0]", "234" },
	{ "1.10.0 and 1.10", "[1, 10, 0]", "[1, 10]", "234" },
	{ "1.9.9 and 1.10", "[1, 9, 9]", "[1, 10]", "45" },
	{ "2.0-rc.1 and 2.0.0", "[2, 0, -1, 1]", "[2, 0, 0]", "45" },
	{ "2.0-rc.1 and 1.99.99", "[2, 0, -1, 1]", "[1, 99, 99]", "12" },
	{ "1.2-beta and 1.2-rc", "[1, 2, -2]", "[1, 2, -1]", "45" },
	{ "1.2-alpha and 1.2-beta", "[1, 2, -3]", "[1, 2, -2]", "45" },
	{ "1.2.3 and 1.2.3", "[1, 2, 3]", "[1, 2, 3]", "234" },
	{ "the first difference decides", "[1, 3, 0]", "[1, 2, 9]", "12" },
	{ "64 bits", "[9223372036854775807]", "[9223372036854775806]",
	  "12" },
	{ "64 bits below 0", "[0, -9223372036854775808]",
	  "[0, 9223372036854775807]", "45" },
	{ "1.2.3-alpha.4 and 1.2.3: the rest does not count",
	  "[1, 2, 3, -3, 4]", "[1, 2, 3]", "234" },
	{ "as many numbers as there may be", "[1, 2, 3, 4, 5, 6, 7, 8]",
	  "[1, 2, 3, 4, 5, 6, 7, 9]", "45" },
	{ "shorter than the match", "[1, 2]", "[1, 2, 0]", "" },
	{ "shorter, and different before", "[3]", "[1, 2]", "" },
};

static void check_order(void **state)
{
	const struct order_row *row = *state;
	struct suit_version have;
	unsigned int op;

	expect(suit_version_decode(diag("%s", row->have), &have), SUIT_OK);
	for (op = 0; op <= 6; op++)
		assert_int_equal(suit_version_matches(&have,
						      diag("[%u, %s]", op,
							   row->want)),
				 op && strchr(row->holds, '0' + (int)op));
}

static void no_version_matches_nothing(void **state)
{
	struct suit_version none = { .n = 0 }, many = {
		.n = SUIT_MAX_VERSION + 1
	};

	(void)state;
	assert_false(suit_version_matches(&none, diag("[2, [0]]")));
	assert_false(suit_version_matches(&many, diag("[2, [0]]")));
	assert_false(suit_version_matches(&none, diag("1")));
}

static void all_of_several(void **state)
{
	static const struct {
		const char *matches;
		bool holds;
	} rows[] = {
		{ "[[2, [1, 0]], [5, [2]]]", true },
		{ "[[2, [1, 0]], [5, [1]]]", false },
		{ "[[2, [2]], [5, [3]]]", false },
		{ "[[2, [1]], 7]", false },
		{ "[[2, [1]]]", true },
		{ "[]", false },
		{ "1", false },
	};
	struct suit_version have;
	size_t i;

	(void)state;
	expect(suit_version_decode(diag("[1, 5]"), &have), SUIT_OK);
	for (i = 0; i < COUNT(rows); i++)
		assert_int_equal(suit_version_matches_all(
			&have, diag("%s", rows[i].matches)), rows[i].holds);
}

int main(void)
{
	table(versions, check_version);
	table(matches, check_match);
	table(orders, check_order);
	single("no version matches nothing", no_version_matches_nothing);
	single("all of several", all_of_several);
	return table_run("version");
}

// SPDX-License-Identifier: GPL-2.0-or-later
#include "table.h"

#include "scratch.h"

enum { MAX_TESTS = 512 };

static struct CMUnitTest tests[MAX_TESTS];
static size_t n_tests;

/* What a test made goes with it, so that the next finds nothing of it. */
static int cleanup(void **state)
{
	(void)state;
	scratch_remove();
	diag_free();
	return 0;
}

static void add(const char *name, CMUnitTestFunction function, void *state)
{
	struct CMUnitTest *test = &tests[n_tests++];

	assert_true(n_tests <= MAX_TESTS);
	test->name = name;
	test->test_func = function;
	test->teardown_func = cleanup;
	test->initial_state = state;
}

void table_add(const void *rows, size_t n, size_t size,
	       CMUnitTestFunction function)
{
	const char *row = rows;

	for (; n; n--, row += size)
		add(*(const char *const *)row, function, (void *)row);
}

void single(const char *name, CMUnitTestFunction function)
{
	add(name, function, NULL);
}

int table_run(const char *group)
{
	return _cmocka_run_group_tests(group, tests, n_tests, NULL, NULL);
}

void expect(enum suit_error got, enum suit_error wanted)
{
	assert_string_equal(suit_error_name(got), suit_error_name(wanted));
}

void expect_bytes(struct suit_slice got, struct suit_slice wanted)
{
	assert_string_equal(hex(got), hex(wanted));
}

// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Every error that the verifier can give is explained to people.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/suit.h"
#include "suitgate/gate.h"

static void every_error_has_advice(void **state)
{
	const char *meaning, *action;
	int error;

	(void)state;
	for (error = SUIT_OK; error < SUIT_ERR_COUNT; error++) {
		assert_int_equal(sg_advice(suit_error_name(error), &meaning,
					   &action), 0);
		assert_true(strlen(meaning) > 3 && strlen(action) > 3);
	}
	assert_int_equal(sg_advice("nonsense", &meaning, &action), -1);
	assert_non_null(action);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_error_has_advice),
	};

	return cmocka_run_group_tests_name("advice", tests, NULL, NULL);
}

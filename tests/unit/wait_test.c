// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What an update waits for (update management 4.5).
 */
#include "table.h"

struct wait_row {
	const char *name;
	const char *info;
	enum suit_error error;
};

static const struct wait_row rows[] = {
	{ "every event", "{1: -7, 2: 1, 3: 2, 4: ['device', [[2, [1]]]],"
	  " 5: 1700000000, 6: 86399, 7: 6, 8: 0, 9: 0}", SUIT_OK },
	{ "nothing to wait for", "{}", SUIT_ERR_PARAMETER_FORM },
	{ "event 0", "{0: 1}", SUIT_ERR_WAIT_EVENT },
	{ "event 10", "{10: 1}", SUIT_ERR_WAIT_EVENT },
	{ "a custom event", "{-1: 1}", SUIT_ERR_WAIT_EVENT },
	{ "time in 32 bits", "{4294967301: 1}", SUIT_ERR_WAIT_EVENT },
	{ "a known event and an unknown one", "{5: 1, 10: 1}",
	  SUIT_ERR_WAIT_EVENT },
	{ "an event twice", "{5: 1, 5: 2}", SUIT_ERR_MAP_DUPLICATE },
	{ "events out of order", "{6: 1, 5: 2}", SUIT_ERR_MAP_ORDER },
	{ "an event by name", "{\"time\": 1}", SUIT_ERR_TYPE },
	{ "no map", "[5, 1]", SUIT_ERR_TYPE },
	{ "nothing", "nothing''", SUIT_ERR_TRUNCATED },
	{ "a byte after it", "raw'a1050100'", SUIT_ERR_TRAILING },
	{ "an event without a value", "raw'a105'", SUIT_ERR_TRUNCATED },
	{ "authorization: text", "{1: \"urgent\"}", SUIT_ERR_TYPE },
	{ "power: text", "{2: \"on\"}", SUIT_ERR_TYPE },
	{ "network: true", "{3: true}", SUIT_ERR_TYPE },
	{ "time: below 0", "{5: -1}", SUIT_ERR_TYPE },
	{ "time: a float", "{5: raw'f90000'}", SUIT_ERR_TYPE },
	{ "time of day: midnight tomorrow", "{6: 86400}",
	  SUIT_ERR_PARAMETER_FORM },
	{ "time of day: 0 in 32 bits", "{6: 4294967296}",
	  SUIT_ERR_PARAMETER_FORM },
	{ "time of day: below 0", "{6: -1}", SUIT_ERR_TYPE },
	{ "day of week: the eighth", "{7: 7}", SUIT_ERR_PARAMETER_FORM },
	{ "time of day UTC: midnight tomorrow", "{8: 86400}",
	  SUIT_ERR_PARAMETER_FORM },
	{ "day of week UTC: the eighth", "{9: 7}",
	  SUIT_ERR_PARAMETER_FORM },
	{ "other device: no array", "{4: 'device'}", SUIT_ERR_TYPE },
	{ "other device: no id", "{4: [[[2, [1]]]]}",
	  SUIT_ERR_PARAMETER_FORM },
	{ "other device: an id that is text", "{4: [\"d\", [[2, [1]]]]}",
	  SUIT_ERR_TYPE },
	{ "other device: only an id", "{4: ['device']}",
	  SUIT_ERR_PARAMETER_FORM },
	{ "other device: more than that", "{4: ['device', [[2, [1]]], 0]}",
	  SUIT_ERR_PARAMETER_FORM },
	{ "other device: no match", "{4: ['device', []]}",
	  SUIT_ERR_PARAMETER_FORM },
	{ "other device: matches that are none", "{4: ['device', 7]}",
	  SUIT_ERR_TYPE },
	{ "other device: one match that is none",
	  "{4: ['device', [[2, [1]], [9, [1]]]]}", SUIT_ERR_PARAMETER_FORM },
};

static void check_wait(void **state)
{
	const struct wait_row *row = *state;
	struct suit_wait wait;

	expect(suit_wait_decode(diag("%s", row->info), &wait), row->error);
}

static void what_is_decoded(void **state)
{
	struct suit_wait wait;

	(void)state;
	expect(suit_wait_decode(diag("%s", rows[0].info), &wait), SUIT_OK);
	assert_int_equal(wait.events, 0x3fe);
	assert_int_equal(wait.authorization, -7);
	assert_int_equal(wait.power, 1);
	assert_int_equal(wait.network, 2);
	expect_bytes(wait.device, bytes_of("device"));
	expect_bytes(wait.device_versions, diag("[[2, [1]]]"));
	assert_int_equal(wait.time, 1700000000);
	assert_int_equal(wait.time_of_day, 86399);
	assert_int_equal(wait.day_of_week, 6);
	assert_int_equal(wait.time_of_day_utc, 0);
	assert_int_equal(wait.day_of_week_utc, 0);
	expect(suit_wait_decode(diag("{7: 3}"), &wait), SUIT_OK);
	assert_int_equal(wait.events, 1 << 7);
	assert_int_equal(wait.time, 0);
}

static void cut_at_every_byte(void **state)
{
	struct suit_slice whole = diag("%s", rows[0].info);
	size_t len = whole.len;
	struct suit_wait wait;

	(void)state;
	for (whole.len = 0; whole.len < len; whole.len++)
		expect(suit_wait_decode(copy_of(whole), &wait),
		       SUIT_ERR_TRUNCATED);
}

int main(void)
{
	table(rows, check_wait);
	single("what is decoded", what_is_decoded);
	single("cut at every byte", cut_at_every_byte);
	return table_run("wait");
}

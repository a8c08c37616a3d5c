// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Payloads on their way: cut off, resumed, too long, not what was wanted.
 */
#include <string.h>

#include "gateway.h"

#define FW "'firmware', 'acme', 'radio.fw'"

/* One file, fetched from http://acme/1 in payload-fetch. */
static const char *one(const char *id, unsigned int sequence,
		       const char *content)
{
	return text("{1: 1, 2: %u, 3: <<{2: [[%s]], 4: <<[20, {%s}]>>}>>, "
		    "7: <<[3, 15]>>, "
		    "16: <<[20, {21: \"http://acme/1\"}, 21, 15, 3, 15]>>}",
		    sequence, id, wanted(content));
}

static void serve(const char *content)
{
	gateway.page[0] = (struct page){ "http://acme/1", content, "v1" };
}

/* A component without a digest; @common and @rest are in notation. */
static const char *plain(const char *ids, const char *shared, const char *rest)
{
	return text("{1: 1, 2: 1, 3: <<{2: [%s], 4: <<[%s]>>}>>%s}", ids,
		    shared, rest);
}

#define process(procedure, manifest) \
	gateway_process(SG_PROCEDURE_##procedure, manifest, "")
#define is(got, want) assert_string_equal(got, want)

static void too_many_bytes(void **state)
{
	(void)state;
	serve("news");
	is(process(UPDATE, one(FW, 1, "new")), "payload-too-big");
	is(gateway_list("firmware"), "");
}

static void too_few_bytes(void **state)
{
	(void)state;
	serve("ne");
	is(process(UPDATE, one(FW, 1, "new")), "image-size-mismatch");
	is(gateway_list("firmware"), "");
}

static void cut_transfer_goes_on(void **state)
{
	(void)state;
	serve("0123456789");
	gateway.cut = 6;
	gateway.piece = 4;
	is(process(UPDATE, one(FW, 1, "0123456789")), "operation-failed");
	assert_non_null(strstr(gateway_why, "the line was cut"));
	assert_non_null(strstr(gateway_list("firmware"), ".part"));
	gateway.cut = 0;
	is(process(UPDATE, one(FW, 1, "0123456789")), "ok");
	assert_int_equal(gateway.offset, 6);
	is(gateway_get("firmware/acme/radio.fw"), "0123456789");
	gateway_confirm();
	is(gateway_list("firmware"), "acme/ acme/radio.fw");
}

static void changed_since_the_cut(void **state)
{
	(void)state;
	serve("0123456789");
	gateway.cut = 6;
	is(process(UPDATE, one(FW, 1, "9876543210")), "operation-failed");
	gateway.cut = 0;
	serve("9876543210");
	gateway.page[0].tag = "v2";
	is(process(UPDATE, one(FW, 1, "9876543210")), "ok");
	assert_int_equal(gateway.offset, 0);
	is(gateway_get("firmware/acme/radio.fw"), "9876543210");
}

static void part_is_removed_at_start(void **state)
{
	(void)state;
	serve("0123456789");
	gateway.cut = 6;
	is(process(UPDATE, one(FW, 1, "0123456789")), "operation-failed");
	gateway_recover();
	is(gateway_list("firmware"), "");
}

static void part_is_kept_when_asked(void **state)
{
	struct sg_error err;

	(void)state;
	serve("0123456789");
	gateway.cut = 6;
	is(process(UPDATE, one(FW, 1, "0123456789")), "operation-failed");
	assert_int_equal(sg_install_recover(&gateway.device, &gateway_digest, 1,
					    &err), 0);
	assert_non_null(strstr(gateway_list("firmware"), ".part"));
}

static void cancelled(void **state)
{
	(void)state;
	gateway_put("firmware/acme/radio.fw", "old");
	serve("0123456789");
	gateway.piece = 2;
	gateway.cancel = 4;
	is(process(UPDATE, one(FW, 1, "0123456789")), "operation-failed");
	assert_non_null(strstr(gateway_why, "cancelled"));
	is(gateway_get("firmware/acme/radio.fw"), "old");
	assert_non_null(strstr(gateway_list("firmware"), ".part"));
}

/* The digest is the one thing that says what may be installed. */
static void fetched_without_digest(void **state)
{
	(void)state;
	serve("anything");
	is(process(UPDATE, plain("['config', 'a']", "20, {21: \"http://acme/1\"}",
				 ", 7: <<[6, 15]>>, 16: <<[21, 15]>>")),
	   "parameter-missing");
	is(process(UPDATE, plain("['config', 'a']", "20, {21: \"http://acme/1\"}",
				 ", 7: <<[12, 0]>>, 16: <<[21, 15]>>")),
	   "no-image-match");
	is(gateway_list("config"), "");
}

static void second_way(void **state)
{
	(void)state;
	serve("new");
	gateway.page[1] = (struct page){ "http://bad/1", "evil", NULL };
	is(process(UPDATE, plain(
		   "["FW"]", text("20, {3: <<digest'new'>>}"),
		   ", 7: <<[3, 15]>>, 16: <<[15, [<<[20, {21: \"http://bad/1\"}, "
		   "21, 15, 3, 15]>>, <<[20, {21: \"http://acme/1\"}, 21, 15, 3, "
		   "15]>>]]>>")), "ok");
	is(gateway_get("firmware/acme/radio.fw"), "new");
}

#define test(function) \
	cmocka_unit_test_setup_teardown(function, gateway_make, gateway_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(too_many_bytes),
		test(too_few_bytes),
		test(cut_transfer_goes_on),
		test(changed_since_the_cut),
		test(part_is_removed_at_start),
		test(part_is_kept_when_asked),
		test(cancelled),
		test(fetched_without_digest),
		test(second_way),
	};

	return cmocka_run_group_tests_name("process fetch", tests, NULL, NULL);
}

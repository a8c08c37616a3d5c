// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reports of processes: what they say, and no more than the device does.
 */
#include <stdlib.h>
#include <string.h>
#include <systemd/sd-json.h>

#include "gateway.h"

#define is(got, want) assert_string_equal(got, want)

static const struct sg_report_wish nothing;

static const char *manifest(const char *content)
{
	return text("{1: 1, 2: 1, 3: <<{2: [['config', 'a']], "
		    "4: <<[20, {%s}]>>}>>, 4: \"https://acme/x\", "
		    "7: <<[3, 15]>>, "
		    "16: <<[20, {21: \"http://x\"}, 21, 15, 3, 15]>>}",
		    wanted(content));
}

/* The report as JSON text, and then as a value. */
static char *json;

static sd_json_variant *show(const struct sg_buf *report)
{
	sd_json_variant *v;
	struct sg_error err;

	if (sg_report_show(report, &v, &err) < 0)
		fail_msg("%s", err.message);
	free(json);
	assert_true(sd_json_variant_format(v, 0, &json) >= 0);
	return v;
}

static bool says(const char *words)
{
	if (strstr(json, words))
		return true;
	print_message("# %s\n", json);
	return false;
}

static int forget(void **state)
{
	free(json);
	json = NULL;
	return gateway_remove(state);
}

/* Run it; the report of that. */
static void run(const char *content, const char *served,
		const struct sg_report_wish *wish)
{
	struct sg_process *process;
	struct sg_error err;
	struct sg_buf out;
	int ret;

	gateway.page[0] = (struct page){ "http://x", served };
	gateway.request.procedure = SG_PROCEDURE_UPDATE;
	gateway.request.envelope = gateway_sign(manifest(content), "");
	assert_int_equal(sg_process_open(&gateway.request, &process, &err), 0);
	ret = sg_process_run(process, &err);
	if (!ret)
		ret = sg_process_commit(process, &err);
	assert_int_equal(ret, strcmp(content, served) ? -1 : 0);
	assert_int_equal(sg_process_report(process, wish, &out, &err), 0);
	sg_process_close(process);
	sd_json_variant_unref(show(&out));
	sg_buf_free(&out);
	sg_buf_free(&gateway.request.envelope);
}

static void success(void **state)
{
	static const uint8_t nonce[] = { 1, 2, 3 };
	const struct sg_report_wish wish = { .nonce = nonce, .n_nonce = 3 };

	(void)state;
	run("new", "new", &wish);
	assert_true(says("\"result\":true"));
	assert_true(says("https://acme/x"));
	assert_true(says("010203"));
	/* fetch, image-match, and image-match of validate */
	assert_true(says("\"payload-fetch\""));
	assert_true(says("\"validate\""));
}

static void failure(void **state)
{
	(void)state;
	run("new", "bad", &nothing);
	assert_true(says("\"condition-failed\""));
	assert_true(says("\"image-size\":3"));
	assert_true(says("\"payload-fetch\""));
	assert_false(strstr(json, "\"validate\""));
}

/* Only what there is a callback for. */
static void capabilities(void **state)
{
	const struct sg_report_wish wish = { .capabilities = true };

	(void)state;
	gateway.request.authorize = NULL;
	run("new", "new", &wish);
	assert_true(says("\"directive-fetch\""));
	assert_true(says("\"directive-invoke\""));
	assert_false(strstr(json, "\"condition-update-authorized\""));
	assert_true(says("\"firmware\""));
	assert_true(says("/open"));
}

static void of_a_refusal(void **state)
{
	struct sg_process *process;
	struct sg_error err;
	struct sg_buf out;

	(void)state;
	gateway.request.envelope = gateway_sign(manifest("new"), "");
	gateway.request.procedure = SG_PROCEDURE_UPDATE;
	gateway.request.n_trust = 0;
	assert_int_equal(sg_process_open(&gateway.request, &process, &err),
			 -1);
	is(err.code, "no-trusted-key");
	assert_int_equal(sg_process_report_refusal(&gateway.request, err.code,
						   &nothing, &out, &err), 0);
	sd_json_variant_unref(show(&out));
	assert_true(says("\"reason\":\"unauthorised\""));
	assert_false(strstr(json, "https://acme/x"));
	sg_buf_free(&out);
	/* it was refused, whatever is said to be the reason */
	assert_int_equal(sg_process_report_refusal(&gateway.request, "ok",
						   &nothing, &out, &err), 0);
	sd_json_variant_unref(show(&out));
	assert_true(says("\"reason\":\"operation-failed\""));
	sg_buf_free(&out);
	gateway.request.envelope.len = 3;
	assert_int_equal(sg_process_report_refusal(&gateway.request,
						   "no-trusted-key", &nothing,
						   &out, &err), -1);
	sg_buf_free(&gateway.request.envelope);
}

static void nonce_too_long(void **state)
{
	static const uint8_t nonce[SG_REPORT_MAX_NONCE + 1];
	const struct sg_report_wish wish = {
		.nonce = nonce, .n_nonce = sizeof(nonce),
	};
	struct sg_error err;
	struct sg_buf out;

	(void)state;
	gateway.request.envelope = gateway_sign(manifest("new"), "");
	assert_int_equal(sg_process_report_refusal(&gateway.request, "unsigned",
						   &wish, &out, &err), -1);
	sg_buf_free(&gateway.request.envelope);
}

static struct sg_process *pending;
static bool reported;

/* The last chance to say something. */
static int invoke(void *context, const char *component,
		  const uint8_t *arguments, size_t len, struct sg_error *err)
{
	const struct sg_report_wish wish = { .pending = true };
	struct sg_buf out;

	(void)context;
	(void)component;
	(void)arguments;
	(void)len;
	assert_int_equal(sg_process_report(pending, &wish, &out, err), 0);
	sd_json_variant_unref(show(&out));
	sg_buf_free(&out);
	reported = true;
	return 0;
}

static void before_invoke(void **state)
{
	struct sg_error err;

	(void)state;
	gateway_put("config/a", "x");
	gateway.request.invoke = invoke;
	gateway.request.procedure = SG_PROCEDURE_INVOCATION;
	gateway.request.envelope = gateway_sign(
		"{1: 1, 2: 1, 3: <<{2: [['config', 'a']]}>>, "
		"7: <<[20, {18: 'x'}, 6, 15]>>, 9: <<[23, 15]>>}", "");
	assert_int_equal(sg_process_open(&gateway.request, &pending, &err), 0);
	assert_int_equal(sg_process_run(pending, &err), 0);
	assert_true(reported);
	assert_true(says("\"invoke-pending\""));
	assert_true(says("\"section\":\"invoke\""));
	sg_process_close(pending);
	sg_buf_free(&gateway.request.envelope);
}

#define test(function) \
	cmocka_unit_test_setup_teardown(function, gateway_make, forget)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(success),
		test(failure),
		test(capabilities),
		test(of_a_refusal),
		test(nonce_too_long),
		test(before_invoke),
	};

	return cmocka_run_group_tests_name("process report", tests, NULL,
					   NULL);
}

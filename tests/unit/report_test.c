// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * SUIT reports: those that were made elsewhere are made byte for byte, what a
 * process has noted is in them, and only who has the device's key signs them.
 */
#include <stdlib.h>
#include <string.h>
#include <systemd/sd-json.h>

#include "gateway.h"

#define VECTORS "tests/vectors/"
#define is(got, want) assert_string_equal(got, want)

static const uint8_t nonce[] = { 0, 1, 2, 3, 4, 5, 6, 7 };

static struct sg_buf read_vector(const char *name)
{
	struct sg_error err;
	struct sg_buf out;

	if (sg_file_read(text(VECTORS "%s", name), 1 << 20, &out,
			 &err) < 0)
		fail_msg("%s", err.message);
	return out;
}

static struct sg_process_record outcome_of(const char *code, int reason)
{
	return (struct sg_process_record){ .code = code, .reason = reason };
}

static void made_as_there(const struct sg_report *report,
			  struct sg_report_request *request, const char *name)
{
	struct sg_buf want = read_vector(text("suit-report/%s.cbor", name));
	struct sg_buf got;
	struct sg_error err;

	request->envelope = read_vector("manifest/example2-signed-full.suit");
	request->authentic = true;
	assert_int_equal(sg_report_encode(report, request, &got, &err), 0);
	assert_int_equal(got.len, want.len);
	assert_memory_equal(got.data, want.data, got.len);
	sg_buf_free(&request->envelope);
	sg_buf_free(&got);
	sg_buf_free(&want);
}

static void success(void **state)
{
	struct sg_process_record outcome = outcome_of("ok", 0);
	struct sg_report_request request = {
		.outcome = &outcome, .nonce = nonce, .n_nonce = sizeof(nonce),
	};

	(void)state;
	made_as_there(NULL, &request, "derived-success");
}

static void failure(void **state)
{
	struct suit_slice id = diag("[h'00']"), digest = diag(
		"raw'26af6f3fc28934d07bf3a943ac3f8382875c0b6b23898446e9d57067"
		"e67cf2d2'");
	struct sg_process_record size = {
		.code = "battery-too-low", .sysinfo = true,
		.id = { (uint8_t *)id.ptr, id.len },
		.measured = { .labels = 1 << SUIT_PARAM_IMAGE_SIZE,
			      .size = 34768 },
	};
	/* an error with the errno that the example has */
	struct sg_process_record outcome = {
		.code = "battery-too-low", .reason = 10, .section = 7,
		.policy = SUIT_POLICY_RECORD_FAILURE,
		.measured = { .labels = 1 << SUIT_PARAM_IMAGE_DIGEST,
			      .digest = { SUIT_ALG_SHA256, 32, { 0 } } },
	};
	struct sg_report_request request = {
		.outcome = &outcome, .nonce = nonce, .n_nonce = sizeof(nonce),
	};
	struct sg_report *report = sg_report_new();

	(void)state;
	memcpy(outcome.measured.digest.value, digest.ptr, digest.len);
	sg_report_note(report, &outcome);
	sg_report_note(report, &size);
	made_as_there(report, &request, "derived-image-match-failed");
	sg_report_free(report);
}

static void invoke_pending(void **state)
{
	struct sg_process_record outcome = {
		.code = "ok", .section = SUIT_MANIFEST_INVOKE,
	};
	struct sg_report_request request = {
		.outcome = &outcome, .pending = true,
	};

	(void)state;
	made_as_there(NULL, &request, "derived-invoke-pending");
}

static sd_json_variant *show(const struct sg_buf *bytes)
{
	sd_json_variant *v;
	struct sg_error err;

	if (sg_report_show(bytes, &v, &err) < 0)
		fail_msg("%s", err.message);
	return v;
}

static sd_json_variant *member(sd_json_variant *v, const char *name)
{
	v = sd_json_variant_by_key(v, name);
	assert_non_null(v);
	return v;
}

static sd_json_variant *element(sd_json_variant *v, size_t i)
{
	assert_true(i < sd_json_variant_elements(v));
	return sd_json_variant_by_index(v, i);
}

static bool has(sd_json_variant *list, const char *name)
{
	size_t i;

	for (i = 0; i < sd_json_variant_elements(list); i++) {
		sd_json_variant *v = sd_json_variant_by_index(list, i);

		if (sd_json_variant_is_string(v) &&
		    !strcmp(sd_json_variant_string(v), name))
			return true;
	}
	return false;
}

/* No more and no less than the processor does. */
static void capabilities(void **state)
{
	struct sg_process_record outcome = outcome_of("command-unsupported", 5);
	struct sg_report_request request = {
		.outcome = &outcome, .capable = &gateway.request,
	};
	sd_json_variant *v, *can, *id;
	struct sg_error err;
	struct sg_buf out;

	(void)state;
	request.envelope = read_vector("manifest/example2-signed-full.suit");
	gateway.request.authorize = NULL;
	assert_int_equal(sg_report_encode(NULL, &request, &out, &err), 0);
	v = show(&out);
	can = member(v, "capabilities");
	assert_true(has(member(can, "commands"), "directive-fetch"));
	assert_true(has(member(can, "commands"), "directive-invoke"));
	assert_false(has(member(can, "commands"),
			 "condition-update-authorized"));
	assert_true(has(member(can, "parameters"), "image-digest"));
	assert_true(has(member(can, "algorithms"), "esp256"));
	assert_true(has(member(can, "manifest"), "set-version"));
	assert_int_equal(sd_json_variant_elements(member(can, "components")),
			 6);
	id = element(member(can, "components"), 5);
	assert_true(sd_json_variant_boolean(member(id, "all-below")));
	assert_non_null(strstr(sd_json_variant_string(member(id, "component")),
			       "/open"));
	/* nobody signed it: what it says about itself is not repeated */
	is(sd_json_variant_string(member(member(v, "reference"), "uri")), "");
	sd_json_variant_unref(v);
	sg_buf_free(&out);
	sg_buf_free(&request.envelope);
}

static struct sg_report *noted;

static void note(void *context, const struct sg_process_record *record)
{
	(void)context;
	sg_report_note(noted, record);
}

/* From a process that failed to JSON. */
static void of_a_process(void **state)
{
	const char *manifest = text(
		"{1: 1, 2: 1, 3: <<{2: [['config', 'a']], "
		"4: <<[20, {%s}]>>}>>, 4: \"https://acme/x\", 7: <<[3, 15]>>, "
		"16: <<[20, {21: \"http://x\"}, 21, 15, 3, 15]>>}",
		wanted("new"));
	struct sg_process_record outcome;
	struct sg_report_request request = {
		.authentic = true, .outcome = &outcome,
	};
	struct sg_process *process;
	sd_json_variant *v, *records;
	struct sg_error err;
	struct sg_buf out;

	(void)state;
	noted = sg_report_new();
	gateway.page[0] = (struct page){ "http://x", "bad" };
	gateway.request.record = note;
	gateway.request.procedure = SG_PROCEDURE_UPDATE;
	gateway.request.envelope = gateway_sign(manifest, "");
	assert_int_equal(sg_process_open(&gateway.request, &process, &err), 0);
	assert_int_equal(sg_process_run(process, &err), -1);
	sg_process_get_record(process, &outcome);
	request.envelope = gateway.request.envelope;
	assert_int_equal(sg_report_encode(noted, &request, &out, &err), 0);
	sg_process_close(process);
	v = show(&out);
	is(sd_json_variant_string(member(member(v, "reference"), "uri")),
	   "https://acme/x");
	is(sd_json_variant_string(member(member(v, "result"), "meaning")),
	   "condition failed");
	/* fetch: a record and claims; image-match likewise */
	records = member(v, "records");
	assert_int_equal(sd_json_variant_elements(records), 4);
	is(sd_json_variant_string(member(element(records, 2), "section")),
	   "payload-fetch");
	assert_int_equal(sd_json_variant_unsigned(member(member(
				 element(records, 3), "properties"),
				 "image-size")), 3);
	sd_json_variant_unref(v);
	sg_buf_free(&out);
	sg_buf_free(&gateway.request.envelope);
	sg_report_free(noted);
}

static const char *verdict(const struct sg_buf *bytes, const char *key)
{
	struct sg_error err;

	if (sg_report_verify(bytes, &key, 1, &err) == 0)
		return "good";
	assert_true(err.refused);
	return err.code;
}

static void signed_elsewhere(void **state)
{
	struct sg_buf bytes = read_vector("suit-report/derived-success-sign1.cbor");
	const char *key = VECTORS "keys/suit-example-p256.pub.cosekey.cbor";
	size_t i;

	(void)state;
	is(verdict(&bytes, key), "good");
	is(verdict(&bytes, gateway_path("acme.pub")), "signature-invalid");
	for (i = 0; i < bytes.len; i++) {
		bytes.data[i] ^= 1;
		if (!strcmp(verdict(&bytes, key), "good"))
			fail_msg("byte %zu", i);
		bytes.data[i] ^= 1;
	}
	sg_buf_free(&bytes);
	bytes = read_vector("suit-report/derived-success.cbor");
	is(verdict(&bytes, key), "unsigned");
	sg_buf_free(&bytes);
}

static void signed_here(void **state)
{
	struct sg_buf plain = read_vector("suit-report/derived-success.cbor");
	struct sg_buf bytes;
	struct sg_error err;
	sd_json_variant *v;

	(void)state;
	assert_int_equal(sg_report_sign(&plain, gateway_path("acme.pem"),
					&bytes, &err), 0);
	is(verdict(&bytes, gateway_path("acme.pub")), "good");
	v = show(&bytes);
	assert_true(sd_json_variant_boolean(member(v, "signed")));
	sd_json_variant_unref(v);
	sg_buf_free(&bytes);
	sg_buf_free(&plain);
}

static const char *shown(struct suit_slice bytes)
{
	struct sg_buf buf = { (uint8_t *)bytes.ptr, bytes.len };
	sd_json_variant *v;
	struct sg_error err;

	if (sg_report_show(&buf, &v, &err) < 0)
		return err.code;
	sd_json_variant_unref(v);
	return "ok";
}

#define REFERENCE "99: [\"u\", digest'x']"

static const struct form {
	const char *name;
	const char *notation;
	const char *code;
} forms[] = {
	{ "the least", "{3: [], 4: true, "REFERENCE"}", "ok" },
	{ "no reference", "{3: [], 4: true}", "cbor-wrong-type" },
	{ "no result", "{3: [], "REFERENCE"}", "cbor-wrong-type" },
	{ "no records", "{4: true, "REFERENCE"}", "cbor-wrong-type" },
	{ "result false", "{3: [], 4: false, "REFERENCE"}", "cbor-wrong-type" },
	{ "of 2022", "{1: h'00', 2: h'00', 4: []}", "cbor-wrong-type" },
	{ "unknown member", "{3: [], 4: true, 9: 0, "REFERENCE"}",
	  "cbor-wrong-type" },
	{ "out of order", "{4: true, 3: [], "REFERENCE"}", "cbor-map-order" },
	{ "record of four", "{3: [[[], 7, 0, 0]], 4: true, "REFERENCE"}",
	  "cbor-wrong-type" },
	{ "record of six", "{3: [[[], 7, 0, 0, {}, 1]], 4: true, "REFERENCE"}",
	  "ok" },
	{ "claims without a component", "{3: [{14: 1}], 4: true, "REFERENCE"}",
	  "cbor-wrong-type" },
	{ "claims of nothing", "{3: [{}], 4: true, "REFERENCE"}",
	  "cbor-wrong-type" },
	{ "result without a record", "{3: [], 4: {5: 1, 7: 1}, "REFERENCE"}",
	  "cbor-wrong-type" },
	{ "capability of an extension",
	  "{3: [], 4: true, 8: {[1]: [2]}, "REFERENCE"}", "ok" },
	{ "a URI with a DEL", "{3: [], 4: true, 99: [\"\x7f\", digest'x']}",
	  "ok" },
	{ "a negative member", "{3: [], 4: true, "REFERENCE", -3: 0}",
	  "cbor-wrong-type" },
	{ "encrypted", "16([h'', {}, h''])", "cose-type-unsupported" },
	{ "payload elsewhere", "18([h'', {}, null, h''])",
	  "cose-payload-attached" },
	{ "no COSE", "18(1)", "cose-malformed" },
};

static void form(void **state)
{
	const struct form *row = *state;

	is(shown(diag("%s", row->notation)), row->code);
}

static void prefixes_and_flips(void **state)
{
	static const char *const names[] = {
		"derived-image-match-failed", "derived-with-capability-report",
	};
	struct suit_slice bytes;
	struct sg_buf vector;
	size_t i, name;
	int bit;

	(void)state;
	for (name = 0; name < COUNT(names); name++) {
		vector = read_vector(text("suit-report/%s.cbor", names[name]));
		bytes = (struct suit_slice){ vector.data, vector.len };
		for (i = 0; i < vector.len; i++) {
			bytes.len = i;
			assert_string_not_equal(shown(copy_of(bytes)), "ok");
			bytes.len = vector.len;
			for (bit = 0; bit < 8; bit++) {
				vector.data[i] ^= (uint8_t)(1 << bit);
				shown(bytes);
				vector.data[i] ^= (uint8_t)(1 << bit);
			}
		}
		sg_buf_free(&vector);
	}
}

#define test(function) \
	cmocka_unit_test_setup_teardown(function, gateway_make, gateway_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(success),
		test(failure),
		test(invoke_pending),
		test(capabilities),
		test(of_a_process),
		test(signed_elsewhere),
		test(signed_here),
		test(prefixes_and_flips),
	};
	int failed;

	table(forms, form);
	failed = table_run("report forms");
	return cmocka_run_group_tests_name("report", tests, NULL, NULL) ||
	       failed;
}

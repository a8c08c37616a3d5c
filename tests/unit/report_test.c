// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reports: what is encoded is what is read again, and nothing else is read.
 */
#include <string.h>
#include <systemd/sd-json.h>

#include "report_case.h"

static void not_shown(struct suit_slice bytes, const char *code)
{
	struct sg_buf buf = report_buf(bytes);
	sd_json_variant *v = NULL;

	assert_int_equal(sg_report_show(&buf, &v, &why), -1);
	assert_null(v);
	assert_true(why.refused);
	assert_string_equal(why.code, code);
	assert_non_null(strstr(why.message, text("[%s]", code)));
}

static void exact_bytes_of_success(void **state)
{
	struct sg_report r = report_plain();

	(void)state;
	expect_bytes(report_encoded(&r), diag(GOOD));
	r.nonce = bytes_of("12345678");
	r.capability = diag("{1: [], 2: [], 3: [], 4: []}");
	expect_bytes(report_encoded(&r),
		     diag("{2: '12345678', 3: [], 4: true, 8: {1: [], 2: [],"
			  " 3: [], 4: []}, 99: [\"u\", " DIGEST "]}"));
}

static const struct suit_measured measured = {
	.labels = 1 << SUIT_PARAM_IMAGE_DIGEST | 1 << SUIT_PARAM_IMAGE_SIZE |
		  1 << SUIT_PARAM_USE_BEFORE | 1 << SUIT_PARAM_MINIMUM_BATTERY |
		  1 << SUIT_PARAM_VERSION,
	.digest = { SUIT_ALG_SHA384, { (const u8 *)"abc", 3 } },
	.size = 70000, .number = 25, .version = { { 1, -2 }, 2 },
};

#define MEASURED "{3: <<[-43, 'abc']>>, 4: 25, 14: 70000, 26: 25," \
	" 28: <<[3, [1, -2]]>>}"

static void exact_bytes_of_a_failure(void **state)
{
	struct suit_record at = {
		.path = { 1, 0 }, .depth = 2, .section = 7, .offset = 300,
		.component = 4, .measured = &measured,
	};
	struct sg_report r = report_plain();
	struct sg_cbor_writer w = { 0 };
	struct sg_buf records;

	(void)state;
	sg_report_record_write(&w, &at);
	at.measured = NULL;
	sg_report_record_write(&w, &at);
	succeeded(sg_cbor_write_end(&w, &records, &why));
	r.records = taken(&records);
	r.n_records = 2;
	r.at = &at;
	r.error = SUIT_ERR_IMAGE;
	expect_bytes(report_encoded(&r),
		     diag("{3: [[[1, 0], 7, 300, 4, " MEASURED "],"
			  " [[1, 0], 7, 300, 4, {}]],"
			  " 4: {5: -129, 6: [[1, 0], 7, 300, 4, {}], 7: 10},"
			  " 99: [\"u\", " DIGEST "]}"));
	r.at = NULL;
	r.n_records = 0;
	r.records = (struct suit_slice){ 0 };
	expect_bytes(report_encoded(&r),
		     diag("{3: [], 4: {5: -129, 6: [[], 0, 0, 0, {}], 7: 10},"
			  " 99: [\"u\", " DIGEST "]}"));
}

static struct sg_buf decided(const struct sg_report_decision *decision)
{
	struct sg_buf out;

	succeeded(sg_report_decision(decision, &out, &why));
	return out;
}

#define NO_BYTES "[-16, h'e3b0c44298fc1c149afbf4c8996fb924" \
	"27ae41e4649b934ca495991b7852b855']"

/* What the gate decided: what it saw is claimed, the reason is its own. */
static void exact_bytes_of_a_decision(void **state)
{
	const u8 sha256[32] = "01234567890123456789012345678901";
	struct sg_report_decision d = {
		.name = "acme/x.fw", .code = "no-manifest",
	};
	struct sg_buf out = decided(&d);

	(void)state;
	expect_bytes(taken(&out),
		     diag("{3: [{0: ['firmware', 'acme', 'x.fw'], 14: 0}],"
			  " 4: {5: -126, 6: [[], 0, 0, 0, {}], 7: 4},"
			  " 99: [\"\", " NO_BYTES "]}"));
	d.name = "/lib/firmware/acme/x.fw";
	d.code = "image-mismatch";
	d.bytes = 70000;
	d.sha256 = sha256;
	d.manifest = (struct sg_gate_digest){ SUIT_ALG_SHA384, 3, "abc" };
	out = decided(&d);
	expect_bytes(taken(&out),
		     diag("{3: [{0: ['firmware', 'acme', 'x.fw'],"
			  " 3: <<[-16, '01234567890123456789012345678901']>>,"
			  " 14: 70000}],"
			  " 4: {5: -129, 6: [[], 0, 0, 0, {}], 7: 10},"
			  " 99: [\"\", [-43, 'abc']]}"));
	d.code = "ok";
	d.sha256 = NULL;
	out = decided(&d);
	expect_bytes(taken(&out),
		     diag("{3: [{0: ['firmware', 'acme', 'x.fw'], 14: 70000}],"
			  " 4: true, 99: [\"\", [-43, 'abc']]}"));
	d.name = "/opt/x.fw";
	out = decided(&d);
	assert_non_null(memmem(out.data, out.len,
			       "\x83" "Dfile" "CoptDx.fw", 15));
	sg_buf_free(&out);
	d.name = "a//b";
	assert_int_equal(sg_report_decision(&d, &out, &why), -1);
	assert_null(out.data);
	assert_non_null(strstr(why.message, "component"));
}

/* Of every error, the reason and its name. */
static void every_reason(void **state)
{
	struct sg_report r = report_plain();
	const char *name;
	bool seen[13] = { false };
	u32 error;
	int reason;

	(void)state;
	for (error = 1; error < SUIT_ERR_COUNT; error++) {
		r.error = (enum suit_error)error;
		reason = suit_error_reason(r.error);
		name = sg_report_reason_name((u64)reason);
		seen[reason] = true;
		assert_non_null(strstr(report_shown(report_encoded(&r)),
				text("\"result\":{\"reason\":\"%s\",\"code\":%d,",
				     name, suit_error_errno(r.error))));
	}
	r.error = SUIT_OK;
	r.invoke_pending = true;
	assert_non_null(strstr(report_shown(report_encoded(&r)),
			       "\"reason\":\"invoke-pending\",\"code\":0,"));
	assert_true(seen[1] && seen[2] && seen[3] && seen[4] && seen[5] &&
		    seen[6] && seen[7] && seen[8] && seen[10] && seen[11]);
	assert_string_equal(sg_report_reason_name(0), "ok");
	assert_string_equal(sg_report_reason_name(9), "severing-unsupported");
	assert_null(sg_report_reason_name(13));
	assert_non_null(strstr(report_shown(diag("{3: [], 4: {5: 1, 6: [[], 7, 0, 0,"
					  " {}], 7: 13}, 99: [\"\", " DIGEST
					  "]}")), "\"reason\":13"));
}

static const struct wrong {
	const char *name;
	const char *report;
	const char *code;
} wrongs[] = {
	{ "wrong: empty", "nothing''", "cbor-truncated" },
	{ "wrong: a list", "[]", "cose-malformed" },
	{ "wrong: a MAC", "17([h'', {}, h'', h''])", "cose-type-unsupported" },
	{ "wrong: nothing inside", "18([h'', {}, null, h''])",
	  "cbor-wrong-type" },
	{ "wrong: encrypted inside", "18([h'', {}, <<16([h'', {}, h''])>>,"
	  " h''])", "report-encrypted" },
	{ "wrong: behind it", "raw'a00000'", "cbor-trailing-bytes" },
	{ "wrong: no member", "{}", "report-member-missing" },
	{ "wrong: no records", "{4: true, 99: [\"\", " DIGEST "]}",
	  "report-member-missing" },
	{ "wrong: no result", "{3: [], 99: [\"\", " DIGEST "]}",
	  "report-member-missing" },
	{ "wrong: no reference", "{3: [], 4: true}", "report-member-missing" },
	{ "wrong: another member", "{3: [], 4: true, 9: 0, 99: [\"\", " DIGEST
	  "]}", "report-unknown-member" },
	{ "wrong: order", "{4: true, 3: [], 99: [\"\", " DIGEST "]}",
	  "cbor-map-order" },
	{ "wrong: twice", "{3: [], 3: [], 4: true}", "cbor-duplicate-key" },
	{ "wrong: result false", "{3: [], 4: false, 99: [\"\", " DIGEST "]}",
	  "report-malformed" },
	{ "wrong: result null", "{3: [], 4: null, 99: [\"\", " DIGEST "]}",
	  "report-malformed" },
	{ "wrong: result without reason",
	  "{3: [], 4: {5: 0, 6: [[], 7, 0, 0, {}]}}", "report-malformed" },
	{ "wrong: result with another member",
	  "{3: [], 4: {5: 0, 6: [[], 7, 0, 0, {}], 8: 1}}",
	  "report-member-missing" },
	{ "wrong: claims where it failed", "{3: [], 4: {5: 0, 6: {0: ['a']},"
	  " 7: 1}}", "cbor-wrong-type" },
	{ "wrong: the reason is negative",
	  "{3: [], 4: {5: 0, 6: [[], 7, 0, 0, {}], 7: -1}}",
	  "cbor-wrong-type" },
	{ "wrong: a short record", "{3: [[[], 7, 0, 0]]}", "report-malformed" },
	{ "wrong: a record of a draft with properties at 5",
	  "{3: [[[], 7, 0, 0, 0, {}]]}", "cbor-wrong-type" },
	{ "wrong: a negative offset", "{3: [[[], 7, -1, 0, {}]]}",
	  "cbor-wrong-type" },
	{ "wrong: a path of text", "{3: [[[\"a\"], 7, 0, 0, {}]]}",
	  "cbor-wrong-type" },
	{ "wrong: an id in properties", "{3: [[[], 7, 0, 0, {0: ['a']}]]}",
	  "report-malformed" },
	{ "wrong: claims without id", "{3: [{14: 1}]}",
	  "report-member-missing" },
	{ "wrong: claims of a bad id", "{3: [{0: []}]}", "report-malformed" },
	{ "wrong: a nonce of text", "{2: \"a\"}", "cbor-wrong-type" },
	{ "wrong: the reference as a map", "{3: [], 4: true, 99: {}}",
	  "cbor-wrong-type" },
	{ "wrong: a long reference", "{3: [], 4: true, 99: [\"\", " DIGEST
	  ", 0]}", "report-malformed" },
	{ "wrong: a uri of bytes", "{3: [], 4: true, 99: [h'', " DIGEST "]}",
	  "cbor-wrong-type" },
	{ "wrong: a short digest", "{3: [], 4: true, 99: [\"\", [-16, h'00']]}",
	  "digest-malformed" },
	{ "wrong: capability without algorithms",
	  "{8: {1: [], 2: [], 3: []}}", "report-member-missing" },
	{ "wrong: capability of a member 11",
	  "{8: {1: [], 2: [], 3: [], 4: [], 11: []}}",
	  "report-unknown-member" },
	{ "wrong: capability of commands by text",
	  "{8: {1: [], 2: [\"a\"], 3: [], 4: []}}", "cbor-wrong-type" },
	{ "wrong: capability of an empty component",
	  "{8: {1: [[]], 2: [], 3: [], 4: []}}", "report-malformed" },
	{ "wrong: capability of true alone",
	  "{8: {1: [[true]], 2: [], 3: [], 4: []}}", "report-malformed" },
	{ "wrong: capability with true amid",
	  "{8: {1: [['a', true, 'b']], 2: [], 3: [], 4: []}}",
	  "cbor-wrong-type" },
	{ "wrong: capability with a path of text",
	  "{8: {1: [], 2: [], 3: [], 4: [], [\"a\"]: []}}",
	  "cbor-wrong-type" },
};

static void check_wrong(void **state)
{
	const struct wrong *row = *state;

	not_shown(diag("%s", row->report), row->code);
}

static void no_prefix_of_a_report(void **state)
{
	struct suit_slice whole = diag(GOOD);
	struct suit_slice part = whole;

	(void)state;
	while (part.len--)
		not_shown(copy_of(part), "cbor-truncated");
}

static const struct vector {
	const char *path;
	const char *has;
	const char *code;	/* NULL: it is a report */
} vectors[] = {
	{ REPORTS "derived-success.cbor", "\"result\":true" },
	{ REPORTS "derived-success-sign1.cbor", "\"result\":true" },
	{ REPORTS "derived-image-match-failed.cbor",
	  "\"result\":{\"reason\":\"condition-failed\",\"code\":-1,\"record\":"
	  "{\"manifest\":[],\"section\":\"validate\",\"offset\":0," },
	{ REPORTS "derived-image-match-failed.cbor",
	  "{\"id\":[{\"hex\":\"00\"}],\"properties\":{\"image-size\":34768}}" },
	{ REPORTS "derived-invoke-pending.cbor",
	  "\"reason\":\"invoke-pending\"" },
	{ REPORTS "derived-with-capability-report.cbor",
	  "\"prefix\":true}],\"commands\":[\"condition-vendor-identifier\"," },
	{ REPORTS "derived-success-encrypted.cbor", "", "report-encrypted" },
	{ REPORTS "derived-success-mac0.cbor", "", "cose-type-unsupported" },
	{ REPORTS "teep-appendixF-example1.cbor", "", "report-of-old-draft" },
	{ REPORTS "teep-appendixF-example2.cbor", "", "report-of-old-draft" },
};

static void a_vector(void **state)
{
	const struct vector *row = *state;
	const char *json;

	if (row->code) {
		not_shown(file_bytes(row->path), row->code);
		return;
	}
	json = report_shown(file_bytes(row->path));
	if (!strstr(json, row->has))
		fail_msg("%s", json);
}

int main(void)
{
	single("exact bytes of success", exact_bytes_of_success);
	single("exact bytes of a failure", exact_bytes_of_a_failure);
	single("exact bytes of a decision", exact_bytes_of_a_decision);
	single("every reason", every_reason);
	table(wrongs, check_wrong);
	single("no prefix of a report", no_prefix_of_a_report);
	table(vectors, a_vector);
	return table_run("report");
}

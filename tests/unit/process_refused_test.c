// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What somebody on the way, or an author, may try: that the device refuses it,
 * changes nothing, and what it reports.
 */
#include <stdlib.h>
#include <string.h>
#include <systemd/sd-json.h>

#include "crypto.h"
#include "gateway.h"

#define is(got, want) assert_string_equal(got, want)
#define UNAUTHORISED "unauthorised"
#define CONDITION "condition-failed"
#define OPERATION "operation-failed"

enum { MAX_DIGEST = 64 };

/* [-16, digest of the bstr with this item] */
static const char *digest_of(const char *item)
{
	const struct suit_crypto *crypto = sg_crypto();
	struct suit_slice bstr = diag("h'%s'", hex(diag("%s", item)));
	u8 value[MAX_DIGEST];
	struct suit_slice got = { value, 32 };

	expect(crypto->ops->digest(crypto->ctx, SUIT_ALG_SHA256, &bstr, 1,
				   value), SUIT_OK);
	return text("[-16, h'%s']", hex(got));
}

/* Of the report: "ok", or why not. */
static const char *reason_of(struct sg_buf *report)
{
	sd_json_variant *v, *result;
	const char *reason = "ok";
	struct sg_error err;

	if (sg_report_show(report, &v, &err) < 0)
		fail_msg("%s", err.message);
	sg_buf_free(report);
	result = sd_json_variant_by_key(v, "result");
	if (sd_json_variant_is_object(result))
		reason = text("%s", sd_json_variant_string(
				sd_json_variant_by_key(result, "reason")));
	sd_json_variant_unref(v);
	return reason;
}

static const char *run(struct sg_process *process, struct sg_buf *report,
		       struct sg_error *err)
{
	static const struct sg_report_wish nothing;
	struct sg_error other;
	int ret = sg_process_run(process, err);

	if (!ret)
		ret = sg_process_commit(process, err);
	assert_int_equal(sg_process_report(process, &nothing, report, &other),
			 0);
	sg_process_close(process);
	return ret < 0 ? err->code : "ok";
}

/* Update: "ERROR, REASON", and that nothing has come of an error. */
static const char *update(const char *manifest, const char *members)
{
	static const struct sg_report_wish nothing;
	struct sg_process *process;
	struct sg_error err, other;
	struct sg_buf report;
	const char *code;

	gateway.request.procedure = SG_PROCEDURE_UPDATE;
	gateway.request.envelope = gateway_sign(manifest, members);
	if (!sg_process_open(&gateway.request, &process, &err)) {
		code = run(process, &report, &err);
	} else {
		code = err.code;
		assert_int_equal(sg_process_report_refusal(&gateway.request,
				code, &nothing, &report, &other), 0);
	}
	sg_buf_free(&gateway.request.envelope);
	if (strcmp(code, "ok")) {
		is(gateway_list("firmware"), "");
		is(gateway_list("manifest"), "");
	}
	return text("%s, %s", code, reason_of(&report));
}

/* firmware/a.fw, by a section that is severed. */
static const char *severed(const char *install)
{
	return text("{1: 1, 2: 1, 3: <<{2: [['firmware', 'a.fw']], "
		    "4: <<[20, {%s}]>>}>>, 7: <<[3, 15]>>, 20: %s}",
		    wanted("new"), digest_of(install));
}

static void severed_member(void **state)
{
	const char *good = "[20, {18: 'new'}, 18, 15, 3, 15]";
	const char *bad = "[20, {18: 'bad'}, 18, 15, 3, 15]";

	(void)state;
	is(update(severed(good), text(", 20: <<%s>>", bad)),
	   "severed-digest-mismatch, " UNAUTHORISED);
	is(update(severed(good), text(", 20: <<%s>>", good)), "ok, ok");
}

static void integrated_payload(void **state)
{
	const char *manifest = text(
		"{1: 1, 2: 1, 3: <<{2: [['firmware', 'a.fw']], "
		"4: <<[20, {%s}]>>}>>, 7: <<[3, 15]>>, "
		"20: <<[20, {21: \"#p\"}, 21, 15, 3, 15]>>}", wanted("new"));

	(void)state;
	is(update(manifest, ", \"#p\": 'bad'"), "image-mismatch, " CONDITION);
	is(update(manifest, ", \"#p\": 'ne'"),
	   "image-size-mismatch, " CONDITION);
	is(update(manifest, ", \"#p\": 'newer'"),
	   "payload-too-big, " OPERATION);
	is(update(manifest, ""), "integrated-payload-missing, " OPERATION);
	is(update(manifest, ", \"#p\": 'new'"), "ok, ok");
}

/* firmware/a.fw with what is at http://fw */
static const char *leaf(unsigned int sequence)
{
	return text("{1: 1, 2: %u, 3: <<{2: [['firmware', 'a.fw']], "
		    "4: <<[20, {%s}]>>}>>, 5: ['manifest', 'leaf'], "
		    "7: <<[3, 15]>>, "
		    "16: <<[20, {21: \"http://fw\"}, 21, 15, 3, 15]>>}",
		    sequence, wanted("new"));
}

/* manifest/NAME, which depends on manifest/ON, fetched from "http://ON" */
static const char *dependent(const char *name, unsigned int sequence,
			     const char *on, const char *manifest)
{
	return text("{1: 1, 2: %u, 3: <<{1: {0: {}}, 2: [['manifest', '%s']], "
		    "4: <<[20, {3: <<%s>>}]>>}>>, 5: ['manifest', '%s'], "
		    "7: <<[7, 15, 11, 15]>>, 15: <<[20, {21: \"http://%s\"}, "
		    "21, 15, 3, 15, 7, 15, 11, 15]>>, "
		    "16: <<[7, 15, 11, 15]>>}", sequence, on,
		    digest_of(manifest), name, on);
}

/* Serve @manifest at @uri, with one bit of its last signature flipped? */
static void serve(size_t page, const char *uri, const char *manifest,
		  bool flipped)
{
	struct sg_buf envelope = gateway_sign(manifest, "");
	struct suit_slice bstr = diag("h'%s'", hex(diag("%s", manifest)));
	uint8_t *at = memmem(envelope.data, envelope.len, bstr.ptr, bstr.len);
	struct suit_slice bytes = { envelope.data, envelope.len };

	assert_non_null(at);
	/* before it, the member's label, and before that a signature ends */
	at[-2] ^= flipped;
	bytes = copy_of(bytes);
	sg_buf_free(&envelope);
	gateway.page[page] = (struct page){
		uri, (const char *)bytes.ptr, NULL, bytes.len
	};
}

static void dependency_signature(void **state)
{
	const char *d = leaf(1);
	const char *manifest = dependent("root", 1, "leaf", d);

	(void)state;
	gateway.page[1] = (struct page){ "http://fw", "new" };
	serve(0, "http://leaf", d, true);
	is(update(manifest, ""), "signature-invalid, " UNAUTHORISED);
	serve(0, "http://leaf", d, false);
	is(update(manifest, ""), "ok, ok");
}

/* A dependent that goes past its dependency, by branches that fail softly. */
static const char *past(const char *manifest, const char *resolution,
			const char *fetch)
{
	return text("{1: 1, 2: 1, 3: <<{1: {0: {}}, 2: [['manifest', 'leaf']], "
		    "4: <<[20, {3: <<%s>>, 21: \"http://leaf\"}]>>}>>, "
		    "15: <<[21, 15, 3, 15, %s]>>, 16: <<[%s]>>}",
		    digest_of(manifest), resolution, fetch);
}

#define SKIP(command) \
	"15, [<<[14, 15, " command ", 15]>>, <<[14, 15]>>, null]"

static void dependency_skipped(void **state)
{
	const char *d = leaf(1);

	(void)state;
	gateway.page[1] = (struct page){ "http://fw", "new" };
	serve(0, "http://leaf", d, false);
	is(update(past(d, SKIP("7"), "3, 15"), ""),
	   "dependency-not-checked, " OPERATION);
	is(update(past(d, SKIP("7"), "11, 15"), ""),
	   "dependency-not-checked, " OPERATION);
	is(update(past(d, "7, 15", SKIP("11")), ""),
	   "dependency-section-skipped, " OPERATION);
}

/* The floor of manifest/NAME is 5. */
static void floor_of(const char *name)
{
	static struct sg_gate_floor floor;
	struct suit_slice id = diag("['manifest', '%s']", name);

	floor = (struct sg_gate_floor){
		.sequence_number = 5, .authority = "acme", .id_len = id.len
	};
	memcpy(floor.id, id.ptr, id.len);
	gateway.device.floor = &floor;
	gateway.device.n_floors = 1;
}

/* A root, its dependency and that one's: update with these numbers. */
static const char *tree(unsigned int root, unsigned int middle,
			unsigned int last)
{
	const char *l = leaf(last), *m = dependent("middle", middle, "leaf", l);

	gateway.page[2] = (struct page){ "http://fw", "new" };
	serve(0, "http://leaf", l, false);
	serve(1, "http://middle", m, false);
	return update(dependent("root", root, "middle", m), "");
}

#define BELOW "sequence-number-below-floor, " UNAUTHORISED

static void old_root(void **state)
{
	(void)state;
	floor_of("root");
	is(tree(4, 9, 9), BELOW);
	is(tree(5, 1, 1), "ok, ok");
}

static void old_dependency(void **state)
{
	(void)state;
	floor_of("middle");
	is(tree(9, 4, 9), BELOW);
	is(tree(1, 5, 1), "ok, ok");
}

static void old_dependency_of_dependency(void **state)
{
	(void)state;
	floor_of("leaf");
	is(tree(9, 9, 4), BELOW);
	is(tree(1, 1, 5), "ok, ok");
}

/* As deep as dependencies may be: only the one at @old has number @number. */
static const char *chain(unsigned int old, unsigned int number)
{
	const char *manifest = leaf(old == SUIT_MAX_DEPENDENCY_DEPTH ? number :
								       9);
	const char *on = "leaf", *name;
	unsigned int depth;

	gateway.page[SUIT_MAX_DEPENDENCY_DEPTH] = (struct page){
		"http://fw", "new"
	};
	for (depth = SUIT_MAX_DEPENDENCY_DEPTH; depth--; on = name) {
		serve(depth, text("http://%s", on), manifest, false);
		name = depth ? text("depth%u", depth) : "root";
		manifest = dependent(name, depth == old ? number : 9, on,
				     manifest);
	}
	return update(manifest, "");
}

static void old_at_any_depth(void **state)
{
	unsigned int depth;

	(void)state;
	for (depth = 0; depth <= SUIT_MAX_DEPENDENCY_DEPTH; depth++) {
		floor_of(!depth ? "root" : depth < SUIT_MAX_DEPENDENCY_DEPTH ?
			 text("depth%u", depth) : "leaf");
		is(chain(depth, 4), BELOW);
	}
	is(chain(SUIT_MAX_DEPENDENCY_DEPTH, 5), "ok, ok");
}

#define test(function) \
	cmocka_unit_test_setup_teardown(function, gateway_make, gateway_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(severed_member),
		test(integrated_payload),
		test(dependency_signature),
		test(dependency_skipped),
		test(old_root),
		test(old_dependency),
		test(old_dependency_of_dependency),
		test(old_at_any_depth),
	};

	return cmocka_run_group_tests_name("process refused", tests, NULL,
					   NULL);
}

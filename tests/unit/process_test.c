// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Processing manifests on a gateway in a temporary folder: what is installed,
 * what is refused, and that what was there stays until the new is whole.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

static void new_firmware(void **state)
{
	(void)state;
	serve("new");
	is(process(UPDATE, one(FW, 1, "new")), "ok");
	is(gateway_get("firmware/acme/radio.fw"), "new");
	gateway_confirm();
	is(gateway_list("firmware"), "acme/ acme/radio.fw");
}

static void old_is_kept_until_confirmed(void **state)
{
	(void)state;
	gateway_put("firmware/acme/radio.fw", "old");
	serve("new");
	is(process(UPDATE, one(FW, 1, "new")), "ok");
	is(gateway_get("firmware/acme/radio.fw"), "new");
	assert_non_null(strstr(gateway_list("firmware"), ".old"));
	gateway_recover();
	assert_non_null(strstr(gateway_list("firmware"), ".old"));
	gateway_confirm();
	is(gateway_list("firmware"), "acme/ acme/radio.fw");
}

static void reverted(void **state)
{
	(void)state;
	gateway_put("firmware/acme/radio.fw", "old");
	serve("new");
	is(process(UPDATE, one(FW, 1, "new")), "ok");
	gateway_revert();
	is(gateway_get("firmware/acme/radio.fw"), "old");
	is(gateway_list("firmware"), "acme/ acme/radio.fw");
	is(gateway_list("state"), "install/ install/lock");
}

static void reverted_to_nothing(void **state)
{
	(void)state;
	serve("new");
	is(process(UPDATE, one(FW, 1, "new")), "ok");
	gateway_revert();
	is(gateway_list("firmware"), "");
}

static void second_waits_for_first(void **state)
{
	(void)state;
	serve("new");
	is(process(UPDATE, one(FW, 1, "new")), "ok");
	serve("newer");
	is(process(UPDATE, one(FW, 2, "newer")), "operation-failed");
	assert_non_null(strstr(gateway_why, "confirm or revert"));
	is(gateway_get("firmware/acme/radio.fw"), "new");
	is(process(UPDATE, one(FW, 1, "new")), "unchanged");
	gateway_confirm();
	is(process(UPDATE, one(FW, 2, "newer")), "ok");
	is(gateway_get("firmware/acme/radio.fw"), "newer");
}

static void wrong_bytes(void **state)
{
	(void)state;
	gateway_put("firmware/acme/radio.fw", "old");
	serve("bad");
	is(process(UPDATE, one(FW, 1, "new")), "image-mismatch");
	is(gateway_get("firmware/acme/radio.fw"), "old");
	is(gateway_list("firmware"), "acme/ acme/radio.fw");
}

static void nothing_to_fetch(void **state)
{
	(void)state;
	gateway_put("firmware/acme/radio.fw", "new");
	is(process(UPDATE, one(FW, 1, "new")), "unchanged");
	assert_int_equal(gateway.opened, 0);
	is(gateway_list("firmware"), "acme/ acme/radio.fw");
}

static void integrated(void **state)
{
	const char *manifest = text(
		"{1: 1, 2: 1, 3: <<{2: [[%s]], 4: <<[20, {%s}]>>}>>, "
		"7: <<[3, 15]>>, "
		"20: <<[20, {21: \"#p\"}, 21, 15, 3, 15]>>}", FW, wanted("new"));

	(void)state;
	is(gateway_process(SG_PROCEDURE_UPDATE, manifest, ", \"#p\": 'new'"),
	   "ok");
	is(gateway_get("firmware/acme/radio.fw"), "new");
	is(gateway_process(SG_PROCEDURE_UPDATE, manifest, ""),
	   "integrated-payload-missing");
}

static void staged_then_installed(void **state)
{
	const char *manifest = text(
		"{1: 1, 2: 1, 3: <<{2: [[%s]], 4: <<[20, {%s}]>>}>>, "
		"7: <<[3, 15]>>, "
		"16: <<[20, {21: \"http://acme/1\"}, 21, 15, 3, 15]>>, "
		"20: <<[3, 15]>>}", FW, wanted("new"));

	(void)state;
	gateway_put("firmware/acme/radio.fw", "old");
	serve("new");
	is(process(STAGING, manifest), "unchanged");
	gateway_recover();
	is(gateway_get("firmware/acme/radio.fw"), "old");
	gateway.page[0].uri = NULL;
	is(process(INSTALLATION, manifest), "ok");
	is(gateway_get("firmware/acme/radio.fw"), "new");
	gateway_confirm();
	is(gateway_list("firmware"), "acme/ acme/radio.fw");
	is(process(VALIDATION, manifest), "unchanged");
}

static void gate_is_asked(void **state)
{
	(void)state;
	serve("new");
	is(process(UPDATE, plain(
		   "["FW"]", text("20, {%s}", wanted("new")),
		   ", 7: <<[12, 0]>>, 16: <<[20, {21: \"http://acme/1\"}, "
		   "21, 15, 3, 15]>>")), "no-image-match");
	assert_non_null(strstr(gateway_why, "the gate would refuse"));
	is(gateway_list("firmware"), "");
}

static void gate_knows_no_peripheral(void **state)
{
	static const struct sg_device_identity identity[] = {
		{ SG_IDENTITY_CLASS, { 1 }, "firmware/acme" },
	};
	const char *manifest = plain(
		"["FW"]", text("20, {2: h'01000000000000000000000000000000', "
			       "%s}, 2, 15", wanted("new")),
		", 7: <<[3, 15]>>, 16: <<[20, {21: \"http://acme/1\"}, "
		"21, 15, 3, 15]>>");

	(void)state;
	serve("new");
	is(process(UPDATE, manifest), "class-mismatch");
	gateway.device.identity = identity;
	gateway.device.n_identities = 1;
	is(process(UPDATE, manifest), "class-mismatch");
	assert_non_null(strstr(gateway_why, "the gate would refuse"));
}

static void shadowed(void **state)
{
	(void)state;
	gateway_put("other/acme/radio.fw", "packaged");
	serve("new");
	is(process(UPDATE, one(FW, 1, "new")), "ok");
	gateway_confirm();
	gateway.device.search = (const char *const[]){
		gateway_path("other"), gateway_path("firmware") };
	serve("newer");
	is(process(UPDATE, one(FW, 2, "newer")), "operation-failed");
	assert_non_null(strstr(gateway_why, "comes first"));
	is(gateway_get("firmware/acme/radio.fw"), "new");
}

static void packaged_is_seen(void **state)
{
	(void)state;
	gateway_put("other/acme/radio.fw", "new");
	is(process(UPDATE, one(FW, 1, "new")), "unchanged");
	assert_int_equal(gateway.opened, 0);
	is(gateway_list("firmware"), "");
}

static void old_is_refused(void **state)
{
	static struct sg_gate_floor floor = {
		.sequence_number = 5, .authority = "acme",
	};
	struct suit_slice id = diag("["FW"]");

	(void)state;
	memcpy(floor.id, id.ptr, id.len);
	floor.id_len = id.len;
	gateway.device.floor = &floor;
	gateway.device.n_floors = 1;
	serve("new");
	is(process(UPDATE, one(FW, 4, "new")), "sequence-number-below-floor");
	is(process(UPDATE, one(FW, 5, "new")), "ok");
}

static int never(void *context, const struct sg_install *install)
{
	(void)context;
	(void)install;
	fail();
	return 0;
}

static void one_at_a_time(void **state)
{
	struct sg_process *process;
	struct sg_error err;

	(void)state;
	serve("new");
	gateway.request.envelope = gateway_sign(one(FW, 1, "new"), "");
	gateway.request.procedure = SG_PROCEDURE_UPDATE;
	assert_int_equal(sg_process_open(&gateway.request, &process, &err), 0);
	assert_int_equal(sg_install_recover(&gateway.device, NULL, 0, &err),
			 -1);
	assert_non_null(strstr(err.message, "another program"));
	assert_int_equal(sg_install_list(&gateway.device, never, NULL, &err),
			 0);
	assert_int_equal(sg_process_commit(process, &err), -1);
	sg_process_close(process);
	sg_buf_free(&gateway.request.envelope);
}

/* Whoever only looks is in nobody's way, and does nothing. */
static void looked_at(void **state)
{
	struct sg_process *process, *other;
	struct sg_process_manifest root;
	struct sg_error err;

	(void)state;
	gateway.request.envelope = gateway_sign(one(FW, 7, "new"), "");
	gateway.request.procedure = SG_PROCEDURE_UPDATE;
	gateway.request.look = true;
	assert_int_equal(sg_process_open(&gateway.request, &process, &err), 0);
	is(gateway_list("state"), "");
	gateway.request.look = false;
	assert_int_equal(sg_process_open(&gateway.request, &other, &err), 0);
	assert_true(sg_process_get_manifest(process, 0, &root));
	assert_int_equal(root.sequence_number, 7);
	assert_int_equal(sg_process_run(process, &err), -1);
	is(err.message, "it was opened to be looked at, not to be run");
	assert_int_equal(sg_process_discard(process, &err), 0);
	sg_process_close(process);
	gateway.request.look = true;
	assert_int_equal(sg_process_open(&gateway.request, &process, &err), 0);
	sg_process_close(process);
	sg_process_close(other);
	sg_buf_free(&gateway.request.envelope);
}

static void stranger(void **state)
{
	(void)state;
	assert_int_equal(truncate(gateway_path("acme.trust"), 0), 0);
	is(process(UPDATE, one(FW, 1, "new")), "cbor-truncated");
}

static void bare_key(void **state)
{
	const char *key = gateway_path("acme.pub");

	(void)state;
	gateway.request.trust = &key;
	is(process(UPDATE, one(FW, 1, "new")), "trouble");
	assert_non_null(strstr(gateway_why, "trust bundle"));
}

/* Where it failed, for people and for a report. */
static void place_of_failure(void **state)
{
	struct sg_process_record record;
	struct sg_process *process;
	struct sg_error err;

	(void)state;
	serve("bad");
	gateway.request.envelope = gateway_sign(one(FW, 1, "new"), "");
	gateway.request.procedure = SG_PROCEDURE_UPDATE;
	assert_int_equal(sg_process_open(&gateway.request, &process, &err), 0);
	assert_int_equal(sg_process_run(process, &err), -1);
	assert_true(err.refused);
	sg_process_get_record(process, &record);
	is(record.code, "image-mismatch");
	assert_int_equal(record.reason, 10);
	assert_int_equal(record.command, 3);
	assert_int_equal(record.section, 16);
	assert_int_equal(record.offset, 20);
	assert_int_equal(record.measured.size, 3);
	assert_non_null(strstr(err.message, "firmware/acme/radio.fw, command 3 at byte 20 of section 16"));
	sg_process_close(process);
	sg_buf_free(&gateway.request.envelope);
}

#define test(function) \
	cmocka_unit_test_setup_teardown(function, gateway_make, gateway_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(new_firmware),
		test(old_is_kept_until_confirmed),
		test(reverted),
		test(reverted_to_nothing),
		test(second_waits_for_first),
		test(wrong_bytes),
		test(nothing_to_fetch),
		test(integrated),
		test(staged_then_installed),
		test(gate_is_asked),
		test(gate_knows_no_peripheral),
		test(shadowed),
		test(packaged_is_seen),
		test(old_is_refused),
		test(one_at_a_time),
		test(looked_at),
		test(stranger),
		test(bare_key),
		test(place_of_failure),
	};

	return cmocka_run_group_tests_name("process", tests, NULL, NULL);
}

// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Conditions on the machine, waiting, permission and invoking.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "gateway.h"
#include "surroundings.h"

#define is(got, want) assert_string_equal(got, want)

static const char *with(const char *install, const char *version)
{
	return text("{1: 1, 2: 1, 3: <<{2: [['config', 'a']]}>>%s, "
		    "7: <<[14, 0]>>, 20: <<[%s]>>}", version, install);
}

static const char *install(const char *commands)
{
	return gateway_process(SG_PROCEDURE_INSTALLATION,
			       with(commands, ""), "");
}

static const char *validate(const char *commands)
{
	return gateway_process(SG_PROCEDURE_VALIDATION, text(
		"{1: 1, 2: 1, 3: <<{2: [['config', 'a']]}>>, 7: <<[%s]>>}",
		commands), "");
}

static void versions(void **state)
{
	(void)state;
	is(install("20, {28: <<[5, [1, 3]]>>}, 28, 15"), "version-mismatch");
	is(gateway_process(SG_PROCEDURE_INSTALLATION,
			   with("20, {18: 'x'}, 18, 15",
				", 6: <<[1, 2, 9]>>"), ""), "ok");
	gateway_confirm();
	is(validate("20, {28: <<[5, [1, 3]]>>}, 28, 15"), "unchanged");
	is(validate("20, {28: <<[5, [1, 2]]>>}, 28, 15"), "version-mismatch");
	is(validate("20, {28: <<[3, [1, 2, 9]]>>}, 28, 15"), "unchanged");
	gateway_put("config/a", "y");
	is(validate("20, {28: <<[3, [1, 2, 9]]>>}, 28, 15"),
	   "version-mismatch");
	assert_non_null(strstr(gateway_why, "not known"));
}

static void expiry(void **state)
{
	(void)state;
	is(install(text("20, {4: %lld}, 4, 15", (long long)time(NULL) + 9999)),
	   "unchanged");
	is(install("20, {4: 1000000000}, 4, 15"), "use-before-passed");
}

static void permission(void **state)
{
	const char *ask = "20, {27: -3}, 27, 15";

	(void)state;
	is(install(ask), "unchanged");
	is(gateway.invoked, "config/a -3");
	gateway.answer = SG_ANSWER_NO;
	is(install(ask), "update-not-authorized");
	gateway.answer = SG_ANSWER_LATER;
	is(install(ask), "waiting");
	gateway.request.authorize = NULL;
	is(install(ask), "command-unsupported");
}

static const char *wait_for(const char *info)
{
	const char *code = install(text("20, {18: 'x', 29: <<{%s}>>}, 29, 15, "
					"18, 15", info));

	if (!strcmp(code, "ok"))
		gateway_confirm();
	return code;
}

static void waiting(void **state)
{
	struct tm utc;
	time_t now = time(NULL);

	(void)state;
	gmtime_r(&now, &utc);
	is(wait_for("5: 1000000000"), "ok");
	is(wait_for("5: 9999999999"), "waiting");
	is(wait_for(text("9: %d", utc.tm_wday)), "ok");
	is(wait_for(text("9: %d", (utc.tm_wday + 3) % 7)), "waiting");
	is(wait_for("8: 0"), "ok");
	is(wait_for("4: [h'00', [[1, [1]]]]"), "wait-event-unsupported");
	is(wait_for("1: 4"), "ok");
	is(gateway.invoked, "event 1 4");
	is(wait_for("2: 1, 3: 2"), "ok");
	is(gateway.invoked, "event 3 2");
	gateway.answer = SG_ANSWER_LATER;
	is(wait_for("3: 2"), "waiting");
	gateway.answer = SG_ANSWER_NO;
	is(wait_for("3: 2"), "wait-event-unsupported");
	gateway.request.wait = NULL;
	is(wait_for("3: 2"), "wait-event-unsupported");
}

/* What it waited for has come: it goes on where it stood. */
static void goes_on(void **state)
{
	struct sg_process *process;
	struct sg_error err;

	(void)state;
	gateway.answer = SG_ANSWER_LATER;
	gateway.request.envelope = gateway_sign(with("20, {18: 'x', 29: <<{3: 1}>>}, "
						     "18, 15, 29, 15", ""), "");
	gateway.request.procedure = SG_PROCEDURE_INSTALLATION;
	assert_int_equal(sg_process_open(&gateway.request, &process, &err), 0);
	assert_int_equal(sg_process_run(process, &err), SG_PROCESS_WAITING);
	assert_int_equal(sg_process_commit(process, &err), -1);
	gateway.answer = SG_ANSWER_YES;
	assert_int_equal(sg_process_run(process, &err), 0);
	assert_int_equal(sg_process_commit(process, &err), 0);
	is(gateway_get("config/a"), "x");
	sg_process_close(process);
	sg_buf_free(&gateway.request.envelope);
}

static const char *invoke(const char *load)
{
	return gateway_process(SG_PROCEDURE_INVOCATION, text(
		"{1: 1, 2: 1, 3: <<{2: [['config', 'a']]}>>, "
		"7: <<[20, {18: 'x'}, 6, 15]>>%s, "
		"9: <<[20, {23: 'go'}, 23, 15]>>}", load), "");
}

static void invoked(void **state)
{
	(void)state;
	gateway_put("config/a", "x");
	is(invoke(""), "unchanged");
	is(gateway.invoked, "config/a(go)");
	is(gateway_list("state"), "install/ install/lock");
	gateway.answer = SG_ANSWER_NO;
	is(invoke(""), "operation-failed");
	assert_non_null(strstr(gateway_why, "it would not"));
	gateway.request.invoke = NULL;
	is(invoke(""), "command-unsupported");
}

/* What load has put there is in place when it is invoked. */
static int look(void *context, const char *component, const uint8_t *arguments,
		size_t len, struct sg_error *err)
{
	(void)context;
	(void)component;
	(void)arguments;
	(void)len;
	(void)err;
	is(gateway_get("config/a"), "loaded");
	return 0;
}

static void loaded_then_invoked(void **state)
{
	(void)state;
	gateway_put("config/a", "x");
	gateway.request.invoke = look;
	is(invoke(", 8: <<[20, {18: 'loaded'}, 18, 15]>>"), "ok");
	gateway_revert();
	is(gateway_get("config/a"), "x");
}

static struct suit_slice id_of(const char *notation)
{
	return diag("[%s]", notation);
}

static void identity(void **state)
{
	static const struct sg_device_identity rows[] = {
		{ SG_IDENTITY_VENDOR, { 1 }, NULL },
		{ SG_IDENTITY_CLASS, { 2 }, "firmware/acme" },
		{ SG_IDENTITY_SLOT, { 3 }, NULL },
	};
	struct suit_slice acme = id_of("'firmware', 'acme', 'x'");
	struct suit_slice other = id_of("'firmware', 'acmes'");
	struct suit_slice one = diag("raw'%s'", "01000000000000000000000000000000");
	struct suit_slice two = diag("raw'%s'", "02000000000000000000000000000000");
	struct sg_device *device = &gateway.device;

	(void)state;
	assert_true(sg_device_in_slot(device, acme, 0, true));
	assert_false(sg_device_in_slot(device, acme, 1, true));
	device->identity = rows;
	device->n_identities = 3;
	assert_true(sg_device_is(device, SUIT_IDENTITY_VENDOR, acme, one,
				 false));
	assert_true(sg_device_is(device, SUIT_IDENTITY_VENDOR, acme, one,
				 true));
	assert_false(sg_device_is(device, SUIT_IDENTITY_CLASS, acme, one,
				  false));
	assert_true(sg_device_is(device, SUIT_IDENTITY_CLASS, acme, two,
				 false));
	assert_false(sg_device_is(device, SUIT_IDENTITY_CLASS, other, two,
				  false));
	assert_false(sg_device_is(device, SUIT_IDENTITY_CLASS, acme, two,
				  true));
	assert_true(sg_device_in_slot(device, acme, 3, true));
	assert_false(sg_device_in_slot(device, acme, 0, true));
}

static void enterprise_number(void **state)
{
	struct suit_slice id = id_of("'firmware', 'x'");
	struct sg_device *device = &gateway.device;

	(void)state;
	assert_false(sg_device_is(device, SUIT_IDENTITY_VENDOR, id,
				  diag("112(h'00')"), false));
	device->pen = 28619;
	assert_true(sg_device_is(device, SUIT_IDENTITY_VENDOR, id,
				 diag("112(h'81df4b')"), false));
	assert_false(sg_device_is(device, SUIT_IDENTITY_VENDOR, id,
				  diag("112(h'81df4b00')"), false));
	assert_false(sg_device_is(device, SUIT_IDENTITY_VENDOR, id,
				  diag("111(h'81df4b')"), false));
	assert_false(sg_device_is(device, SUIT_IDENTITY_CLASS, id,
				  diag("112(h'81df4b')"), false));
	device->pen = UINT32_MAX;
	assert_true(sg_device_is(device, SUIT_IDENTITY_VENDOR, id,
				 diag("112(h'8fffffff7f')"), false));
}

static bool left(u64 *mwh)
{
	return sg_battery_left(gateway_path("power"), mwh);
}

static void battery(void **state)
{
	u64 mwh;

	(void)state;
	assert_false(left(&mwh));
	gateway_put("power/AC/type", "Mains\n");
	gateway_put("power/AC/online", "0\n");
	assert_false(left(&mwh));
	gateway_put("power/AC/online", "1\n");
	assert_true(left(&mwh));
	assert_true(mwh == UINT64_MAX);
	gateway_put("power/BAT0/type", "Battery\n");
	gateway_put("power/BAT0/energy_now", "41230000\n");
	assert_true(left(&mwh));
	assert_int_equal(mwh, 41230);
	gateway_put("power/BAT1/type", "Battery\n");
	assert_false(left(&mwh));
	gateway_put("power/BAT1/charge_now", "2000000\n");
	gateway_put("power/BAT1/voltage_now", "12000000\n");
	assert_true(left(&mwh));
	assert_int_equal(mwh, 41230 + 24000);
	gateway_put("power/mouse/type", "Battery\n");
	gateway_put("power/mouse/scope", "Device\n");
	assert_true(left(&mwh));
	gateway_put("power/BAT1/charge_now", "-5\n");
	assert_false(left(&mwh));
}

#define test(function) \
	cmocka_unit_test_setup_teardown(function, gateway_make, gateway_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(versions),
		test(expiry),
		test(permission),
		test(waiting),
		test(goes_on),
		test(invoked),
		test(loaded_then_invoked),
		test(identity),
		test(enterprise_number),
		test(battery),
	};

	return cmocka_run_group_tests_name("process condition", tests, NULL,
					   NULL);
}

// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Uploads to a device, which is a folder with the files that the kernel has.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file_ops.h"
#include "gateway.h"

#define is(got, want) assert_string_equal(got, want)

static void plug(const char *status, const char *outcome)
{
	gateway_put("class/dev0/loading", "");
	gateway_put("class/dev0/data", "");
	gateway_put("class/dev0/status", status);
	gateway_put("class/dev0/error", outcome);
	gateway_put("class/dev0/remaining_size", "0\n");
	gateway_put("class/dev0/cancel", "");
}

static const char *upload(unsigned int sequence, const char *content)
{
	gateway.page[0] = (struct page){ "http://x", content };
	return gateway_process(SG_PROCEDURE_UPDATE, text(
		"{1: 1, 2: %u, 3: <<{2: [['upload', 'dev0']], "
		"4: <<[20, {%s}]>>}>>, 7: <<[3, 15]>>, "
		"16: <<[20, {21: \"http://x\"}, 21, 15, 3, 15]>>}", sequence,
		wanted(content)), "");
}

static void given(void **state)
{
	(void)state;
	plug("idle\n", "");
	is(upload(1, "one"), "ok");
	is(gateway_get("class/dev0/data"), "one");
	is(gateway_get("class/dev0/loading"), "0");
	is(gateway_get("upload/dev0"), "one");
	gateway_confirm();
	is(gateway_list("upload"), "dev0");
}

static void given_once(void **state)
{
	(void)state;
	plug("idle\n", "");
	is(upload(1, "one"), "ok");
	gateway_confirm();
	gateway_put("class/dev0/data", "");
	is(upload(1, "one"), "unchanged");
	is(gateway_get("class/dev0/data"), "");
}

static void old_one_is_given_back(void **state)
{
	(void)state;
	plug("idle\n", "");
	is(upload(1, "one"), "ok");
	gateway_confirm();
	is(upload(2, "two"), "ok");
	is(gateway_get("class/dev0/data"), "two");
	gateway_revert();
	is(gateway_get("class/dev0/data"), "one");
	is(gateway_get("upload/dev0"), "one");
	is(gateway_list("upload"), "dev0");
}

/* Of two on trial the device of one is unplugged when it is to go back. */
static void others_go_on(void **state)
{
	struct sg_gate_digest away;
	struct sg_error err;

	(void)state;
	plug("idle\n", "");
	is(upload(1, "one"), "ok");
	gateway_confirm();
	is(upload(2, "two"), "ok");
	away = gateway_digest;
	is(gateway_process(SG_PROCEDURE_INSTALLATION, "{1: 1, 2: 1, "
			   "3: <<{2: [['config', 'a']]}>>, 7: <<[14, 0]>>, "
			   "20: <<[20, {18: 'hello'}, 18, 15]>>}", ""), "ok");
	gateway_wipe("class");
	assert_int_equal(sg_install_revert(&gateway.device, &away, &err), -1);
	assert_non_null(strstr(err.message, "no device dev0"));
	assert_int_equal(sg_install_recover(&gateway.device, NULL, 0, &err), 1);
	assert_non_null(strstr(err.message, "no device dev0"));
	assert_int_equal(sg_install_confirm(&gateway.device, &away, &err), -1);
	assert_non_null(strstr(err.message, "being taken back"));
	gateway_confirm();
	is(gateway_list("config"), "a");
	plug("idle\n", "");
	assert_int_equal(sg_install_revert(&gateway.device, &away, &err), 0);
	is(gateway_get("class/dev0/data"), "one");
	is(gateway_get("upload/dev0"), "one");
	gateway_recover();
}

static void no_device(void **state)
{
	(void)state;
	is(upload(1, "one"), "operation-failed");
	assert_non_null(strstr(gateway_why, "no device dev0"));
	is(gateway_list("upload"), "");
	is(gateway_list("state"), "install/ install/lock");
}

static void device_says_no(void **state)
{
	(void)state;
	plug("idle\n", "transferring:hw-error\n");
	is(upload(1, "one"), "operation-failed");
	assert_non_null(strstr(gateway_why, "transferring:hw-error"));
	is(gateway_list("upload"), "");
}

static void device_sticks(void **state)
{
	(void)state;
	plug("programming\n", "");
	is(upload(1, "one"), "operation-failed");
	assert_non_null(strstr(gateway_why, "no progress for 1 s (programming)"));
}

static void gate_refuses(void **state)
{
	(void)state;
	plug("idle\n", "");
	chmod(gateway_path("class/dev0/data"), 0400);
	if (geteuid()) {
		is(upload(1, "one"), "operation-failed");
		assert_non_null(strstr(gateway_why, "sending it"));
		is(gateway_get("class/dev0/loading"), "-1");
	}
	unlink(gateway_path("class/dev0/data"));
	is(upload(1, "one"), "operation-failed");
	is(gateway_get("class/dev0/loading"), "-1");
	is(gateway_list("upload"), "");
}

static unsigned int left;

/* The n-th write fails: what the loading attribute says when it is refused. */
static int refuse(enum sg_fs_call call, const char *name)
{
	(void)name;
	return call == SG_FS_WRITE && !left-- ? 129 : 0;
}

static void kernel_refuses(void **state)
{
	struct sg_process *process;
	struct sg_error err;

	(void)state;
	plug("idle\n", "");
	gateway.page[0] = (struct page){ "http://x", "one" };
	gateway.request.envelope = gateway_sign(text(
		"{1: 1, 2: 1, 3: <<{2: [['upload', 'dev0']], "
		"4: <<[20, {%s}]>>}>>, 7: <<[3, 15]>>, "
		"16: <<[20, {21: \"http://x\"}, 21, 15, 3, 15]>>}",
		wanted("one")), "");
	gateway.request.procedure = SG_PROCEDURE_UPDATE;
	assert_int_equal(sg_process_open(&gateway.request, &process, &err), 0);
	assert_int_equal(sg_process_run(process, &err), 0);
	left = 3;	/* the record, "1", the data; then "0" */
	sg_fs_watch = refuse;
	assert_int_equal(sg_process_commit(process, &err), -1);
	sg_fs_watch = NULL;
	assert_non_null(strstr(err.message, "the kernel refused the firmware"));
	is(gateway_list("upload"), "");
	sg_process_close(process);
	sg_buf_free(&gateway.request.envelope);
}

#define test(function) \
	cmocka_unit_test_setup_teardown(function, gateway_make, gateway_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(given),
		test(given_once),
		test(old_one_is_given_back),
		test(others_go_on),
		test(no_device),
		test(device_says_no),
		test(device_sticks),
		test(gate_refuses),
		test(kernel_refuses),
	};

	return cmocka_run_group_tests_name("upload", tests, NULL, NULL);
}

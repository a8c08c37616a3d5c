// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * State files: what is written is read back, what is configured is collected,
 * every malformed file is refused, and a gate that refuses an item still gets
 * the rest.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "gate_seam.h"
#include "core/suit.h"
#include "suitgate/state.h"
#include "uapi/suitgate.h"

static const uint8_t component[] = { 0x82, 0x48, 'f', 'i', 'r', 'm', 'w', 'a',
				     'r', 'e', 0x41, 'x' };

static char dir[64];

static int make_dir(void **state)
{
	char path[128];

	(void)state;
	strcpy(dir, "/tmp/suitgate-state.XXXXXX");
	if (!mkdtemp(dir))
		return -1;
	snprintf(path, sizeof(path), "%s/etc", dir);
	mkdir(path, 0755);
	snprintf(path, sizeof(path), "%s/var", dir);
	return mkdir(path, 0755);
}

static int remove_dir(void **state)
{
	char command[128];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf '%s'", dir);
	return system(command);
}

static void put(const char *name, const void *data, size_t len)
{
	char path[256];
	struct sg_error err;
	char *slash;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	slash = strrchr(path, '/');
	*slash = '\0';
	mkdir(path, 0755);
	*slash = '/';
	assert_int_equal(sg_file_write(path, data, len, 0644, &err), 0);
}

static void put_text(const char *name, const char *text)
{
	put(name, text, strlen(text));
}

static void fill(struct sg_state *all)
{
	struct sg_state_item *item;
	struct sg_error err;

	item = sg_state_append(all, SG_STATE_IDENTITY, NULL, &err);
	item->identity = SG_IDENTITY_CLASS;
	item->value[15] = 7;
	item = sg_state_append(all, SG_STATE_FLOOR, NULL, &err);
	strcpy(item->floor->authority, "acme");
	item->floor->sequence_number = UINT64_MAX;
	memcpy(item->floor->id, component, sizeof(component));
	item->floor->id_len = sizeof(component);
	item->floor->digest.alg = SUIT_ALG_SHA512;
	item->floor->digest.len = 64;
	item->floor->digest.value[63] = 1;
	item = sg_state_append(all, SG_STATE_MANIFEST, NULL, &err);
	item->bytes.data = malloc(300);
	memset(item->bytes.data, 0x5a, 300);
	item->bytes.len = 300;
	item = sg_state_append(all, SG_STATE_MODE, NULL, &err);
	item->mode = SG_MODE_SEALED;
}

static void encoded_is_decoded(void **state)
{
	struct sg_state in = { 0 }, out;
	struct sg_buf bytes;
	struct sg_error err;

	(void)state;
	fill(&in);
	assert_int_equal(sg_state_encode(&in, &bytes, &err), 0);
	assert_int_equal(sg_state_decode(&bytes, &out, &err), 0);
	assert_int_equal(out.n, 4);
	assert_int_equal(out.item[0].identity, SG_IDENTITY_CLASS);
	assert_int_equal(out.item[0].value[15], 7);
	assert_memory_equal(out.item[1].floor, in.item[1].floor,
			    sizeof(*in.item[1].floor));
	assert_int_equal(out.item[2].bytes.len, 300);
	assert_memory_equal(out.item[2].bytes.data, in.item[2].bytes.data, 300);
	assert_int_equal(out.item[3].mode, SG_MODE_SEALED);
	sg_state_free(&in);
	sg_state_free(&out);
	sg_buf_free(&bytes);
}

static void every_prefix_and_flip_is_survived(void **state)
{
	struct sg_state in = { 0 }, out;
	struct sg_buf bytes;
	struct sg_error err;
	size_t i, full;
	int bit;

	(void)state;
	fill(&in);
	assert_int_equal(sg_state_encode(&in, &bytes, &err), 0);
	full = bytes.len;
	for (bytes.len = 0; bytes.len < full; bytes.len++) {
		assert_int_equal(sg_state_decode(&bytes, &out, &err), -1);
		assert_int_equal(out.n, 0);
	}
	for (i = 0; i < full; i++) {
		for (bit = 0; bit < 8; bit++) {
			bytes.data[i] ^= (uint8_t)(1 << bit);
			if (sg_state_decode(&bytes, &out, &err) == 0)
				sg_state_free(&out);
			bytes.data[i] ^= (uint8_t)(1 << bit);
		}
	}
	sg_state_free(&in);
	sg_buf_free(&bytes);
}

static void malformed_files_are_refused(void **state)
{
	static const struct {
		const char *what;
		uint8_t bytes[16];
		size_t len;
	} bad[] = {
		{ "no array", { 0x01 }, 1 },
		{ "version 2", { 0x82, 0x02, 0x80 }, 3 },
		{ "three members", { 0x83, 0x01, 0x80, 0x00 }, 4 },
		{ "trailing", { 0x82, 0x01, 0x80, 0x00 }, 4 },
		{ "kind 0", { 0x82, 0x01, 0x81, 0x82, 0x00, 0x41, 0x01 }, 7 },
		{ "kind 6", { 0x82, 0x01, 0x81, 0x82, 0x06, 0x41, 0x01 }, 7 },
		{ "mode 0", { 0x82, 0x01, 0x81, 0x82, 0x05, 0x41, 0x00 }, 7 },
		{ "mode 5", { 0x82, 0x01, 0x81, 0x82, 0x05, 0x41, 0x05 }, 7 },
		{ "empty bundle", { 0x82, 0x01, 0x81, 0x82, 0x01, 0x40 }, 6 },
		{ "item of one", { 0x82, 0x01, 0x81, 0x81, 0x05 }, 5 },
		{ "short identity",
		  { 0x82, 0x01, 0x81, 0x82, 0x02, 0x43, 0x82, 0x01, 0x40 }, 9 },
		{ "bomb", { 0x82, 0x01, 0x9a, 0x3f, 0xff, 0xff, 0xff }, 7 },
		{ "indefinite", { 0x82, 0x01, 0x9f, 0xff }, 4 },
	};
	struct sg_state out;
	struct sg_error err;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct sg_buf bytes = { (uint8_t *)bad[i].bytes, bad[i].len };

		if (sg_state_decode(&bytes, &out, &err) == 0)
			fail_msg("%s was accepted", bad[i].what);
		assert_int_equal(out.n, 0);
	}
}

static int collect(struct sg_state *out, struct sg_error *err)
{
	char config[128], var[128];

	snprintf(config, sizeof(config), "%s/etc", dir);
	snprintf(var, sizeof(var), "%s/var", dir);
	return sg_state_collect(config, var, out, err);
}

static void nothing_configured_is_an_empty_state(void **state)
{
	struct sg_state out;
	struct sg_error err;

	(void)state;
	assert_int_equal(collect(&out, &err), 0);
	assert_int_equal(out.n, 0);
}

static void configuration_is_collected_in_order(void **state)
{
	struct sg_state floors = { 0 }, out;
	struct sg_buf bytes;
	struct sg_error err;

	(void)state;
	put_text("etc/identity", "# this gateway\n\nvendor=example.com\n"
		 "class = 4db8c4f2-27e1-5ab3-8d4c-55a0d5a1e1aa\n");
	put_text("etc/mode", "enforce\n");
	put_text("etc/manifests/b.suit", "B");
	put_text("etc/manifests/a.suit", "A");
	put_text("etc/manifests/readme.txt", "no");
	put_text("var/manifests/c.suit", "C");
	fill(&floors);
	assert_int_equal(sg_state_encode(&floors, &bytes, &err), 0);
	put("var/floors.state", bytes.data, bytes.len);
	sg_buf_free(&bytes);
	sg_state_free(&floors);

	if (collect(&out, &err) < 0)
		fail_msg("%s", err.message);
	assert_int_equal(out.n, 7);
	assert_int_equal(out.item[0].identity, SG_IDENTITY_VENDOR);
	assert_int_equal(out.item[1].identity, SG_IDENTITY_CLASS);
	assert_int_equal(out.item[1].value[0], 0x4d);
	assert_int_equal(out.item[2].kind, SG_STATE_FLOOR);
	assert_int_equal(out.item[3].bytes.data[0], 'A');
	assert_int_equal(out.item[4].bytes.data[0], 'B');
	assert_int_equal(out.item[5].bytes.data[0], 'C');
	assert_int_equal(out.item[6].mode, SG_MODE_ENFORCE);
	sg_state_free(&out);
}

static void errors_name_file_and_line(void **state)
{
	struct sg_state out;
	struct sg_error err;

	(void)state;
	put_text("etc/identity", "vendor=example.com\ncolour=red\n");
	assert_int_equal(collect(&out, &err), -1);
	assert_non_null(strstr(err.message, "/etc/identity:2:"));
	put_text("etc/identity", "vendor=example.com\nclass\n");
	assert_int_equal(collect(&out, &err), -1);
	assert_non_null(strstr(err.message, "/etc/identity:2:"));
	put_text("etc/identity", "class=thing\n");
	assert_int_equal(collect(&out, &err), -1);
	assert_non_null(strstr(err.message, "/etc/identity:1:"));
	put_text("etc/identity", "");
	put_text("etc/mode", "enforced\n");
	assert_int_equal(collect(&out, &err), -1);
	assert_non_null(strstr(err.message, "/etc/mode:1:"));
}

/* A gate that refuses manifests and notes the order of calls. */
static char calls[16];
static uint32_t gate_state;

static int fake_call(int fd, unsigned long request, void *arg)
{
	size_t n = strlen(calls);

	(void)fd;
	assert_true(n + 1 < sizeof(calls));
	switch (request) {
	case SUITGATE_IOC_INFO:
		((struct suitgate_info *)arg)->abi = SUITGATE_ABI;
		((struct suitgate_info *)arg)->state = gate_state;
		return 0;
	case SUITGATE_IOC_LOAD:
		calls[n] = 'L';
		((struct suitgate_load *)arg)->error = SUIT_ERR_NO_KEY;
		errno = ENOKEY;
		return -1;
	case SUITGATE_IOC_IDENTITY:
		calls[n] = 'I';
		return 0;
	case SUITGATE_IOC_FLOOR_SET:
		calls[n] = 'F';
		return 0;
	case SUITGATE_IOC_SEAL:
		calls[n] = 'S';
		return 0;
	}
	fail_msg("request %lx", request);
	return -1;
}

static unsigned int told;

static void note(const struct sg_state_item *item, const struct sg_error *why,
		 void *context)
{
	(void)context;
	told++;
	assert_int_equal(item->kind, SG_STATE_MANIFEST);
	assert_string_equal(why->code, "no-trusted-key");
}

static void a_refusal_does_not_stop_the_seal(void **state)
{
	static struct sg_gate gate = { .fd = -1, .call = fake_call };
	struct sg_state_result result;
	struct sg_state all = { 0 };
	struct sg_error err;

	(void)state;
	fill(&all);
	memset(calls, 0, sizeof(calls));
	gate_state = 0;
	told = 0;
	assert_int_equal(sg_state_apply(&gate, &all, note, NULL, &result, &err),
			 -1);
	assert_string_equal(calls, "IFLS");
	assert_string_equal(err.code, "no-trusted-key");
	assert_int_equal(result.refused, 1);
	assert_int_equal(told, 1);
	assert_int_equal(result.applied[SG_STATE_MODE], 1);

	memset(calls, 0, sizeof(calls));
	gate_state = SUITGATE_SEALED;
	assert_int_equal(sg_state_apply(&gate, &all, NULL, NULL, &result, &err),
			 -1);
	assert_string_equal(calls, "L");
	assert_int_equal(result.skipped, 3);
	sg_state_free(&all);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(encoded_is_decoded),
		cmocka_unit_test(every_prefix_and_flip_is_survived),
		cmocka_unit_test(malformed_files_are_refused),
		cmocka_unit_test_setup_teardown(
			nothing_configured_is_an_empty_state, make_dir,
			remove_dir),
		cmocka_unit_test_setup_teardown(
			configuration_is_collected_in_order, make_dir,
			remove_dir),
		cmocka_unit_test_setup_teardown(errors_name_file_and_line,
						make_dir, remove_dir),
		cmocka_unit_test(a_refusal_does_not_stop_the_seal),
	};

	return cmocka_run_group_tests_name("state", tests, NULL, NULL);
}

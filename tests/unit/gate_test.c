// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The library's side of /dev/suitgate against a gate made of functions: what
 * is sent, what is believed of an answer, and that nonsense is refused.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "gate_seam.h"
#include "core/suit.h"
#include "suitgate/gate.h"
#include "uapi/suitgate.h"

static union {
	struct suitgate_info info;
	struct suitgate_load load;
	struct suitgate_check check;
	struct suitgate_floor floor;
	struct suitgate_confirm confirm;
	struct suitgate_identity identity;
	struct suitgate_set_mode mode;
} reply, seen;

static struct {
	unsigned long request;
	size_t size;
	int error;		/* errno the call fails with, 0 succeeds */
	unsigned int calls;
	const void *bytes;	/* what read() gives */
	size_t len;
} kernel;

/* Sizes are in the request's number, as the kernel sees them. */
static int fake_call(int fd, unsigned long request, void *arg)
{
	assert_int_equal(fd, -1);
	kernel.calls++;
	kernel.request = request;
	kernel.size = _IOC_SIZE(request);
	if (kernel.size) {
		assert_true(kernel.size <= sizeof(seen));
		memcpy(&seen, arg, kernel.size);
		assert_int_equal(*(uint32_t *)arg, kernel.size);
		if (_IOC_DIR(request) & _IOC_READ)
			memcpy(arg, &reply, kernel.size);
	}
	errno = kernel.error;
	return kernel.error ? -1 : 0;
}

static ssize_t fake_read(int fd, void *buffer, size_t len)
{
	size_t n = kernel.len < len ? kernel.len : len;

	assert_int_equal(fd, -1);
	if (kernel.error) {
		errno = kernel.error;
		return -1;
	}
	if (n)
		memcpy(buffer, kernel.bytes, n);
	kernel.len = 0;
	return (ssize_t)n;
}

static struct sg_gate gate;

static int setup(void **state)
{
	(void)state;
	memset(&gate, 0, sizeof(gate));
	memset(&reply, 0, sizeof(reply));
	memset(&seen, 0, sizeof(seen));
	memset(&kernel, 0, sizeof(kernel));
	gate.fd = -1;
	gate.call = fake_call;
	gate.read = fake_read;
	return 0;
}

static void info_is_copied(void **state)
{
	struct sg_gate_info info;
	struct sg_error err;

	(void)state;
	reply.info = (struct suitgate_info){
		.size = sizeof(reply.info),
		.abi = SUITGATE_ABI,
		.mode = SUITGATE_MODE_ENFORCE,
		.state = SUITGATE_SEALED,
		.refused = 7,
		.build_id = { 0xab },
	};
	assert_int_equal(sg_gate_get_info(&gate, &info, &err), 0);
	assert_int_equal(kernel.request, SUITGATE_IOC_INFO);
	assert_int_equal(info.mode, SG_MODE_ENFORCE);
	assert_true(info.sealed);
	assert_false(info.break_glass);
	assert_int_equal(info.refused, 7);
	assert_memory_equal(info.build_id, "ab00", 4);
}

static void another_abi_is_refused(void **state)
{
	struct sg_gate_info info;
	struct sg_error err;

	(void)state;
	reply.info.abi = SUITGATE_ABI + 1;
	assert_int_equal(sg_gate_get_info(&gate, &info, &err), -1);
	assert_false(err.refused);
}

static void load_returns_the_digest(void **state)
{
	struct sg_buf envelope = { (uint8_t *)"abc", 3 };
	struct sg_gate_manifest manifest;
	struct sg_error err;

	(void)state;
	reply.load.sequence_number = 5;
	reply.load.components = 2;
	reply.load.digest_alg = SUIT_ALG_SHA384;
	reply.load.digest[47] = 9;
	assert_int_equal(sg_gate_load(&gate, &envelope, &manifest, &err), 0);
	assert_int_equal(seen.load.len, 3);
	assert_int_equal(seen.load.data, (uintptr_t)envelope.data);
	assert_int_equal(manifest.sequence_number, 5);
	assert_int_equal(manifest.digest.len, 48);
	assert_int_equal(manifest.digest.value[47], 9);
}

static void a_refusal_has_the_errors_name(void **state)
{
	struct sg_buf envelope = { (uint8_t *)"abc", 3 };
	struct sg_gate_manifest manifest;
	struct sg_error err = { 0 };

	(void)state;
	kernel.error = EKEYREJECTED;
	reply.load.error = SUIT_ERR_SIGNATURE;
	assert_int_equal(sg_gate_load(&gate, &envelope, &manifest, &err), -1);
	assert_true(err.refused);
	assert_string_equal(err.code, "signature-invalid");
}

static void trouble_is_no_refusal(void **state)
{
	struct sg_buf envelope = { (uint8_t *)"abc", 3 };
	struct sg_gate_manifest manifest;
	struct sg_error err = { 0 };

	(void)state;
	kernel.error = EPERM;
	assert_int_equal(sg_gate_load(&gate, &envelope, &manifest, &err), -1);
	assert_false(err.refused);
	assert_non_null(strstr(err.message, "CAP_MAC_ADMIN"));
}

static void check_sends_the_component(void **state)
{
	static const uint8_t id[] = { 0x82, 0x48, 'f', 'i', 'r', 'm', 'w', 'a',
				      'r', 'e', 0x41, 'x' };
	struct sg_gate_question question = {
		.envelope = { (uint8_t *)"e", 1 },
		.component = "firmware/x",
		.payload = { (uint8_t *)"pp", 2 },
	};
	struct sg_error err;

	(void)state;
	assert_int_equal(sg_gate_check(&gate, &question, &err), 0);
	assert_int_equal(seen.check.component_len, sizeof(id));
	assert_int_equal(seen.check.payload_len, 2);
	question.component = "firmware/../x";
	kernel.calls = 0;
	assert_int_equal(sg_gate_check(&gate, &question, &err), -1);
	assert_int_equal(kernel.calls, 0);
}

static void confirm_wants_a_whole_digest(void **state)
{
	struct sg_gate_digest digest = { .alg = SUIT_ALG_SHA256, .len = 31 };
	struct sg_error err;

	(void)state;
	assert_int_equal(sg_gate_confirm(&gate, &digest, true, &err), -1);
	assert_int_equal(kernel.calls, 0);
	digest.len = 32;
	assert_int_equal(sg_gate_confirm(&gate, &digest, true, &err), 0);
	assert_int_equal(seen.confirm.flags, SUITGATE_CONFIRM_JUMP);
}

static void sealed_is_a_call_of_its_own(void **state)
{
	struct sg_error err;

	(void)state;
	assert_int_equal(sg_gate_set_mode(&gate, SG_MODE_AUDIT, &err), 0);
	assert_int_equal(kernel.request, SUITGATE_IOC_MODE);
	assert_int_equal(seen.mode.mode, SUITGATE_MODE_AUDIT);
	assert_int_equal(sg_gate_set_mode(&gate, SG_MODE_SEALED, &err), 0);
	assert_int_equal(kernel.request, SUITGATE_IOC_SEAL);
}

static void floors_end_with_enoent(void **state)
{
	struct sg_gate_floor floor;
	struct sg_error err;

	(void)state;
	reply.floor.sequence_number = 3;
	reply.floor.digest_alg = SUIT_ALG_SHA256;
	reply.floor.authority_len = 1;
	reply.floor.authority[0] = 'a';
	reply.floor.id_len = 2;
	assert_int_equal(sg_gate_get_floor(&gate, 0, &floor, &err), 1);
	assert_string_equal(floor.authority, "a");
	assert_int_equal(floor.id_len, 2);
	kernel.error = ENOENT;
	assert_int_equal(sg_gate_get_floor(&gate, 1, &floor, &err), 0);
	kernel.error = EPERM;
	assert_int_equal(sg_gate_get_floor(&gate, 1, &floor, &err), -1);
}

static void a_floor_with_wild_lengths_is_refused(void **state)
{
	struct sg_gate_floor floor;
	struct sg_error err;

	(void)state;
	reply.floor.authority_len = SUITGATE_MAX_AUTHORITY + 1;
	assert_int_equal(sg_gate_get_floor(&gate, 0, &floor, &err), -1);
	reply.floor.authority_len = 0;
	reply.floor.id_len = UINT32_MAX;
	assert_int_equal(sg_gate_get_floor(&gate, 0, &floor, &err), -1);
}

static struct suitgate_record record_of(const char *name)
{
	struct suitgate_record record = {
		.size = sizeof(record),
		.number = 1,
		.error = SUIT_ERR_IMAGE,
		.err = -EKEYREJECTED,
		.path = SUITGATE_PATH_FILE,
		.verdict = SUITGATE_REFUSED,
		.source = SUITGATE_SOURCE_SIDECAR,
		.mode = SUITGATE_MODE_ENFORCE,
		.comm = "task\n[31m",
	};

	assert_true(strlen(name) < sizeof(record.name));
	memcpy(record.name, name, strlen(name));
	return record;
}

static void records_come_one_by_one(void **state)
{
	struct suitgate_record two[2] = { record_of("/lib/firmware/a"),
					  record_of("/lib/firmware/b") };
	struct sg_gate_record record;
	struct sg_error err;

	(void)state;
	kernel.bytes = two;
	kernel.len = sizeof(two);
	assert_int_equal(sg_gate_next_record(&gate, 0, &record, &err), 1);
	assert_string_equal(record.name, "/lib/firmware/a");
	assert_string_equal(record.error, "image-mismatch");
	assert_string_equal(record.verdict, "refused");
	assert_string_equal(record.source, "sidecar");
	assert_string_equal(record.comm, "task?[31m");
	assert_int_equal(sg_gate_next_record(&gate, 0, &record, &err), 1);
	assert_string_equal(record.name, "/lib/firmware/b");
	assert_int_equal(sg_gate_next_record(&gate, 0, &record, &err), 0);
	kernel.error = EAGAIN;
	assert_int_equal(sg_gate_next_record(&gate, 0, &record, &err), 0);
	kernel.error = EPERM;
	assert_int_equal(sg_gate_next_record(&gate, 0, &record, &err), -1);
}

static void longer_and_shorter_records_are_read(void **state)
{
	struct {
		struct suitgate_record record;
		uint8_t more[24];
	} newer[2] = { { .record = record_of("a") },
		       { .record = record_of("b") } };
	struct suitgate_record older = record_of("gone");
	struct sg_gate_record record;
	struct sg_error err;

	(void)state;
	newer[0].record.size = newer[1].record.size = sizeof(newer[0]);
	kernel.bytes = newer;
	kernel.len = sizeof(newer);
	assert_int_equal(sg_gate_next_record(&gate, 0, &record, &err), 1);
	assert_int_equal(sg_gate_next_record(&gate, 0, &record, &err), 1);
	assert_string_equal(record.name, "b");
	older.size = offsetof(struct suitgate_record, name);
	kernel.bytes = &older;
	kernel.len = older.size;
	assert_int_equal(sg_gate_next_record(&gate, 0, &record, &err), 1);
	assert_string_equal(record.name, "");
}

static void records_that_make_no_sense_are_refused(void **state)
{
	static const uint32_t sizes[] = { 0, 4, 8, sizeof(struct suitgate_record) + 1,
					  UINT32_MAX };
	struct suitgate_record bad = record_of("x");
	struct sg_gate_record record;
	struct sg_error err;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		bad.size = sizes[i];
		kernel.bytes = &bad;
		kernel.len = sizeof(bad);
		assert_int_equal(sg_gate_next_record(&gate, 0, &record, &err),
				 -1);
		assert_int_equal(sg_gate_next_record(&gate, 0, &record, &err),
				 0);
	}
	kernel.len = 3;
	assert_int_equal(sg_gate_next_record(&gate, 0, &record, &err), -1);
}

static void digests_are_parsed(void **state)
{
	char hex[129];
	struct sg_gate_digest digest;
	struct sg_error err;

	(void)state;
	memset(hex, 'a', sizeof(hex));
	hex[64] = '\0';
	assert_int_equal(sg_gate_digest_parse(hex, &digest, &err), 0);
	assert_int_equal(digest.alg, SUIT_ALG_SHA256);
	assert_int_equal(digest.value[31], 0xaa);
	hex[63] = '\0';
	assert_int_equal(sg_gate_digest_parse(hex, &digest, &err), -1);
	hex[63] = 'g';
	assert_int_equal(sg_gate_digest_parse(hex, &digest, &err), -1);
	assert_int_equal(sg_gate_digest_parse("", &digest, &err), -1);
	assert_int_equal(sg_gate_digest_parse("sha-256:", &digest, &err), -1);
}

static void modes_have_names(void **state)
{
	(void)state;
	assert_string_equal(sg_gate_mode_name(SG_MODE_ENFORCE), "enforce");
	assert_null(sg_gate_mode_name(0));
	assert_null(sg_gate_mode_name(99));
	assert_int_equal(sg_gate_mode_parse("sealed"), SG_MODE_SEALED);
	assert_int_equal(sg_gate_mode_parse("Enforce"), 0);
}

#define TEST(name) cmocka_unit_test_setup(name, setup)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(info_is_copied),
		TEST(another_abi_is_refused),
		TEST(load_returns_the_digest),
		TEST(a_refusal_has_the_errors_name),
		TEST(trouble_is_no_refusal),
		TEST(check_sends_the_component),
		TEST(confirm_wants_a_whole_digest),
		TEST(sealed_is_a_call_of_its_own),
		TEST(floors_end_with_enoent),
		TEST(a_floor_with_wild_lengths_is_refused),
		TEST(records_come_one_by_one),
		TEST(longer_and_shorter_records_are_read),
		TEST(records_that_make_no_sense_are_refused),
		TEST(digests_are_parsed),
		TEST(modes_have_names),
	};

	return cmocka_run_group_tests_name("gate", tests, NULL, NULL);
}

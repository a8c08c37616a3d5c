// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The counter in a TPM 2.0: a software TPM in a process of its own, whose
 * non-volatile memory outlives it.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "floor_case.h"

/* tpm2-tss 4.1 loses some bytes each time it finds no TPM. */
const char *__lsan_default_suppressions(void);

const char *__lsan_default_suppressions(void)
{
	return "leak:Tss2_TctiLdr_Initialize_Ex";
}

static pid_t swtpm;
static char tcti[128], socket_path[64];

static void tpm_on(void)
{
	const char *dir = scratch("."), *ctrl, *server;
	unsigned int tries;

	snprintf(socket_path, sizeof(socket_path), "%s", scratch("tpm"));
	snprintf(tcti, sizeof(tcti), "swtpm:path=%s", socket_path);
	ctrl = text("type=unixio,path=%s.ctrl", socket_path);
	server = text("type=unixio,path=%s", socket_path);
	unlink(socket_path);
	swtpm = fork();
	assert_true(swtpm >= 0);
	if (!swtpm) {
		assert_non_null(freopen("/dev/null", "w", stderr));
		execlp("swtpm", "swtpm", "socket", "--tpm2", "--tpmstate",
		       text("dir=%s", dir), "--ctrl", ctrl, "--server", server,
		       "--flags", "not-need-init,startup-clear", NULL);
		_exit(127);
	}
	for (tries = 0; tries < 500 && access(socket_path, F_OK) < 0; tries++)
		usleep(10000);
	assert_int_equal(access(socket_path, F_OK), 0);
}

/* No good-bye: as when the power fails. */
static void tpm_off(void)
{
	kill(swtpm, SIGKILL);
	assert_int_equal(waitpid(swtpm, NULL, 0), swtpm);
}

static struct sg_tpm *tpm;
static struct sg_anchor anchor;

static void reach(void)
{
	succeeded(sg_tpm_open(tcti, NULL, &tpm, &anchor, &why));
}

static int read_it(uint64_t *value)
{
	int state = anchor.ops->read(anchor.context, value, &why);

	if (state < 0)
		fail_msg("%s", why.message);
	return state;
}

static uint64_t raised(void)
{
	uint64_t value;

	succeeded(anchor.ops->raise(anchor.context, &value, &why));
	return value;
}

static uint64_t defined(void)
{
	uint64_t first;

	succeeded(anchor.ops->define(anchor.context, &first, &why));
	return first;
}

/* One of tpm2-tools, which others may use on the same TPM. */
static void tool(const char *command)
{
	assert_int_equal(system(text("TPM2TOOLS_TCTI='%s' %s > /dev/null",
				     tcti, command)), 0);
}

static void it_rises_by_one(void **state)
{
	uint64_t first, value;

	(void)state;
	tpm_on();
	reach();
	assert_int_equal(read_it(&value), SG_ANCHOR_ABSENT);
	first = defined();
	assert_int_equal(read_it(&value), SG_ANCHOR_NEW);
	/* asked again, as after a power failure: what is there is used */
	assert_true(defined() > first);
	first = defined();
	assert_int_equal(raised(), first);
	assert_int_equal(raised(), first + 1);
	assert_int_equal(read_it(&value), SG_ANCHOR_SET);
	assert_int_equal(value, first + 1);
	sg_tpm_close(tpm);
	tpm_off();
	tpm_on();
	reach();
	assert_int_equal(read_it(&value), SG_ANCHOR_SET);
	assert_int_equal(value, first + 1);
	assert_int_equal(raised(), first + 2);
	sg_tpm_close(tpm);
	tpm_off();
}

/* The owner may remove the counter: that sets nothing back. */
static void one_that_is_removed_begins_above(void **state)
{
	uint64_t first, value;

	(void)state;
	tpm_on();
	reach();
	first = defined();
	assert_int_equal(raised(), first);
	assert_int_equal(raised(), first + 1);
	sg_tpm_close(tpm);
	tool("tpm2_nvundefine 0x01805347");
	reach();
	assert_int_equal(read_it(&value), SG_ANCHOR_ABSENT);
	failed(anchor.ops->raise(anchor.context, &value, &why), "has gone");
	assert_true(defined() > first + 1);
	sg_tpm_close(tpm);
	tpm_off();
}

static void an_index_of_somebody_else(void **state)
{
	uint64_t value;

	(void)state;
	tpm_on();
	tool("tpm2_nvdefine 0x01805347 -C o -s 8 -a 'ownerread|ownerwrite'");
	reach();
	assert_int_equal(anchor.ops->read(anchor.context, &value, &why), -1);
	assert_non_null(strstr(why.message, "used for something else"));
	assert_int_equal(anchor.ops->define(anchor.context, &value, &why), -1);
	sg_tpm_close(tpm);
	tool("tpm2_nvundefine 0x01805347");
	/* what a power failure leaves of finding out the first value, and not */
	tool("tpm2_nvdefine 0x01805348 -C o -a 'ownerread|ownerwrite|authread|no_da|nt=counter'");
	reach();
	value = defined();
	assert_int_equal(raised(), value);
	sg_tpm_close(tpm);
	tool("tpm2_nvdefine 0x01805348 -C o -s 8 -a 'ownerread|ownerwrite'");
	reach();
	assert_int_equal(anchor.ops->define(anchor.context, &value, &why), -1);
	sg_tpm_close(tpm);
	tpm_off();
}

static void an_owner_with_a_password(void **state)
{
	uint64_t value;

	(void)state;
	tpm_on();
	tool("tpm2_changeauth -c owner secret");
	reach();
	failed(anchor.ops->define(anchor.context, &value, &why),
	       "the owner hierarchy has a password");
	assert_non_null(strstr(why.message, "making the counter"));
	sg_tpm_close(tpm);
	succeeded(sg_tpm_open(tcti, "secret", &tpm, &anchor, &why));
	value = defined();
	assert_int_equal(raised(), value);
	sg_tpm_close(tpm);
	/* reading needs none */
	reach();
	assert_int_equal(read_it(&value), SG_ANCHOR_SET);
	failed(anchor.ops->raise(anchor.context, &value, &why),
	       "the owner hierarchy has a password");
	sg_tpm_close(tpm);
	tpm_off();
	failed(sg_tpm_open("device:/nowhere/tpm", NULL, &tpm, &anchor, &why),
	       "is there a TPM");
	assert_null(tpm);
	failed(sg_tpm_open("nonsense:", NULL, &tpm, &anchor, &why), "TPM: ");
}

/* The whole, as a gateway has it. */
static struct sg_floor_request request;

static const char *kept(void)
{
	struct sg_floor_store *store;
	const char *out;

	succeeded(sg_floor_store_open(&request, &store, &why));
	out = floors_text(sg_floor_store_get(store));
	sg_floor_store_close(store);
	return out;
}

static void put(uint64_t x)
{
	struct sg_floor_store *store;

	succeeded(sg_floor_store_open(&request, &store, &why));
	succeeded(sg_floor_store_put(store, floors_of(x, 0), &why));
	sg_floor_store_close(store);
}

static int no_power(void *context, uint64_t *value, struct sg_error *err)
{
	(void)context;
	(void)value;
	return sg_fail(err, "the power failed");
}

static void floors_of_a_gateway(void **state)
{
	struct sg_anchor_ops ops;
	struct sg_anchor weak;
	struct sg_floor_store *store;
	struct suit_slice old;

	(void)state;
	floor_begin();
	request = *floor_request(false);
	tpm_on();
	reach();
	request.anchor = &anchor;
	assert_string_equal(kept(), "");
	put(1);
	old = floor_image();
	put(2);
	/* renamed, not raised */
	ops = *anchor.ops;
	ops.raise = no_power;
	weak = (struct sg_anchor){ &ops, tpm, anchor.index };
	request.anchor = &weak;
	succeeded(sg_floor_store_open(&request, &store, &why));
	failed(sg_floor_store_put(store, floors_of(3, 0), &why),
	       "the power failed");
	sg_floor_store_close(store);
	sg_tpm_close(tpm);
	tpm_off();
	tpm_on();
	reach();
	request.anchor = &anchor;
	assert_string_equal(kept(), "x=3");
	floor_restore(old);
	assert_int_equal(sg_floor_store_open(&request, &store, &why), -1);
	assert_string_equal(why.code, SG_FLOOR_OLD);
	succeeded(sg_floor_store_reset(&request, floors_of(1, 0), &why));
	assert_string_equal(kept(), "x=1");
	sg_tpm_close(tpm);
	/* a TPM that was cleared */
	tool("tpm2_clear");
	reach();
	assert_int_equal(sg_floor_store_open(&request, &store, &why), -1);
	assert_string_equal(why.code, SG_FLOOR_NO_COUNTER);
	sg_tpm_close(tpm);
	tpm_off();
}

int main(void)
{
	single("it rises by one", it_rises_by_one);
	single("one that is removed begins above",
	       one_that_is_removed_begins_above);
	single("an index of somebody else", an_index_of_somebody_else);
	single("an owner with a password", an_owner_with_a_password);
	single("floors of a gateway", floors_of_a_gateway);
	return table_run("anchor");
}

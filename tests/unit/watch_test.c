// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * suitgated watches what the gate decides: of one that comes late too, and
 * again after an error. The gate is made of functions, which the linker puts in
 * place of the library's, and has delivered something once.
 */
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "../../userspace/daemon/trial.h"
#include "../../userspace/daemon/watch.h"
#include "outcome.h"
#include "table.h"

/* By which it was delivered. */
static const uint8_t manifest[32] = "01234567890123456789012345678901";

/**
 * struct gate - the gate
 * @there: it is
 * @broken: @unreadable: opening it, reading from it fails
 * @opened: how often it was, and is now
 * @fd: readable for ever
 * @at: records that were read since it was opened
 */
static struct gate {
	bool there;
	bool broken;
	bool unreadable;
	int opened;
	int fd;
	unsigned int at;
} gate;

static char said[2048];
static int delivered;	/* as trials hear of it */

void daemon_log(int priority, const char *fmt, ...)
{
	size_t len = strlen(said);
	va_list ap;

	(void)priority;
	va_start(ap, fmt);
	vsnprintf(said + len, sizeof(said) - len, fmt, ap);
	va_end(ap);
}

/* The build looks for these names. */
#define WRAP(name, type, arguments) \
	type __wrap_##name arguments; \
	type __wrap_##name arguments

WRAP(sg_gate_present, bool, (void))
{
	return gate.there;
}

WRAP(sg_gate_open, int, (struct sg_gate **out, struct sg_error *err))
{
	if (gate.broken)
		return sg_fail(err, "cannot be opened");
	gate.opened++;
	gate.at = 0;
	*out = (struct sg_gate *)&gate;
	return 0;
}

WRAP(sg_gate_close, void, (struct sg_gate *is))
{
	gate.opened -= is != NULL;
}

WRAP(sg_gate_fd, int, (const struct sg_gate *is))
{
	assert_ptr_equal(is, &gate);
	return gate.fd;
}

WRAP(sg_gate_next_record, int, (struct sg_gate *is, int timeout_ms,
				struct sg_gate_record *out,
				struct sg_error *err))
{
	assert_ptr_equal(is, &gate);
	assert_int_equal(timeout_ms, 0);
	if (gate.unreadable)
		return sg_fail(err, "cannot be read");
	*out = (struct sg_gate_record){ .number = 1, .verdict = "delivered",
					.error = "ok" };
	memcpy(out->manifest, manifest, sizeof(manifest));
	return gate.at++ == 0;
}

WRAP(trial_delivered, void, (struct daemon *daemon, const uint8_t is[32]))
{
	(void)daemon;
	assert_memory_equal(is, manifest, sizeof(manifest));
	delivered++;
}

static struct daemon daemon_state;

static void begin(struct gate is)
{
	daemon_state = (struct daemon){ .trial = NULL };
	gate = is;
	gate.fd = eventfd(1, EFD_CLOEXEC);
	delivered = 0;
	said[0] = '\0';
	assert_true(sd_event_new(&daemon_state.event) >= 0);
	succeeded(watch_start(&daemon_state, &why));
}

/* What is due; a look for the gate is. */
static void go_on(void)
{
	int i;

	if (daemon_state.watch_timer)
		assert_true(sd_event_source_set_time(daemon_state.watch_timer,
						     0) >= 0);
	for (i = 0; i < 8 && sd_event_run(daemon_state.event, 0) > 0; i++)
		;
}

static void end(void)
{
	watch_stop(&daemon_state);
	assert_null(daemon_state.watch);
	assert_int_equal(gate.opened, 0);
	sd_event_unref(daemon_state.event);
	close(gate.fd);
}

static void from_the_start(void **state)
{
	(void)state;
	begin((struct gate){ .there = true });
	assert_null(daemon_state.watch_timer);
	go_on();
	assert_int_equal(delivered, 1);
	end();
}

static void comes_later(void **state)
{
	(void)state;
	begin((struct gate){ .there = false });
	go_on();
	assert_null(daemon_state.watch);
	gate.there = true;
	go_on();
	assert_string_equal(said, "the gate is watched");
	assert_int_equal(gate.opened, 1);
	assert_int_equal(delivered, 1);
	end();
}

static void cannot_be_read(void **state)
{
	(void)state;
	begin((struct gate){ .there = true, .unreadable = true });
	assert_int_equal(sd_event_run(daemon_state.event, 0), 1);
	assert_string_equal(said, "the gate is not watched for now: cannot be read");
	assert_int_equal(gate.opened, 0);
	assert_int_equal(delivered, 0);
	gate.unreadable = false;
	go_on();
	assert_int_equal(gate.opened, 1);
	assert_int_equal(delivered, 1);
	end();
}

static void cannot_be_opened(void **state)
{
	(void)state;
	begin((struct gate){ .broken = true });
	gate.there = true;
	go_on();
	assert_string_equal(said, "cannot be opened");
	assert_null(daemon_state.watch);
	gate.broken = false;
	go_on();
	assert_int_equal(delivered, 1);
	end();
}

static void cannot_be_opened_at_the_start(void **state)
{
	(void)state;
	daemon_state = (struct daemon){ .trial = NULL };
	gate = (struct gate){ .there = true, .broken = true };
	assert_true(sd_event_new(&daemon_state.event) >= 0);
	failed(watch_start(&daemon_state, &why), "cannot be opened");
	end();
}

int main(void)
{
	single("a gate that is there", from_the_start);
	single("one that comes later", comes_later);
	single("one that could not be read once", cannot_be_read);
	single("one that could not be opened once", cannot_be_opened);
	single("nor when suitgated starts: it does not",
	       cannot_be_opened_at_the_start);
	return table_run("watch");
}

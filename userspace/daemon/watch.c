// SPDX-License-Identifier: GPL-2.0-or-later
#include "watch.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <syslog.h>

#include "gate_state.h"
#include "manager.h"
#include "report.h"
#include "source.h"
#include "trial.h"

enum {
	BURST = 64,	/* records before others get their turn */
	LOOK_S = 5,	/* for a gate that is not there yet */
	AGAIN_S = 30,	/* after an error */
};

static const uint64_t second = 1000000;

struct watch {
	struct sg_gate *gate;
	sd_event_source *source;
};

static void take(struct daemon *daemon, const struct sg_gate_record *record)
{
	if (record->lost)
		daemon_log(LOG_WARNING, "%u decisions of the gate were missed",
			   record->lost);
	if (!strcmp(record->verdict, "delivered")) {
		trial_delivered(daemon, record->manifest);
		return;
	}
	report_denial(daemon, record);
	source_wanted(daemon);
}

static void close_watch(struct daemon *daemon)
{
	struct watch *watch = daemon->watch;

	if (!watch)
		return;
	sd_event_source_disable_unref(watch->source);
	sg_gate_close(watch->gate);
	free(watch);
	daemon->watch = NULL;
}

static int look_later(struct daemon *daemon, unsigned int seconds,
		      struct sg_error *err);

static int on_records(sd_event_source *source, int fd, uint32_t events,
		      void *userdata)
{
	struct daemon *daemon = userdata;
	struct sg_gate_record record;
	struct sg_error err, why;
	int ret = 1, n;

	(void)source;
	(void)fd;
	(void)events;
	for (n = 0; n < BURST && ret == 1; n++) {
		ret = sg_gate_next_record(daemon->watch->gate, 0, &record,
					  &err);
		if (ret == 1)
			take(daemon, &record);
	}
	if (ret >= 0)
		return 0;
	daemon_log(LOG_ERR, "the gate is not watched for now: %s", err.message);
	close_watch(daemon);
	return look_later(daemon, AGAIN_S, &why);
}

static int open_watch(struct daemon *daemon, struct sg_error *err)
{
	struct watch *watch = calloc(1, sizeof(*watch));
	int r;

	if (!watch)
		return sg_fail(err, "out of memory");
	if (sg_gate_open(&watch->gate, err) < 0) {
		free(watch);
		return -1;
	}
	daemon->watch = watch;
	r = sd_event_add_io(daemon->event, &watch->source,
			    sg_gate_fd(watch->gate), EPOLLIN, on_records,
			    daemon);
	if (r >= 0)
		return 0;
	close_watch(daemon);
	errno = -r;
	return sg_fail(err, "cannot watch the gate: %m");
}

static int on_time(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct daemon *daemon = userdata;
	struct sg_error err;

	(void)source;
	(void)usec;
	if (!sg_gate_present())
		return look_later(daemon, LOOK_S, &err);
	if (open_watch(daemon, &err) < 0) {
		daemon_log(LOG_ERR, "%s", err.message);
		return look_later(daemon, AGAIN_S, &err);
	}
	daemon_log(LOG_NOTICE, "the gate is watched");
	if (daemon->n_subscribers)
		gate_state_follow(daemon);
	manager_changed(daemon);
	return 0;
}

static int look_later(struct daemon *daemon, unsigned int seconds,
		      struct sg_error *err)
{
	sd_event_source **timer = &daemon->watch_timer;
	int r = 0;

	if (!*timer)
		r = sd_event_add_time_relative(daemon->event, timer,
					       CLOCK_MONOTONIC, 0, second,
					       on_time, daemon);
	if (r >= 0)
		r = sd_event_source_set_time_relative(*timer, seconds * second);
	if (r >= 0)
		r = sd_event_source_set_enabled(*timer, SD_EVENT_ONESHOT);
	if (r >= 0)
		return 0;
	errno = -r;
	return sg_fail(err, "cannot look for the gate again: %m");
}

int watch_start(struct daemon *daemon, struct sg_error *err)
{
	return sg_gate_present() ? open_watch(daemon, err) :
				   look_later(daemon, LOOK_S, err);
}

void watch_stop(struct daemon *daemon)
{
	close_watch(daemon);
	daemon->watch_timer = sd_event_source_disable_unref(daemon->watch_timer);
}

// SPDX-License-Identifier: GPL-2.0-or-later
#include "watch.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <syslog.h>

#include "report.h"
#include "source.h"
#include "trial.h"

enum { BURST = 64 };	/* records before others get their turn */

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

static int on_records(sd_event_source *source, int fd, uint32_t events,
		      void *userdata)
{
	struct daemon *daemon = userdata;
	struct sg_gate_record record;
	struct sg_error err;
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
	if (ret < 0) {
		daemon_log(LOG_ERR, "the gate is not watched any more: %s",
			   err.message);
		sd_event_source_set_enabled(daemon->watch->source,
					    SD_EVENT_OFF);
	}
	return 0;
}

int watch_start(struct daemon *daemon, struct sg_error *err)
{
	struct watch *watch;
	int r;

	if (!sg_gate_present())
		return 0;
	watch = calloc(1, sizeof(*watch));
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
	errno = -r;
	return sg_fail(err, "cannot watch the gate: %m");
}

void watch_stop(struct daemon *daemon)
{
	struct watch *watch = daemon->watch;

	if (!watch)
		return;
	sd_event_source_disable_unref(watch->source);
	sg_gate_close(watch->gate);
	free(watch);
	daemon->watch = NULL;
}

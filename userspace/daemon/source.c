// SPDX-License-Identifier: GPL-2.0-or-later
#include "source.h"

#include <errno.h>
#include <stdlib.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

#include "install.h"
#include "source_look.h"

enum {
	FIRST_US = 5000000,	/* after a start */
	BUSY_US = 1000000,	/* another installation is running */
	WANTED_US = 30000000,	/* at most so often for refused drivers */
};

static int on_turn(sd_event_source *source, uint64_t usec, void *userdata);

/* Sources would not be looked at any more: it ends, and is started again. */
static void give_up(const struct source_check *check)
{
	daemon_log(LOG_ERR, "cannot set a timer: out of memory");
	sd_event_exit(check->daemon->event, -ENOMEM);
}

void source_go_on(struct source_check *check, uint64_t usec)
{
	check->turn = sd_event_source_disable_unref(check->turn);
	/* what came before is looked after first: its trial may be over */
	if (sd_event_add_time_relative(check->daemon->event, &check->turn,
				       CLOCK_MONOTONIC, usec, 1, on_turn,
				       check) < 0 ||
	    sd_event_source_set_priority(check->turn,
					 SD_EVENT_PRIORITY_NORMAL + 1) < 0)
		give_up(check);
}

static struct source *due(struct source_check *check)
{
	size_t i;

	for (i = 0; i < check->n; i++)
		if (check->source[i].due)
			return &check->source[i];
	return NULL;
}

static void finish(struct source_check *check)
{
	sd_json_variant *found = check->found;
	void (*done)(void *context, sd_json_variant *found) = check->done;
	void *context = check->context;

	check->found = NULL;
	check->done = NULL;
	check->context = NULL;
	if (done)
		done(context, found);
	sd_json_variant_unref(found);
}

static int on_turn(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct source_check *check = userdata;

	(void)source;
	(void)usec;
	check->turn = sd_event_source_disable_unref(check->turn);
	if (check->daemon->install) {
		source_go_on(check, BUSY_US);
		return 0;
	}
	if (check->now) {
		source_look_on(check);
		return 0;
	}
	check->now = due(check);
	if (!check->now) {
		finish(check);
		return 0;
	}
	check->now->due = false;
	sd_event_now(check->daemon->event, CLOCK_BOOTTIME, &check->now->looked);
	sd_event_source_set_enabled(check->now->timer, SD_EVENT_OFF);
	source_look(check);
	return 0;
}

static int on_timer(sd_event_source *event, uint64_t usec, void *userdata)
{
	struct source *source = userdata;
	struct source_check *check = source->daemon->check;

	(void)event;
	(void)usec;
	source->due = true;
	if (!check->now && !check->turn)
		source_go_on(check, 0);
	return 0;
}

int source_start(struct daemon *daemon, struct sg_error *err)
{
	const struct config *config = &daemon->config;
	struct source_check *check = calloc(1, sizeof(*check));
	size_t i;

	if (!check)
		return sg_fail(err, "out of memory");
	daemon->check = check;
	check->daemon = daemon;
	if (!config->n_sources)
		return 0;
	check->source = calloc(config->n_sources, sizeof(*check->source));
	if (!check->source)
		return sg_fail(err, "out of memory");
	check->n = config->n_sources;
	for (i = 0; i < check->n; i++) {
		check->source[i].config = &config->source[i];
		check->source[i].daemon = daemon;
		if (sd_event_add_time_relative(daemon->event,
					       &check->source[i].timer,
					       CLOCK_BOOTTIME, FIRST_US, 0,
					       on_timer,
					       &check->source[i]) < 0)
			return sg_fail(err, "cannot set a timer");
	}
	return 0;
}

void source_stop(struct daemon *daemon)
{
	struct source_check *check = daemon->check;
	size_t i;

	if (!check)
		return;
	install_detach(daemon, check);
	finish(check);
	if (check->fetch) {
		fetch_cancel(check->fetch);
		close(check->fd);
	}
	for (i = 0; i < check->n; i++)
		sd_event_source_disable_unref(check->source[i].timer);
	sd_event_source_disable_unref(check->turn);
	source_free_files(check);
	free(check->source);
	free(check);
	daemon->check = NULL;
}

int source_check(struct daemon *daemon,
		 void (*done)(void *context, sd_json_variant *found),
		 void *context, struct sg_error *err)
{
	struct source_check *check = daemon->check;
	size_t i;

	if (check->done)
		return sg_fail(err, "somebody else has sources looked at: try again when that is done");
	check->done = done;
	check->context = context;
	for (i = 0; i < check->n; i++) {
		sd_event_source_set_enabled(check->source[i].timer,
					    SD_EVENT_OFF);
		check->source[i].due = true;
	}
	if (!check->now && !check->turn)
		source_go_on(check, 0);
	return 0;
}

/* Look at it now, or when it was not looked at for a while. */
static void bring_forward(struct source *source)
{
	uint64_t now, planned, at = source->looked;
	int on;

	sd_event_now(source->daemon->event, CLOCK_BOOTTIME, &now);
	at = at && at + WANTED_US > now ? at + WANTED_US : now;
	if (sd_event_source_get_enabled(source->timer, &on) > 0 &&
	    sd_event_source_get_time(source->timer, &planned) >= 0 &&
	    planned <= at)
		return;
	sd_event_source_set_time(source->timer, at);
	sd_event_source_set_enabled(source->timer, SD_EVENT_ONESHOT);
}

void source_wanted(struct daemon *daemon)
{
	struct source_check *check = daemon->check;
	size_t i;

	for (i = 0; check && i < check->n; i++)
		if (!check->source[i].due && check->now != &check->source[i])
			bring_forward(&check->source[i]);
}

void source_detach(struct daemon *daemon, void *context)
{
	if (!daemon->check || daemon->check->context != context)
		return;
	daemon->check->done = NULL;
	daemon->check->context = NULL;
}

size_t source_count(const struct daemon *daemon)
{
	return daemon->config.n_sources;
}

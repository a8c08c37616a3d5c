// SPDX-License-Identifier: GPL-2.0-or-later
#include "gate_state.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "gate_link.h"
#include "manager.h"

enum { INTERVAL_S = 5 };

static const uint64_t second = 1000000;

/**
 * struct gate_state - what was told last
 * @mode: @sealed: of the gate
 * @timer: on while there are subscribers
 */
struct gate_state {
	uint32_t mode;
	bool sealed;
	sd_event_source *timer;
};

/* Is it not what it was? */
static bool look(struct gate_state *state)
{
	struct sg_gate_info info;
	struct sg_error ignored;
	bool changed;

	if (gate_link_info(&info, &ignored) < 0)
		return false;
	changed = info.mode != state->mode || info.sealed != state->sealed;
	state->mode = info.mode;
	state->sealed = info.sealed;
	return changed;
}

static int again(sd_event_source *timer)
{
	int r = sd_event_source_set_time_relative(timer, INTERVAL_S * second);

	return r < 0 ? r : sd_event_source_set_enabled(timer,
						       SD_EVENT_ONESHOT);
}

static int on_time(sd_event_source *timer, uint64_t now, void *userdata)
{
	struct daemon *daemon = userdata;

	(void)now;
	if (look(daemon->gate_state))
		manager_changed(daemon);
	return daemon->n_subscribers ? again(timer) : 0;
}

int gate_state_follow(struct daemon *daemon)
{
	struct gate_state *state = daemon->gate_state;
	int r;

	if (!daemon->watch)
		return 0;
	if (!state) {
		state = calloc(1, sizeof(*state));
		if (!state)
			return -ENOMEM;
		r = sd_event_add_time_relative(daemon->event, &state->timer,
					       CLOCK_MONOTONIC, 0, second,
					       on_time, daemon);
		if (r < 0) {
			free(state);
			return r;
		}
		daemon->gate_state = state;
	}
	/* a new subscriber lists after this */
	if (sd_event_source_get_enabled(state->timer, NULL) > 0 &&
	    daemon->n_subscribers > 1)
		return 0;
	look(state);
	return again(state->timer);
}

void gate_state_stop(struct daemon *daemon)
{
	if (!daemon->gate_state)
		return;
	sd_event_source_disable_unref(daemon->gate_state->timer);
	free(daemon->gate_state);
	daemon->gate_state = NULL;
}

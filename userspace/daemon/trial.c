// SPDX-License-Identifier: GPL-2.0-or-later
#include "trial.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

#include "install.h"
#include "job.h"
#include "task.h"
#include "trial_private.h"

enum { LOOK_US = 1000000 };	/* between looks at health */

static int add_use(void *context, unsigned int number,
		   const struct store_component *component,
		   struct sg_error *err)
{
	struct trial *trial = ((void **)context)[0];
	struct activate_list *list = ((void **)context)[1];

	(void)err;
	if (number < JOB_IN_PLACE && list->n < ACTIVATE_MAX)
		list->use[list->n++] = config_component(&trial->daemon->config,
							component->name);
	return 0;
}

int trial_uses(struct trial *trial, struct activate_list *list,
	       struct sg_error *err)
{
	void *context[] = { trial, list };

	list->n = 0;
	return job_files(trial->daemon, &trial->job, add_use, context, err);
}

static bool any(const struct activate_list *list, unsigned int health)
{
	size_t i;

	for (i = 0; i < list->n; i++)
		if (list->use[i].health == health)
			return true;
	return false;
}

/*
 * By when it must have become healthy. What waits for a driver's own next
 * request has no such time.
 */
static int set_deadline(struct trial *trial, struct sg_error *err)
{
	struct activate_list list;
	uint64_t seconds = 0;
	bool waits = true;
	size_t i;

	if (trial_uses(trial, &list, err) < 0)
		return -1;
	for (i = 0; i < list.n; i++) {
		if (list.use[i].activation != ACTIVATION_NONE ||
		    list.use[i].health != HEALTH_DELIVERED)
			waits = false;
		if (list.use[i].deadline_s > seconds)
			seconds = list.use[i].deadline_s;
	}
	trial->job.deadline = waits ? 0 : job_now() + seconds;
	return 0;
}

/* 1: it had as many boots as it may have. 0, -1. */
static int boots_over(struct trial *trial, struct sg_error *err)
{
	struct activate_list list;
	size_t i;

	if (trial_uses(trial, &list, err) < 0)
		return -1;
	for (i = 0; i < list.n; i++)
		if (trial->job.boots > list.use[i].boots)
			return 1;
	return 0;
}

static int on_timer(sd_event_source *source, uint64_t usec, void *userdata);

int trial_watch(struct trial *trial, struct sg_error *err)
{
	int r = sd_event_add_time_relative(trial->daemon->event, &trial->timer,
					   CLOCK_BOOTTIME, 0, 0, on_timer,
					   trial);

	if (r >= 0)
		return 0;
	errno = -r;
	return sg_fail(err, "cannot set a timer: %m");
}

static bool healthy(struct trial *trial, const struct activate_list *list)
{
	size_t i;

	if (any(list, HEALTH_MANUAL))
		return false;
	if (any(list, HEALTH_COMMAND) && !trial->answered)
		return false;
	/* of what is no firmware, or without a gate, nobody can tell */
	if (sg_gate_present() && !trial_is_delivered(trial))
		return false;
	for (i = 0; i < list->n; i++)
		if (list->use[i].health == HEALTH_BOUND &&
		    !activate_bound(&list->use[i]))
			return false;
	return true;
}

static void on_answer(void *context, int code)
{
	struct trial *trial = context;

	trial->task = NULL;
	trial->answered = code == 0;
}

static void ask_commands(struct trial *trial, struct activate_list *list)
{
	const struct task_request request = {
		.run = activate_commands, .argument = list,
		.limit_s = TRIAL_LIMIT_S, .done = on_answer, .context = trial,
	};
	struct sg_error err;

	if (trial->task || trial->answered || !any(list, HEALTH_COMMAND))
		return;
	trial->task = task_start(trial->daemon->event, &request, &err);
	if (!trial->task)
		daemon_log(LOG_ERR, "%s", err.message);
}

static bool time_is_up(const struct trial *trial)
{
	return trial->job.deadline && job_now() >= trial->job.deadline;
}

/* What is being fetched has the files; it goes on while there is time. */
static bool may_end(struct trial *trial)
{
	struct sg_error ignored;

	if (!trial->daemon->install)
		return true;
	return !trial->lost[0] && time_is_up(trial) &&
	       install_make_way(trial->daemon, &ignored) > 0;
}

/* 1: it proved itself, and the trial is gone. 0, -1. */
static int confirm_healthy(struct trial *trial, struct sg_error *err)
{
	struct activate_list list;

	if (trial_uses(trial, &list, err) < 0)
		return -1;
	ask_commands(trial, &list);
	if (!healthy(trial, &list) || !may_end(trial))
		return 0;
	return trial_confirm(trial, false, err) < 0 ? -1 : 1;
}

/* Look at the health. The trial may be gone afterwards. */
static void look(struct trial *trial)
{
	struct sg_error err;
	int ret = 0;

	if (!trial->lost[0])
		ret = confirm_healthy(trial, &err);
	if (ret > 0)
		return;
	if (ret < 0)
		daemon_log(LOG_WARNING, "cannot confirm: %s", err.message);
	if (trial->lost[0] && may_end(trial))
		trial_give_up(trial, trial->lost);
	else if (!trial->lost[0] && time_is_up(trial) && may_end(trial))
		trial_give_up(trial, "it did not become healthy in time");
}

static int on_timer(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct trial *trial = userdata;

	(void)usec;
	sd_event_source_set_time_relative(source, LOOK_US << trial->failures);
	sd_event_source_set_enabled(source, SD_EVENT_ONESHOT);
	look(trial);
	return 0;
}

/* It is active: from now on it must prove itself. */
static int prove(struct trial *trial, struct sg_error *err)
{
	trial->job.state = JOB_PROVING;
	if (set_deadline(trial, err) < 0 ||
	    store_job_update(trial->daemon->store, &trial->job, err) < 0)
		return -1;
	return trial_watch(trial, err);
}

static void on_active(void *context, int code)
{
	struct trial *trial = context;
	struct sg_error err;

	trial->task = NULL;
	if (code)
		trial_give_up(trial, "the driver could not be started with it");
	else if (prove(trial, &err) < 0)
		trial_give_up(trial, err.message);
}

static int activate(struct trial *trial, struct sg_error *err)
{
	struct activate_list list;
	const struct task_request request = {
		.run = activate_run, .argument = &list, .limit_s = TRIAL_LIMIT_S,
		.done = on_active, .context = trial,
	};
	size_t i;

	if (trial_uses(trial, &list, err) < 0)
		return -1;
	for (i = 0; i < list.n; i++)
		if (list.use[i].activation == ACTIVATION_REBOOT &&
		    !trial->job.boots) {
			trial->job.reboot = true;
			return store_job_update(trial->daemon->store,
						&trial->job, err);
		}
	trial->job.reboot = false;
	if (!activate_needed(&list))
		return prove(trial, err);
	trial->task = task_start(trial->daemon->event, &request, err);
	return trial->task ? 0 : -1;
}

/* Another boot than the one it was last seen in. */
static int count_boot(struct trial *trial, struct sg_error *err)
{
	char boot_id[STORE_BOOT_ID];

	job_boot_id(boot_id);
	if (!strcmp(boot_id, trial->job.boot_id))
		return 0;
	memcpy(trial->job.boot_id, boot_id, sizeof(boot_id));
	trial->job.boots++;
	if (trial->job.state == JOB_PROVING && set_deadline(trial, err) < 0)
		return -1;
	return store_job_update(trial->daemon->store, &trial->job, err);
}

struct trial *trial_new(struct daemon *daemon, const struct store_job *job,
			struct sg_error *err)
{
	struct trial *trial = calloc(1, sizeof(*trial));

	if (!trial) {
		sg_fail(err, "out of memory");
		return NULL;
	}
	trial->daemon = daemon;
	trial->job = *job;
	trial->next = daemon->trial;
	daemon->trial = trial;
	return trial;
}

int trial_begin(struct daemon *daemon, struct store_job *job,
		struct sg_error *err)
{
	struct trial *trial = trial_new(daemon, job, err);
	int ret;

	if (!trial)
		return -1;
	ret = count_boot(trial, err);
	if (!ret)
		ret = boots_over(trial, err);
	if (ret > 0) {
		trial_give_up(trial, "it did not become healthy in as many boots as it had");
		return 0;
	}
	if (!ret)
		ret = job->state == JOB_PROVING ? trial_watch(trial, err) :
						  activate(trial, err);
	if (ret < 0)
		trial_free(trial);
	else
		*job = trial->job;
	return ret;
}

void trial_stop(struct daemon *daemon)
{
	while (daemon->trial)
		/* NOLINTNEXTLINE(clang-analyzer-unix.Malloc): it leaves the list */
		trial_free(daemon->trial);
}

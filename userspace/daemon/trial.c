// SPDX-License-Identifier: GPL-2.0-or-later
#include "trial.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

#include "activate.h"
#include "event.h"
#include "job.h"
#include "manager.h"
#include "task.h"

enum {
	LOOK_US = 1000000,	/* between looks at health */
	LIMIT_S = 120,		/* for an activation or a health command */
};

static int add_use(void *context, unsigned int number,
		   const struct store_component *component,
		   struct sg_error *err)
{
	struct trial *trial = ((void **)context)[0];
	struct activate_list *list = ((void **)context)[1];

	(void)number;
	(void)err;
	trial->gated |= job_gated(component);
	if (list->n < ACTIVATE_MAX)
		list->use[list->n++] = config_component(&trial->daemon->config,
							component->name);
	return 0;
}

/* How its components are to be used, as the configuration is now. */
static int read_uses(struct trial *trial, struct activate_list *list,
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

	if (read_uses(trial, &list, err) < 0)
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

	if (read_uses(trial, &list, err) < 0)
		return -1;
	for (i = 0; i < list.n; i++)
		if (trial->job.boots > list.use[i].boots)
			return 1;
	return 0;
}

static void trial_free(struct trial *trial)
{
	struct trial **at = &trial->daemon->trial;

	while (*at && *at != trial)
		at = &(*at)->next;
	if (*at)
		*at = trial->next;
	sd_event_source_disable_unref(trial->timer);
	task_cancel(trial->task);
	free(trial);
}

int trial_confirm(struct trial *trial, bool jump, struct sg_error *err)
{
	struct daemon *daemon = trial->daemon;

	if (job_confirm(daemon, &trial->job, jump, err) < 0)
		return -1;
	event_job(EVENT_CONFIRMED, &trial->job,
		  "version %s of %s works: confirmed", trial->job.version,
		  trial->job.authority);
	trial_free(trial);
	manager_changed(daemon);
	return 0;
}

static void on_old_active(void *context, int code)
{
	(void)context;
	if (code)
		daemon_log(LOG_ERR, "the old firmware is back, but its driver could not be started again");
}

int trial_cancel(struct trial *trial, const char *why, struct sg_error *err)
{
	struct daemon *daemon = trial->daemon;
	struct activate_list list;
	const struct task_request request = {
		.run = activate_run, .argument = &list, .limit_s = LIMIT_S,
		.done = on_old_active,
	};

	if (read_uses(trial, &list, err) < 0 ||
	    job_restore(daemon, &trial->job, why, err) < 0)
		return -1;
	event_job(EVENT_RESTORED, &trial->job,
		  "version %s of %s: %s: the old firmware is back",
		  trial->job.version, trial->job.authority, why);
	trial_free(trial);
	/* nobody waits for it; it ends by itself */
	if (activate_needed(&list))
		task_start(daemon->event, &request, err);
	manager_changed(daemon);
	return 0;
}

static int on_timer(sd_event_source *source, uint64_t usec, void *userdata);

static int watch(struct trial *trial, struct sg_error *err)
{
	int r = sd_event_add_time_relative(trial->daemon->event, &trial->timer,
					   CLOCK_BOOTTIME, 0, 0, on_timer,
					   trial);

	if (r >= 0)
		return 0;
	errno = -r;
	return sg_fail(err, "cannot set a timer: %m");
}

/* The trial is gone afterwards, or that is tried again. */
static void cancel(struct trial *trial, const char *why)
{
	char reason[sizeof(trial->job.why)];
	struct sg_error err;

	snprintf(reason, sizeof(reason), "%s", why);
	if (trial_cancel(trial, reason, &err) == 0)
		return;
	daemon_log(LOG_ERR, "%s", err.message);
	memcpy(trial->job.why, reason, sizeof(reason));
	trial->lost = true;
	if (!trial->timer && watch(trial, &err) < 0)
		daemon_log(LOG_ERR, "%s", err.message);
}

static bool healthy(struct trial *trial, const struct activate_list *list)
{
	size_t i;

	if (any(list, HEALTH_MANUAL))
		return false;
	if (any(list, HEALTH_COMMAND) && !trial->answered)
		return false;
	/* of what is no firmware, or without a gate, nobody can tell */
	if (sg_gate_present() && trial->gated && !trial->delivered)
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
		.limit_s = LIMIT_S, .done = on_answer, .context = trial,
	};
	struct sg_error err;

	if (trial->task || trial->answered || !any(list, HEALTH_COMMAND))
		return;
	trial->task = task_start(trial->daemon->event, &request, &err);
	if (!trial->task)
		daemon_log(LOG_ERR, "%s", err.message);
}

/* 1: it proved itself, and the trial is gone. 0, -1. */
static int confirm_healthy(struct trial *trial, struct sg_error *err)
{
	struct activate_list list;

	if (read_uses(trial, &list, err) < 0)
		return -1;
	ask_commands(trial, &list);
	if (!healthy(trial, &list))
		return 0;
	return trial_confirm(trial, false, err) < 0 ? -1 : 1;
}

/* Look at the health. The trial may be gone afterwards. */
static void look(struct trial *trial)
{
	struct sg_error err;
	int ret;

	if (trial->daemon->install)
		return;		/* it has the files */
	if (trial->lost) {
		cancel(trial, trial->job.why);
		return;
	}
	ret = confirm_healthy(trial, &err);
	if (ret > 0)
		return;
	if (ret < 0)
		daemon_log(LOG_WARNING, "cannot confirm: %s", err.message);
	if (trial->job.deadline && job_now() >= trial->job.deadline)
		cancel(trial, "it did not become healthy in time");
}

static int on_timer(sd_event_source *source, uint64_t usec, void *userdata)
{
	(void)usec;
	sd_event_source_set_time_relative(source, LOOK_US);
	sd_event_source_set_enabled(source, SD_EVENT_ONESHOT);
	look(userdata);
	return 0;
}

/* It is active: from now on it must prove itself. */
static int prove(struct trial *trial, struct sg_error *err)
{
	trial->job.state = JOB_PROVING;
	if (set_deadline(trial, err) < 0 ||
	    store_job_update(trial->daemon->store, &trial->job, err) < 0)
		return -1;
	return watch(trial, err);
}

static void on_active(void *context, int code)
{
	struct trial *trial = context;
	struct sg_error err;

	trial->task = NULL;
	if (code)
		cancel(trial, "the driver could not be started with it");
	else if (prove(trial, &err) < 0)
		cancel(trial, err.message);
}

static int activate(struct trial *trial, struct sg_error *err)
{
	struct activate_list list;
	const struct task_request request = {
		.run = activate_run, .argument = &list, .limit_s = LIMIT_S,
		.done = on_active, .context = trial,
	};
	size_t i;

	if (read_uses(trial, &list, err) < 0)
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

int trial_begin(struct daemon *daemon, struct store_job *job,
		struct sg_error *err)
{
	struct trial *trial = calloc(1, sizeof(*trial));
	int ret;

	if (!trial)
		return sg_fail(err, "out of memory");
	trial->daemon = daemon;
	trial->job = *job;
	trial->next = daemon->trial;
	daemon->trial = trial;
	ret = count_boot(trial, err);
	if (!ret)
		ret = boots_over(trial, err);
	if (ret > 0)
		return trial_cancel(trial, "it did not become healthy in as many boots as it had",
				    err);
	if (!ret)
		ret = job->state == JOB_PROVING ? watch(trial, err) :
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

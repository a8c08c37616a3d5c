// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * How a trial ends: it is confirmed, or the old comes back.
 */
#include <stdio.h>
#include <stdlib.h>
#include <syslog.h>

#include "event.h"
#include "job.h"
#include "manager.h"
#include "task.h"
#include "trial_private.h"

enum { MAX_FAILURES = 6 };	/* each doubles the time until the next try */

void trial_free(struct trial *trial)
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

static void confirmed(struct trial *trial)
{
	struct daemon *daemon = trial->daemon;

	event_job(EVENT_CONFIRMED, &trial->job,
		  "version %s of %s works: confirmed", trial->job.version,
		  trial->job.authority);
	trial_free(trial);
	manager_changed(daemon);
}

int trial_confirm(struct trial *trial, bool jump, struct sg_error *err)
{
	if (job_confirm(trial->daemon, &trial->job, jump, err) < 0)
		return -1;
	confirmed(trial);
	return 0;
}

static void on_old_active(void *context, int code)
{
	(void)context;
	if (code)
		daemon_log(LOG_ERR, "the old firmware is back, but its driver could not be started again");
}

static void restored(struct trial *trial, struct activate_list *list,
		     const char *why)
{
	const struct task_request request = {
		.run = activate_run, .argument = list,
		.limit_s = TRIAL_LIMIT_S, .done = on_old_active,
	};
	struct daemon *daemon = trial->daemon;
	struct sg_error ignored;

	event_job(EVENT_RESTORED, &trial->job,
		  "version %s of %s: %s: the old firmware is back",
		  trial->job.version, trial->job.authority, why);
	trial_free(trial);
	/* nobody waits for it; it ends by itself */
	if (activate_needed(list))
		task_start(daemon->event, &request, &ignored);
	manager_changed(daemon);
}

/* Once begun it is finished, however long that takes. */
static void try_again(struct trial *trial, const char *why)
{
	struct sg_error err;

	if (trial->lost[0] && trial->failures < MAX_FAILURES)
		trial->failures++;
	snprintf(trial->lost, sizeof(trial->lost), "%s", why);
	if (!trial->timer && trial_watch(trial, &err) < 0)
		daemon_log(LOG_ERR, "%s", err.message);
}

int trial_cancel(struct trial *trial, const char *why, struct sg_error *err)
{
	struct activate_list list;
	int ret;

	if (trial_uses(trial, &list, err) < 0)
		return -1;
	ret = job_restore(trial->daemon, &trial->job, why, err);
	if (ret > 0)
		confirmed(trial);
	else if (!ret)
		restored(trial, &list, why);
	else if (trial->job.state == JOB_RESTORING)
		try_again(trial, why);
	return ret;
}

void trial_give_up(struct trial *trial, const char *why)
{
	char reason[sizeof(trial->lost)];
	struct sg_error err;
	int ret;

	snprintf(reason, sizeof(reason), "%s", why);
	ret = trial_cancel(trial, reason, &err);
	if (ret)
		daemon_log(LOG_ERR, "%s: %s", reason, err.message);
	if (ret < 0 && trial->job.state != JOB_RESTORING)
		try_again(trial, reason);
}

int trial_take_back(struct daemon *daemon, const struct store_job *job,
		    const char *why, struct sg_error *err)
{
	struct trial *trial = trial_new(daemon, job, err);

	if (!trial)
		return -1;
	trial_give_up(trial, why);
	return 0;
}

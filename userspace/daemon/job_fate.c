// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What became of a job, after a process or the machine stopped somewhere.
 */
#include <inttypes.h>
#include <string.h>
#include <syslog.h>

#include "files.h"
#include "job.h"
#include "setup.h"
#include "trial.h"

/* What the library says became of a job's files. */
struct fate {
	const struct store_job *job;
	unsigned int state;
};

/* What is on trial goes before what was confirmed once. */
static int find_fate(void *context, const struct sg_install *install)
{
	struct fate *fate = context;
	const struct sg_gate_digest *digest = &fate->job->digest;

	if (install->state != SG_INSTALL_STAGED &&
	    (!fate->state || install->state != SG_INSTALL_INSTALLED) &&
	    install->manifest.alg == digest->alg &&
	    install->manifest.len == digest->len &&
	    !memcmp(install->manifest.value, digest->value, digest->len))
		fate->state = install->state;
	return 0;
}

int job_fate(struct daemon *daemon, const struct store_job *job,
	     struct sg_error *err)
{
	struct fate fate = { .job = job };
	struct setup setup;
	int ret;

	if (setup_make(daemon, &setup, err) < 0)
		return -1;
	ret = sg_install_list(&setup.device, find_fate, &fate, err);
	setup_free(&setup);
	return ret < 0 ? -1 : (int)fate.state;
}

bool job_on_trial(const struct store_job *job)
{
	return job->state == JOB_ACTIVATING || job->state == JOB_PROVING;
}

int job_settle(struct daemon *daemon, const struct store_job *job,
	       struct sg_error *err)
{
	return files_recover(daemon, err) < 0 ? -1 : job_fate(daemon, job, err);
}

static int resume(struct daemon *daemon, struct store_job *job,
		  struct sg_error *err)
{
	int fate = job_fate(daemon, job, err);

	if (fate < 0)
		return -1;
	if (fate == SG_INSTALL_INSTALLED && job_on_trial(job))
		return job_confirmed(daemon, job, err);
	if (job->state == JOB_RESTORING || job_unsettled(fate))
		return trial_take_back(daemon, job, job->why[0] ? job->why :
				       "it was interrupted", err);
	if (fate != SG_INSTALL_APPLIED) {
		daemon_log(LOG_NOTICE, "an interrupted installation is taken back");
		job_abandon(daemon, job);
		return 0;
	}
	if (job->state == JOB_COMMITTING) {
		daemon_log(LOG_NOTICE, "an interrupted installation is completed");
		if (job_committed(daemon, job, err) < 0)
			return trial_take_back(daemon, job, err->message, err);
	}
	return trial_begin(daemon, job, err);
}

int job_resume(struct daemon *daemon, struct sg_error *err)
{
	struct store_job job;
	int64_t after = 0;
	int ret;

	if (files_recover(daemon, err) < 0)
		return -1;
	while ((ret = store_job_next(daemon->store, after, &job, err)) == 1) {
		after = job.number;
		/* one that cannot go on must not keep the others */
		if (resume(daemon, &job, err) < 0)
			daemon_log(LOG_ERR, "job %" PRId64 ": %s", job.number,
				   err->message);
	}
	return ret;
}

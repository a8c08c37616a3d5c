// SPDX-License-Identifier: GPL-2.0-or-later
#include "install.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

#include "event.h"
#include "job.h"
#include "manager.h"
#include "policy.h"
#include "procedure.h"
#include "report.h"
#include "trial.h"

enum { PROGRESS_US = 250000 };

/**
 * struct install - a manifest on its way
 * @daemon: the daemon
 * @request: of the caller
 * @base: @directory: of @request
 * @procedure: step that is running, or NULL
 * @again: it is fetched for the second time
 * @job: in the journal, from PROCEDURE_COMMIT on
 * @step: begin, from the loop
 * @tick: tell how far it is
 */
struct install {
	struct daemon *daemon;
	struct install_request request;
	char *base;
	char *directory;
	struct procedure *procedure;
	bool again;
	struct store_job job;
	sd_event_source *step;
	sd_event_source *tick;
};

static void install_free(struct install *install)
{
	install->daemon->install = NULL;
	procedure_cancel(install->procedure);
	sd_event_source_disable_unref(install->step);
	sd_event_source_disable_unref(install->tick);
	sg_buf_free(&install->request.envelope);
	free(install->base);
	free(install->directory);
	free(install);
}

bool install_is_old(const struct sg_error *err)
{
	return err->refused && err->code &&
	       !strcmp(err->code, "sequence-number-below-floor");
}

/* @result of the last step, or NULL. */
static void finish(struct install *install, const struct sg_error *err,
		   const struct procedure_result *result)
{
	struct install_request request = install->request;
	struct daemon *daemon = install->daemon;
	const struct store_job job = install->job;
	char digest[2 * SG_GATE_MAX_DIGEST + 1] = "";
	struct sg_gate_digest d;
	struct sg_error ignored;

	if (err && !sg_gate_digest_of(&request.envelope, &d, &ignored))
		sg_gate_hex(d.value, d.len, digest);
	request.envelope = (struct sg_buf){ 0 };
	install_free(install);
	if (err && request.old_is_no_news && install_is_old(err)) {
		daemon_log(LOG_DEBUG, "left alone: %s", err->message);
	} else if (err && job.number && job.state == JOB_COMMITTING) {
		daemon_log(LOG_NOTICE, "%s: an installation is completed, or taken back, at the next start",
			   err->message);
	} else if (err) {
		event_log(&(struct event){ .kind = EVENT_REFUSED,
					   .manifest = digest,
					   .reason = err->code },
			  "not installed: %s", err->message);
		report_refusal(daemon, digest, err, result);
	} else {
		event_job(EVENT_INSTALLED, &job, "version %s of %s is in place%s",
			  job.version, job.authority,
			  job.state == JOB_DONE ? "" : ", on trial");
		report_install(daemon, &job, result);
	}
	manager_changed(daemon);
	request.done(request.context, err, err ? NULL : &job);
}

static int start(struct install *install, enum procedure_step step,
		 struct sg_error *err);

/* What is on its way keeps its journal; what failed leaves it. */
static void give_up(struct install *install, const struct sg_error *err,
		    const struct procedure_result *result)
{
	if (install->job.number)
		job_abandon(install->daemon, &install->job);
	finish(install, err, result);
}

/* The files have changed, and that is undone, as soon as it can be. */
static void take_back(struct install *install, const struct sg_error *why,
		      const struct procedure_result *result)
{
	struct daemon *daemon = install->daemon;
	struct store_job job = install->job;
	struct sg_error err;

	finish(install, why, result);
	if (trial_take_back(daemon, &job, why->message, &err) < 0)
		daemon_log(LOG_ERR, "%s", err.message);
}

/* Put into place; what the client hears depends on how its trial begins. */
static void begin_trial(struct install *install,
			const struct procedure_result *result)
{
	struct sg_error why;

	if (job_committed(install->daemon, &install->job, &why) < 0 ||
	    trial_begin(install->daemon, &install->job, &why) < 0)
		take_back(install, &why, result);
	else
		finish(install, NULL, result);
}

/*
 * It failed, or was killed, which may have been behind the point from which on
 * it goes forward only: the files say which.
 */
static void settle(struct install *install, const struct sg_error *why,
		   const struct procedure_result *result)
{
	struct sg_error err;
	int fate = job_settle(install->daemon, &install->job, &err);

	if (fate < 0) {
		/* it stays in the journal for the next start */
		daemon_log(LOG_ERR, "%s", err.message);
		finish(install, why, result);
	} else if (fate == SG_INSTALL_APPLIED) {
		daemon_log(LOG_NOTICE, "%s, but it is in place", why->message);
		begin_trial(install, result);
	} else if (job_unsettled(fate)) {
		take_back(install, why, result);
	} else {
		give_up(install, why, result);
	}
}

static void on_committed(void *context, const struct sg_error *why,
			 const struct procedure_result *result)
{
	struct install *install = context;

	install->procedure = NULL;
	if (why)
		settle(install, why, result);
	else
		begin_trial(install, result);
}

/* Fetched and checked: into the journal, then into place. */
static void on_prepared(void *context, const struct sg_error *why,
			const struct procedure_result *result)
{
	struct install *install = context;
	struct daemon *daemon = install->daemon;
	struct sg_error err;
	int ret;

	install->procedure = NULL;
	if (why && result->again && !install->again) {
		install->again = true;
		if (!start(install, PROCEDURE_PREPARE, &err))
			return;
	}
	if (why) {
		give_up(install, why, result);
		return;
	}
	/* what came with it was not there to be looked at before */
	ret = policy_check(daemon->store, result, &err);
	if (!ret)
		ret = job_needed(daemon, result, &err);
	if (ret < 0) {
		finish(install, &err, result);
		return;
	}
	if (!ret) {
		/* everything is there */
		job_describe(result, &install->job);
		install->job.state = JOB_DONE;
		finish(install, NULL, result);
		return;
	}
	if (job_begin(daemon, result, &install->job, &err) < 0) {
		install->job.number = 0;
		finish(install, &err, result);
		return;
	}
	install->request.progress(install->request.context, "install", 0, 0);
	if (start(install, PROCEDURE_COMMIT, &err) < 0)
		give_up(install, &err, NULL);
}

static void on_examined(void *context, const struct sg_error *why,
			const struct procedure_result *result)
{
	struct install *install = context;
	struct sg_error err;

	install->procedure = NULL;
	if (why)
		finish(install, why, result);
	else if (policy_check(install->daemon->store, result, &err) < 0 ||
		 start(install, PROCEDURE_PREPARE, &err) < 0)
		finish(install, &err, result);
}

static int on_tick(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct install *install = userdata;
	const struct procedure_result *at;
	char phase[sizeof(at->phase)];

	(void)usec;
	if (install->procedure) {
		at = procedure_progress(install->procedure);
		memcpy(phase, at->phase, sizeof(phase) - 1);
		phase[sizeof(phase) - 1] = '\0';
		if (phase[0])
			install->request.progress(install->request.context,
						  phase, at->done, at->total);
	}
	sd_event_source_set_time_relative(source, PROGRESS_US);
	return sd_event_source_set_enabled(source, SD_EVENT_ONESHOT);
}

static int start(struct install *install, enum procedure_step step,
		 struct sg_error *err)
{
	const struct procedure_request request = {
		.step = step, .envelope = &install->request.envelope,
		.base = install->base, .directory = install->directory,
		.done = step == PROCEDURE_EXAMINE ? on_examined :
			step == PROCEDURE_PREPARE ? on_prepared : on_committed,
		.context = install,
	};

	install->procedure = procedure_start(install->daemon, &request, err);
	return install->procedure ? 0 : -1;
}

/* What is refused at once is reported like everything else, from the loop. */
static int on_begin(sd_event_source *source, void *userdata)
{
	struct install *install = userdata;
	struct sg_error err;
	int r;

	(void)source;
	install->step = sd_event_source_disable_unref(install->step);
	install->request.progress(install->request.context, "verify", 0, 0);
	r = sd_event_add_time_relative(install->daemon->event, &install->tick,
				       CLOCK_MONOTONIC, PROGRESS_US, 0,
				       on_tick, install);
	if (r < 0)
		sg_fail(&err, "cannot set a timer");
	if (r < 0 || start(install, PROCEDURE_EXAMINE, &err) < 0)
		finish(install, &err, NULL);
	return 0;
}

static char *copy_text(const char *text)
{
	return text ? strdup(text) : NULL;
}

int install_start(struct daemon *daemon, struct install_request *request,
		  struct sg_error *err)
{
	struct install *install = NULL;

	if (daemon->install)
		sg_fail(err, "another installation is running: try again when it is done");
	else
		install = calloc(1, sizeof(*install));
	if (!install) {
		sg_buf_free(&request->envelope);
		return daemon->install ? -1 : sg_fail(err, "out of memory");
	}
	install->daemon = daemon;
	install->request = *request;
	install->base = copy_text(request->base);
	install->directory = copy_text(request->directory);
	daemon->install = install;
	if (!request->base == !install->base &&
	    !request->directory == !install->directory &&
	    sd_event_add_defer(daemon->event, &install->step, on_begin,
			       install) >= 0)
		return 0;
	install_free(install);
	return sg_fail(err, "cannot begin: out of memory");
}

static int stop(struct daemon *daemon, const char *why, const char *too_late,
		struct sg_error *err)
{
	struct sg_error stopped;

	if (!daemon->install)
		return 0;
	if (daemon->install->job.number)
		return sg_fail(err, "%s", too_late);
	sg_fail(&stopped, "%s", why);
	finish(daemon->install, &stopped, NULL);
	return 1;
}

int install_cancel(struct daemon *daemon, struct sg_error *err)
{
	return stop(daemon, "canceled",
		    "it is being put into place: cancel its trial when that is done",
		    err);
}

int install_make_way(struct daemon *daemon, struct sg_error *err)
{
	return stop(daemon, "stopped, because a trial had to end meanwhile: try again, it goes on from what was fetched",
		    "another release is being put into place: try again when that is done",
		    err);
}

static void no_progress(void *context, const char *what, uint64_t done,
			uint64_t total)
{
	(void)context;
	(void)what;
	(void)done;
	(void)total;
}

static void no_done(void *context, const struct sg_error *err,
		    const struct store_job *job)
{
	(void)context;
	(void)err;
	(void)job;
}

void install_detach(struct daemon *daemon, void *context)
{
	struct install *install = daemon->install;

	if (!install || install->request.context != context)
		return;
	install->request.progress = no_progress;
	install->request.done = no_done;
	install->request.context = NULL;
}

void install_stop(struct daemon *daemon)
{
	struct sg_error err;

	if (!daemon->install)
		return;
	sg_fail(&err, "suitgated ends");
	finish(daemon->install, &err, NULL);
}

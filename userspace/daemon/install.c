// SPDX-License-Identifier: GPL-2.0-or-later
#include "install.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <syslog.h>
#include <unistd.h>

#include "fetch.h"
#include "job.h"
#include "kept.h"
#include "manager.h"
#include "place.h"
#include "policy.h"
#include "report.h"
#include "trial.h"

enum { PROGRESS_US = 250000 };

struct install {
	struct daemon *daemon;
	struct install_request request;
	char *base;
	char *directory;
	struct sg_state state;
	struct sg_update *update;
	struct fetch *fetch;
	sd_event_source *step;
	sd_event_source *tick;
};

/* The floor that was asked for last, for the message of a refusal. */
struct floors {
	struct daemon *daemon;
	struct sg_gate_floor last;
	bool found;
};

static struct floors floors;	/* the procedure asks while it begins */

static int find_floor(void *context, const char *authority, const uint8_t *id,
		      size_t id_len, struct sg_gate_floor *out)
{
	struct daemon *daemon = context;
	struct sg_error err;
	int ret;

	ret = store_floor_get(daemon->store, authority, id, id_len, out, &err);
	if (ret == 1) {
		floors.last = *out;
		floors.found = true;
	}
	if (ret >= 0)
		return ret;
	/* what cannot be remembered must not be taken for nothing */
	daemon_log(LOG_ERR, "%s", err.message);
	*out = (struct sg_gate_floor){ .sequence_number = UINT64_MAX };
	return 1;
}

static int open_current(void *context, const char *name)
{
	const struct daemon *daemon = context;

	name = place_name(name);
	return name ? place_open(daemon->config.firmware_dir, name) : -1;
}

int install_examine(struct daemon *daemon, const struct sg_buf *envelope,
		    struct sg_state *state, struct sg_update **update,
		    struct sg_error *err)
{
	const struct sg_update_request request = {
		.envelope = *envelope, .state = state, .floor = find_floor,
		.current = open_current, .context = daemon,
	};

	*update = NULL;
	*state = (struct sg_state){ 0 };
	floors.found = false;
	if (kept_trust(daemon, state, err) < 0)
		return -1;
	if (sg_update_begin(&request, update, err) < 0) {
		if (floors.found && err->code &&
		    !strncmp(err->code, "sequence-number", 15))
			policy_name_floor(&floors.last, err);
		return -1;
	}
	return policy_check(daemon->store, sg_update_facts(*update), err);
}

static void install_free(struct install *install)
{
	install->daemon->install = NULL;
	fetch_cancel(install->fetch);
	sd_event_source_disable_unref(install->step);
	sd_event_source_disable_unref(install->tick);
	sg_update_free(install->update);
	sg_state_free(&install->state);
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

static void finish(struct install *install, const struct sg_error *err,
		   const struct store_job *job)
{
	struct install_request request = install->request;
	struct daemon *daemon = install->daemon;
	char digest[2 * SG_GATE_MAX_DIGEST + 1] = "";
	struct sg_gate_digest d;
	struct sg_error ignored;

	if (err && !sg_gate_digest_of(&request.envelope, &d, &ignored))
		sg_gate_hex(d.value, d.len, digest);
	install_free(install);
	if (err && request.old_is_no_news && install_is_old(err)) {
		daemon_log(LOG_DEBUG, "left alone: %s", err->message);
	} else if (err) {
		daemon_log(LOG_WARNING, "not installed: %s", err->message);
		report_refusal(daemon, digest, err);
	} else {
		daemon_log(LOG_NOTICE, "version %s of %s is in place, on trial",
			   job->version, job->authority);
		report_job(daemon, "install", job, NULL);
	}
	manager_changed(daemon);
	request.done(request.context, err, job);
}

/* Everything is stored: put it into place. */
static void conclude(struct install *install)
{
	const struct sg_update_facts *facts = sg_update_facts(install->update);
	struct daemon *daemon = install->daemon;
	struct store_job job;
	struct sg_error err;

	install->request.progress(install->request.context, "install", 0, 0);
	/* looked at again: a confirmation may have come in the meantime */
	if (policy_check(daemon->store, facts, &err) < 0 ||
	    job_install(daemon, facts, &install->request.envelope, &job,
			&err) < 0) {
		finish(install, &err, NULL);
		return;
	}
	if (trial_begin(daemon, &job, &err) < 0) {
		struct sg_error why;

		if (job_restore(daemon, &job, err.message, &why) < 0)
			daemon_log(LOG_ERR, "%s", why.message);
		finish(install, &err, NULL);
		return;
	}
	finish(install, NULL, &job);
}

static int on_step(sd_event_source *source, void *userdata);

/* Go on with the procedure from the loop. */
static int schedule(struct install *install, struct sg_error *err)
{
	int r;

	install->step = sd_event_source_disable_unref(install->step);
	r = sd_event_add_defer(install->daemon->event, &install->step, on_step,
			       install);
	if (r >= 0)
		return 0;
	errno = -r;
	return sg_fail(err, "cannot go on: %m");
}

static int on_tick(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct install *install = userdata;
	const struct sg_update_want *want = sg_update_want(install->update);
	struct stat st;

	(void)usec;
	if (want && !fstat(want->fd, &st))
		install->request.progress(install->request.context, "fetch",
					  (uint64_t)st.st_size,
					  want->max == SG_UPDATE_MAX_PAYLOAD ?
						  0 : want->max);
	sd_event_source_set_time_relative(source, PROGRESS_US);
	return sd_event_source_set_enabled(source, SD_EVENT_ONESHOT);
}

static void fetched(struct install *install)
{
	struct sg_error err;

	if (sg_update_fetched(install->update, &err) < 0 ||
	    schedule(install, &err) < 0)
		finish(install, &err, NULL);
}

static void on_fetched(void *context, const struct sg_error *err,
		       const char *tag, bool unchanged)
{
	struct install *install = context;

	(void)tag;
	(void)unchanged;
	install->fetch = NULL;
	install->tick = sd_event_source_disable_unref(install->tick);
	if (err)
		finish(install, err, NULL);
	else
		fetched(install);
}

/* A payload beside its manifest, in a folder: a plain name. */
static int fetch_file(struct install *install,
		      const struct sg_update_want *want, struct sg_error *err)
{
	struct sg_buf bytes;
	char path[4096];
	int ret;

	if (strchr(want->uri, '/') || want->uri[0] == '.')
		return sg_fail(err, "%.200s: only a name in the manifest's own folder is fetched from there",
			       want->uri);
	snprintf(path, sizeof(path), "%s/%s", install->directory, want->uri);
	if (sg_file_read(path, want->max, &bytes, err) < 0)
		return -1;
	ret = write(want->fd, bytes.data, bytes.len) == (ssize_t)bytes.len ?
		      0 : sg_fail(err, "out of memory");
	sg_buf_free(&bytes);
	return ret;
}

static int fetch_want(struct install *install, struct sg_error *err)
{
	const struct sg_update_want *want = sg_update_want(install->update);
	char url[FETCH_MAX_URL];
	const struct fetch_request request = {
		.url = url, .fd = want->fd, .max = want->max,
		.done = on_fetched, .context = install,
	};
	int r;

	if (install->directory && !strstr(want->uri, "://")) {
		if (fetch_file(install, want, err) < 0)
			return -1;
		if (sg_update_fetched(install->update, err) < 0)
			return -1;
		return schedule(install, err);
	}
	if (fetch_resolve(&install->daemon->config, install->base, want->uri,
			  url, err) < 0)
		return -1;
	r = sd_event_add_time_relative(install->daemon->event, &install->tick,
				       CLOCK_MONOTONIC, 0, 0, on_tick,
				       install);
	if (r < 0)
		return sg_fail(err, "cannot set a timer");
	install->fetch = fetch_start(install->daemon, &request, err);
	return install->fetch ? 0 : -1;
}

static int on_step(sd_event_source *source, void *userdata)
{
	struct install *install = userdata;
	struct sg_error err;
	int ret;

	(void)source;
	install->step = sd_event_source_disable_unref(install->step);
	ret = sg_update_run(install->update, &err);
	if (ret == 1)
		conclude(install);
	else if (ret < 0 || fetch_want(install, &err) < 0)
		finish(install, &err, NULL);
	return 0;
}

/* What is refused at once is reported like everything else, from the loop. */
static int on_begin(sd_event_source *source, void *userdata)
{
	struct install *install = userdata;
	struct sg_error err;

	(void)source;
	install->step = sd_event_source_disable_unref(install->step);
	install->request.progress(install->request.context, "verify", 0, 0);
	if (install_examine(install->daemon, &install->request.envelope,
			    &install->state, &install->update, &err) < 0 ||
	    schedule(install, &err) < 0)
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
	int r;

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
	r = sd_event_add_defer(daemon->event, &install->step, on_begin,
			       install);
	if (r >= 0)
		return 0;
	install_free(install);
	return sg_fail(err, "cannot begin");
}

bool install_cancel(struct daemon *daemon)
{
	struct sg_error err;

	if (!daemon->install)
		return false;
	sg_fail(&err, "canceled");
	finish(daemon->install, &err, NULL);
	return true;
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

// SPDX-License-Identifier: GPL-2.0-or-later
#include "job.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

#include "files.h"
#include "floors.h"
#include "gate_link.h"
#include "install.h"
#include "kept.h"
#include "report.h"
#include "setup.h"
#include "trial.h"

uint64_t job_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_BOOTTIME, &ts);
	return (uint64_t)ts.tv_sec;
}

void job_boot_id(char out[STORE_BOOT_ID])
{
	int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
	ssize_t n = 0;

	if (fd >= 0) {
		n = read(fd, out, STORE_BOOT_ID - 1);
		close(fd);
	}
	out[n > 0 ? n : 0] = '\0';
}

int job_files(struct daemon *daemon, const struct store_job *job,
	      int (*each)(void *context, unsigned int number,
			  const struct store_component *component,
			  struct sg_error *err),
	      void *context, struct sg_error *err)
{
	return store_job_files(daemon->store, job->number, each, context, err);
}

static int set_state(struct daemon *daemon, struct store_job *job,
		     unsigned int state, struct sg_error *err)
{
	unsigned int was = job->state;

	job->state = state;
	if (!store_job_update(daemon->store, job, err))
		return 0;
	job->state = was;
	return -1;
}

static void hex_of(const struct store_job *job,
		   char out[2 * SG_GATE_MAX_DIGEST + 1])
{
	sg_gate_hex(job->digest.value, job->digest.len, out);
}

/* Does component @i change its bytes or its manifest? 1, 0 or -1. */
static int is_news(struct daemon *daemon, const struct procedure_result *result,
		   size_t i, struct sg_error *err)
{
	const struct store_component *is = &result->component[i];
	struct store_component has;
	int ret;

	if (result->stored[i] || !result->in_place[i])
		return result->stored[i];
	ret = store_component_confirmed(daemon->store, is->name, &has, err);
	return ret < 0 ? -1 : !ret || strcmp(has.manifest, is->manifest);
}

int job_needed(struct daemon *daemon, const struct procedure_result *result,
	       struct sg_error *err)
{
	int ret = 0;
	size_t i;

	for (i = 0; i < result->n_components && !ret; i++)
		ret = is_news(daemon, result, i, err);
	return ret;
}

static int add_files(struct daemon *daemon, const struct store_job *job,
		     const struct procedure_result *result,
		     struct sg_error *err)
{
	unsigned int i, number;
	int ret;

	for (i = 0; i < result->n_components; i++) {
		ret = is_news(daemon, result, i, err);
		if (ret < 0)
			return -1;
		number = result->stored[i] ? i : JOB_IN_PLACE + i;
		if (ret && store_job_add_file(daemon->store, job->number,
					      number, &result->component[i],
					      err) < 0)
			return -1;
	}
	return 0;
}

static int add_floors(struct daemon *daemon, const struct store_job *job,
		      const struct procedure_result *result,
		      struct sg_error *err)
{
	const struct procedure_manifest *is;
	struct sg_gate_floor floor;
	size_t i;

	for (i = 0; i < result->n_manifests; i++) {
		is = &result->manifest[i];
		floor = (struct sg_gate_floor){
			.sequence_number = is->sequence_number,
			.digest = is->digest, .id_len = is->floor_id_len,
		};
		memcpy(floor.authority, is->authority, sizeof(is->authority));
		memcpy(floor.id, is->floor_id, is->floor_id_len);
		if (store_job_add_floor(daemon->store, job->number, &floor,
					err) < 0)
			return -1;
	}
	return 0;
}

void job_describe(const struct procedure_result *result,
		  struct store_job *job)
{
	const struct procedure_manifest *root = &result->manifest[0];

	*job = (struct store_job){
		.state = JOB_COMMITTING,
		.digest = root->digest,
		.role = root->role,
		.sequence_number = root->sequence_number,
	};
	memcpy(job->authority, root->authority, sizeof(job->authority));
	memcpy(job->version, root->version, sizeof(job->version));
	job_boot_id(job->boot_id);
}

int job_begin(struct daemon *daemon, const struct procedure_result *result,
	      struct store_job *job, struct sg_error *err)
{
	job_describe(result, job);
	if (store_begin(daemon->store, err) < 0)
		return -1;
	if (!store_job_add(daemon->store, job, err) &&
	    !add_files(daemon, job, result, err) &&
	    !add_floors(daemon, job, result, err))
		return store_commit(daemon->store, err);
	store_rollback(daemon->store);
	return -1;
}

int job_committed(struct daemon *daemon, struct store_job *job,
		  struct sg_error *err)
{
	return set_state(daemon, job, JOB_ACTIVATING, err);
}

static int drop_one(void *context, unsigned int number,
		    const struct store_component *component,
		    struct sg_error *err)
{
	(void)number;
	(void)err;
	kept_drop(context, component->manifest);
	return 0;
}

/* Its manifests, unless something else needs them. */
static void drop_manifests(struct daemon *daemon, const struct store_job *job)
{
	char digest[2 * SG_GATE_MAX_DIGEST + 1];
	struct sg_error ignored;

	hex_of(job, digest);
	store_job_files(daemon->store, job->number, drop_one, daemon,
			&ignored);
	kept_drop(daemon, digest);
}

void job_abandon(struct daemon *daemon, struct store_job *job)
{
	struct sg_error err;

	if (set_state(daemon, job, JOB_DONE, &err) < 0)
		daemon_log(LOG_ERR, "%s", err.message);
	drop_manifests(daemon, job);
}

/* Manifests whose files were replaced; a job has few. */
struct confirmation {
	struct daemon *daemon;
	char old[PROCEDURE_COMPONENTS][2 * SG_GATE_MAX_DIGEST + 1];
	size_t n_old;
};

static int confirm_one(void *context, unsigned int number,
		       const struct store_component *component,
		       struct sg_error *err)
{
	struct confirmation *c = context;
	struct store_component old;
	int ret;

	(void)number;
	ret = store_component_confirmed(c->daemon->store, component->name,
					&old, err);
	if (ret < 0)
		return -1;
	if (ret && strcmp(old.manifest, component->manifest) &&
	    c->n_old < PROCEDURE_COMPONENTS)
		memcpy(c->old[c->n_old++], old.manifest, sizeof(old.manifest));
	return store_component_put(c->daemon->store, component, err);
}

static int record_confirmation(struct confirmation *c, struct store_job *job,
			       struct sg_error *err)
{
	struct store *store = c->daemon->store;
	unsigned int state = job->state;
	int ret = -1;

	if (store_begin(store, err) < 0)
		return -1;
	job->state = JOB_DONE;
	if (!store_job_files(store, job->number, confirm_one, c, err) &&
	    !store_job_raise_floors(store, job->number, err) &&
	    !store_job_update(store, job, err))
		ret = store_commit(store, err);
	else
		store_rollback(store);
	if (ret < 0)
		job->state = state;
	return ret;
}

int job_confirmed(struct daemon *daemon, struct store_job *job,
		  struct sg_error *err)
{
	struct confirmation c = { .daemon = daemon };
	struct sg_error why;
	size_t i;

	if (record_confirmation(&c, job, err) < 0)
		return -1;
	if (floors_save(daemon, &why) < 0)
		daemon_log(LOG_ERR, "floors are not saved: %s", why.message);
	for (i = 0; i < c.n_old; i++)
		kept_drop(daemon, c.old[i]);
	report_job(daemon, "confirm", job, NULL);
	return 0;
}

/* What the gate decides about is confirmed there too, by each manifest. */
struct gate_confirmation {
	bool jump;
	char last[2 * SG_GATE_MAX_DIGEST + 1];
};

static int confirm_in_gate(void *context, unsigned int number,
			   const struct store_component *component,
			   struct sg_error *err)
{
	struct gate_confirmation *c = context;
	struct sg_gate_digest digest;

	(void)number;
	if (!job_gated(component) || !strcmp(c->last, component->manifest))
		return 0;
	memcpy(c->last, component->manifest, sizeof(c->last));
	if (sg_gate_digest_parse(component->manifest, &digest, err) < 0)
		return -1;
	return gate_link_confirm(&digest, c->jump, err);
}

bool job_gated(const struct store_component *component)
{
	return !strncmp(component->name, "firmware/", 9) ||
	       !strncmp(component->name, "upload/", 7);
}

static int confirm_files(struct daemon *daemon, const struct store_job *job,
			 struct sg_error *err)
{
	struct setup setup;
	int ret;

	if (setup_make(daemon, &setup, err) < 0)
		return -1;
	ret = sg_install_confirm(&setup.device, &job->digest, err);
	setup_free(&setup);
	return ret;
}

int job_confirm(struct daemon *daemon, struct store_job *job, bool jump,
		struct sg_error *err)
{
	struct gate_confirmation in_gate = { .jump = jump };

	if (install_make_way(daemon, err) < 0)
		return -1;
	if (store_job_files(daemon->store, job->number, confirm_in_gate,
			    &in_gate, err) < 0 ||
	    confirm_files(daemon, job, err) < 0)
		return -1;
	return job_confirmed(daemon, job, err);
}

/* The files come back, also when that cannot be written down now. */
static void begin_restore(struct daemon *daemon, struct store_job *job,
			  const char *why)
{
	struct sg_error err;

	/* nothing is said against what never was on trial */
	if (job->state != JOB_COMMITTING)
		snprintf(job->why, sizeof(job->why), "%s", why);
	if (set_state(daemon, job, JOB_RESTORING, &err) < 0)
		daemon_log(LOG_ERR, "%s", err.message);
	job->state = JOB_RESTORING;
}

int job_restore(struct daemon *daemon, struct store_job *job, const char *why,
		struct sg_error *err)
{
	int fate;

	if (install_make_way(daemon, err) < 0)
		return -1;
	fate = job_fate(daemon, job, err);
	if (fate < 0)
		return -1;
	if (fate == SG_INSTALL_INSTALLED && job_on_trial(job)) {
		if (job_confirmed(daemon, job, err) < 0)
			return -1;
		sg_fail(err, "it was confirmed: what it replaced is gone");
		return 1;
	}
	if (job->state != JOB_RESTORING)
		begin_restore(daemon, job, why);
	/* the time before it came as far as that, or further */
	if (fate && fate != SG_INSTALL_INSTALLED &&
	    files_revert(daemon, &job->digest, err) < 0)
		return -1;
	if (set_state(daemon, job, JOB_DONE, err) < 0)
		return -1;
	drop_manifests(daemon, job);
	report_job(daemon, "restore", job, why);
	return 0;
}

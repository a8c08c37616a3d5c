// SPDX-License-Identifier: GPL-2.0-or-later
#include "job.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

#include "gate_link.h"
#include "kept.h"
#include "place.h"
#include "policy.h"
#include "report.h"
#include "trial.h"

enum { MAX_PATH = 4096 };

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

static void old_dir(const struct daemon *daemon, const struct store_job *job,
		    char out[MAX_PATH])
{
	snprintf(out, MAX_PATH, "%s/old/%" PRId64, daemon->config.state_dir,
		 job->number);
}

/* One step for every file of a job. */
struct walk {
	struct daemon *daemon;
	char dir[MAX_PATH];
	int (*step)(const struct place *place, struct sg_error *err);
};

static int walk_one(void *context, unsigned int number,
		    const struct store_component *component,
		    struct sg_error *err)
{
	const struct walk *walk = context;
	const struct place place = {
		.root = walk->daemon->config.firmware_dir,
		.name = place_name(component->name),
		.old_dir = walk->dir,
		.number = number,
	};

	if (!place.name)
		return sg_fail(err, "%s: no name of a file", component->name);
	return walk->step(&place, err);
}

static int walk(struct daemon *daemon, const struct store_job *job,
		int (*step)(const struct place *place, struct sg_error *err),
		struct sg_error *err)
{
	struct walk context = { .daemon = daemon, .step = step };

	old_dir(daemon, job, context.dir);
	return store_job_files(daemon->store, job->number, walk_one, &context,
			       err);
}

int job_files(struct daemon *daemon, const struct store_job *job,
	      int (*each)(void *context, unsigned int number,
			  const struct store_component *component,
			  struct sg_error *err),
	      void *context, struct sg_error *err)
{
	return store_job_files(daemon->store, job->number, each, context, err);
}

static int forget(const struct place *place, struct sg_error *err)
{
	(void)err;
	place_forget(place);
	return 0;
}

/* What was kept for the way back is needed no more. */
static void forget_old(struct daemon *daemon, const struct store_job *job)
{
	struct sg_error ignored;
	char dir[MAX_PATH];

	walk(daemon, job, forget, &ignored);
	old_dir(daemon, job, dir);
	rmdir(dir);
}

static int set_state(struct daemon *daemon, struct store_job *job,
		     unsigned int state, struct sg_error *err)
{
	job->state = state;
	return store_job_update(daemon->store, job, err);
}

static void hex_of(const struct store_job *job,
		   char out[2 * SG_GATE_MAX_DIGEST + 1])
{
	sg_gate_hex(job->digest.value, job->digest.len, out);
}

/* Does anything that is installed or on trial still need this manifest? */
static void drop_manifest(struct daemon *daemon, const char *digest)
{
	struct sg_error ignored;
	uint64_t uses = 1;

	if (store_manifest_uses(daemon->store, digest, &uses, &ignored) < 0 ||
	    uses)
		return;
	kept_remove(daemon, digest);
	gate_link_unload(digest);
}

static int add_job(struct daemon *daemon, const struct sg_update_facts *facts,
		   struct store_job *job, struct sg_error *err)
{
	struct store_component component;
	unsigned int number = 0;
	size_t i;

	if (store_begin(daemon->store, err) < 0)
		return -1;
	if (store_job_add(daemon->store, job, err) < 0)
		goto fail;
	for (i = 0; i < facts->n_components; i++) {
		if (facts->component[i].fd < 0)
			continue;
		policy_describe(facts, &facts->component[i], &component);
		if (store_job_add_file(daemon->store, job->number, number++,
				       &component, err) < 0)
			goto fail;
	}
	if (!number) {
		sg_fail(err, "the manifest installs nothing");
		goto fail;
	}
	return store_commit(daemon->store, err);

fail:
	store_rollback(daemon->store);
	return -1;
}

/* Old files copied away, new ones beside them. */
static int prepare(struct daemon *daemon, const struct sg_update_facts *facts,
		   const struct store_job *job, struct sg_error *err)
{
	struct place place = { .root = daemon->config.firmware_dir };
	char dir[MAX_PATH];
	size_t i;

	old_dir(daemon, job, dir);
	place.old_dir = dir;
	if (mkdir(dir, 0700) < 0 && errno != EEXIST)
		return sg_fail(err, "cannot make %s: %m", dir);
	for (i = 0; i < facts->n_components; i++) {
		if (facts->component[i].fd < 0)
			continue;
		place.name = place_name(facts->component[i].name);
		if (place_prepare(&place, facts->component[i].fd, err) < 0)
			return -1;
		place.number++;
	}
	return 0;
}

static void abandon(struct daemon *daemon, struct store_job *job)
{
	char digest[2 * SG_GATE_MAX_DIGEST + 1];
	struct sg_error ignored;

	forget_old(daemon, job);
	set_state(daemon, job, JOB_DONE, &ignored);
	hex_of(job, digest);
	drop_manifest(daemon, digest);
}

static void describe(const struct sg_update_facts *facts,
		     struct store_job *job)
{
	*job = (struct store_job){
		.state = JOB_PREPARING,
		.digest = facts->digest,
		.role = facts->role,
		.sequence_number = facts->sequence_number,
		.floor_id_len = facts->floor_id_len,
	};
	memcpy(job->floor_id, facts->floor_id, facts->floor_id_len);
	snprintf(job->authority, sizeof(job->authority), "%s",
		 facts->authority);
	snprintf(job->version, sizeof(job->version), "%s", facts->version);
	job_boot_id(job->boot_id);
}

/* From here it goes forward only, also after a crash. */
static int commit(struct daemon *daemon, struct store_job *job,
		  struct sg_error *err)
{
	struct sg_error why;

	if (!walk(daemon, job, place_commit, &why) &&
	    !set_state(daemon, job, JOB_ACTIVATING, &why))
		return 0;
	*err = why;
	job_restore(daemon, job, err->message, &why);
	return -1;
}

int job_install(struct daemon *daemon, const struct sg_update_facts *facts,
		const struct sg_buf *envelope, struct store_job *job,
		struct sg_error *err)
{
	char digest[2 * SG_GATE_MAX_DIGEST + 1];

	describe(facts, job);
	hex_of(job, digest);
	if (add_job(daemon, facts, job, err) < 0)
		return -1;
	/* the gate has both manifests while the file changes beneath it */
	if (prepare(daemon, facts, job, err) < 0 ||
	    gate_link_load(envelope, err) < 0 ||
	    kept_write(daemon, digest, envelope, err) < 0 ||
	    set_state(daemon, job, JOB_COMMITTING, err) < 0) {
		abandon(daemon, job);
		return -1;
	}
	return commit(daemon, job, err);
}

/* Manifests whose files were replaced; a job has few. */
struct confirmation {
	struct daemon *daemon;
	char old[SG_UPDATE_MAX_COMPONENTS][2 * SG_GATE_MAX_DIGEST + 1];
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
	    c->n_old < SG_UPDATE_MAX_COMPONENTS)
		memcpy(c->old[c->n_old++], old.manifest, sizeof(old.manifest));
	return store_component_put(c->daemon->store, component, err);
}

static int record_confirmation(struct confirmation *c, struct store_job *job,
			       struct sg_error *err)
{
	struct store *store = c->daemon->store;
	struct sg_gate_floor floor = {
		.sequence_number = job->sequence_number,
		.digest = job->digest,
		.id_len = job->floor_id_len,
	};

	memcpy(floor.authority, job->authority, sizeof(floor.authority));
	memcpy(floor.id, job->floor_id, job->floor_id_len);
	if (store_begin(store, err) < 0)
		return -1;
	job->state = JOB_DONE;
	if (!store_job_files(store, job->number, confirm_one, c, err) &&
	    !store_floor_put(store, &floor, err) &&
	    !store_job_update(store, job, err))
		return store_commit(store, err);
	store_rollback(store);
	return -1;
}

int job_confirm(struct daemon *daemon, struct store_job *job, bool jump,
		struct sg_error *err)
{
	struct confirmation c = { .daemon = daemon };
	struct sg_error why;
	unsigned int state = job->state;
	size_t i;

	if (gate_link_confirm(&job->digest, jump, err) < 0)
		return -1;
	if (record_confirmation(&c, job, err) < 0) {
		job->state = state;
		return -1;
	}
	if (kept_save_floors(daemon, &why) < 0)
		daemon_log(LOG_ERR, "floors are not saved: %s", why.message);
	forget_old(daemon, job);
	for (i = 0; i < c.n_old; i++)
		drop_manifest(daemon, c.old[i]);
	report_job(daemon, "confirm", job, NULL);
	return 0;
}

int job_restore(struct daemon *daemon, struct store_job *job, const char *why,
		struct sg_error *err)
{
	char digest[2 * SG_GATE_MAX_DIGEST + 1];

	snprintf(job->why, sizeof(job->why), "%s", why);
	if (set_state(daemon, job, JOB_RESTORING, err) < 0 ||
	    walk(daemon, job, place_restore, err) < 0 ||
	    set_state(daemon, job, JOB_DONE, err) < 0)
		return -1;
	forget_old(daemon, job);
	hex_of(job, digest);
	drop_manifest(daemon, digest);
	report_job(daemon, "restore", job, job->why);
	return 0;
}

static int resume(struct daemon *daemon, struct store_job *job,
		  struct sg_error *err)
{
	char why[sizeof(job->why)];

	switch (job->state) {
	case JOB_PREPARING:
		daemon_log(LOG_NOTICE, "an interrupted installation is taken back");
		abandon(daemon, job);
		return 0;
	case JOB_COMMITTING:
		daemon_log(LOG_NOTICE, "an interrupted installation is completed");
		if (commit(daemon, job, err) < 0)
			return -1;
		return trial_begin(daemon, job, err);
	case JOB_RESTORING:
		memcpy(why, job->why, sizeof(why));
		return job_restore(daemon, job, why, err);
	default:
		return trial_begin(daemon, job, err);
	}
}

int job_resume(struct daemon *daemon, struct sg_error *err)
{
	struct store_job job;
	int64_t after = 0;
	int ret;

	while ((ret = store_job_next(daemon->store, after, &job, err)) == 1) {
		after = job.number;
		/* one that cannot go on must not keep the others */
		if (resume(daemon, &job, err) < 0)
			daemon_log(LOG_ERR, "job %" PRId64 ": %s", job.number,
				   err->message);
	}
	return ret;
}

// SPDX-License-Identifier: GPL-2.0-or-later
#include "source_look.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <syslog.h>
#include <unistd.h>

#include "install.h"

enum {
	JITTER = 4,		/* up to a quarter of the interval more */
	MAX_FILES = 4096,
};

/* Who asked for a look hears it. */
static void tell(struct source_check *check, const char *result,
		 const char *message)
{
	sd_json_variant_append_arraybo(&check->found,
		SD_JSON_BUILD_PAIR_STRING("source", check->now->config->name),
		SD_JSON_BUILD_PAIR_STRING("result", result),
		SD_JSON_BUILD_PAIR_STRING("message", message));
}

static void note(struct source_check *check, const char *result,
		 const char *message)
{
	daemon_log(!strcmp(result, "failed") ? LOG_WARNING : LOG_INFO,
		   "source %s: %s%s%s", check->now->config->name, result,
		   *message ? ": " : "", message);
	tell(check, result, message);
}

void source_free_files(struct source_check *check)
{
	while (check->n_files > 0)
		free(check->file[--check->n_files]);
	free(check->file);
	check->file = NULL;
	check->next = 0;
}

/* This source is done; when again is left to chance a little. */
static void leave(struct source_check *check)
{
	struct source *source = check->now;
	uint64_t usec = source->config->interval_s * 1000000;

	usec += usec / JITTER * (uint64_t)(random() % 1024) / 1024;
	sd_event_source_set_time_relative(source->timer, usec);
	sd_event_source_set_enabled(source->timer, SD_EVENT_ONESHOT);
	source_free_files(check);
	check->now = NULL;
	source_go_on(check, 0);
}

/* After a manifest: the next of the folder, or of the next source. */
static void next_manifest(struct source_check *check)
{
	if (check->now->config->directory)
		source_go_on(check, 0);
	else
		leave(check);
}

static void on_progress(void *context, const char *what, uint64_t done,
			uint64_t total)
{
	(void)context;
	(void)what;
	(void)done;
	(void)total;
}

static void on_installed(void *context, const struct sg_error *err,
			 const struct store_job *job)
{
	struct source_check *check = context;

	if (err && install_is_old(err) && check->now->config->directory)
		note(check, "unchanged", "");
	else if (err)
		note(check, err->refused ? "refused" : "failed", err->message);
	else
		note(check, "installed", job->version);
	/* do not fetch again what was judged, unless it could not be judged */
	if (!err || err->refused)
		memcpy(check->now->tag, check->new_tag, sizeof(check->new_tag));
	next_manifest(check);
}

/* It is not tried for ever, across boots neither; it is logged once. */
static void tell_failed(struct source_check *check,
			const struct store_job *job)
{
	struct source *source = check->now;
	char message[sizeof(job->why) + 128];

	snprintf(message, sizeof(message),
		 "version %s was taken back: %s; suitctl install installs it again",
		 job->version, job->why);
	if (job->number > source->told) {
		source->told = job->number;
		daemon_log(LOG_NOTICE, "source %s: left alone: %s",
			   source->config->name, message);
	}
	tell(check, "unchanged", message);
}

/*
 * 1: this manifest is that of what is installed, or was taken back after a
 * trial. 0, -1.
 */
static int is_known(struct source_check *check, const struct sg_buf *envelope,
		    struct sg_error *err)
{
	struct store *store = check->daemon->store;
	char hex[2 * SG_GATE_MAX_DIGEST + 1];
	struct sg_gate_digest digest;
	struct store_job failed;
	uint64_t uses;
	int ret;

	if (sg_gate_digest_of(envelope, &digest, err) < 0)
		return 0;	/* it will be refused */
	sg_gate_hex(digest.value, digest.len, hex);
	if (store_manifest_uses(store, hex, &uses, err) < 0)
		return -1;
	if (uses) {
		note(check, "unchanged", "");
		return 1;
	}
	ret = store_job_failed(store, &digest, &failed, err);
	if (ret == 1)
		tell_failed(check, &failed);
	return ret;
}

static void take(struct source_check *check, struct sg_buf *envelope)
{
	struct install_request request = {
		.envelope = *envelope,
		.base = check->now->config->url,
		.directory = check->now->config->directory,
		.old_is_no_news = check->now->config->directory,
		.progress = on_progress, .done = on_installed,
		.context = check,
	};
	struct sg_error err;
	int ret = is_known(check, envelope, &err);

	if (!ret && install_start(check->daemon, &request, &err) == 0)
		return;
	if (ret)
		sg_buf_free(envelope);
	if (ret > 0)
		memcpy(check->now->tag, check->new_tag, sizeof(check->new_tag));
	else
		note(check, "failed", err.message);
	next_manifest(check);
}

static int read_memory(int fd, uint64_t max, struct sg_buf *out,
		       struct sg_error *err)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return sg_file_read(path, (size_t)max, out, err);
}

static void on_fetched(void *context, const struct sg_error *why,
		       const char *tag, bool unchanged)
{
	struct source_check *check = context;
	struct sg_buf envelope;
	struct sg_error err;
	int ret = -1;

	check->fetch = NULL;
	if (!why && !unchanged)
		ret = read_memory(check->fd, check->daemon->config.max_manifest,
				  &envelope, &err);
	close(check->fd);
	if (why || unchanged || ret < 0) {
		note(check, unchanged ? "unchanged" : "failed",
		     unchanged ? "" : why ? why->message : err.message);
		leave(check);
		return;
	}
	snprintf(check->new_tag, sizeof(check->new_tag), "%s", tag);
	take(check, &envelope);
}

static int look_at_url(struct source_check *check, struct sg_error *err)
{
	struct fetch_request request = {
		.url = check->now->config->url,
		.max = check->daemon->config.max_manifest,
		.tag = check->now->tag, .done = on_fetched, .context = check,
	};

	check->fd = memfd_create("suitgate-manifest", MFD_CLOEXEC);
	if (check->fd < 0)
		return sg_fail(err, "cannot make memory: %m");
	request.fd = check->fd;
	check->fetch = fetch_start(check->daemon, &request, err);
	if (check->fetch)
		return 0;
	close(check->fd);
	return -1;
}

static int is_manifest(const struct dirent *entry)
{
	size_t len = strlen(entry->d_name);

	return entry->d_name[0] != '.' && len > 5 &&
	       !strcmp(entry->d_name + len - 5, ".suit");
}

static int look_at_folder(struct source_check *check, struct sg_error *err)
{
	const char *folder = check->now->config->directory;

	check->n_files = scandir(folder, &check->file, is_manifest,
				 versionsort);
	if (check->n_files < 0) {
		check->n_files = 0;
		return sg_fail(err, "cannot read %s: %m", folder);
	}
	if (check->n_files > MAX_FILES)
		return sg_fail(err, "%s has more than %d manifests", folder,
			       MAX_FILES);
	source_go_on(check, 0);
	return 0;
}

/* The next file of the folder. */
void source_look_on(struct source_check *check)
{
	struct sg_buf envelope;
	struct sg_error err;
	char path[8192];

	if (check->next >= check->n_files) {
		leave(check);
		return;
	}
	snprintf(path, sizeof(path), "%s/%s", check->now->config->directory,
		 check->file[check->next++]->d_name);
	check->new_tag[0] = '\0';
	if (!sg_file_read(path, (size_t)check->daemon->config.max_manifest,
			  &envelope, &err)) {
		take(check, &envelope);
		return;
	}
	note(check, "failed", err.message);
	source_go_on(check, 0);
}

void source_look(struct source_check *check)
{
	struct sg_error err;
	int ret;

	ret = check->now->config->url ? look_at_url(check, &err) :
					look_at_folder(check, &err);
	if (ret == 0)
		return;
	note(check, "failed", err.message);
	leave(check);
}

// SPDX-License-Identifier: GPL-2.0-or-later
#include "source.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <syslog.h>
#include <unistd.h>

#include "fetch.h"
#include "install.h"

enum {
	JITTER = 4,		/* up to a quarter of the interval more */
	FIRST_US = 5000000,	/* after a start */
	BUSY_US = 1000000,	/* another installation is running */
	MAX_FILES = 4096,
};

/**
 * struct source - a configured source
 * @config: of it
 * @timer: when to look again
 * @due: shall be looked at now
 * @tag: of the manifest that was fetched last
 */
struct source {
	const struct config_source *config;
	struct daemon *daemon;
	sd_event_source *timer;
	bool due;
	char tag[FETCH_MAX_TAG];
};

/**
 * struct source_check - one look, at one source after the other
 * @source: all; @n
 * @now: which is looked at, or NULL
 * @fetch: its manifest is being fetched to @fd
 * @file: of a folder: files, @n_files, @next
 * @turn: goes on
 * @found: for @done
 */
struct source_check {
	struct daemon *daemon;
	struct source *source;
	size_t n;
	struct source *now;
	struct fetch *fetch;
	int fd;
	char new_tag[FETCH_MAX_TAG];
	struct dirent **file;
	int n_files;
	int next;
	sd_event_source *turn;
	sd_json_variant *found;
	void (*done)(void *context, sd_json_variant *found);
	void *context;
};

static int on_turn(sd_event_source *source, uint64_t usec, void *userdata);

static void go_on(struct source_check *check, uint64_t usec)
{
	check->turn = sd_event_source_disable_unref(check->turn);
	if (sd_event_add_time_relative(check->daemon->event, &check->turn,
				       CLOCK_MONOTONIC, usec, 1, on_turn,
				       check) < 0)
		daemon_log(LOG_ERR, "sources are not looked at any more");
}

static void note(struct source_check *check, const char *result,
		 const char *message)
{
	daemon_log(!strcmp(result, "failed") ? LOG_WARNING : LOG_INFO,
		   "source %s: %s%s%s", check->now->config->name, result,
		   *message ? ": " : "", message);
	sd_json_variant_append_arraybo(&check->found,
		SD_JSON_BUILD_PAIR_STRING("source", check->now->config->name),
		SD_JSON_BUILD_PAIR_STRING("result", result),
		SD_JSON_BUILD_PAIR_STRING("message", message));
}

static void free_files(struct source_check *check)
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
	free_files(check);
	check->now = NULL;
	go_on(check, 0);
}

/* After a manifest: the next of the folder, or of the next source. */
static void next_manifest(struct source_check *check)
{
	if (check->now->config->directory)
		go_on(check, 0);
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

/* Is this the manifest of everything that it speaks of? */
static bool is_installed(struct source_check *check,
			 const struct sg_buf *envelope)
{
	char hex[2 * SG_GATE_MAX_DIGEST + 1];
	struct sg_gate_digest digest;
	struct sg_error ignored;
	uint64_t uses = 0;

	if (sg_gate_digest_of(envelope, &digest, &ignored) < 0)
		return false;
	sg_gate_hex(digest.value, digest.len, hex);
	return !store_manifest_uses(check->daemon->store, hex, &uses,
				    &ignored) && uses;
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

	if (is_installed(check, envelope)) {
		sg_buf_free(envelope);
		memcpy(check->now->tag, check->new_tag, sizeof(check->new_tag));
		note(check, "unchanged", "");
		next_manifest(check);
		return;
	}
	if (install_start(check->daemon, &request, &err) == 0)
		return;
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
	char url[FETCH_MAX_URL];
	struct fetch_request request = {
		.url = url, .max = check->daemon->config.max_manifest,
		.tag = check->now->tag, .done = on_fetched, .context = check,
	};

	if (fetch_resolve(&check->daemon->config, NULL,
			  check->now->config->url, url, err) < 0)
		return -1;
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
	go_on(check, 0);
	return 0;
}

/* The next file of the folder. */
static void look_at_file(struct source_check *check)
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
	go_on(check, 0);
}

static struct source *due(struct source_check *check)
{
	size_t i;

	for (i = 0; i < check->n; i++)
		if (check->source[i].due)
			return &check->source[i];
	return NULL;
}

static void finish(struct source_check *check)
{
	sd_json_variant *found = check->found;
	void (*done)(void *context, sd_json_variant *found) = check->done;
	void *context = check->context;

	check->found = NULL;
	check->done = NULL;
	check->context = NULL;
	if (done)
		done(context, found);
	sd_json_variant_unref(found);
}

static int on_turn(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct source_check *check = userdata;
	struct sg_error err;
	int ret;

	(void)source;
	(void)usec;
	check->turn = sd_event_source_disable_unref(check->turn);
	if (check->daemon->install) {
		go_on(check, BUSY_US);
		return 0;
	}
	if (check->now) {
		look_at_file(check);
		return 0;
	}
	check->now = due(check);
	if (!check->now) {
		finish(check);
		return 0;
	}
	check->now->due = false;
	sd_event_source_set_enabled(check->now->timer, SD_EVENT_OFF);
	ret = check->now->config->url ? look_at_url(check, &err) :
					look_at_folder(check, &err);
	if (ret < 0) {
		note(check, "failed", err.message);
		leave(check);
	}
	return 0;
}

static int on_timer(sd_event_source *event, uint64_t usec, void *userdata)
{
	struct source *source = userdata;
	struct source_check *check = source->daemon->check;

	(void)event;
	(void)usec;
	source->due = true;
	if (!check->now && !check->turn)
		go_on(check, 0);
	return 0;
}

int source_start(struct daemon *daemon, struct sg_error *err)
{
	const struct config *config = &daemon->config;
	struct source_check *check = calloc(1, sizeof(*check));
	size_t i;

	if (!check)
		return sg_fail(err, "out of memory");
	daemon->check = check;
	check->daemon = daemon;
	if (!config->n_sources)
		return 0;
	check->source = calloc(config->n_sources, sizeof(*check->source));
	if (!check->source)
		return sg_fail(err, "out of memory");
	check->n = config->n_sources;
	for (i = 0; i < check->n; i++) {
		check->source[i].config = &config->source[i];
		check->source[i].daemon = daemon;
		if (sd_event_add_time_relative(daemon->event,
					       &check->source[i].timer,
					       CLOCK_BOOTTIME, FIRST_US, 0,
					       on_timer,
					       &check->source[i]) < 0)
			return sg_fail(err, "cannot set a timer");
	}
	return 0;
}

void source_stop(struct daemon *daemon)
{
	struct source_check *check = daemon->check;
	size_t i;

	if (!check)
		return;
	install_detach(daemon, check);
	finish(check);
	if (check->fetch) {
		fetch_cancel(check->fetch);
		close(check->fd);
	}
	for (i = 0; i < check->n; i++)
		sd_event_source_disable_unref(check->source[i].timer);
	sd_event_source_disable_unref(check->turn);
	free_files(check);
	free(check->source);
	free(check);
	daemon->check = NULL;
}

int source_check(struct daemon *daemon,
		 void (*done)(void *context, sd_json_variant *found),
		 void *context, struct sg_error *err)
{
	struct source_check *check = daemon->check;
	size_t i;

	if (check->done)
		return sg_fail(err, "somebody else has sources looked at: try again when that is done");
	check->done = done;
	check->context = context;
	for (i = 0; i < check->n; i++) {
		sd_event_source_set_enabled(check->source[i].timer,
					    SD_EVENT_OFF);
		check->source[i].due = true;
	}
	if (!check->now && !check->turn)
		go_on(check, 0);
	return 0;
}

void source_detach(struct daemon *daemon, void *context)
{
	if (!daemon->check || daemon->check->context != context)
		return;
	daemon->check->done = NULL;
	daemon->check->context = NULL;
}

size_t source_count(const struct daemon *daemon)
{
	return daemon->config.n_sources;
}

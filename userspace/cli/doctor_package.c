// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * suitctl doctor --packages: what would the gate say to firmware that changed on
 * the disk since it was looked at last, before a driver asks for it?
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "cli.h"
#include "doctor.h"
#include "gate_out.h"

/* gcc loses sight of what the items of an array own; clang does not. */
#pragma GCC diagnostic ignored "-Wanalyzer-malloc-leak"

#define STAMP_FILE SG_STATE_DIR "/packages.stamp"

enum { MAX_FILE = 256 << 20, SHOWN = 10 };

static const char *const roots[] = { "/lib/firmware/updates", "/lib/firmware" };

/* A file that changed. */
struct item {
	char *component;
	char *path;
	const char *error;	/* static; NULL: it would be delivered */
	char *manifest;		/* that came closest, or NULL */
};

struct survey {
	struct sg_gate *gate;
	struct timespec since;
	struct sg_state state;
	struct item *item;
	size_t n;
	size_t refused;
};

static void survey_free(struct survey *s)
{
	size_t i;

	for (i = 0; i < s->n; i++) {
		free(s->item[i].component);
		free(s->item[i].path);
		free(s->item[i].manifest);
	}
	free(s->item);
	sg_state_free(&s->state);
}

/* When it was looked at last, and everything was good; 0 for never. */
static struct timespec last_time(void)
{
	struct timespec when = { 0 };
	long long seconds = 0;
	FILE *file = fopen(STAMP_FILE, "re");

	if (file && fscanf(file, "%lld.%9ld", &seconds, &when.tv_nsec) == 2)
		when.tv_sec = seconds;
	if (file)
		fclose(file);
	return when;
}

/* Somebody who is not root looks, and leaves nothing. */
static void remember(const struct timespec *when)
{
	struct sg_error ignored;
	char text[64];
	int len;

	len = snprintf(text, sizeof(text), "%lld.%09ld\n",
		       (long long)when->tv_sec, when->tv_nsec);
	sg_file_write(STAMP_FILE, text, (size_t)len, 0644, &ignored);
}

static bool is_later(const struct timespec *a, const struct timespec *b)
{
	return a->tv_sec != b->tv_sec ? a->tv_sec > b->tv_sec :
					a->tv_nsec >= b->tv_nsec;
}

/* The file, or a link that leads to it: dpkg renames, which changes ctime. */
static bool changed(const struct survey *s, const char *path)
{
	struct stat link, file;

	return lstat(path, &link) < 0 || stat(path, &file) < 0 ||
	       is_later(&link.st_ctim, &s->since) ||
	       is_later(&file.st_ctim, &s->since);
}

static int take(void *context, const char *name, const char *path,
		struct sg_error *err)
{
	struct survey *s = context;
	struct item *item;

	/* a root of its own */
	if (!strncmp(path, "/lib/firmware/updates/", 22) &&
	    !strncmp(name, "updates/", 8))
		return 0;
	if (!changed(s, path))
		return 0;
	item = reallocarray(s->item, s->n + 1, sizeof(*item));
	if (!item)
		return sg_fail(err, "out of memory");
	s->item = item;
	item += s->n;
	*item = (struct item){ .path = strdup(path) };
	if (asprintf(&item->component, "firmware/%s", name) < 0)
		item->component = NULL;
	s->n++;
	return item->path && item->component ? 0 :
		sg_fail(err, "out of memory");
}

static int find_changed(struct survey *s, struct sg_error *err)
{
	struct stat st;
	size_t i;

	for (i = 0; i < sizeof(roots) / sizeof(roots[0]); i++)
		if (stat(roots[i], &st) == 0 &&
		    sg_firmware_walk(roots[i], take, s, err) < 0)
			return -1;
	return 0;
}

/* What one manifest makes of a file; a later one may be better. */
static void ask(struct survey *s, struct item *item,
		const struct sg_buf *envelope, const char *origin)
{
	struct sg_gate_question question = { .envelope = *envelope,
					     .component = item->component };
	struct sg_error err;

	if (sg_file_read(item->path, MAX_FILE, &question.payload, &err) < 0) {
		item->error = "operation-failed";
		return;
	}
	if (sg_gate_check(s->gate, &question, &err) == 0) {
		item->error = NULL;
	} else {
		item->error = err.code ? err.code : "operation-failed";
		free(item->manifest);
		item->manifest = origin ? strdup(origin) : NULL;
	}
	sg_buf_free(&question.payload);
}

static void ask_sidecar(struct survey *s, struct item *item)
{
	struct sg_buf envelope;
	struct sg_error err;
	char *path;

	if (asprintf(&path, "%s.suit", item->path) < 0)
		return;
	if (sg_file_read(path, CLI_MAX_ENVELOPE, &envelope, &err) == 0) {
		ask(s, item, &envelope, path);
		sg_buf_free(&envelope);
	}
	free(path);
}

/* Every file that this manifest names and no other has let through yet. */
static int ask_manifest(struct survey *s, const struct sg_state_item *manifest,
			struct sg_error *err)
{
	const char **component = calloc(s->n, sizeof(*component));
	bool *found = calloc(s->n, sizeof(*found));
	struct sg_error ignored;
	size_t i;
	int ret = 0;

	if (!component || !found) {
		ret = sg_fail(err, "out of memory");
		goto out;
	}
	for (i = 0; i < s->n; i++)
		component[i] = s->item[i].component;
	/* what is no manifest, the gate has not loaded either */
	if (sg_envelope_find(&manifest->bytes, component, s->n, found,
			     &ignored) > 0)
		for (i = 0; i < s->n; i++)
			if (found[i] && s->item[i].error)
				ask(s, &s->item[i], &manifest->bytes,
				    manifest->origin);
out:
	free(component);
	free(found);
	return ret;
}

static int judge(struct survey *s, struct sg_error *err)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		s->item[i].error = "no-manifest";
	for (i = 0; s->n && i < s->state.n; i++)
		if (s->state.item[i].kind == SG_STATE_MANIFEST &&
		    ask_manifest(s, &s->state.item[i], err) < 0)
			return -1;
	for (i = 0; i < s->n; i++) {
		if (s->item[i].error)
			ask_sidecar(s, &s->item[i]);
		s->refused += s->item[i].error != NULL;
	}
	return 0;
}

static void print_advice(const struct survey *s)
{
	const char *meaning, *action;
	size_t i, j;

	for (i = 0; i < s->n; i++) {
		for (j = 0; j < i; j++)
			if (s->item[j].error &&
			    s->item[i].error == s->item[j].error)
				break;
		if (j < i || !s->item[i].error)
			continue;
		sg_advice(s->item[i].error, &meaning, &action);
		printf("%s: %s\n  %s\n", s->item[i].error, meaning, action);
	}
	puts("If the packages are good as they are now, bless them again, with "
	     "a higher --seq:\n"
	     "  suitctl bless --package NAME -k KEY.pem -o NAME.suit; "
	     "suitctl load NAME.suit\n"
	     "Until then drivers get their firmware refused when they ask "
	     "again, at the latest after the next boot.");
}

static void print(const struct survey *s, const struct sg_gate_info *info)
{
	size_t i, shown = 0;

	if (!s->refused) {
		printf("%zu firmware files changed, none will be refused.\n",
		       s->n);
		return;
	}
	printf("%zu of %zu firmware files that changed %s refused:\n",
	       s->refused, s->n, info->mode == SG_MODE_ENFORCE ? "will be" :
	       "would be, if the gate enforced,");
	for (i = 0; i < s->n && shown < SHOWN; i++) {
		const struct item *item = &s->item[i];

		if (!item->error)
			continue;
		fputs("! ", stdout);
		out_text(stdout, item->path);
		printf(": %s", item->error);
		if (item->manifest) {
			fputs(", says ", stdout);
			out_text(stdout, item->manifest);
		}
		putchar('\n');
		shown++;
	}
	if (s->refused > shown)
		printf("  and %zu more: suitctl doctor --packages --json\n",
		       s->refused - shown);
	print_advice(s);
}

static sd_json_variant *item_json(const struct item *item)
{
	sd_json_variant *v = NULL;
	const char *meaning, *action;

	sg_advice(item->error, &meaning, &action);
	if (sd_json_buildo(&v,
			SD_JSON_BUILD_PAIR_STRING("path", item->path),
			SD_JSON_BUILD_PAIR_STRING("component", item->component),
			SD_JSON_BUILD_PAIR_STRING("error", item->error),
			SD_JSON_BUILD_PAIR_CONDITION(item->manifest != NULL,
				"manifest",
				SD_JSON_BUILD_STRING(item->manifest)),
			SD_JSON_BUILD_PAIR_STRING("meaning", meaning),
			SD_JSON_BUILD_PAIR_STRING("action", action)) < 0)
		return NULL;
	return v;
}

static int print_json(const struct survey *s)
{
	sd_json_variant *all = NULL;
	size_t i;

	sd_json_variant_new_array(&all, NULL, 0);
	for (i = 0; i < s->n; i++)
		if (s->item[i].error &&
		    out_append(&all, item_json(&s->item[i])) < 0) {
			sd_json_variant_unref(all);
			return out_json(NULL);
		}
	return out_json(all);
}

int doctor_packages(struct sg_gate *gate, const struct sg_gate_info *info,
		    bool all, bool json)
{
	struct survey s = { .gate = gate };
	struct timespec now;
	struct sg_error err;
	int ret;

	clock_gettime(CLOCK_REALTIME_COARSE, &now);
	if (!all)
		s.since = last_time();
	if (find_changed(&s, &err) < 0 ||
	    sg_state_collect(SG_CONFIG_DIR, SG_STATE_DIR, &s.state, &err) < 0 ||
	    judge(&s, &err) < 0) {
		ret = cli_error(&err);
	} else {
		ret = json ? print_json(&s) : CLI_OK;
		if (!json)
			print(&s, info);
		if (!ret && s.refused)
			ret = CLI_REFUSED;
		else if (!ret)
			remember(&now);
	}
	survey_free(&s);
	return ret;
}

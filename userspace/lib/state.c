// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The state of a gate: collected from this machine, given to the gate.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/suit.h"
#include "floor_file.h"
#include "folder.h"
#include "suitgate/state.h"
#include "suitgate/trust.h"

/* gcc loses sight of what the items of an array own; clang does not. */
#pragma GCC diagnostic ignored "-Wanalyzer-malloc-leak"

/* Longest path put together here, and folder in it; mode, identity files. */
enum { MAX_PATH = 4096, MAX_DIR = MAX_PATH - 32, MAX_CONFIG = 64 << 10 };

static const char *const kind_names[] = {
	[SG_STATE_TRUST] = "trust",
	[SG_STATE_IDENTITY] = "identity",
	[SG_STATE_FLOOR] = "floor",
	[SG_STATE_MANIFEST] = "manifest",
	[SG_STATE_MODE] = "mode",
};

const char *sg_state_kind_name(unsigned int kind)
{
	return kind <= SG_STATE_MODE ? kind_names[kind] : NULL;
}

void sg_state_free(struct sg_state *state)
{
	size_t i;

	for (i = 0; i < state->n; i++) {
		sg_buf_free(&state->item[i].bytes);
		free(state->item[i].floor);
		free(state->item[i].origin);
	}
	free(state->item);
	memset(state, 0, sizeof(*state));
}

struct sg_state_item *sg_state_append(struct sg_state *state, unsigned int kind,
				      const char *origin, struct sg_error *err)
{
	struct sg_state_item *item, new = { .kind = kind };

	if (state->n >= SG_STATE_MAX_ITEMS) {
		sg_fail(err, "more than %d items", SG_STATE_MAX_ITEMS);
		return NULL;
	}
	item = reallocarray(state->item, state->n + 1, sizeof(*item));
	if (!item)
		goto fail;
	state->item = item;
	if (origin) {
		new.origin = strdup(origin);
		if (!new.origin)
			goto fail;
	}
	if (kind == SG_STATE_FLOOR) {
		new.floor = calloc(1, sizeof(*new.floor));
		if (!new.floor)
			goto fail;
	}
	item += state->n++;
	*item = new;
	return item;

fail:
	free(new.origin);
	sg_fail(err, "out of memory");
	return NULL;
}

/* "DIR/NAME" of a folder whose name was looked at. */
static const char *in_folder(char out[MAX_PATH], const char *dir,
			     const char *name)
{
	snprintf(out, MAX_PATH, "%s/%s", dir, name);
	return out;
}

static int collect_trust(const char *config, const char *var,
			 struct sg_state *state, struct sg_error *err)
{
	struct sg_trust_store store[2] = { 0 };
	struct sg_trust_file *file;
	struct sg_state_item *item;
	char path[MAX_PATH];
	size_t a = 0, b = 0;
	int ret = -1;

	if (sg_trust_store_read(&store[0], in_folder(path, config, "trust.d"),
				err) < 0 ||
	    sg_trust_store_read(&store[1], in_folder(path, var, "trust.d"),
				err) < 0)
		goto out;
	while (a < store[0].n || b < store[1].n) {
		if (b == store[1].n ||
		    (a < store[0].n && store[0].file[a].trust.sequence <=
				       store[1].file[b].trust.sequence))
			file = &store[0].file[a++];
		else
			file = &store[1].file[b++];
		item = sg_state_append(state, SG_STATE_TRUST, file->path, err);
		if (!item)
			goto out;
		item->bytes = file->bundle;
		file->bundle = (struct sg_buf){ 0 };
	}
	ret = 0;

out:
	sg_trust_store_free(&store[0]);
	sg_trust_store_free(&store[1]);
	return ret;
}

/* Only what is not there is left out; what cannot be read is an error. */
static bool is_missing(const char *path)
{
	return access(path, F_OK) < 0 && errno == ENOENT;
}

static int collect_manifest(const char *path, void *context,
			    struct sg_error *err)
{
	struct sg_state_item *item;

	item = sg_state_append(context, SG_STATE_MANIFEST, path, err);
	if (!item)
		return -1;
	return sg_file_read(path, SUIT_MAX_ENVELOPE, &item->bytes, err);
}

static int collect_identity(const char *path, struct sg_state *state,
			    struct sg_error *err)
{
	struct sg_buf text = { 0 };
	struct sg_error why;
	char *line, *rest, *value;
	unsigned int number = 0;
	int ret = -1;

	if (is_missing(path))
		return 0;
	if (sg_file_read(path, MAX_CONFIG, &text, err) < 0)
		return -1;
	if (memchr(text.data, 0, text.len)) {
		sg_buf_free(&text);
		return sg_fail(err, "%s: not a text file", path);
	}
	rest = strndup((const char *)text.data, text.len);
	sg_buf_free(&text);
	if (!rest)
		return sg_fail(err, "out of memory");
	text.data = (uint8_t *)rest;
	while ((line = strsep(&rest, "\n"))) {
		number++;
		line += strspn(line, " \t");
		if (!*line || *line == '#')
			continue;
		value = strchr(line, '=');
		if (!value) {
			sg_fail(err, "%s:%u: expected KEY=VALUE", path, number);
			goto out;
		}
		*value++ = '\0';
		if (sg_identity_parse(state, line, value, &why) < 0) {
			sg_fail(err, "%s:%u: %s", path, number, why.message);
			goto out;
		}
	}
	ret = 0;

out:
	free(text.data);
	return ret;
}

/* The one word of a file, blanks after it left out; 0 when it is none. */
static unsigned int parse_mode(const struct sg_buf *text)
{
	char word[16] = "";
	size_t len = text->len;

	while (len && memchr(" \t\r\n", text->data[len - 1], 4))
		len--;
	if (len >= sizeof(word))
		return 0;
	/* NOLINTNEXTLINE(bugprone-not-null-terminated-result): all of it is 0 */
	memcpy(word, text->data, len);
	return strlen(word) == len ? sg_gate_mode_parse(word) : 0;
}

static int collect_mode(const char *path, struct sg_state *state,
			struct sg_error *err)
{
	struct sg_state_item *item;
	struct sg_buf text = { 0 };
	unsigned int mode;

	if (is_missing(path))
		return 0;
	if (sg_file_read(path, MAX_CONFIG, &text, err) < 0)
		return -1;
	mode = parse_mode(&text);
	sg_buf_free(&text);
	if (!mode)
		return sg_fail(err, "%s:1: expected setup, audit, enforce or sealed",
			       path);
	item = sg_state_append(state, SG_STATE_MODE, path, err);
	if (!item)
		return -1;
	item->mode = mode;
	return 0;
}

/* Of the floors in both the higher ones; messages say where they are from. */
static int take_floors(const char *path, struct sg_state *from,
		       struct sg_state *to, struct sg_error *err)
{
	size_t i;
	int ret = 0;

	for (i = 0; i < from->n && !ret; i++) {
		from->item[i].origin = strdup(path);
		if (!from->item[i].origin)
			ret = sg_fail(err, "out of memory");
	}
	if (!ret)
		ret = sg_state_raise_floors(to, from, err);
	sg_state_free(from);
	return ret;
}

/* The floors that suitctl saved. */
static int collect_saved(const char *path, struct sg_state *state,
			 struct sg_error *err)
{
	struct sg_state saved = { 0 };
	struct sg_buf bytes = { 0 };

	if (is_missing(path))
		return 0;
	if (sg_file_read(path, SG_STATE_MAX, &bytes, err) < 0)
		return -1;
	if (sg_state_decode(&bytes, &saved, err) < 0) {
		sg_buf_free(&bytes);
		return -1;
	}
	sg_buf_free(&bytes);
	return take_floors(path, &saved, state, err);
}

/* Those that the device signed, whatever the counter says: they are floors. */
static int collect_signed(const char *path, const char *public_key,
			  struct sg_state *state, struct sg_error *err)
{
	struct sg_floor_file file;
	int ret = sg_floor_file_read(path, public_key, &file, err);

	return ret == 1 ? take_floors(path, &file.floors, state, err) : ret;
}

static int collect_floors(const char *config, const char *var,
			  struct sg_state *state, struct sg_error *err)
{
	char path[MAX_PATH], key[MAX_PATH];

	if (collect_saved(in_folder(path, var, "floors.state"), state,
			  err) < 0)
		return -1;
	return collect_signed(in_folder(path, var, "floors.signed"),
			      in_folder(key, config, "device.pub"), state,
			      err);
}

static int collect_rules(const char *config, const char *var,
			 struct sg_state *state, struct sg_error *err)
{
	char path[MAX_PATH];

	memset(state, 0, sizeof(*state));
	if (strlen(config) > MAX_DIR || strlen(var) > MAX_DIR)
		return sg_fail(err, "a folder's name has more than %d bytes",
			       MAX_DIR);
	if (collect_trust(config, var, state, err) < 0 ||
	    collect_identity(in_folder(path, config, "identity"), state,
			     err) < 0)
		return -1;
	return collect_floors(config, var, state, err);
}

int sg_state_collect_rules(const char *config, const char *var,
			   struct sg_state *state, struct sg_error *err)
{
	if (collect_rules(config, var, state, err) == 0)
		return 0;
	sg_state_free(state);
	return -1;
}

int sg_state_collect(const char *config, const char *var,
		     struct sg_state *state, struct sg_error *err)
{
	char path[MAX_PATH];

	if (collect_rules(config, var, state, err) < 0 ||
	    sg_folder_walk(in_folder(path, config, "manifests"), ".suit",
			   collect_manifest, state, err) < 0 ||
	    sg_folder_walk(in_folder(path, var, "manifests"), ".suit",
			   collect_manifest, state, err) < 0 ||
	    collect_mode(in_folder(path, config, "mode"), state, err) < 0) {
		sg_state_free(state);
		return -1;
	}
	return 0;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One look at one source, step by step.
 */
#ifndef DAEMON_SOURCE_LOOK_H
#define DAEMON_SOURCE_LOOK_H

#include <dirent.h>

#include "fetch.h"

/**
 * struct source - a configured source
 * @config: of it
 * @timer: when to look again
 * @due: shall be looked at now
 * @looked: when it was, CLOCK_BOOTTIME us; 0: not yet
 * @tag: of the manifest that was fetched last
 * @told: number of the newest job that it was logged of why it is left alone
 */
struct source {
	const struct config_source *config;
	struct daemon *daemon;
	sd_event_source *timer;
	bool due;
	uint64_t looked;
	char tag[FETCH_MAX_TAG];
	int64_t told;
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

/* Be called back after so many microseconds. */
void source_go_on(struct source_check *check, uint64_t usec);
/* Begin with source @check->now. */
void source_look(struct source_check *check);
/* Go on with it: the next file of its folder. */
void source_look_on(struct source_check *check);
void source_free_files(struct source_check *check);

#endif /* DAEMON_SOURCE_LOOK_H */

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One transfer, in the process that is there for it.
 */
#ifndef DAEMON_TRANSFER_H
#define DAEMON_TRANSFER_H

#include "fetch.h"

/**
 * struct transfer - a transfer and its result, in memory that both share
 * @config: limits
 * @base: what @url is relative to, or NULL
 * @url: @tag: @fd: @max: @post: see struct fetch_request
 * @stream: @fd is a pipe, @tag that of the @offset bytes that are there
 * @offset: go on behind these
 * @new_tag: of what came
 * @unchanged: nothing new
 * @start: where what comes begins
 * @size: of all of it, 0 when that is not known
 * @changed: it became something else in the middle
 * @message: why it failed
 *
 * The child writes the last six, and what @url is in full; the daemon trusts
 * none of them.
 */
struct transfer {
	const struct config *config;
	const char *base;
	char url[FETCH_MAX_URL];
	char tag[FETCH_MAX_TAG];
	int fd;
	uint64_t max;
	const char *post;
	bool stream;
	uint64_t offset;
	char new_tag[FETCH_MAX_TAG];
	bool unchanged;
	uint64_t start;
	uint64_t size;
	bool changed;
	char message[512];
};

/* run() of a task. 0 when it is done. */
int transfer_run(void *transfer);

#endif /* DAEMON_TRANSFER_H */

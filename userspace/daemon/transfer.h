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
 * @url: @tag: @fd: @max: @post: see struct fetch_request
 * @new_tag: of what came
 * @unchanged: nothing new
 * @message: why it failed
 *
 * The child writes the last three; the daemon trusts none of them.
 */
struct transfer {
	const struct config *config;
	char url[FETCH_MAX_URL];
	char tag[FETCH_MAX_TAG];
	int fd;
	uint64_t max;
	bool post;
	char new_tag[FETCH_MAX_TAG];
	bool unchanged;
	char message[512];
};

/* run() of a task. 0 when it is done. */
int transfer_run(void *transfer);

#endif /* DAEMON_TRANSFER_H */

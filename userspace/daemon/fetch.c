// SPDX-License-Identifier: GPL-2.0-or-later
#include "fetch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "task.h"
#include "transfer.h"

enum { LIMIT_S = 6 * 3600 };	/* for a transfer with all its retries */

struct fetch {
	struct fetch_request request;
	struct transfer *shared;
	struct task *task;
};

static void fetch_free(struct fetch *fetch)
{
	munmap(fetch->shared, sizeof(*fetch->shared));
	free(fetch);
}

static void on_done(void *context, int code)
{
	struct fetch *fetch = context;
	struct fetch_request request = fetch->request;
	struct transfer result = *fetch->shared;
	struct sg_error err;

	result.message[sizeof(result.message) - 1] = '\0';
	result.new_tag[sizeof(result.new_tag) - 1] = '\0';
	if (code)
		sg_fail(&err, "%.*s: %.400s", 100, result.url,
			code < 0 || !result.message[0] ? "the transfer was killed" :
							 result.message);
	fetch_free(fetch);
	request.done(request.context, code ? &err : NULL, result.new_tag,
		     !code && result.unchanged);
}

struct fetch *fetch_start(struct daemon *daemon,
			  const struct fetch_request *request,
			  struct sg_error *err)
{
	struct fetch *fetch = calloc(1, sizeof(*fetch));
	struct task_request task = {
		.run = transfer_run, .limit_s = LIMIT_S, .done = on_done,
		.context = fetch,
	};
	struct transfer *shared;

	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (!fetch || shared == MAP_FAILED) {
		free(fetch);
		sg_fail(err, "out of memory");
		return NULL;
	}
	fetch->request = *request;
	fetch->shared = shared;
	shared->config = &daemon->config;
	shared->fd = request->fd;
	shared->max = request->max;
	shared->post = request->post;
	snprintf(shared->url, sizeof(shared->url), "%s", request->url);
	snprintf(shared->tag, sizeof(shared->tag), "%s",
		 request->tag ? request->tag : "");
	task.argument = shared;
	fetch->task = task_start(daemon->event, &task, err);
	if (fetch->task)
		return fetch;
	fetch_free(fetch);
	return NULL;
}

void fetch_cancel(struct fetch *fetch)
{
	if (!fetch)
		return;
	task_cancel(fetch->task);
	fetch_free(fetch);
}

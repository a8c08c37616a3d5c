/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Transfers over HTTPS, in a process of their own without privileges: what
 * servers send is parsed there.
 */
#ifndef DAEMON_FETCH_H
#define DAEMON_FETCH_H

#include "daemon.h"
#include "origin.h"

enum { FETCH_MAX_URL = ORIGIN_MAX_URL, FETCH_MAX_TAG = 256 };

struct fetch;

/**
 * struct fetch_request - a transfer
 * @url: where from, or where to
 * @fd: memory to write to; or to send, with @post
 * @max: more bytes are an error
 * @tag: entity tag of what is known already, or empty
 * @post: send what @fd has, as this media type; NULL: fetch
 * @done: told the result; the fetch is gone then. @err NULL: done. @tag: of
 *	what was fetched; @unchanged: nothing was, @tag of the request holds
 * @context: of @done
 */
struct fetch_request {
	const char *url;
	int fd;
	uint64_t max;
	const char *tag;
	const char *post;
	void (*done)(void *context, const struct sg_error *err,
		     const char *tag, bool unchanged);
	void *context;
};

/* NULL with @err filled. */
struct fetch *fetch_start(struct daemon *daemon,
			  const struct fetch_request *request,
			  struct sg_error *err);
/* Stop; @done is not called. NULL is fine. */
void fetch_cancel(struct fetch *fetch);

#endif /* DAEMON_FETCH_H */

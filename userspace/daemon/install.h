/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A manifest, from its bytes to a trial. One at a time.
 */
#ifndef DAEMON_INSTALL_H
#define DAEMON_INSTALL_H

#include "daemon.h"

/**
 * struct install_request - a manifest to install
 * @envelope: its bytes; taken over, also when it fails
 * @base: URL it came from, or NULL
 * @directory: folder it came from, or NULL
 * @old_is_no_news: one below its floor is not reported; folders keep old ones
 * @progress: told what is being done, and how far; @total 0: not known
 * @done: told the result; @err NULL: @job is in place
 * @context: for both
 */
struct install_request {
	struct sg_buf envelope;
	const char *base;
	const char *directory;
	bool old_is_no_news;
	void (*progress)(void *context, const char *what, uint64_t done,
			 uint64_t total);
	void (*done)(void *context, const struct sg_error *err,
		     const struct store_job *job);
	void *context;
};

/* Begin; @done is called later, never from here. 0 or -1: no @done. */
int install_start(struct daemon *daemon, struct install_request *request,
		  struct sg_error *err);
/*
 * Stop the one that is running: its @done says "canceled". 1; 0 when none is;
 * -1 when it is too late for that.
 */
int install_cancel(struct daemon *daemon, struct sg_error *err);
/* Likewise, for a trial that has to end now: what was fetched is kept. */
int install_make_way(struct daemon *daemon, struct sg_error *err);
/* Was it refused because it is older than what was confirmed? */
bool install_is_old(const struct sg_error *err);
/* At the end: kill what is running; the next start goes on. */
void install_stop(struct daemon *daemon);
/* Nobody listens any more, but it goes on. */
void install_detach(struct daemon *daemon, void *context);

#endif /* DAEMON_INSTALL_H */

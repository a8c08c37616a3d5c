/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where manifests may be, looked at from time to time. Nothing configured:
 * nothing is looked at.
 */
#ifndef DAEMON_SOURCE_H
#define DAEMON_SOURCE_H

#include "daemon.h"

/* Begin to look; again after the configuration changed. 0 or -1. */
int source_start(struct daemon *daemon, struct sg_error *err);
void source_stop(struct daemon *daemon);
/*
 * Look everywhere now. @done is called when that is over, with what was found,
 * an array of { source, result, message }. 0 or -1: no @done.
 */
int source_check(struct daemon *daemon,
		 void (*done)(void *context, sd_json_variant *found),
		 void *context, struct sg_error *err);
/*
 * A driver was refused: perhaps there is something for it by now. Which places
 * are looked at does not depend on what it asked for.
 */
void source_wanted(struct daemon *daemon);
/* Nobody waits for @done of @context any more. */
void source_detach(struct daemon *daemon, void *context);
/* How many are configured. */
size_t source_count(const struct daemon *daemon);

#endif /* DAEMON_SOURCE_H */

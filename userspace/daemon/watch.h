/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Decisions of the gate: what it delivered is on its way to be confirmed, what
 * it refused is reported.
 */
#ifndef DAEMON_WATCH_H
#define DAEMON_WATCH_H

#include "daemon.h"

/*
 * Without a gate there is nothing to watch until one comes. It begins with the
 * oldest decision that the gate still has. 0 or -1.
 */
int watch_start(struct daemon *daemon, struct sg_error *err);
void watch_stop(struct daemon *daemon);

#endif /* DAEMON_WATCH_H */

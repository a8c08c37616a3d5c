/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * io.suitgate.Manager on varlink. Everybody on this machine may read; only
 * root may change anything.
 */
#ifndef DAEMON_MANAGER_H
#define DAEMON_MANAGER_H

#include "daemon.h"

/* Listen, on the socket that systemd passed or else on the configured one. */
int manager_start(struct daemon *daemon, struct sg_error *err);
void manager_stop(struct daemon *daemon);
/* Tell those who subscribed: list again. */
void manager_changed(struct daemon *daemon);

#endif /* DAEMON_MANAGER_H */

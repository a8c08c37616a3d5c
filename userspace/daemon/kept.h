/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Envelopes that are kept beside the database. The gate is given them at boot,
 * and the database can be made from them.
 */
#ifndef DAEMON_KEPT_H
#define DAEMON_KEPT_H

#include "daemon.h"

/* STATE/manifests/DIGEST.suit; @digest in hex. 0 or -1, as below. */
int kept_write(const struct config *config, const char *digest,
	       const struct sg_buf *envelope, struct sg_error *err);
/* When nothing that is installed or on trial needs it: gone, the gate's too. */
void kept_drop(struct daemon *daemon, const char *digest);
/* Envelopes that a kill left behind. */
void kept_sweep(struct daemon *daemon);
/* Components again, from the envelopes that fit what is in place. */
int kept_rebuild(struct daemon *daemon, struct sg_error *err);

#endif /* DAEMON_KEPT_H */

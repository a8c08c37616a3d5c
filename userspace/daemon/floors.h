/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Floors beside the database: signed by the device, anchored in its TPM. A disk
 * that was set back to an old image is noticed here.
 */
#ifndef DAEMON_FLOORS_H
#define DAEMON_FLOORS_H

#include "daemon.h"

/*
 * Floors of the file and of the gate into the database. 0, or -1: when @err is a
 * refusal, a person has to look.
 */
int floors_load(struct daemon *daemon, struct sg_error *err);
/* Those of the database, and of the gate when there is one, to the file. */
int floors_save(struct daemon *daemon, struct sg_error *err);

#endif /* DAEMON_FLOORS_H */

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a kill left behind: removed at the next start.
 */
#ifndef DAEMON_SWEEP_H
#define DAEMON_SWEEP_H

#include "daemon.h"

/*
 * After job_resume(): old files of jobs that are done, manifests of ours that
 * nothing is installed by. Never fails.
 */
void sweep(struct daemon *daemon);

#endif /* DAEMON_SWEEP_H */

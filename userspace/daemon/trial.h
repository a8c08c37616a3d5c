/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * New firmware on trial: activated, watched, then confirmed, or the old one
 * comes back when its deadline passes or it had its boots.
 */
#ifndef DAEMON_TRIAL_H
#define DAEMON_TRIAL_H

#include "daemon.h"
#include "procedure.h"

/**
 * struct trial - a job on trial
 * @next: another one
 * @daemon: the daemon
 * @job: in the journal
 * @timer: looks again
 * @task: activation or health command that is running
 * @delivered: manifests of it by which the gate gave something to a driver in
 *	this boot, the first half of their digests in hex
 * @n_delivered: how many
 * @answered: health commands all said 0
 * @lost: why it did not work, which could not be taken back yet, or ""
 * @failures: how often it could not, up to a limit
 */
struct trial {
	struct trial *next;
	struct daemon *daemon;
	struct store_job job;
	sd_event_source *timer;
	struct task *task;
	char delivered[PROCEDURE_MANIFESTS][65];
	size_t n_delivered;
	bool answered;
	char lost[512];
	unsigned int failures;
};

/* Activate, unless that was done, and watch; @job is as then. 0 or -1. */
int trial_begin(struct daemon *daemon, struct store_job *job,
		struct sg_error *err);
/*
 * That of a component, or of a manifest, the root or what it depends on, by its
 * digest in hex; NULL @what: the only one.
 */
struct trial *trial_find(struct daemon *daemon, const char *what);
/* Somebody says that it works. The trial is gone when this returns 0. */
int trial_confirm(struct trial *trial, bool jump, struct sg_error *err);
/*
 * Somebody says that it does not. Likewise; or 1 when it was confirmed before,
 * and @err says so: then it is gone too. What was begun before -1 is finished as
 * soon as it can be.
 */
int trial_cancel(struct trial *trial, const char *why, struct sg_error *err);
/* @job is not on trial, but in place: it is taken back, as soon as it can be. */
int trial_take_back(struct daemon *daemon, const struct store_job *job,
		    const char *why, struct sg_error *err);
/* The gate delivered bytes by this manifest, its digest's first 32 bytes. */
void trial_delivered(struct daemon *daemon, const uint8_t manifest[32]);
void trial_stop(struct daemon *daemon);

#endif /* DAEMON_TRIAL_H */

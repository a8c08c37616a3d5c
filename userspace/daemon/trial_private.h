/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Between the files of a trial.
 */
#ifndef DAEMON_TRIAL_PRIVATE_H
#define DAEMON_TRIAL_PRIVATE_H

#include "activate.h"
#include "trial.h"

enum { TRIAL_LIMIT_S = 120 };	/* for an activation or a health command */

/* One more in the list; NULL with @err filled. */
struct trial *trial_new(struct daemon *daemon, const struct store_job *job,
			struct sg_error *err);
void trial_free(struct trial *trial);
/* How its components are to be used, as the configuration is now. */
int trial_uses(struct trial *trial, struct activate_list *list,
	       struct sg_error *err);
/*
 * Has the gate given something to a driver by each manifest whose firmware it
 * decides about? A confirmation raises the floor of all of them: one of which
 * nothing was used has proven nothing.
 */
bool trial_is_delivered(const struct trial *trial);
/* Look at it now, and again. */
int trial_watch(struct trial *trial, struct sg_error *err);
/* It failed. The trial is gone afterwards, or that is tried again. */
void trial_give_up(struct trial *trial, const char *why);

#endif /* DAEMON_TRIAL_PRIVATE_H */

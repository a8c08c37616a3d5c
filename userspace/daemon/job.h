/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Installations in the journal: prepared, committed, then on trial, then
 * confirmed or restored. Each step is on disk before the next begins.
 */
#ifndef DAEMON_JOB_H
#define DAEMON_JOB_H

#include "daemon.h"
#include "procedure.h"

/* CLOCK_BOOTTIME in seconds. */
uint64_t job_now(void);
/* Which boot this is. */
void job_boot_id(char out[STORE_BOOT_ID]);

/*
 * Files of a job from this number on had their bytes before it: they are of
 * another manifest now, and have nothing to prove.
 */
enum { JOB_IN_PLACE = PROCEDURE_COMPONENTS };

/* Is anything new, bytes or the manifest of what is there? 1, 0 or -1. */
int job_needed(struct daemon *daemon, const struct procedure_result *result,
	       struct sg_error *err);
/* What a job for it would be. */
void job_describe(const struct procedure_result *result,
		  struct store_job *job);
/*
 * In the journal, before it is put into place: what a PROCEDURE_PREPARE found.
 * 0 or -1, as all below.
 */
int job_begin(struct daemon *daemon, const struct procedure_result *result,
	      struct store_job *job, struct sg_error *err);
/* It is in place. */
int job_committed(struct daemon *daemon, struct store_job *job,
		  struct sg_error *err);
/* What the library has of its files: enum sg_install_state, 0: nothing; -1. */
int job_fate(struct daemon *daemon, const struct store_job *job,
	     struct sg_error *err);
/* Is that neither here nor there? Then it can only go back. */
static inline bool job_unsettled(int fate)
{
	return fate == SG_INSTALL_COMMITTED || fate == SG_INSTALL_REVERTING;
}

/* Is it waiting for a confirmation? */
bool job_on_trial(const struct store_job *job);
/*
 * Its process ended badly: finish what has to be finished. What job_fate() says
 * then.
 */
int job_settle(struct daemon *daemon, const struct store_job *job,
	       struct sg_error *err);
/* It is not, and will not be. */
void job_abandon(struct daemon *daemon, struct store_job *job);
/* Does the gate decide about it? */
bool job_gated(const struct store_component *component);
/* It works: its floor rises, the old one is forgotten. @jump as in the gate. */
int job_confirm(struct daemon *daemon, struct store_job *job, bool jump,
		struct sg_error *err);
/* It was confirmed, and that is to be written down still. */
int job_confirmed(struct daemon *daemon, struct store_job *job,
		  struct sg_error *err);
/*
 * It does not work, for @why: the old one comes back. 1 when it was confirmed
 * before, for which the record was still to be made, and @err says so. After -1
 * it can be tried again: whatever was done until then counts.
 */
int job_restore(struct daemon *daemon, struct store_job *job, const char *why,
		struct sg_error *err);
/* After a start: what was interrupted is brought to an end or back. */
int job_resume(struct daemon *daemon, struct sg_error *err);
/* Call @each for every file of @job. */
int job_files(struct daemon *daemon, const struct store_job *job,
	      int (*each)(void *context, unsigned int number,
			  const struct store_component *component,
			  struct sg_error *err),
	      void *context, struct sg_error *err);

#endif /* DAEMON_JOB_H */

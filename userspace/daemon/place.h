/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files of firmware put into their place so that at every moment the old one
 * is there whole, or the new one.
 *
 *	place_prepare	old file copied away, new one beside it, both on disk
 *	place_commit	renamed over the old one; doing it again is harmless
 *	place_restore	the old one comes back; doing it again is harmless
 *	place_forget	what was kept for that is removed
 */
#ifndef DAEMON_PLACE_H
#define DAEMON_PLACE_H

#include "suitgate.h"

/**
 * struct place - one file of one job
 * @root: firmware directory
 * @name: below it, "acme/radio.bin"
 * @old_dir: folder of this job, exists
 * @number: of the file within the job
 */
struct place {
	const char *root;
	const char *name;
	const char *old_dir;
	unsigned int number;
};

/* "firmware/acme/radio.bin" -> "acme/radio.bin"; NULL: no firmware, or a name
 * that no file shall get.
 */
const char *place_name(const char *component);
/* What is there now, for reading: a descriptor, or -1. */
int place_open(const char *root, const char *name);

/* Each returns 0 or -1 with @err filled. */
int place_prepare(const struct place *place, int fd, struct sg_error *err);
int place_commit(const struct place *place, struct sg_error *err);
int place_restore(const struct place *place, struct sg_error *err);
/* Never fails: what is left over is removed at the next start. */
void place_forget(const struct place *place);

#endif /* DAEMON_PLACE_H */

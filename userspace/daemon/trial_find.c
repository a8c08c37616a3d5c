// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Which trial is meant.
 */
#include <string.h>

#include "job.h"
#include "trial.h"

struct find {
	const char *name;
	bool found;
};

static int match(void *context, unsigned int number,
		 const struct store_component *component, struct sg_error *err)
{
	struct find *find = context;

	(void)number;
	(void)err;
	if (!strcmp(component->name, find->name) ||
	    !strcmp(component->manifest, find->name))
		find->found = true;
	return 0;
}

struct trial *trial_find(struct daemon *daemon, const char *what)
{
	struct find find = { .name = what };
	struct trial *trial = daemon->trial;
	struct sg_error ignored;

	if (!what)
		return trial && !trial->next ? trial : NULL;
	for (; trial; trial = trial->next) {
		job_files(daemon, &trial->job, match, &find, &ignored);
		if (find.found)
			return trial;
	}
	return NULL;
}

void trial_delivered(struct daemon *daemon, const uint8_t manifest[32])
{
	struct trial *trial;

	for (trial = daemon->trial; trial; trial = trial->next)
		if (trial->job.digest.len >= 32 &&
		    !memcmp(trial->job.digest.value, manifest, 32))
			trial->delivered = true;
}

// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Which trial is meant, by somebody or by the gate.
 */
#include <string.h>
#include <syslog.h>

#include "job.h"
#include "trial_private.h"

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
	char root[2 * SG_GATE_MAX_DIGEST + 1];
	struct find find = { .name = what };
	struct trial *trial = daemon->trial;
	struct sg_error ignored;

	if (!what)
		return trial && !trial->next ? trial : NULL;
	for (; trial; trial = trial->next) {
		sg_gate_hex(trial->job.digest.value, trial->job.digest.len,
			    root);
		find.found = !strcmp(root, what);
		job_files(daemon, &trial->job, match, &find, &ignored);
		if (find.found)
			return trial;
	}
	return NULL;
}

static bool has_delivered(const struct trial *trial, const char *manifest)
{
	size_t i;

	for (i = 0; i < trial->n_delivered; i++)
		if (!strncmp(manifest, trial->delivered[i], 64))
			return true;
	return false;
}

/**
 * struct delivery - of a trial
 * @trial: the trial
 * @manifest: the first half of its digest in hex
 * @part: it is the manifest of something that the gate decides about
 * @missing: of such a one nothing was delivered
 */
struct delivery {
	const struct trial *trial;
	const char *manifest;
	bool part;
	bool missing;
};

static int compare(void *context, unsigned int number,
		   const struct store_component *component,
		   struct sg_error *err)
{
	struct delivery *delivery = context;

	(void)err;
	if (!job_gated(component) || number >= JOB_IN_PLACE)
		return 0;
	delivery->part |= !strncmp(component->manifest, delivery->manifest, 64);
	delivery->missing |= !has_delivered(delivery->trial,
					    component->manifest);
	return 0;
}

void trial_delivered(struct daemon *daemon, const uint8_t manifest[32])
{
	struct delivery delivery;
	struct trial *trial;
	struct sg_error err;
	char hex[65];

	sg_gate_hex(manifest, 32, hex);
	for (trial = daemon->trial; trial; trial = trial->next) {
		delivery = (struct delivery){ trial, .manifest = hex };
		if (job_files(daemon, &trial->job, compare, &delivery,
			      &err) < 0)
			daemon_log(LOG_ERR, "%s", err.message);
		if (delivery.part && !has_delivered(trial, hex) &&
		    trial->n_delivered < PROCEDURE_MANIFESTS)
			memcpy(trial->delivered[trial->n_delivered++], hex,
			       sizeof(hex));
	}
}

bool trial_is_delivered(const struct trial *trial)
{
	struct delivery delivery = { trial, .manifest = "" };
	struct sg_error ignored;

	return !job_files(trial->daemon, &trial->job, compare, &delivery,
			  &ignored) && !delivery.missing;
}

// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Which deliveries of the gate prove a release that is on trial.
 */
#include <stdlib.h>
#include <string.h>

#include "../../userspace/daemon/job.h"
#include "../../userspace/daemon/trial_private.h"
#include "report_case.h"

enum { ROOT = 1, RADIO, MODEM, OTHER };

void daemon_log(int priority, const char *fmt, ...)
{
	(void)priority;
	(void)fmt;
}

static struct daemon machine;

/* Its manifest, like all here, has a digest of one byte, again and again. */
static void digest_of(unsigned int manifest, uint8_t out[32])
{
	memset(out, (int)manifest, 32);
}

static void add_file(int64_t job, unsigned int number, const char *name,
		     unsigned int manifest)
{
	struct store_component component = { .role = SG_ROLE_VENDOR };
	uint8_t digest[32];

	digest_of(manifest, digest);
	strcpy(component.name, name);
	sg_gate_hex(digest, sizeof(digest), component.manifest);
	succeeded(store_job_add_file(machine.store, job, number, &component,
				     &why));
}

/* A trial of the root, with files, in a database below @name. */
static struct trial *begin(const char *name)
{
	struct store_job job = { .state = JOB_PROVING };
	struct trial *trial;
	bool rebuilt;

	machine = (struct daemon){ 0 };
	succeeded(store_open(scratch_folder(name), &machine.store, &rebuilt,
			     &why));
	job.digest = (struct sg_gate_digest){ .alg = -16, .len = 32 };
	digest_of(ROOT, job.digest.value);
	succeeded(store_job_add(machine.store, &job, &why));
	trial = trial_new(&machine, &job, &why);
	assert_non_null(trial);
	return trial;
}

static void end(struct trial *trial)
{
	trial_free(trial);
	store_close(machine.store);
}

static void deliver(unsigned int manifest)
{
	uint8_t digest[32];

	digest_of(manifest, digest);
	trial_delivered(&machine, digest);
}

static void by_the_root(void **state)
{
	struct trial *trial = begin("root");

	(void)state;
	add_file(trial->job.number, 0, "firmware/acme/a", ROOT);
	add_file(trial->job.number, 1, "firmware/acme/b", ROOT);
	deliver(OTHER);
	assert_false(trial_is_delivered(trial));
	deliver(ROOT);
	assert_true(trial_is_delivered(trial));
	end(trial);
}

/* The gate names the manifest that decides, which is what the root needs. */
static void by_dependencies(void **state)
{
	struct trial *trial = begin("dependencies");
	int64_t job = trial->job.number;

	(void)state;
	add_file(job, 0, "manifest/acme/radio", ROOT);
	add_file(job, 1, "firmware/acme/radio", RADIO);
	add_file(job, 2, "upload/modem", MODEM);
	deliver(ROOT);
	assert_false(trial_is_delivered(trial));
	deliver(RADIO);
	deliver(RADIO);
	assert_int_equal(trial->n_delivered, 1);
	assert_false(trial_is_delivered(trial));
	deliver(MODEM);
	assert_true(trial_is_delivered(trial));
	end(trial);
}

static void not_by_the_gate(void **state)
{
	struct trial *trial = begin("files");

	(void)state;
	add_file(trial->job.number, 0, "config/acme/a", ROOT);
	assert_true(trial_is_delivered(trial));
	end(trial);
}

static void found_by_digest(void **state)
{
	struct trial *trial = begin("find");
	char hex[65];
	unsigned int i;
	uint8_t digest[32];

	(void)state;
	add_file(trial->job.number, 0, "firmware/acme/radio", RADIO);
	for (i = ROOT; i <= OTHER; i++) {
		digest_of(i, digest);
		sg_gate_hex(digest, sizeof(digest), hex);
		assert_ptr_equal(trial_find(&machine, hex),
				 i <= RADIO ? trial : NULL);
	}
	assert_ptr_equal(trial_find(&machine, "firmware/acme/radio"), trial);
	end(trial);
}

int main(void)
{
	single("the root's own firmware", by_the_root);
	single("of each dependency's firmware something", by_dependencies);
	single("nothing that the gate decides about", not_by_the_gate);
	single("by the digest of the root, or of a dependency",
	       found_by_digest);
	return table_run("trial");
}

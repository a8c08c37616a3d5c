/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the daemon remembers: STATE/suitgated.db, an SQLite database. It can be
 * made again from STATE/manifests and STATE/floors.state.
 */
#ifndef DAEMON_STORE_H
#define DAEMON_STORE_H

#include "suitgate.h"

enum { STORE_MAX_NAME = 1536, STORE_BOOT_ID = 37 };

/* Where a job is; the order in which it gets there. */
enum job_state {
	JOB_PREPARING = 1,	/* nothing has changed: roll back */
	JOB_COMMITTING,		/* all is at hand: roll forward */
	JOB_ACTIVATING,		/* in place; the driver shall take it */
	JOB_PROVING,		/* waiting for health or suitctl confirm */
	JOB_RESTORING,		/* the old one comes back */
	JOB_DONE,
};

/**
 * struct store_job - an installation, in the journal
 * @number: counts up
 * @state: enum job_state
 * @digest: of its manifest
 * @authority: @role: @sequence_number: @version: of it
 * @reboot: is to be activated by a reboot that did not happen yet
 * @boot_id: boot in which @deadline counts
 * @boots: that began since it is in place
 * @deadline: CLOCK_BOOTTIME s in that boot; 0: none yet
 * @why: why it was restored
 */
struct store_job {
	int64_t number;
	unsigned int state;
	struct sg_gate_digest digest;
	char authority[SG_GATE_MAX_AUTHORITY + 1];
	unsigned int role;
	uint64_t sequence_number;
	char version[SG_VERSION_TEXT];
	bool reboot;
	char boot_id[STORE_BOOT_ID];
	uint64_t boots;
	uint64_t deadline;
	char why[512];
};

/**
 * struct store_component - what is installed
 * @name: "firmware/acme/radio.bin"
 * @manifest: digest of the manifest, hex
 * @authority: @role: who owns it
 * @sequence_number: @version: @vendor: @class_id: of the manifest
 * @sha256: @size: of the file
 * @confirmed: not on trial
 */
struct store_component {
	char name[STORE_MAX_NAME];
	char manifest[2 * SG_GATE_MAX_DIGEST + 1];
	char authority[SG_GATE_MAX_AUTHORITY + 1];
	unsigned int role;
	uint64_t sequence_number;
	char version[SG_VERSION_TEXT];
	char vendor[37];
	char class_id[37];
	char sha256[65];
	uint64_t size;
	bool confirmed;
};

struct store;

/*
 * Open, checked; made new when it is damaged or missing. @rebuilt: it is new, and
 * the caller has to fill it, until store_filled() was called.
 */
int store_open(const char *dir, struct store **out, bool *rebuilt,
	       struct sg_error *err);
int store_filled(struct store *store, struct sg_error *err);
/* NULL is fine. */
void store_close(struct store *store);
/* Changes between these are made together or not at all. */
int store_begin(struct store *store, struct sg_error *err);
int store_commit(struct store *store, struct sg_error *err);
void store_rollback(struct store *store);

/* Journal. All return 0 or -1; finders 1, or 0 when there is none. */
int store_job_add(struct store *store, struct store_job *job,
		  struct sg_error *err);
int store_job_update(struct store *store, const struct store_job *job,
		     struct sg_error *err);
/* Jobs that are not done: the first with a number above @after. */
int store_job_next(struct store *store, int64_t after, struct store_job *out,
		   struct sg_error *err);
/* The last job of manifest @digest that is done and was taken back. */
int store_job_failed(struct store *store, const struct sg_gate_digest *digest,
		     struct store_job *out, struct sg_error *err);
int store_job_add_file(struct store *store, int64_t job, unsigned int number,
		       const struct store_component *component,
		       struct sg_error *err);
/* Floors it raises once it is confirmed; then, they are. */
int store_job_add_floor(struct store *store, int64_t job,
			const struct sg_gate_floor *floor,
			struct sg_error *err);
int store_job_raise_floors(struct store *store, int64_t job,
			   struct sg_error *err);
/* Call @each for every file of a job, until one fails. */
int store_job_files(struct store *store, int64_t job,
		    int (*each)(void *context, unsigned int number,
				const struct store_component *component,
				struct sg_error *err),
		    void *context, struct sg_error *err);

/* Components: as installed and confirmed; get and list have what is on trial
 * in its place.
 */
int store_component_put(struct store *store,
			const struct store_component *component,
			struct sg_error *err);
/* What is confirmed, and comes back when a trial fails. */
int store_component_confirmed(struct store *store, const char *name,
			      struct store_component *out,
			      struct sg_error *err);
int store_component_get(struct store *store, const char *name,
			struct store_component *out, struct sg_error *err);
int store_components(struct store *store,
		     int (*each)(void *context,
				 const struct store_component *component,
				 struct sg_error *err),
		     void *context, struct sg_error *err);
/* How many components a manifest (digest in hex) is the manifest of. */
int store_manifest_uses(struct store *store, const char *manifest,
			uint64_t *out, struct sg_error *err);

/* Floors; none is ever lowered. */
int store_floor_put(struct store *store, const struct sg_gate_floor *floor,
		    struct sg_error *err);
/* All of them, as items of a state. */
int store_floors(struct store *store, struct sg_state *out,
		 struct sg_error *err);

/**
 * struct store_report - what happened, once
 * @number: counts up
 * @time: seconds since 1970
 * @kind: "install", "restore", "confirm", "refused", "denied"
 * @subject: component or manifest
 * @result: verifier's error, "ok" or "failed"
 * @facts: JSON object
 * @count: how often
 */
struct store_report {
	int64_t number;
	uint64_t time;
	char kind[16];
	char subject[STORE_MAX_NAME];
	char result[64];
	char *facts;
	uint64_t count;
};

/* With @merge_s, a report like it that is younger is counted up instead. */
int store_report_add(struct store *store, const struct store_report *report,
		     uint64_t merge_s, uint64_t keep, struct sg_error *err);
int store_reports(struct store *store, int64_t number, bool unsent,
		  int (*each)(void *context, const struct store_report *report,
			      struct sg_error *err),
		  void *context, struct sg_error *err);
int store_report_sent(struct store *store, int64_t number,
		      struct sg_error *err);

/**
 * struct store_denial - what the gate refused, as it counts
 * @boot_id: boot
 * @number: since its module was loaded
 * @time: CLOCK_BOOTTIME, ns
 */
struct store_denial {
	char boot_id[STORE_BOOT_ID];
	uint64_t number;
	uint64_t time;
};

/* It is reported, and so is what came before. */
int store_denial_put(struct store *store, const struct store_denial *denial,
		     struct sg_error *err);
/* 1: it is, 0, -1. */
int store_denial_known(struct store *store, const struct store_denial *denial,
		       struct sg_error *err);

#endif /* DAEMON_STORE_H */

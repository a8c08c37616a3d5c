/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A manifest's procedure, step by step, each in a process of its own: what
 * meets the bytes of others, or takes its time, is not the daemon.
 *
 * Every step begins anew, and finds what the one before it has fetched.
 */
#ifndef DAEMON_PROCEDURE_H
#define DAEMON_PROCEDURE_H

#include "daemon.h"

enum procedure_step {
	PROCEDURE_EXAMINE,	/* is it good, and for this machine? Looks only */
	PROCEDURE_PREPARE,	/* fetch and check; nothing in use changes */
	PROCEDURE_COMMIT,	/* the gate knows it, the new is in place */
};

enum {
	PROCEDURE_MANIFESTS = 16,
	PROCEDURE_COMPONENTS = 64,
	PROCEDURE_REPORT = 1 << 16,
};

/**
 * struct procedure_manifest - a manifest that takes part, the root first
 * @digest: @authority: @role: @sequence_number: @version: @floor_id:
 *	@floor_id_len: @gated: see struct sg_process_manifest
 */
struct procedure_manifest {
	struct sg_gate_digest digest;
	char authority[SG_GATE_MAX_AUTHORITY + 1];
	unsigned int role;
	uint64_t sequence_number;
	char version[SG_VERSION_TEXT];
	uint8_t floor_id[SG_GATE_MAX_ID];
	size_t floor_id_len;
	bool gated;
};

/**
 * struct procedure_result - what a step has found
 * @phase: @done: @total: how far it is; "fetch", "install"
 * @refused: @code: @message: of the failure, as in struct sg_error
 * @again: something changed while it was fetched; another time it may be good
 * @manifest: @n_manifests: who speaks
 * @component: @n_components: what about
 * @stored: by component: it has new bytes
 * @in_place: by component, from PROCEDURE_PREPARE on: the gate decides about it,
 *	and the bytes that the manifest wants are there already
 * @report: @n_report: signed SUIT_Report or token, as configured, or 0
 */
struct procedure_result {
	char phase[16];
	uint64_t done;
	uint64_t total;
	bool refused;
	char code[64];
	char message[512];
	bool again;
	struct procedure_manifest manifest[PROCEDURE_MANIFESTS];
	size_t n_manifests;
	struct store_component component[PROCEDURE_COMPONENTS];
	size_t n_components;
	bool stored[PROCEDURE_COMPONENTS];
	bool in_place[PROCEDURE_COMPONENTS];
	uint8_t report[PROCEDURE_REPORT];
	size_t n_report;
};

/**
 * struct procedure_request - a step
 * @step: which
 * @envelope: the manifest; stays with the caller until the end
 * @base: @directory: where it came from: a URL, a folder; or NULL
 * @done: told the result, @err NULL: it went well. @result is valid during the
 *	call; the procedure is gone then
 * @context: of @done
 */
struct procedure_request {
	enum procedure_step step;
	const struct sg_buf *envelope;
	const char *base;
	const char *directory;
	void (*done)(void *context, const struct sg_error *err,
		     const struct procedure_result *result);
	void *context;
};

struct procedure;

/* NULL with @err filled. */
struct procedure *procedure_start(struct daemon *daemon,
				  const struct procedure_request *request,
				  struct sg_error *err);
/* Stop; @done is not called. NULL is fine. */
void procedure_cancel(struct procedure *procedure);
/* How far it is. */
const struct procedure_result *procedure_progress(const struct procedure *);

#endif /* DAEMON_PROCEDURE_H */

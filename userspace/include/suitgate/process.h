/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Processing a manifest on this device.
 *
 *	sg_process_open()	authenticate, is it for us, not too old?
 *	sg_process_run()	fetch, check: changes nothing that is in use
 *	sg_process_commit()	the new in place of the old, all or nothing
 *	sg_install_confirm()	it works: forget the old; or
 *	sg_install_revert()	it does not: bring the old back
 *
 * A program, or the machine, may stop anywhere: sg_install_recover() finishes
 * what was committed, and a manifest that was not is simply processed again;
 * what was fetched is found.
 */
#ifndef SUITGATE_PROCESS_H
#define SUITGATE_PROCESS_H

#include <sys/types.h>

#include "suitgate/device.h"
#include "suitgate/gate.h"
#include "suitgate/install.h"
#include "suitgate/types.h"

enum sg_procedure {
	SG_PROCEDURE_UPDATE = 1,	/* all until validate */
	SG_PROCEDURE_STAGING,		/* fetch, no more */
	SG_PROCEDURE_INSTALLATION,	/* of what was staged */
	SG_PROCEDURE_VALIDATION,
	SG_PROCEDURE_INVOCATION,
	SG_PROCEDURE_UNINSTALL,
};

enum { SG_FETCH_TAG = 256, SG_VERSION_TEXT = 64 };

/**
 * struct sg_fetch - what to fetch
 * @uri: a URI reference as it stands in the manifest, printable
 * @offset: bytes from the start that are there already
 * @tag: what struct sg_fetched said about them; "" when there are none
 * @limit: it has at most so many bytes
 * @arguments: fetch-arguments, or NULL
 * @n_arguments: bytes of @arguments
 */
struct sg_fetch {
	const char *uri;
	uint64_t offset;
	const char *tag;
	uint64_t limit;
	const uint8_t *arguments;
	size_t n_arguments;
};

/**
 * struct sg_fetched - what comes
 * @offset: of the first byte that will be read: that of the struct sg_fetch, or
 *	0, when it cannot be resumed or is not the same any more
 * @size: how many bytes it has altogether, 0: not known
 * @tag: names this version of it, for resuming it later; "" for none
 */
struct sg_fetched {
	uint64_t offset;
	uint64_t size;
	char tag[SG_FETCH_TAG];
};

/**
 * struct sg_fetcher - how to reach what is not on this machine
 * @open: begin. 0 or -1
 * @read: the next bytes, at least one; 0 at the end, -1. What it delivers is
 *	believed no more than the network is
 * @close: what @open began
 * @context: of @open
 */
struct sg_fetcher {
	int (*open)(void *context, const struct sg_fetch *what,
		    struct sg_fetched *out, void **transfer,
		    struct sg_error *err);
	ssize_t (*read)(void *transfer, void *buf, size_t cap,
			struct sg_error *err);
	void (*close)(void *transfer);
	void *context;
};

enum sg_phase {
	SG_PHASE_FETCH = 1,
	SG_PHASE_COPY,
	SG_PHASE_CHECK,
	SG_PHASE_UPLOAD,
	SG_PHASE_INSTALL,
};

/**
 * struct sg_progress - how far it is
 * @phase: enum sg_phase
 * @component: "firmware/acme/x.fw"
 * @done: bytes
 * @total: bytes, 0: not known
 */
struct sg_progress {
	unsigned int phase;
	const char *component;
	uint64_t done;
	uint64_t total;
};

/**
 * struct sg_process_measured - what a condition found
 * @labels: bit per parameter label that is set
 * @digest: 3, image-digest
 * @size: 14, image-size
 * @number: 4, use-before: the time; 26, minimum-battery: mWh
 * @version: 28, version
 * @n_version: integers of it
 */
struct sg_process_measured {
	uint32_t labels;
	struct sg_gate_digest digest;
	uint64_t size;
	uint64_t number;
	int64_t version[8];
	size_t n_version;
};

/**
 * struct sg_process_record - where a command stands and what came out
 * @code: name of the error, "ok" for none; static
 * @reason: of a SUIT_Report
 * @command: its number, 0: no command was reached
 * @policy: its reporting policy
 * @sysinfo: the policy asks for information about the system too
 * @path: positions in the dependency maps from the root to the manifest
 * @depth: how many; 0: the root
 * @section: label of the section
 * @in_shared: it stands in the shared sequence, @offset counts from there
 * @offset: of the command in the section
 * @index: of the component
 * @id: encoded component id; valid during the call
 * @measured: what was found; labels 0 when nothing was
 */
struct sg_process_record {
	const char *code;
	int reason;
	unsigned int command;
	unsigned int policy;
	bool sysinfo;
	uint8_t path[4];
	size_t depth;
	unsigned int section;
	bool in_shared;
	uint32_t offset;
	uint32_t index;
	struct sg_buf id;
	struct sg_process_measured measured;
};

/* What has to hold before a manifest goes on; of a wait directive. */
enum sg_wait_event {
	SG_WAIT_AUTHORIZATION = 1,
	SG_WAIT_POWER = 2,
	SG_WAIT_NETWORK = 3,
};

/* Answers of @authorize and @wait. */
enum sg_answer {
	SG_ANSWER_NO = 0,
	SG_ANSWER_YES = 1,
	SG_ANSWER_LATER = 2,	/* sg_process_run() again */
};

/**
 * struct sg_process_request - what to process, and with what
 * @device: the device
 * @envelope: signed root manifest; stays with the caller
 * @trust: paths of trust bundles, oldest first, whose word is good
 * @n_trust: how many
 * @procedure: enum sg_procedure
 * @look: it is only to be told what the manifest says: nothing is finished, any
 *	number may be open, and none can be run
 * @local_dir: file: URIs and relative ones are read below it; NULL: refused,
 *	relative ones are the fetcher's
 * @fetcher: for all others; NULL: refused
 * @progress: told now and then; may be NULL
 * @record: told of each command whose policy asks for it; may be NULL
 * @cancelled: asked now and then; may be NULL
 * @authorize: may an update of this priority (smaller is more urgent) go on?
 *	NULL: manifests that ask are refused
 * @wait: does an event hold? NULL: no event but time can be waited for
 * @invoke: run a component, whatever that means. 0 or -1. NULL: manifests that
 *	want it are refused
 * @context: of all of them
 */
struct sg_process_request {
	const struct sg_device *device;
	struct sg_buf envelope;
	const char *const *trust;
	size_t n_trust;
	unsigned int procedure;
	bool look;
	const char *local_dir;
	const struct sg_fetcher *fetcher;
	void (*progress)(void *context, const struct sg_progress *progress);
	void (*record)(void *context, const struct sg_process_record *record);
	bool (*cancelled)(void *context);
	enum sg_answer (*authorize)(void *context, const char *component,
				    int64_t priority);
	enum sg_answer (*wait)(void *context, enum sg_wait_event event,
			       int64_t value);
	int (*invoke)(void *context, const char *component,
		      const uint8_t *arguments, size_t len,
		      struct sg_error *err);
	void *context;
};

struct sg_process;

/**
 * sg_process_open() - get ready
 * @request: what; copied, but what it points to must stay until the end
 * @out: closed by sg_process_close()
 * @err: a refusal carries the verifier's error
 *
 * Finishes what an earlier process had committed. One process, of all programs,
 * is open at a time for a state folder; but see @look of the request.
 *
 * Context: reads the trust bundles; changes nothing of this manifest's.
 * Return: 0 or -1.
 */
int sg_process_open(const struct sg_process_request *request,
		    struct sg_process **out, struct sg_error *err);

enum { SG_PROCESS_WAITING = 1, SG_PROCESS_UNCHANGED = 1 };

/**
 * sg_process_run() - run the procedure
 * @process: opened
 * @err: what failed, where, and why
 *
 * Components that are in use stay as they are, except that an invoke directive
 * commits what came before it. Afterwards the bytes of every firmware and
 * upload component that is to change were held against the kernel's profile of
 * its manifest: what the gate would refuse is not installed.
 *
 * When it fails, what it had fetched is removed, unless it was a transfer that
 * failed or was cancelled: then the next process goes on from there.
 *
 * Return: 0; SG_PROCESS_WAITING when something is waited for: call it again
 * some time later; -1.
 */
int sg_process_run(struct sg_process *process, struct sg_error *err);

/**
 * sg_process_commit() - make the change
 * @process: sg_process_run() returned 0
 * @err: why it cannot be; everything is as it was before
 *
 * All components or none, also when the machine stops in between: the rest is
 * done by the next sg_install_recover(). What was replaced is kept until
 * sg_install_confirm() or sg_install_revert(). Staging is only recorded.
 *
 * The gate must have the manifests before: see sg_process_get_manifest().
 *
 * Return: 0 when the new is in place, to be confirmed; SG_PROCESS_UNCHANGED when
 * nothing that is in use had to be changed, and nothing is to be confirmed; -1.
 */
int sg_process_commit(struct sg_process *process, struct sg_error *err);

/* NULL is fine. Leaves what is staged where it is. */
void sg_process_close(struct sg_process *process);
/* Remove what this process has staged and not committed. */
int sg_process_discard(struct sg_process *process, struct sg_error *err);

/* Where it stands, or what failed. */
void sg_process_get_record(const struct sg_process *process,
			   struct sg_process_record *out);

enum { SG_REPORT_MAX_NONCE = 64 };

/**
 * struct sg_report_wish - what a report shall say besides
 * @nonce: @n_nonce: of who asked for it; NULL for none
 * @pending: it is made in @invoke of the request, which may not return
 * @capabilities: what this device could do; for who asked, or when something
 *	was not supported
 */
struct sg_report_wish {
	const uint8_t *nonce;
	size_t n_nonce;
	bool pending;
	bool capabilities;
};

/**
 * sg_process_report() - a SUIT_Report of what came of it
 * @process: wherever it stands
 * @wish: more to say
 * @out: not signed: sg_report_sign() does that
 * @err: why not
 *
 * It has a record for each command whose reporting policy asks for one; of more
 * than 1024 the first.
 *
 * Return: 0 or -1.
 */
int sg_process_report(const struct sg_process *process,
		      const struct sg_report_wish *wish, struct sg_buf *out,
		      struct sg_error *err);
/*
 * Likewise of an envelope that sg_process_open() has refused with this error.
 * What nobody trusted has signed is not repeated: the reference has its digest
 * only.
 */
int sg_process_report_refusal(const struct sg_process_request *request,
			      const char *code,
			      const struct sg_report_wish *wish,
			      struct sg_buf *out, struct sg_error *err);

/**
 * struct sg_process_manifest - one manifest that takes part
 * @envelope: the process's; valid until it is closed
 * @digest: of the manifest
 * @sequence_number: the author's
 * @authority: who speaks through it
 * @role: of that authority, enum sg_role
 * @component: where it is stored itself, "" when it does not say
 * @floor_id: @floor_id_len: whose floor counts: encoded @component, else its
 *	first component
 * @version: its set-version, else what its signed text says, else ""
 * @gated: it changes firmware or uploads: the gate needs to have it
 */
struct sg_process_manifest {
	struct sg_buf envelope;
	struct sg_gate_digest digest;
	uint64_t sequence_number;
	char authority[SG_GATE_MAX_AUTHORITY + 1];
	unsigned int role;
	char component[SG_COMPONENT_TEXT];
	uint8_t floor_id[SG_GATE_MAX_ID];
	size_t floor_id_len;
	char version[SG_VERSION_TEXT];
	bool gated;
};

/* By index, the root first. False past the last. */
bool sg_process_get_manifest(const struct sg_process *process, size_t index,
			     struct sg_process_manifest *out);

/**
 * struct sg_process_component - one component of a manifest that takes part
 * @name: "firmware/acme/x.fw"
 * @manifest: index of the manifest that it belongs to
 * @stored: sg_process_run() has prepared new bytes for it
 * @gated: it is firmware or an upload
 * @digest: @size: of the new bytes
 */
struct sg_process_component {
	char name[SG_COMPONENT_TEXT];
	size_t manifest;
	bool stored;
	bool gated;
	struct sg_gate_digest digest;
	uint64_t size;
};

/* By index, in the order of the manifests. False past the last. */
bool sg_process_get_component(const struct sg_process *process, size_t index,
			      struct sg_process_component *out);
/*
 * UUID of a vendor (SG_IDENTITY_VENDOR) or a class (SG_IDENTITY_CLASS) that the
 * manifests wanted and that this device is, the first one. False: none yet.
 */
bool sg_process_get_identity(const struct sg_process *process,
			     unsigned int kind, uint8_t out[16]);

#endif /* SUITGATE_PROCESS_H */

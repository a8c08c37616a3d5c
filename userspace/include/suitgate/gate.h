/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The gate in the kernel, through /dev/suitgate. One function per call of the
 * device; docs/abi.md says what each means. All need CAP_MAC_ADMIN on the host.
 */
#ifndef SUITGATE_GATE_H
#define SUITGATE_GATE_H

#include "suitgate/types.h"

enum {
	SG_GATE_MAX_DIGEST = 64,
	SG_GATE_MAX_ID = 512,
	SG_GATE_MAX_AUTHORITY = 64,
	SG_GATE_MAX_NAME = 256,
};

enum sg_gate_mode {
	SG_MODE_SETUP = 1,	/* nothing refused, everything recorded */
	SG_MODE_AUDIT = 2,	/* decided and recorded, not enforced */
	SG_MODE_ENFORCE = 3,	/* refused */
	SG_MODE_SEALED = 4,	/* enforce for good: only in configuration */
};

enum sg_gate_identity {
	SG_IDENTITY_VENDOR = 1,
	SG_IDENTITY_CLASS = 2,
	SG_IDENTITY_DEVICE = 3,
	SG_IDENTITY_SLOT = 4,
};

/**
 * struct sg_gate_digest - digest of a manifest
 * @alg: COSE algorithm
 * @len: bytes of @value
 * @value: the digest
 */
struct sg_gate_digest {
	int32_t alg;
	size_t len;
	uint8_t value[SG_GATE_MAX_DIGEST];
};

/**
 * struct sg_gate_info - what the gate says about itself
 * @abi: number of its interface
 * @mode: enum sg_gate_mode, never SG_MODE_SEALED
 * @sealed: no way back until reboot
 * @break_glass: suitgate.mode=audit on the kernel command line
 * @gated_since: CLOCK_BOOTTIME ns
 * @sealed_since: CLOCK_BOOTTIME ns, 0 when not sealed
 * @trust_sequence: of the newest trust statement
 * @build_id: hex, empty when the module does not tell
 *
 * The rest are counts.
 */
struct sg_gate_info {
	uint32_t abi;
	uint32_t mode;
	bool sealed;
	bool break_glass;
	uint64_t gated_since;
	uint64_t sealed_since;
	uint64_t trust_sequence;
	uint32_t authorities;
	uint32_t keys;
	uint32_t manifests;
	uint32_t sidecars;
	uint32_t floors;
	uint64_t delivered;
	uint64_t refused;
	uint64_t audited;
	char build_id[65];
};

/**
 * struct sg_gate_manifest - a manifest the gate took
 * @sequence_number: the author's
 * @components: how many
 * @digest: its name for confirm and unload
 */
struct sg_gate_manifest {
	uint64_t sequence_number;
	uint32_t components;
	struct sg_gate_digest digest;
};

/**
 * struct sg_gate_floor - lowest sequence number that is accepted
 * @sequence_number: that number
 * @digest: manifest that was confirmed with it
 * @authority: whose, NUL terminated
 * @id: encoded component id
 * @id_len: bytes of @id
 */
struct sg_gate_floor {
	uint64_t sequence_number;
	struct sg_gate_digest digest;
	char authority[SG_GATE_MAX_AUTHORITY + 1];
	uint8_t id[SG_GATE_MAX_ID];
	size_t id_len;
};

/**
 * struct sg_gate_record - one decision
 * @number: counts up from 1 since the module was loaded
 * @lost: records that this reader missed just before
 * @time: CLOCK_BOOTTIME, ns
 * @bytes: size of what was delivered or refused
 * @sequence_number: of the manifest that decided, else 0
 * @error: name of the verifier's error, "ok" when there was none; static
 * @err: what the driver's request got, 0 or a negative errno
 * @path: "file", "partial", "data" or "unseen"; static
 * @verdict: "delivered", "refused" or "audited"; static
 * @source: where the manifest was: "none", "loaded" or "sidecar"; static
 * @mode: "setup", "audit" or "enforce" at that time; static
 * @pid: thread that asked
 * @digest: SHA-256 of the bytes; all zero when they were not read
 * @manifest: first bytes of the manifest's digest; all zero without one
 * @comm: name of the thread
 * @authority: who spoke, may be empty
 * @name: requested path or description, printable
 */
struct sg_gate_record {
	uint64_t number;
	uint32_t lost;
	uint64_t time;
	uint64_t bytes;
	uint64_t sequence_number;
	const char *error;
	int err;
	const char *path;
	const char *verdict;
	const char *source;
	const char *mode;
	uint32_t pid;
	uint8_t digest[32];
	uint8_t manifest[32];
	char comm[17];
	char authority[SG_GATE_MAX_AUTHORITY + 9];
	char name[SG_GATE_MAX_NAME + 1];
};

/**
 * struct sg_gate_question - what to ask of sg_gate_check()
 * @envelope: signed manifest
 * @component: "firmware/NAME", or NULL for the envelope alone
 * @payload: bytes that would be delivered; with @component only
 */
struct sg_gate_question {
	struct sg_buf envelope;
	const char *component;
	struct sg_buf payload;
};

struct sg_gate;

/**
 * sg_gate_open() - open the device
 * @out: closed by sg_gate_close()
 * @err: says whether the module is missing or the privilege
 *
 * Return: 0 or -1.
 */
int sg_gate_open(struct sg_gate **out, struct sg_error *err);
/* NULL is fine. */
void sg_gate_close(struct sg_gate *gate);
/* Is there a device node? Says nothing about privilege. */
bool sg_gate_present(void);
/* Descriptor for poll(2): POLLIN when a record is waiting. */
int sg_gate_fd(const struct sg_gate *gate);

/* Each returns 0, or -1 with @err filled; refusals carry the error's name. */
int sg_gate_get_info(struct sg_gate *gate, struct sg_gate_info *out,
		     struct sg_error *err);
int sg_gate_load(struct sg_gate *gate, const struct sg_buf *envelope,
		 struct sg_gate_manifest *out, struct sg_error *err);
int sg_gate_check(struct sg_gate *gate, const struct sg_gate_question *what,
		  struct sg_error *err);
int sg_gate_trust(struct sg_gate *gate, const struct sg_buf *bundle,
		  struct sg_error *err);
int sg_gate_add_identity(struct sg_gate *gate, unsigned int kind,
			 const uint8_t value[16], struct sg_error *err);
int sg_gate_confirm(struct sg_gate *gate, const struct sg_gate_digest *digest,
		    bool jump, struct sg_error *err);
int sg_gate_set_mode(struct sg_gate *gate, unsigned int mode,
		     struct sg_error *err);
int sg_gate_seal(struct sg_gate *gate, struct sg_error *err);
int sg_gate_unload(struct sg_gate *gate, const struct sg_gate_digest *digest,
		   struct sg_error *err);
int sg_gate_set_floor(struct sg_gate *gate, const struct sg_gate_floor *floor,
		      struct sg_error *err);
/* Floor by index from 0: 1 with @out filled, 0 past the last, -1. */
int sg_gate_get_floor(struct sg_gate *gate, uint32_t index,
		      struct sg_gate_floor *out, struct sg_error *err);

/**
 * sg_gate_next_record() - the next decision
 * @gate: the gate
 * @timeout_ms: how long to wait for one; 0 does not wait, -1 for ever
 * @out: the record
 * @err: why not
 *
 * Begins with the oldest record the kernel still holds.
 *
 * Return: 1 with @out filled, 0 when none came in time or a signal did, -1.
 */
int sg_gate_next_record(struct sg_gate *gate, int timeout_ms,
			struct sg_gate_record *out, struct sg_error *err);

/* "setup", "audit", "enforce", "sealed"; NULL for another. */
const char *sg_gate_mode_name(unsigned int mode);
/* enum sg_gate_mode of a name, 0 for an unknown one. */
unsigned int sg_gate_mode_parse(const char *name);
/* Component id for people, as the core prints it; cut when too long. */
void sg_gate_component_text(const uint8_t *id, size_t len, char *out,
			    size_t cap);
/* Digest from hex, with or without "sha-256:" and the like in front. */
int sg_gate_digest_parse(const char *text, struct sg_gate_digest *out,
			 struct sg_error *err);
/* Digest of the manifest in an envelope; nothing is verified. */
int sg_gate_digest_of(const struct sg_buf *envelope, struct sg_gate_digest *out,
		      struct sg_error *err);
/* Lower-case hex; @out has 2 * @len + 1 bytes. */
void sg_gate_hex(const uint8_t *bytes, size_t len, char *out);

/**
 * sg_advice() - a verifier's error in words
 * @code: its name
 * @meaning: one sentence: what it means; static
 * @action: one sentence: what to do; static
 *
 * Return: 0, or -1 for a name that is not known (both are set even then).
 */
int sg_advice(const char *code, const char **meaning, const char **action);

#endif /* SUITGATE_GATE_H */

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Inside of struct sg_process: table of contents of process*.c.
 */
#ifndef SG_PROCESS_PRIVATE_H
#define SG_PROCESS_PRIVATE_H

#include "cbor_write.h"
#include "fault.h"
#include "image.h"
#include "install.h"
#include "suitgate/process.h"
#include "verify_private.h"

/* What is fetched without a signed size has at most so many bytes. */
enum { SG_PROCESS_UNSIZED = 64 << 20 };

/* An installation on this machine. */
struct sg_known {
	enum sg_install_state state;
	struct sg_install_record record;
};

/**
 * struct sg_process - one procedure
 * @request: of the caller
 * @device: of @request
 * @loader: where firmware is looked for
 * @trust: whom to believe
 * @revoked: what not to believe
 * @ops: what the request makes possible
 * @core: the verifier's part
 * @node: @params: memory of @core
 * @store: records on disk
 * @known: @n_known: them, as they were in the beginning
 * @manifest: digest of the root manifest
 * @lineage: of it
 * @stage: candidates
 * @dropped: references that were given up: only @reference is used
 * @envelope: @n_envelopes: of dependencies; they stay where they are
 * @envelope_bytes: of all of them
 * @identity: vendor, class: what was wanted and is this device
 * @identified: it is set
 * @records: @n_records: SUIT_Record of commands, encoded
 * @why: what was said by what failed last, if it has the code of the failure
 * @failure: what failed when no command did
 * @interrupted: it failed on the way here: what has come is kept
 * @ready: it ran to its end
 * @changed: something in use was changed
 */
struct sg_process {
	struct sg_process_request request;
	const struct sg_device *device;
	struct sg_loader loader;
	struct sg_verify_trust trust;
	struct suit_platform_ops ops;
	struct suit_process core;
	struct suit_node *node;
	struct suit_params *params;
	struct sg_install_store store;
	struct sg_known *known;
	size_t n_known;
	struct sg_gate_digest manifest;
	struct sg_lineage lineage;
	struct sg_stage stage;
	struct sg_install_record dropped;
	struct sg_buf *envelope;
	size_t n_envelopes;
	size_t envelope_bytes;
	u8 identity[2][16];
	bool identified[2];
	struct sg_cbor_writer records;
	uint32_t n_records;
	struct sg_error why;
	enum suit_error failure;
	bool interrupted;
	bool ready;
	bool changed;
};

/* process.c */
struct sg_view sg_process_view(const struct sg_process *p);
/* Tell the caller; SUIT_ERR_OPERATION when it wants no more. */
enum suit_error sg_process_pulse(struct sg_process *p, enum sg_phase phase,
				 struct suit_slice id, u64 done, u64 total);

/* process_ops.c: the ops that a request makes possible */
void sg_process_ops_of(const struct sg_process_request *request,
		       struct suit_platform_ops *out);

/* process_record.c */
void sg_process_record_of(const struct suit_record *from,
			  struct sg_process_record *to);

/* process_report.c */
void sg_process_note(struct sg_process *p, const struct suit_record *record);

/* process_known.c */
/* Read what is installed, after settling what can be. 0 or -1. */
int sg_process_read_known(struct sg_process *p, struct sg_error *err);
void sg_process_free_known(struct sg_process *p);
/* In place, or half-way, and not confirmed? */
bool sg_process_on_trial(const struct sg_known *known);
/* The installation of a lineage in this state, or NULL. */
const struct sg_known *sg_process_known(const struct sg_process *p,
					const struct sg_lineage *lineage,
					enum sg_install_state state);

/* process_image.c */
enum suit_error sg_process_digest(void *ctx, struct suit_slice id, s32 alg,
				  u8 *out, u64 *size);
enum suit_error sg_process_compare(void *ctx, struct suit_slice id,
				   struct suit_slice content);
/* Digest of the manifest in the envelope that component @id holds. */
enum suit_error sg_process_inner_digest(struct sg_process *p,
					struct suit_slice id, s32 alg,
					u8 *out);
enum suit_error sg_process_dependency(void *ctx, struct suit_slice id,
				      struct suit_slice *envelope);

/* process_store.c: fetch, copy, write, swap */
enum suit_error sg_process_fetch(void *ctx, const struct suit_effect *effect);
enum suit_error sg_process_copy(void *ctx, const struct suit_effect *effect);
enum suit_error sg_process_write(void *ctx, const struct suit_effect *effect);
enum suit_error sg_process_swap(void *ctx, const struct suit_effect *effect);

/**
 * struct sg_draft - a candidate in the making
 * @p: whose
 * @candidate: it
 * @attributes: of the file
 * @limit: bytes it may have
 */
struct sg_draft {
	struct sg_process *p;
	struct sg_candidate candidate;
	struct sg_attributes attributes;
	u64 limit;
};

/* process_draft.c */
enum suit_error sg_draft_begin(struct sg_process *p,
			       const struct suit_effect *effect,
			       struct sg_draft *draft);
/* Is what @effect wants there already? SUIT_OK: then there is nothing to do. */
enum suit_error sg_draft_satisfied(struct sg_draft *draft,
				   const struct suit_effect *effect);
/* The bytes are complete: a candidate. @from_here: not from a network. */
enum suit_error sg_draft_end(struct sg_draft *draft,
			     const struct suit_effect *effect, bool from_here);
/* A symbolic link or a folder, of a write. */
enum suit_error sg_draft_link(struct sg_draft *draft,
			      const struct suit_effect *effect);
enum suit_error sg_draft_folder(struct sg_draft *draft,
				const struct suit_effect *effect);

/* process_transfer.c: bytes of a fetch, to their end */
enum suit_error sg_process_transfer(struct sg_draft *draft,
				    const struct suit_effect *effect, s32 alg);

/* process_reference.c */
enum suit_error sg_process_unlink(void *ctx, const struct suit_effect *effect,
				  u32 *left);
enum suit_error sg_process_references(void *ctx,
				      const struct suit_effect *effect,
				      u32 *count);
/* All references of the manifests that took part, to @record. */
enum suit_error sg_process_refer(struct sg_process *p,
				 struct sg_install_record *record);
/* References that know version and bytes of a component, from @at = 0; NULL. */
const struct sg_reference *sg_process_reference(const struct sg_process *p,
						struct suit_slice id,
						size_t *at);

/* process_gate.c: what would the gate say? */
enum suit_error sg_process_ask_gate(struct sg_process *p);

/* process_commit.c */
/* May what is staged be installed? */
enum suit_error sg_process_check(struct sg_process *p);
/* Check, then put into place, or record what was staged. */
enum suit_error sg_process_install(struct sg_process *p);

#endif /* SG_PROCESS_PRIVATE_H */

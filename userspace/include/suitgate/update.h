/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The update procedure of a manifest, without a change to this machine: what
 * it stores is kept in sealed memory, for the caller to put into place.
 */
#ifndef SUITGATE_UPDATE_H
#define SUITGATE_UPDATE_H

#include "suitgate/gate.h"
#include "suitgate/state.h"
#include "suitgate/trust.h"
#include "suitgate/types.h"

enum {
	SG_UPDATE_MAX_COMPONENTS = 64,
	SG_UPDATE_MAX_PAYLOAD = 64 << 20,	/* bytes of one component */
	SG_UPDATE_MAX_URI = 2048,
	SG_UPDATE_MAX_VERSION = 64,
};

/**
 * struct sg_update_request - what to run, and on what
 * @envelope: signed manifest; must stay as it is until the update is freed
 * @state: items TRUST and IDENTITY of this machine
 * @floor: what is remembered of earlier manifests of @authority for @id: 1 with
 *	@out filled, 0 for nothing
 * @current: open what component @name has now: a descriptor, or -1
 * @context: for both
 */
struct sg_update_request {
	struct sg_buf envelope;
	const struct sg_state *state;
	int (*floor)(void *context, const char *authority, const uint8_t *id,
		     size_t id_len, struct sg_gate_floor *out);
	int (*current)(void *context, const char *name);
	void *context;
};

/**
 * struct sg_update_component - a component of the manifest
 * @name: "firmware/NAME", as sg_gate_component_text() prints it
 * @id: @id_len: encoded id
 * @fd: sealed memory with what was stored, -1 while there is nothing
 * @size: bytes of it
 * @sha256: of it
 */
struct sg_update_component {
	char name[3 * SG_GATE_MAX_ID];
	uint8_t id[SG_GATE_MAX_ID];
	size_t id_len;
	int fd;
	uint64_t size;
	uint8_t sha256[32];
};

/**
 * struct sg_update_facts - what the signed manifest says about itself
 * @digest: of the manifest
 * @sequence_number: the author's
 * @authority: who speaks through it
 * @role: of that authority, enum sg_role
 * @floor_id: @floor_id_len: whose floor counts: the manifest's component id,
 *	else that of its first component
 * @version: "1.2.0", or empty
 * @vendor: @class_id: UUIDs that a condition asked for, or empty
 * @component: @n_components: components
 */
struct sg_update_facts {
	struct sg_gate_digest digest;
	uint64_t sequence_number;
	char authority[SG_GATE_MAX_AUTHORITY + 1];
	unsigned int role;
	uint8_t floor_id[SG_GATE_MAX_ID];
	size_t floor_id_len;
	char version[SG_UPDATE_MAX_VERSION];
	char vendor[37];
	char class_id[37];
	struct sg_update_component component[SG_UPDATE_MAX_COMPONENTS];
	size_t n_components;
};

/**
 * struct sg_update_want - a payload that the caller shall get
 * @uri: where from, as the manifest says
 * @max: more bytes are an error
 * @fd: where to: empty memory to write to
 */
struct sg_update_want {
	char uri[SG_UPDATE_MAX_URI];
	uint64_t max;
	int fd;
};

struct sg_update;

/**
 * sg_update_begin() - authenticate a manifest and prepare its update procedure
 * @request: copied, except what it points to
 * @out: freed by sg_update_free()
 * @err: a refusal carries the verifier's error
 *
 * Return: 0 or -1.
 */
int sg_update_begin(const struct sg_update_request *request,
		    struct sg_update **out, struct sg_error *err);
/* NULL is fine. */
void sg_update_free(struct sg_update *update);
/* Valid until the update is freed. */
const struct sg_update_facts *sg_update_facts(const struct sg_update *update);

/**
 * sg_update_run() - go on with the procedure
 * @update: begun
 * @err: a refusal carries the verifier's error
 *
 * Where it ends, everything is stored, and the kernel's verdict on each
 * firmware component that was stored is "deliver".
 *
 * Return: 1 at the end; 0 when sg_update_want() is to be fetched, then
 * sg_update_fetched() called and this again; -1.
 */
int sg_update_run(struct sg_update *update, struct sg_error *err);
/* What is to be fetched, NULL when nothing is. */
const struct sg_update_want *sg_update_want(const struct sg_update *update);
/* It is there: what @want->fd has is sealed. 0 or -1. */
int sg_update_fetched(struct sg_update *update, struct sg_error *err);

#endif /* SUITGATE_UPDATE_H */

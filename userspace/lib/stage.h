/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Candidates: what a procedure has prepared for components, in the folders
 * SG_PLACE_STAGING of their roots, see suitgate/device.h for the names.
 */
#ifndef SG_STAGE_H
#define SG_STAGE_H

#include "attributes.h"
#include "place.h"

/* Hex digits of each half of a name; a whole name with its ending. */
enum { SG_STAGE_HALF = 32, SG_STAGE_NAME = 2 * SG_STAGE_HALF + 8 };

enum sg_candidate_kind {
	SG_CANDIDATE_FILE = 1,
	SG_CANDIDATE_LINK,
	SG_CANDIDATE_FOLDER,
	SG_CANDIDATE_REMOVAL,
	SG_CANDIDATE_KINDS
};

/**
 * struct sg_candidate - what a component is to become
 * @id: @id_len: encoded component id
 * @place: where it lies
 * @kind: enum sg_candidate_kind
 * @proven: it has the digest that its signed manifest states, or comes from
 *	the manifest or this machine itself
 * @manifest: digest of the manifest that wants it
 * @digest: of the bytes of a file
 * @size: of a file
 * @attributes: of a folder; a file has them already
 */
struct sg_candidate {
	u8 id[SUIT_MAX_COMPONENT_ID];
	size_t id_len;
	struct sg_place place;
	unsigned int kind;
	bool proven;
	struct sg_gate_digest manifest;
	struct sg_gate_digest digest;
	u64 size;
	struct sg_attributes attributes;
};

/**
 * struct sg_stage - the candidates of one root manifest
 * @manifest: first half of their names
 * @candidate: them
 * @n: how many
 */
struct sg_stage {
	char manifest[SG_STAGE_HALF + 1];
	struct sg_candidate **candidate;
	size_t n;
};

void sg_stage_init(struct sg_stage *stage,
		   const struct sg_gate_digest *manifest);
/* Forget the candidates; what is on disk stays. */
void sg_stage_free(struct sg_stage *stage);
/* The candidate of a component, or NULL. */
struct sg_candidate *sg_stage_find(const struct sg_stage *stage,
				   struct suit_slice id);
/* Take a copy of @candidate, in place of another of its component. */
enum suit_error sg_stage_put(struct sg_stage *stage,
			     const struct sg_candidate *candidate);

/* Forget the candidate of a component; its file stays. */
void sg_stage_drop(struct sg_stage *stage, struct suit_slice id);

/* As many hex digits of the SHA-256 of the parts, which cannot fail. */
void sg_stage_digest(const struct suit_slice *part, size_t n,
		     char out[SG_STAGE_HALF + 1]);
/* First half of the names of a root manifest. */
void sg_stage_half(const struct sg_gate_digest *manifest,
		   char out[SG_STAGE_HALF + 1]);
/* Name of a component's file; @ending: "new", "part", "tag" or "old". */
void sg_stage_name(const char *half, struct suit_slice id, const char *ending,
		   char out[SG_STAGE_NAME]);

/**
 * sg_stage_sweep() - remove files from the staging folders
 * @device: all of its roots
 * @keep: shall the file stay? @half and @ending are of its name; one that is
 *	not of this kind is removed unasked
 * @context: for @keep
 *
 * Return: 0, or -1 with errno of the last that could not be removed.
 */
int sg_stage_sweep(const struct sg_device *device,
		   bool (*keep)(void *context, const char *half,
				const char *ending),
		   void *context);

#endif /* SG_STAGE_H */

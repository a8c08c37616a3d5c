/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * SUIT_Manifest (draft-ietf-suit-manifest 8.4): members, common, components,
 * and the sections with severed ones put back after their digest was checked.
 */
#ifndef SUIT_MANIFEST_H
#define SUIT_MANIFEST_H

#include "component.h"
#include "envelope.h"

/*
 * What a manifest will be used for. The kernel profile refuses what the kernel
 * cannot decide about a delivered file (SUIT_ERR_PROFILE): commands with
 * effects, time, battery, authorization, waiting and versions in the shared
 * sequence and in validate; set-component-index inside try-each or
 * run-sequence; dependencies. Other sections are checked for form only.
 */
enum suit_profile {
	SUIT_PROFILE_FULL = 1,
	SUIT_PROFILE_KERNEL = 2,
};

enum suit_section {
	SUIT_SECTION_SHARED,
	SUIT_SECTION_DEPENDENCY_RESOLUTION,
	SUIT_SECTION_PAYLOAD_FETCH,
	SUIT_SECTION_CANDIDATE_VERIFICATION,
	SUIT_SECTION_INSTALL,
	SUIT_SECTION_VALIDATE,
	SUIT_SECTION_LOAD,
	SUIT_SECTION_INVOKE,
	SUIT_SECTION_UNINSTALL,
	SUIT_SECTION_COUNT
};

/* Label of a section in the manifest, of the shared sequence in common. */
u32 suit_section_label(enum suit_section section);
/* "validate", "payload-fetch", ... */
const char *suit_section_name(enum suit_section section);

/**
 * struct suit_manifest - an opened manifest; slices point into the envelope
 * @env: the envelope it came from
 * @bytes: encoded manifest
 * @sequence_number: monotonic number chosen by the author
 * @component_id: encoded manifest-component-id; ptr NULL when absent
 * @reference_uri: ptr NULL when absent
 * @set_version: encoded integer array; ptr NULL when absent
 * @dependencies: encoded map; ptr NULL when absent
 * @n_dependencies: how many
 * @components: encoded component ids, back to back
 * @n_components: how many
 * @n_beside: dependencies that are no components: their prefix is their id
 * @section: content of each sequence; ptr NULL when absent
 * @text: content of the text bstr, digest checked when severed, or NULL ptr
 * @coswid: likewise
 * @severed_absent: bit per enum suit_severable: the manifest has a digest, the
 *	envelope has no such member
 * @commands: bit per command code that is in the section
 * @epoch: enum suit_epoch, which old draft it looks like
 * @profile: it was opened with; 0 after suit_manifest_peek()
 * @catalogue: more than SUIT_MAX_COMPONENTS components; use catalogue.h
 * @component: offset of each id in @components; unused for a catalogue
 */
struct suit_manifest {
	const struct suit_envelope *env;
	struct suit_slice bytes;
	u64 sequence_number;
	struct suit_slice component_id;
	struct suit_slice reference_uri;
	struct suit_slice set_version;
	struct suit_slice dependencies;
	u32 n_dependencies;
	struct suit_slice components;
	u32 n_components;
	u32 n_beside;
	struct suit_slice section[SUIT_SECTION_COUNT];
	u64 commands[SUIT_SECTION_COUNT];
	struct suit_slice text;
	struct suit_slice coswid;
	u8 severed_absent;
	u8 epoch;
	u8 profile;
	bool catalogue;
	u16 component[SUIT_MAX_COMPONENTS];
};

/* Labels a manifest may have, by row; false past the end. */
bool suit_manifest_label(u32 row, s64 *label);

/**
 * suit_manifest_open() - decode and check a manifest
 * @m: result
 * @env: authenticated envelope; must outlive @m
 * @crypto: for the digests of severed members
 * @profile: what it will be used for
 *
 * Checks the version first; then members, common, components; the digest of
 * every severed member that is present; then the form of every sequence
 * (suit_sequence_check()).
 *
 * Context: may sleep.
 * Return: SUIT_OK; SUIT_ERR_NO_KEY for an envelope that is not authenticated;
 * SUIT_ERR_MANIFEST_* (of an old draft: SUIT_ERR_MANIFEST_EPOCH with @m->epoch
 * set), SUIT_ERR_COMMON_MEMBER, SUIT_ERR_DEPENDENCY_*, SUIT_ERR_COMPONENT*,
 * SUIT_ERR_SEVERED_*, what suit_sequence_check() returns, or a CBOR error.
 */
enum suit_error suit_manifest_open(struct suit_manifest *m,
				   const struct suit_envelope *env,
				   const struct suit_crypto *crypto,
				   enum suit_profile profile);

/**
 * suit_manifest_peek() - decode for display, never for a decision
 * @m: result
 * @env: opened envelope, authenticated or not
 *
 * As suit_manifest_open() without digests and sequence checks. No function
 * that decides accepts the result, because @env is not authenticated; callers
 * must label what they show as unverified.
 */
enum suit_error suit_manifest_peek(struct suit_manifest *m,
				   const struct suit_envelope *env);

/*
 * Indices. The components come first. The index of a dependency is that of the
 * component that holds its envelope, or, as in the published examples, one
 * beyond the components; then its prefix is the component id. So that both can
 * be counted, every component has a position: components, then the
 * dependencies beside them, without gaps.
 */

/* Component id by index. SUIT_ERR_COMPONENT_INDEX. */
enum suit_error suit_manifest_component(const struct suit_manifest *m,
					u64 index, struct suit_slice *id);
/* Index by component id, of components only. SUIT_ERR_COMPONENT_ABSENT. */
enum suit_error suit_manifest_find(const struct suit_manifest *m,
				   struct suit_slice id, u32 *index);
/* Position of an index. SUIT_ERR_COMPONENT_INDEX. */
enum suit_error suit_manifest_position(const struct suit_manifest *m,
				       u64 index, u32 *position);
/* Index at a position below n_components + n_beside. */
u32 suit_manifest_index(const struct suit_manifest *m, u32 position);
/*
 * Is the component at @index a dependency? @rank, its place in the dependency
 * map, may be NULL.
 */
bool suit_manifest_depends(const struct suit_manifest *m, u64 index,
			   u32 *rank);

/**
 * suit_manifest_authority() - which authority speaks through this manifest
 * @m: opened manifest
 * @trust: the snapshot the envelope was authenticated with
 * @auth: which keys signed
 * @index: result, index of the authority
 *
 * The first authority, in the order of @trust, that is no root, whose threshold
 * is met, that is not retired for this sequence number, whose prefixes cover
 * every component and the manifest-component-id, and that may name every
 * dependency.
 *
 * Context: any.
 * Return: SUIT_OK, SUIT_ERR_THRESHOLD when no authority's threshold is met,
 * SUIT_ERR_NOT_ENTITLED when one is met but none covers everything.
 */
enum suit_error suit_manifest_authority(const struct suit_manifest *m,
					const struct suit_trust *trust,
					const struct suit_auth *auth,
					u32 *index);

#endif /* SUIT_MANIFEST_H */

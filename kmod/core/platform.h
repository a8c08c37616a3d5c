/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The platform seam: the device, as commands see it. Everything a back end is
 * asked for arrives decoded; back ends never parse a manifest.
 *
 * An op that is NULL makes the commands that need it unsupported: a manifest
 * that has one in a section that is to run is refused before anything runs.
 *
 * Ops may sleep. An op may return SUIT_ERR_PENDING when it has changed nothing
 * and should be asked again later: the procedure stops where it is and
 * suit_procedure_run() continues with the same command. Any other error ends
 * the procedure, except that the error of a condition ends its sequence.
 *
 * After a loss of power a procedure is applied again from its start; fetch,
 * copy and write get the digest that is wanted and may find that the component
 * has it already.
 */
#ifndef SUIT_PLATFORM_H
#define SUIT_PLATFORM_H

#include "manifest.h"
#include "metadata.h"
#include "version.h"
#include "wait.h"

enum suit_identity {
	SUIT_IDENTITY_VENDOR = 1,
	SUIT_IDENTITY_CLASS = 2,
	SUIT_IDENTITY_DEVICE = 3,
};

/**
 * struct suit_effect - one effect that a directive asks for
 * @manifest: which manifest asks; @manifest->set_version, decoded by
 *	suit_version_decode(), is the version it brings
 * @authority: who speaks through it, entitled to every component below
 * @section: in which section
 * @id: encoded id of the component to change
 * @dependency: it is the envelope of a dependency: its digest covers the
 *	manifest inside, not the bytes that are stored
 * @uri: fetch: where from, as it stands in the manifest
 * @payload: fetch: the bytes, when they are integrated in the envelope (@ptr is
 *	not NULL); there is nothing to go to the network for. They are not
 *	authenticated: the digest is checked by an image-match later
 * @content: write: the bytes; target of a symbolic link
 * @source: copy, swap: encoded id of the other component
 * @arguments: fetch: fetch-arguments; invoke: invoke-args; @ptr NULL: none
 * @encryption_info: fetch, copy, write: encoded COSE_Encrypt, when what is
 *	stored is to be decrypted with it; @ptr NULL: it is plain
 * @digest: fetch, copy, write: of what is to be stored; @alg 0: not stated
 * @has_size: @size is stated
 * @size: fetch, copy, write: exact size of what is to be stored, and the most
 *	that may be; never of a dependency, whose limit is SUIT_MAX_ENVELOPE.
 *	Without encryption also the most that may be fetched
 * @metadata: fetch, copy, write: what to keep beside the bytes
 *
 * Only the members of the op that is called are set, everything else is zero.
 * All slices stay valid during the call only.
 */
struct suit_effect {
	const struct suit_manifest *manifest;
	const struct suit_authority *authority;
	enum suit_section section;
	struct suit_slice id;
	bool dependency;
	struct suit_slice uri;
	struct suit_slice payload;
	struct suit_slice content;
	struct suit_slice source;
	struct suit_slice arguments;
	struct suit_slice encryption_info;
	struct suit_digest digest;
	bool has_size;
	u64 size;
	struct suit_metadata metadata;
};

/**
 * struct suit_floor - what is remembered of earlier manifests
 * @sequence_number: no lower one is accepted; 0: none is remembered
 * @manifest: digest of the manifest that had this number; @alg 0: any manifest
 *	with an equal number is accepted, else only this one
 */
struct suit_floor {
	u64 sequence_number;
	struct suit_digest manifest;
};

/**
 * struct suit_measured - what a condition found, for the properties of a record
 * @labels: bit per enum suit_parameter_label that was measured
 * @digest: SUIT_PARAM_IMAGE_DIGEST
 * @bytes: of @digest
 * @size: SUIT_PARAM_IMAGE_SIZE
 * @number: SUIT_PARAM_USE_BEFORE: the time; SUIT_PARAM_MINIMUM_BATTERY: mWh
 * @version: SUIT_PARAM_VERSION
 */
struct suit_measured {
	u32 labels;
	struct suit_digest digest;
	u8 bytes[SUIT_MAX_DIGEST];
	u64 size;
	u64 number;
	struct suit_version version;
};

/**
 * struct suit_record - a SUIT_Record: where a command stands and what came out
 * @error: SUIT_OK when it succeeded
 * @command: its code
 * @policy: its reporting policy, bits of enum suit_policy
 * @sysinfo: the policy asks for system information too
 * @path: positions in the dependency maps from the root to the manifest
 * @depth: how many; 0 = the root
 * @section: label of the section (enum suit_manifest_label); the shared
 *	sequence counts as the section it runs for
 * @in_shared: it stands in the shared sequence; @offset is into that
 * @offset: bytes from the start of the section to the command
 * @component: index of the component
 * @id: its encoded id
 * @measured: what was found
 */
struct suit_record {
	enum suit_error error;
	u8 command;
	u8 policy;
	bool sysinfo;
	u8 path[SUIT_MAX_DEPENDENCY_DEPTH];
	u32 depth;
	u32 section;
	bool in_shared;
	u32 offset;
	u32 component;
	struct suit_slice id;
	const struct suit_measured *measured;
};

/**
 * struct suit_platform_ops - the device
 *
 * Conditions. @id is the encoded component id.
 * @identify: is @value (16-byte UUID; for a vendor also an encoded tag 112) one
 *	of the device's for this component?
 * @slot: is the component in @slot?
 * @image_digest: digest and size of the component's bytes. @out has
 *	SUIT_MAX_DIGEST bytes. SUIT_ERR_IMAGE when there is no such image
 * @image_compare: compare the component's bytes with @content in constant
 *	time: SUIT_OK or SUIT_ERR_CONTENT
 * @version: version of what is there now. SUIT_ERR_VERSION when it has none
 * @now: seconds since 1970-01-01 UTC of a clock that can be trusted.
 *	SUIT_ERR_EXPIRED when there is none
 * @battery: energy left, mWh. SUIT_ERR_BATTERY when it cannot be told
 * @authorize: may an update of this priority (smaller is more urgent) go on?
 *	SUIT_OK, SUIT_ERR_UNAUTHORIZED, SUIT_ERR_PENDING
 *
 * Directives. The core has checked that all parameters are there and that no
 * other manifest refers to the component.
 * @wait: SUIT_OK when every event holds; SUIT_ERR_PENDING when not all do yet;
 *	SUIT_ERR_WAIT_EVENT when one is not supported
 * @fetch: store what @uri names, or @payload. SUIT_ERR_PAYLOAD_SIZE when it is
 *	more than @size
 * @copy: store what @source has
 * @write: store @content
 * @swap: exchange with @source
 * @invoke: run it; may not return
 * @unlink: this manifest refers to the component no more, and never counts
 *	again; @left: how many references remain
 * @references: how many manifests besides this one refer to the component;
 *	with any, it may not be changed. NULL: references are not counted
 *
 * Dependencies and memory.
 * @dependency: bytes of the envelope that component @id holds. They must stay
 *	where they are, unchanged, until the procedure is over, even if the
 *	component is written again. SUIT_ERR_IMAGE when there is none. NULL:
 *	manifests with dependencies are refused
 * @floor: what is remembered for @id of manifests that @authority signed; @out
 *	comes zeroed. Must be there
 * @record: a command whose reporting policy asks for it was executed. NULL: no
 *	records are kept
 */
struct suit_platform_ops {
	bool (*identify)(void *ctx, enum suit_identity what,
			 struct suit_slice id, struct suit_slice value);
	bool (*slot)(void *ctx, struct suit_slice id, u64 slot);
	enum suit_error (*image_digest)(void *ctx, struct suit_slice id,
					s32 alg, u8 *out, u64 *size);
	enum suit_error (*image_compare)(void *ctx, struct suit_slice id,
					 struct suit_slice content);
	enum suit_error (*version)(void *ctx, struct suit_slice id,
				   struct suit_version *out);
	enum suit_error (*now)(void *ctx, u64 *seconds);
	enum suit_error (*battery)(void *ctx, u64 *mwh);
	enum suit_error (*authorize)(void *ctx, struct suit_slice id,
				     s64 priority);

	enum suit_error (*wait)(void *ctx, const struct suit_wait *wait);
	enum suit_error (*fetch)(void *ctx, const struct suit_effect *effect);
	enum suit_error (*copy)(void *ctx, const struct suit_effect *effect);
	enum suit_error (*write)(void *ctx, const struct suit_effect *effect);
	enum suit_error (*swap)(void *ctx, const struct suit_effect *effect);
	enum suit_error (*invoke)(void *ctx, const struct suit_effect *effect);
	enum suit_error (*unlink)(void *ctx, const struct suit_effect *effect,
				  u32 *left);
	enum suit_error (*references)(void *ctx,
				      const struct suit_effect *effect,
				      u32 *count);

	enum suit_error (*dependency)(void *ctx, struct suit_slice id,
				      struct suit_slice *envelope);
	enum suit_error (*floor)(void *ctx,
				 const struct suit_authority *authority,
				 struct suit_slice id, struct suit_floor *out);
	void (*record)(void *ctx, const struct suit_record *record);
};

struct suit_platform {
	const struct suit_platform_ops *ops;
	void *ctx;
};

#endif /* SUIT_PLATFORM_H */

/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The command interpreter (draft-ietf-suit-manifest 6.4-6.7, 8.4.7-8.4.10): an
 * explicit bounded stack instead of recursion, every command one row of a
 * table, parameters kept as slices of the envelope that set them.
 */
#ifndef SUIT_SEQUENCE_H
#define SUIT_SEQUENCE_H

#include "platform.h"

/* Parameters that are kept per component, by slot (parameter.c). */
enum { SUIT_PARAM_SLOTS = 18 };

/**
 * struct suit_params - parameters of one component, of all manifests of a tree
 * @id: encoded component id
 * @value: per slot, the encoded value in the envelope that set it; ptr NULL =
 *	not set
 */
struct suit_params {
	struct suit_slice id;
	struct suit_slice value[SUIT_PARAM_SLOTS];
};

/**
 * struct suit_node - one manifest of a tree; the first is the root
 * @envelope: authenticated
 * @manifest: opened from it
 * @auth: which keys signed
 * @authority: index of the authority that speaks through it
 * @id: dependency: encoded id of the component that holds the envelope; root:
 *	its manifest-component-id, ptr NULL when it has none
 * @parent: index of the manifest that depends on it; of the root: itself
 * @depth: 0 for the root
 * @position: in the parent's dependency map
 * @checked: it passed dependency-integrity in this procedure, and nobody wrote
 *	to its component since
 * @ran: bit per section that was run to its end
 * @unlinked: bit per component it has unlinked
 * @row: index in the parameters, per component
 */
struct suit_node {
	struct suit_envelope envelope;
	struct suit_manifest manifest;
	struct suit_auth auth;
	u32 authority;
	struct suit_slice id;
	u8 parent;
	u8 depth;
	u8 position;
	bool checked;
	u16 ran;
	u64 unlinked;
	u16 row[SUIT_MAX_COMPONENTS];
};

/* Which components the next command applies to. */
struct suit_selection {
	struct suit_cursor list;	/* of the array form: indices to come */
	u32 next;
	u32 left;
	bool all;			/* @next is a position, not an index */
};

/* One sequence in flight: a section, or the body of one directive. */
struct suit_frame {
	struct suit_cursor commands;
	u32 left;			/* items of it still to come */
	u8 kind;
	u8 node;			/* whose sequence it is */
	u8 section;			/* that it is part of */
	u8 code;			/* of the command being repeated */
	bool soft_failure;
	bool strict_order;
	bool index_first;		/* must begin with set-component-index */
	bool index_fixed;		/* and may not have another one */
	bool matched;			/* suit_process.image_matched on entry */
	/* argument of the last set-component-index; empty: @index alone */
	struct suit_slice selected;
	u32 index;
	u32 offset;			/* of the command in its section */
	/* argument of the command, and for which components it is to run */
	struct suit_slice argument;
	struct suit_selection selection;
	/* of a try-each: the sequences after this one */
	struct suit_cursor alternatives;
	u32 n_alternatives;
	/* without strict order: bit per component read, written */
	u64 sources;
	u64 targets;
};

/**
 * struct suit_process - context of a verdict or procedure; owned by the caller
 * @m: the manifest whose sequence is running
 * @platform: the device
 * @profile: of the manifests
 * @procedure: full profile: enum suit_procedure
 * @stage: full profile: which of its sections is running
 * @trust: full profile: whom to believe
 * @crypto: full profile: the seam
 * @node: full profile: the tree, memory of the caller
 * @n_nodes: manifests in it
 * @max_nodes: that fit
 * @params: full profile: parameters per component, memory of the caller;
 *	kernel profile: @own
 * @n_params: components that have been met
 * @max_params: that fit
 * @own: kernel profile: parameters of component @only
 * @only: kernel profile: the delivered component
 * @image_matched: kernel profile: an image-match of @only held and no later
 *	override changed its digest or size
 * @effects: commands with a result of their own that were executed
 * @abort: the failure is one that no soft-failure may catch
 * @steps: commands executed in this section of the root
 * @depth: sequences in flight
 * @frame: they
 * @result: full profile: of the procedure; SUIT_ERR_PENDING while it runs
 * @last: where the last command stands
 * @measured: what it found
 *
 * At most 4 KiB (checked at build time), without what it points to.
 */
struct suit_process {
	const struct suit_manifest *m;
	struct suit_platform platform;
	u8 profile;
	u8 procedure;
	u8 stage;
	bool image_matched;
	bool abort;
	const struct suit_trust *trust;
	const struct suit_crypto *crypto;
	struct suit_node *node;
	u32 n_nodes;
	u32 max_nodes;
	struct suit_params *params;
	u32 n_params;
	u32 max_params;
	u32 only;
	u32 effects;
	u32 steps;
	u32 depth;
	enum suit_error result;
	struct suit_record last;
	struct suit_measured measured;
	struct suit_params own;
	struct suit_frame frame[SUIT_MAX_FRAMES];
};

/**
 * suit_sequence_check() - form of one section, without running it
 * @m: manifest, for component count and which sections exist; @m->commands gets
 *	what is in the section, @m->epoch which old draft it may be of
 * @section: which; absent is fine
 * @profile: kernel profile refuses more, see enum suit_profile
 *
 * Codes, arguments, parameters, nesting, component indices; that it begins with
 * set-component-index when there is more than one component; nothing custom
 * or forbidden in the shared sequence.
 *
 * Context: any.
 * Return: SUIT_OK, SUIT_ERR_SEQUENCE_*, SUIT_ERR_COMMAND*, SUIT_ERR_PARAMETER,
 * SUIT_ERR_PARAMETER_FORM, SUIT_ERR_COMPONENT_INDEX, SUIT_ERR_PROFILE,
 * SUIT_ERR_TRY_EACH_SIZE, SUIT_ERR_MANIFEST_EPOCH for a section that has the
 * number of another one in an old draft, or a CBOR error.
 */
enum suit_error suit_sequence_check(struct suit_manifest *m,
				    enum suit_section section,
				    enum suit_profile profile);

/*
 * Has any section a command that does or checks something, or is one severed
 * and not here? SUIT_ERR_MANIFEST_INERT.
 */
enum suit_error suit_sequence_effective(const struct suit_manifest *m);

/**
 * suit_decide() - the kernel's verdict about one delivered component
 * @m: manifest opened with the kernel profile, not a catalogue
 * @index: the delivered component
 * @platform: image_digest and image_compare answer for the delivered bytes
 *
 * Runs shared and validate projected on the component: commands for other
 * components neither count nor fail. Allows only when at least one image-match,
 * unconditional or in the taken branch, held with the digest (and the size, if
 * given) that is finally in force.
 *
 * Context: may sleep. Uses less than 2 KiB of stack besides @proc.
 * Return: SUIT_OK to allow; SUIT_ERR_NO_IMAGE_MATCH; the failed condition; or
 * an error of form.
 */
enum suit_error suit_decide(struct suit_process *proc,
			    const struct suit_manifest *m, u32 index,
			    const struct suit_platform *platform);

/*
 * suit_decide() for the memory of a catalogue: is the image what the catalogue
 * expects? SUIT_ERR_IMAGE, SUIT_ERR_IMAGE_SIZE, SUIT_ERR_COMPONENT_ABSENT.
 */
struct suit_catalogue;
enum suit_error suit_decide_catalogue(const struct suit_catalogue *cat,
				      struct suit_slice id,
				      const struct suit_platform *platform);

#endif /* SUIT_SEQUENCE_H */

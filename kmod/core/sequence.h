/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The command interpreter (draft-ietf-suit-manifest 6.4-6.7, 8.4.7-8.4.10): an
 * explicit bounded stack instead of recursion, every command one row of a
 * table, parameters kept as offsets into the envelope.
 */
#ifndef SUIT_SEQUENCE_H
#define SUIT_SEQUENCE_H

#include "manifest.h"

/* Parameters that are kept per component, by slot (parameter.c). */
enum { SUIT_PARAM_SLOTS = 18 };

/**
 * struct suit_params - parameters of one component
 * @offset: per slot, offset of the encoded value from the envelope's first
 *	byte; 0 = not set (offset 0 is the envelope's head, never a value)
 */
struct suit_params {
	u32 offset[SUIT_PARAM_SLOTS];
};

enum suit_identity {
	SUIT_IDENTITY_VENDOR = 1,
	SUIT_IDENTITY_CLASS = 2,
	SUIT_IDENTITY_DEVICE = 3,
};

/**
 * struct suit_platform_ops - the device, as commands see it
 * @identify: is @value (16-byte UUID; for a vendor also an encoded tag 112) one
 *	of the device's for this component?
 * @slot: is the component in @slot?
 * @image_digest: digest and size of the component's bytes. @out has
 *	SUIT_MAX_DIGEST bytes. SUIT_ERR_IMAGE when there is no such image
 * @image_compare: compare the component's bytes with @content in constant
 *	time: SUIT_OK or SUIT_ERR_CONTENT
 *
 * @id is the encoded component id. An op that is NULL makes the commands that
 * need it unsupported. Ops may sleep.
 */
struct suit_platform_ops {
	bool (*identify)(void *ctx, enum suit_identity what,
			 struct suit_slice id, struct suit_slice value);
	bool (*slot)(void *ctx, struct suit_slice id, u64 slot);
	enum suit_error (*image_digest)(void *ctx, struct suit_slice id,
					s32 alg, u8 *out, u64 *size);
	enum suit_error (*image_compare)(void *ctx, struct suit_slice id,
					 struct suit_slice content);
};

struct suit_platform {
	const struct suit_platform_ops *ops;
	void *ctx;
};

/* Which components the next command applies to. */
struct suit_selection {
	struct suit_cursor list;	/* of the array form: indices to come */
	u32 next;
	u32 left;
};

/* One sequence in flight: a section, or the body of one directive. */
struct suit_frame {
	struct suit_cursor commands;
	u32 left;			/* items of it still to come */
	u8 kind;
	bool soft_failure;
	bool strict_order;
	bool index_first;		/* must begin with set-component-index */
	bool index_fixed;		/* and may not have another one */
	bool matched;			/* suit_process.image_matched on entry */
	/* argument of the last set-component-index; empty: @index alone */
	struct suit_slice selected;
	u32 index;
	/* the command that is being repeated for the selected components */
	s64 code;
	struct suit_slice argument;
	struct suit_selection selection;
	/* of a try-each: the sequences after this one */
	struct suit_cursor alternatives;
	u32 n_alternatives;
};

/**
 * struct suit_process - context of a procedure; owned by the caller
 * @m: opened manifest
 * @platform: the device
 * @profile: of @m
 * @params: one per component for the full profile; @own for the kernel profile
 * @own: parameters of component @only
 * @only: kernel profile: the delivered component
 * @image_matched: kernel profile: an image-match of @only held and no later
 *	override changed its digest or size
 * @at_section: where the last failure was
 * @at_offset: offset of the failed command in its section's outermost sequence
 * @at_component: component index of the failed command
 *
 * At most 4 KiB (checked at build time), without the parameters.
 */
struct suit_process {
	const struct suit_manifest *m;
	struct suit_platform platform;
	enum suit_profile profile;
	struct suit_params *params;
	struct suit_params own;
	u32 only;
	bool image_matched;
	u32 steps;
	u32 depth;
	struct suit_frame frame[SUIT_MAX_SEQUENCE_DEPTH];
	enum suit_section at_section;
	u32 at_offset;
	u32 at_component;
};

/**
 * suit_sequence_check() - form of one section, without running it
 * @m: manifest, for component count and which sections exist
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
 * SUIT_ERR_SOFT_FAILURE, SUIT_ERR_TRY_EACH_SIZE or a CBOR error.
 */
enum suit_error suit_sequence_check(const struct suit_manifest *m,
				    enum suit_section section,
				    enum suit_profile profile);

/* Has any section a command, or a severed one that is not here? */
enum suit_error suit_sequence_effective(const struct suit_manifest *m);

/**
 * suit_process_init() - start a procedure with no parameter set
 * @proc: context
 * @m: manifest opened with the full profile
 * @platform: the device
 * @params: room for m->n_components
 */
void suit_process_init(struct suit_process *proc, const struct suit_manifest *m,
		       const struct suit_platform *platform,
		       struct suit_params *params);

/**
 * suit_process_section() - run the shared sequence, then one section
 * @proc: context
 * @section: which; an absent section is success
 *
 * Context: may sleep (platform ops may).
 * Return: SUIT_OK; the error of the failed condition or directive. @proc says
 * where.
 */
enum suit_error suit_process_section(struct suit_process *proc,
				     enum suit_section section);

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

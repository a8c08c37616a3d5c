// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Conditions: no effect besides their result (8.4.9). */
#include "cbor.h"
#include "command.h"
#include "parameter.h"

static struct suit_slice bstr_of(struct suit_slice encoded)
{
	struct suit_cursor cur;

	suit_cursor_init(&cur, encoded);
	return suit_cbor_bstr(&cur);
}

static enum suit_error identify(struct suit_process *proc, u32 index,
				struct suit_slice id, enum suit_identity what,
				s64 label, enum suit_error mismatch)
{
	const struct suit_platform *platform = &proc->platform;
	struct suit_slice value = suit_parameter_get(proc, index, label);

	if (!platform->ops->identify)
		return SUIT_ERR_COMMAND;
	if (!value.ptr)
		return SUIT_ERR_PARAMETER_MISSING;
	/* a tagged enterprise number goes to the platform as it stands */
	if (value.ptr[0] >> 5 == SUIT_CBOR_BSTR)
		value = bstr_of(value);
	return platform->ops->identify(platform->ctx, what, id, value) ?
		       SUIT_OK : mismatch;
}

enum suit_error suit_condition_vendor(struct suit_process *proc, u32 index,
				      struct suit_slice id)
{
	return identify(proc, index, id, SUIT_IDENTITY_VENDOR,
			SUIT_PARAM_VENDOR, SUIT_ERR_VENDOR);
}

enum suit_error suit_condition_class(struct suit_process *proc, u32 index,
				     struct suit_slice id)
{
	return identify(proc, index, id, SUIT_IDENTITY_CLASS,
			SUIT_PARAM_CLASS, SUIT_ERR_CLASS);
}

enum suit_error suit_condition_device(struct suit_process *proc, u32 index,
				      struct suit_slice id)
{
	return identify(proc, index, id, SUIT_IDENTITY_DEVICE,
			SUIT_PARAM_DEVICE, SUIT_ERR_DEVICE);
}

/* Value of an unsigned parameter that is known to be set and checked. */
static u64 uint_of(struct suit_slice encoded)
{
	struct suit_cursor cur;

	suit_cursor_init(&cur, encoded);
	return suit_cbor_uint(&cur);
}

enum suit_error suit_condition_slot(struct suit_process *proc, u32 index,
				    struct suit_slice id)
{
	const struct suit_platform *platform = &proc->platform;
	struct suit_slice value = suit_parameter_get(proc, index,
						     SUIT_PARAM_COMPONENT_SLOT);

	if (!platform->ops->slot)
		return SUIT_ERR_COMMAND;
	if (!value.ptr)
		return SUIT_ERR_PARAMETER_MISSING;
	return platform->ops->slot(platform->ctx, id, uint_of(value)) ?
		       SUIT_OK : SUIT_ERR_SLOT;
}

enum suit_error suit_image_check(const struct suit_platform *platform,
				 struct suit_slice id,
				 const struct suit_digest *want,
				 const u64 *want_size)
{
	u8 got[SUIT_MAX_DIGEST];
	struct suit_slice value = { got, want->value.len };
	enum suit_error error;
	u64 size = 0;

	if (!platform->ops->image_digest)
		return SUIT_ERR_COMMAND;
	error = platform->ops->image_digest(platform->ctx, id, want->alg, got,
					    &size);
	if (error != SUIT_OK)
		return error;
	if (want_size && *want_size != size)
		return SUIT_ERR_IMAGE_SIZE;
	return suit_slice_equal(value, want->value) ? SUIT_OK :
						      SUIT_ERR_IMAGE;
}

enum suit_error suit_condition_image(struct suit_process *proc, u32 index,
				     struct suit_slice id)
{
	struct suit_slice digest = suit_parameter_get(proc, index,
						      SUIT_PARAM_IMAGE_DIGEST);
	struct suit_slice size = suit_parameter_get(proc, index,
						    SUIT_PARAM_IMAGE_SIZE);
	struct suit_digest want;
	enum suit_error error;
	u64 want_size = 0;

	if (!digest.ptr)
		return SUIT_ERR_PARAMETER_MISSING;
	error = suit_digest_decode(bstr_of(digest), &want);
	if (error != SUIT_OK)
		return error;
	if (size.ptr)
		want_size = uint_of(size);
	error = suit_image_check(&proc->platform, id, &want,
				 size.ptr ? &want_size : NULL);
	if (error == SUIT_OK)
		proc->image_matched = true;
	return error;
}

enum suit_error suit_condition_content(struct suit_process *proc, u32 index,
				       struct suit_slice id)
{
	const struct suit_platform *platform = &proc->platform;
	struct suit_slice value = suit_parameter_get(proc, index,
						     SUIT_PARAM_CONTENT);

	if (!platform->ops->image_compare)
		return SUIT_ERR_COMMAND;
	if (!value.ptr)
		return SUIT_ERR_PARAMETER_MISSING;
	return platform->ops->image_compare(platform->ctx, id, bstr_of(value));
}

enum suit_error suit_condition_abort(struct suit_process *proc, u32 index,
				     struct suit_slice id)
{
	(void)proc;
	(void)index;
	(void)id;
	return SUIT_ERR_ABORT;
}

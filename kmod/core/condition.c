// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Conditions: no effect besides their result (8.4.9). */
#include "cbor.h"
#include "command.h"
#include "parameter.h"

static enum suit_error identify(struct suit_process *proc, u32 index,
				struct suit_slice id, enum suit_identity what,
				s64 label, enum suit_error mismatch)
{
	const struct suit_platform *platform = &proc->platform;
	struct suit_slice value = suit_parameter_get(proc, index, label);

	if (!value.ptr)
		return SUIT_ERR_PARAMETER_MISSING;
	/* a tagged enterprise number goes to the platform as it stands */
	if (value.ptr[0] >> 5 == SUIT_CBOR_BSTR)
		value = suit_parameter_bytes(proc, index, label);
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

enum suit_error suit_condition_slot(struct suit_process *proc, u32 index,
				    struct suit_slice id)
{
	const struct suit_platform *platform = &proc->platform;
	u64 slot;

	if (!suit_parameter_uint(proc, index, SUIT_PARAM_COMPONENT_SLOT, &slot))
		return SUIT_ERR_PARAMETER_MISSING;
	return platform->ops->slot(platform->ctx, id, slot) ? SUIT_OK :
							      SUIT_ERR_SLOT;
}

enum suit_error suit_condition_content(struct suit_process *proc, u32 index,
				       struct suit_slice id)
{
	const struct suit_platform *platform = &proc->platform;
	struct suit_slice content =
		suit_parameter_bytes(proc, index, SUIT_PARAM_CONTENT);

	if (!content.ptr)
		return SUIT_ERR_PARAMETER_MISSING;
	return platform->ops->image_compare(platform->ctx, id, content);
}

enum suit_error suit_condition_abort(struct suit_process *proc, u32 index,
				     struct suit_slice id)
{
	(void)proc;
	(void)index;
	(void)id;
	return SUIT_ERR_ABORT;
}

// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Conditions of update management: time, energy, permission, version. */
#include "cbor.h"
#include "command.h"
#include "dependency.h"
#include "parameter.h"

enum suit_error suit_condition_use_before(struct suit_process *proc, u32 index,
					  struct suit_slice id)
{
	const struct suit_platform *platform = &proc->platform;
	u64 limit, *now = &proc->measured.number;
	enum suit_error error;

	(void)id;
	if (!suit_parameter_uint(proc, index, SUIT_PARAM_USE_BEFORE, &limit))
		return SUIT_ERR_PARAMETER_MISSING;
	error = platform->ops->now(platform->ctx, now);
	if (error != SUIT_OK)
		return error;
	proc->measured.labels |= 1U << SUIT_PARAM_USE_BEFORE;
	return *now < limit ? SUIT_OK : SUIT_ERR_EXPIRED;
}

enum suit_error suit_condition_battery(struct suit_process *proc, u32 index,
				       struct suit_slice id)
{
	const struct suit_platform *platform = &proc->platform;
	u64 least, *left = &proc->measured.number;
	enum suit_error error;

	(void)id;
	if (!suit_parameter_uint(proc, index, SUIT_PARAM_MINIMUM_BATTERY,
				 &least))
		return SUIT_ERR_PARAMETER_MISSING;
	error = platform->ops->battery(platform->ctx, left);
	if (error != SUIT_OK)
		return error;
	proc->measured.labels |= 1U << SUIT_PARAM_MINIMUM_BATTERY;
	return *left >= least ? SUIT_OK : SUIT_ERR_BATTERY;
}

enum suit_error suit_condition_authorized(struct suit_process *proc, u32 index,
					  struct suit_slice id)
{
	const struct suit_platform *platform = &proc->platform;
	struct suit_slice value =
		suit_parameter_get(proc, index, SUIT_PARAM_UPDATE_PRIORITY);
	struct suit_cursor cur;

	if (!value.ptr)
		return SUIT_ERR_PARAMETER_MISSING;
	suit_cursor_init(&cur, value);
	return platform->ops->authorize(platform->ctx, id,
					suit_cbor_int(&cur));
}

/* A dependency that was checked says itself which version it is (3.1). */
static enum suit_error version_of(struct suit_process *proc, u32 index,
				  struct suit_slice id,
				  struct suit_version *out)
{
	const struct suit_node *child;

	if (!suit_manifest_depends(proc->m, index, NULL))
		return proc->platform.ops->version(proc->platform.ctx, id, out);
	child = suit_dependency_find(proc, index);
	if (!child || !child->manifest.set_version.ptr)
		return SUIT_ERR_VERSION;
	return suit_version_decode(child->manifest.set_version, out);
}

enum suit_error suit_condition_version(struct suit_process *proc, u32 index,
				       struct suit_slice id)
{
	struct suit_version *have = &proc->measured.version;
	struct suit_slice match =
		suit_parameter_bytes(proc, index, SUIT_PARAM_VERSION);
	enum suit_error error;

	if (!match.ptr)
		return SUIT_ERR_PARAMETER_MISSING;
	error = version_of(proc, index, id, have);
	if (error != SUIT_OK)
		return error;
	proc->measured.labels |= 1U << SUIT_PARAM_VERSION;
	return suit_version_matches(have, match) ? SUIT_OK : SUIT_ERR_VERSION;
}

// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The kernel's verdict. */
#include "command.h"
#include "frame.h"

static enum suit_error run_section(struct suit_process *proc,
				   enum suit_section section)
{
	struct suit_slice bytes = proc->m->section[section];
	enum suit_error error;

	if (!bytes.ptr)
		return SUIT_OK;
	error = suit_frame_push(proc, SUIT_FRAME_SECTION, 0, section, 0,
				bytes);
	return error == SUIT_OK ? suit_sequence_run(proc) : error;
}

enum suit_error suit_decide(struct suit_process *proc,
			    const struct suit_manifest *m, u32 index,
			    const struct suit_platform *platform)
{
	enum suit_error error;

	memset(proc, 0, sizeof(*proc));
	if (m->profile != SUIT_PROFILE_KERNEL || m->catalogue)
		return SUIT_ERR_PROFILE;
	if (index >= m->n_components)
		return SUIT_ERR_COMPONENT_INDEX;
	proc->m = m;
	proc->platform = *platform;
	proc->profile = SUIT_PROFILE_KERNEL;
	proc->params = &proc->own;
	proc->only = index;
	error = run_section(proc, SUIT_SECTION_SHARED);
	if (error == SUIT_OK)
		error = run_section(proc, SUIT_SECTION_VALIDATE);
	if (error != SUIT_OK)
		return error;
	return proc->image_matched ? SUIT_OK : SUIT_ERR_NO_IMAGE_MATCH;
}

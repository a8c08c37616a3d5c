// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Records, as programs see them.
 */
#include <string.h>

#include "process_private.h"

static void copy_measured(const struct suit_measured *from,
			  struct sg_process_measured *to)
{
	u32 i;

	to->labels = from->labels;
	if (from->labels >> SUIT_PARAM_IMAGE_DIGEST & 1)
		sg_digest_copy(&from->digest, &to->digest);
	to->size = from->size;
	to->number = from->number;
	if (!(from->labels >> SUIT_PARAM_VERSION & 1))
		return;
	to->n_version = from->version.n;
	for (i = 0; i < from->version.n; i++)
		to->version[i] = from->version.part[i];
}

void sg_process_record_of(const struct suit_record *from,
			  struct sg_process_record *to)
{
	*to = (struct sg_process_record){
		.code = suit_error_name(from->error),
		.reason = suit_error_reason(from->error),
		.command = from->command, .policy = from->policy,
		.sysinfo = from->sysinfo, .depth = from->depth,
		.section = from->section, .in_shared = from->in_shared,
		.offset = from->offset, .index = from->component,
		.id = { (uint8_t *)from->id.ptr, from->id.len },
	};
	memcpy(to->path, from->path, sizeof(to->path));
	if (from->measured && from->measured->labels)
		copy_measured(from->measured, &to->measured);
}

void sg_process_get_record(const struct sg_process *p,
			   struct sg_process_record *out)
{
	struct suit_record record;

	enum suit_error error = p->failure;

	if (p->core.result != SUIT_OK || error == SUIT_OK) {
		if (suit_procedure_where(&p->core, &record)) {
			sg_process_record_of(&record, out);
			return;
		}
		error = p->core.result;
	}
	*out = (struct sg_process_record){
		.code = suit_error_name(error),
		.reason = suit_error_reason(error),
	};
}

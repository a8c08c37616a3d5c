// SPDX-License-Identifier: LGPL-2.1-or-later
#include "stage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void sg_stage_half(const struct sg_gate_digest *manifest,
		   char out[SG_STAGE_HALF + 1])
{
	sg_gate_hex(manifest->value, SG_STAGE_HALF / 2, out);
}

void sg_stage_name(const char *half, struct suit_slice id, const char *ending,
		   char out[SG_STAGE_NAME])
{
	char component[SG_STAGE_HALF + 1];

	sg_stage_digest(&id, 1, component);
	snprintf(out, SG_STAGE_NAME, "%s-%s.%s", half, component, ending);
}

void sg_stage_init(struct sg_stage *stage,
		   const struct sg_gate_digest *manifest)
{
	*stage = (struct sg_stage){ .n = 0 };
	sg_stage_half(manifest, stage->manifest);
}

void sg_stage_free(struct sg_stage *stage)
{
	while (stage->n)
		free(stage->candidate[--stage->n]);
	free(stage->candidate);
	stage->candidate = NULL;
}

struct sg_candidate *sg_stage_find(const struct sg_stage *stage,
				   struct suit_slice id)
{
	size_t i;

	for (i = 0; i < stage->n; i++)
		if (stage->candidate[i]->id_len == id.len &&
		    !memcmp(stage->candidate[i]->id, id.ptr, id.len))
			return stage->candidate[i];
	return NULL;
}

static struct sg_candidate *append(struct sg_stage *stage)
{
	struct sg_candidate **more;

	more = reallocarray(stage->candidate, stage->n + 1, sizeof(*more));
	if (!more)
		return NULL;
	stage->candidate = more;
	more[stage->n] = malloc(sizeof(**more));
	if (!more[stage->n])
		return NULL;
	return more[stage->n++];
}

enum suit_error sg_stage_put(struct sg_stage *stage,
			     const struct sg_candidate *candidate)
{
	struct suit_slice id = { candidate->id, candidate->id_len };
	struct sg_candidate *to = sg_stage_find(stage, id);

	if (!to)
		to = append(stage);
	if (!to)
		return SUIT_ERR_MEMORY;
	*to = *candidate;
	return SUIT_OK;
}

void sg_stage_drop(struct sg_stage *stage, struct suit_slice id)
{
	struct sg_candidate *gone = sg_stage_find(stage, id);
	size_t i;

	for (i = 0; gone && i < stage->n; i++) {
		if (stage->candidate[i] != gone)
			continue;
		stage->candidate[i] = stage->candidate[--stage->n];
		free(gone);
		return;
	}
}

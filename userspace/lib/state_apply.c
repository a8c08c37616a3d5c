// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Give a gate a whole state, and take its floors out of it.
 */
#include <string.h>

#include "suitgate/state.h"

static int apply_item(struct sg_gate *gate, const struct sg_state_item *item,
		      struct sg_error *err)
{
	struct sg_gate_manifest manifest;

	switch (item->kind) {
	case SG_STATE_TRUST:
		return sg_gate_trust(gate, &item->bytes, err);
	case SG_STATE_IDENTITY:
		return sg_gate_add_identity(gate, item->identity, item->value,
					    err);
	case SG_STATE_FLOOR:
		return sg_gate_set_floor(gate, item->floor, err);
	case SG_STATE_MANIFEST:
		return sg_gate_load(gate, &item->bytes, &manifest, err);
	case SG_STATE_MODE:
		return sg_gate_set_mode(gate, item->mode, err);
	default:
		return sg_fail(err, "item of unknown kind %u", item->kind);
	}
}

int sg_state_apply(struct sg_gate *gate, const struct sg_state *state,
		   void (*refused)(const struct sg_state_item *item,
				   const struct sg_error *why, void *context),
		   void *context, struct sg_state_result *result,
		   struct sg_error *err)
{
	struct sg_gate_info info;
	struct sg_error why;
	size_t i;

	memset(result, 0, sizeof(*result));
	if (sg_gate_get_info(gate, &info, err) < 0)
		return -1;
	for (i = 0; i < state->n; i++) {
		const struct sg_state_item *item = &state->item[i];

		if (info.sealed && item->kind != SG_STATE_MANIFEST) {
			result->skipped++;
			continue;
		}
		memset(&why, 0, sizeof(why));
		if (apply_item(gate, item, &why) == 0) {
			result->applied[item->kind]++;
			continue;
		}
		if (refused)
			refused(item, &why, context);
		if (!result->refused++)
			*err = why;
	}
	return result->refused ? -1 : 0;
}

int sg_state_floors(struct sg_gate *gate, struct sg_state *state,
		    struct sg_error *err)
{
	struct sg_state_item *item;
	struct sg_gate_floor floor;
	uint32_t index;
	int r;

	for (index = 0; index < SG_STATE_MAX_ITEMS; index++) {
		r = sg_gate_get_floor(gate, index, &floor, err);
		if (r <= 0)
			return r;
		item = sg_state_append(state, SG_STATE_FLOOR, NULL, err);
		if (!item)
			return -1;
		*item->floor = floor;
	}
	return sg_fail(err, "the gate has more than %d floors",
		       SG_STATE_MAX_ITEMS);
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Floors from several places: of each the highest.
 */
#include <string.h>

#include "suitgate/state.h"

static bool same_floor(const struct sg_gate_floor *a,
		       const struct sg_gate_floor *b)
{
	return !strcmp(a->authority, b->authority) && a->id_len == b->id_len &&
	       !memcmp(a->id, b->id, a->id_len);
}

static struct sg_gate_floor *find(const struct sg_state *state,
				  const struct sg_gate_floor *floor)
{
	size_t i;

	for (i = 0; i < state->n; i++)
		if (state->item[i].kind == SG_STATE_FLOOR &&
		    same_floor(state->item[i].floor, floor))
			return state->item[i].floor;
	return NULL;
}

static int raise_floor(struct sg_state *to, const struct sg_state_item *from,
		       struct sg_error *err)
{
	struct sg_gate_floor *floor = find(to, from->floor);
	struct sg_state_item *item;

	if (!floor) {
		item = sg_state_append(to, SG_STATE_FLOOR, from->origin, err);
		if (!item)
			return -1;
		floor = item->floor;
		*floor = *from->floor;
	} else if (from->floor->sequence_number > floor->sequence_number) {
		*floor = *from->floor;
	}
	return 0;
}

int sg_state_raise_floors(struct sg_state *to, const struct sg_state *from,
			  struct sg_error *err)
{
	size_t i;

	for (i = 0; i < from->n; i++)
		if (from->item[i].kind == SG_STATE_FLOOR &&
		    raise_floor(to, &from->item[i], err) < 0)
			return -1;
	return 0;
}

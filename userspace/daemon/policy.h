/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * May this manifest take the place of what is installed? Older ones may not,
 * and of other authorities only a vendor over a baseline.
 */
#ifndef DAEMON_POLICY_H
#define DAEMON_POLICY_H

#include "store.h"

/* What @component of @facts would become. */
void policy_describe(const struct sg_update_facts *facts,
		     const struct sg_update_component *component,
		     struct store_component *out);
/* A manifest, by what it says of itself. 0, or -1 with a refusal. */
int policy_check(struct store *store, const struct sg_update_facts *facts,
		 struct sg_error *err);
/* Say in @err, a refusal for @floor's sake, which number is needed. */
void policy_name_floor(const struct sg_gate_floor *floor,
		       struct sg_error *err);

#endif /* DAEMON_POLICY_H */

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * May this manifest take the place of what is installed? Older ones may not,
 * and of other authorities only a vendor over a baseline.
 */
#ifndef DAEMON_POLICY_H
#define DAEMON_POLICY_H

#include "procedure.h"

/* Manifests and components, as a step found them. 0, or -1 with a refusal. */
int policy_check(struct store *store, const struct procedure_result *result,
		 struct sg_error *err);

#endif /* DAEMON_POLICY_H */

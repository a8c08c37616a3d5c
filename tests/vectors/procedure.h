/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A procedure of an accepted manifest on a device, and what the core lacks to
 * run it.
 */
#ifndef VECTORS_PROCEDURE_H
#define VECTORS_PROCEDURE_H

#include "check.h"
#include "device.h"

/*
 * What @procedure ("update", "invoke", "validate") of this manifest has that
 * the core cannot do, by its own table of commands; NULL: nothing.
 */
const char *procedure_lacks(const struct suit_manifest *m,
			    const char *procedure);

enum suit_error procedure_run(const struct suit_manifest *m,
			      const char *procedure, struct device *device);

#endif /* VECTORS_PROCEDURE_H */

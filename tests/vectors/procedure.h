/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A procedure of an envelope on a device.
 */
#ifndef VECTORS_PROCEDURE_H
#define VECTORS_PROCEDURE_H

#include "device.h"
#include "key.h"

/* @procedure: "update", "invoke" or "validate". */
enum suit_error procedure_run(struct suit_slice envelope,
			      const char *procedure, struct keyring *ring,
			      struct device *device);

#endif /* VECTORS_PROCEDURE_H */

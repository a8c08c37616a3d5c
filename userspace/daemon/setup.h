/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The device as the library sees it: configuration, identity, trust, floors.
 */
#ifndef DAEMON_SETUP_H
#define DAEMON_SETUP_H

#include "daemon.h"

/**
 * struct setup - all that a procedure has to know of this machine
 * @device: points into the rest
 * @trust: @n_trust: paths of bundles, oldest first
 * @state: what was collected
 * @floors: likewise, of the database
 */
struct setup {
	struct sg_device device;
	const char **trust;
	size_t n_trust;
	struct sg_state state;
	struct sg_state floors;
	struct sg_device_identity *identity;
	struct sg_gate_floor *floor;
	const char *search[1];
	char *folder[4];
};

/* As it is now. 0 or -1; then there is nothing to free. */
int setup_make(struct daemon *daemon, struct setup *out, struct sg_error *err);
void setup_free(struct setup *setup);

#endif /* DAEMON_SETUP_H */

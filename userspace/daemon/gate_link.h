/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The gate, when there is one. Without a gate nothing is done, and that is
 * well; with a gate that cannot be used everything fails.
 */
#ifndef DAEMON_GATE_LINK_H
#define DAEMON_GATE_LINK_H

#include "suitgate.h"

/* 0 or -1, as below. */
int gate_link_load(const struct sg_buf *envelope, struct sg_error *err);
int gate_link_confirm(const struct sg_gate_digest *digest, bool jump,
		      struct sg_error *err);
/* By digest in hex. A sealed gate keeps it, which does no harm. */
void gate_link_unload(const char *digest);

#endif /* DAEMON_GATE_LINK_H */

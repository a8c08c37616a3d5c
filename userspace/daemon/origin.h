/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where a server may send us.
 */
#ifndef DAEMON_ORIGIN_H
#define DAEMON_ORIGIN_H

#include "config.h"

/* From one URL to the other: same origin or a listed host, never out of TLS. */
bool origin_may_move(const struct config *config, const char *from,
		     const char *to);

#endif /* DAEMON_ORIGIN_H */

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where transfers may go, in their process: curl_lib is loaded.
 */
#ifndef DAEMON_ORIGIN_H
#define DAEMON_ORIGIN_H

#include "config.h"

enum { ORIGIN_MAX_URL = 2048 };

/* @url as seen from @base, if it is allowed. NULL, or what is wrong. */
const char *origin_resolve(const struct config *config, const char *base,
			   const char *url, char out[ORIGIN_MAX_URL]);

/* From one URL to the other: same origin or a listed host, never out of TLS. */
bool origin_may_move(const struct config *config, const char *from,
		     const char *to);

#endif /* DAEMON_ORIGIN_H */

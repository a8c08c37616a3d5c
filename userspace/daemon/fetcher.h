/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The network of a procedure: each transfer is a process of its own, without
 * privileges, at the other end of a pipe.
 */
#ifndef DAEMON_FETCHER_H
#define DAEMON_FETCHER_H

#include "config.h"

/**
 * struct fetcher - whose transfers
 * @config: limits
 * @base: URL that relative ones are seen from, or NULL
 * @changed: something became another thing while it was fetched
 */
struct fetcher {
	const struct config *config;
	const char *base;
	bool changed;
};

/* @out is good as long as @fetcher is. */
void fetcher_plug(struct fetcher *fetcher, struct sg_fetcher *out);

#endif /* DAEMON_FETCHER_H */

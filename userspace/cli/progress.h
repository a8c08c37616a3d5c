/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A bar for what takes longer than a second, on a terminal only.
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * struct progress - a bar
 * @what: what takes so long
 * @next: CLOCK_MONOTONIC ms: not drawn before
 * @terminal: standard error is one
 * @drawn: it is on the screen
 */
struct progress {
	const char *what;
	uint64_t next;
	bool terminal;
	bool drawn;
};

void progress_begin(struct progress *progress, const char *what);
void progress_update(struct progress *progress, size_t done, size_t total);
/* Take it off the screen; it comes back with the next update. */
void progress_clear(struct progress *progress);

#endif /* CLI_PROGRESS_H */

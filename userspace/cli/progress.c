// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A bar for what takes longer than a second, on a terminal only.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "progress.h"

enum { FIRST_MS = 1000, STEP_MS = 100, WIDTH = 32 };

static uint64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

void progress_begin(struct progress *progress, const char *what)
{
	*progress = (struct progress){
		.what = what,
		.next = now_ms() + FIRST_MS,
		.terminal = isatty(STDERR_FILENO),
	};
}

void progress_update(struct progress *progress, size_t done, size_t total)
{
	char bar[WIDTH + 1];
	size_t full;

	if (!progress->terminal || !total || now_ms() < progress->next)
		return;
	full = done < total ? (size_t)((double)done / (double)total * WIDTH) :
			      WIDTH;
	memset(bar, '.', WIDTH);
	memset(bar, '#', full);
	bar[WIDTH] = '\0';
	fprintf(stderr, "\r%s [%s] %zu/%zu\033[K", progress->what, bar, done,
		total);
	progress->drawn = true;
	progress->next = now_ms() + STEP_MS;
}

void progress_clear(struct progress *progress)
{
	if (progress->drawn)
		fputs("\r\033[K", stderr);
	progress->drawn = false;
}

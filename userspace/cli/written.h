/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An envelope that a command made: write it, and tell.
 */
#ifndef CLI_WRITTEN_H
#define CLI_WRITTEN_H

#include <stdio.h>
#include <systemd/sd-json.h>

#include "suitgate.h"

/**
 * struct written - an envelope and where it goes
 * @path: the file; "-" is standard output
 * @envelope: the bytes
 */
struct written {
	const char *path;
	struct sg_buf envelope;
};

/* How it ended: @r of making and putting it, told as text or JSON. Exit code. */
int written_end(struct written *w, int r, bool json,
		const struct sg_error *err);
/* Write it. 0 or -1. */
int written_put(const struct written *w, struct sg_error *err);
/* Where facts about it go: not between the bytes. */
FILE *written_out(const struct written *w);
/* Say where it is and what it is called; and warn when nobody signed. */
void written_text(const struct written *w);
void written_warn(const struct written *w);
/* The same as an object; NULL when memory ran out. */
sd_json_variant *written_json(const struct written *w);

#endif /* CLI_WRITTEN_H */

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What commands print: text that does a terminal no harm, and JSON.
 */
#ifndef CLI_OUT_H
#define CLI_OUT_H

#include <stdio.h>
#include <systemd/sd-json.h>

#include "suitgate.h"

/* Room for a digest in hex. */
enum { OUT_HEX = 2 * SG_GATE_MAX_DIGEST + 1 };

/*
 * Print @text, which may come from anybody: what is no printable UTF-8
 * character, or turns the direction of writing, comes as \xNN.
 */
void out_text(FILE *file, const char *text);
/* Likewise as a JSON string; NULL when memory ran out. */
sd_json_variant *out_text_json(const char *text);
/* "sha-256:..." */
void out_digest(const struct sg_gate_digest *digest, char out[OUT_HEX + 8]);
/* Print and drop @v: pretty on a terminal, one line otherwise. Exit code. */
int out_json(sd_json_variant *v);
/* Add @element to @array and drop it. 0 or -1 when memory ran out. */
int out_append(sd_json_variant **array, sd_json_variant *element);

#endif /* CLI_OUT_H */

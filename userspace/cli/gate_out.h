/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How the commands about the gate print what it says.
 */
#ifndef CLI_GATE_OUT_H
#define CLI_GATE_OUT_H

#include <stdbool.h>
#include <stdint.h>
#include <systemd/sd-json.h>

#include "suitgate.h"

/* Room for a point in time, an age, a digest in hex. */
enum { OUT_TIME = 32, OUT_AGE = 32, OUT_HEX = 2 * SG_GATE_MAX_DIGEST + 1 };

/* CLOCK_BOOTTIME as local wall-clock time, "2026-11-24 03:50:12". */
void out_time(uint64_t boottime, char out[OUT_TIME]);
/* How long ago that was: "12 min". */
void out_age(uint64_t boottime, char out[OUT_AGE]);
/* Microseconds since the epoch, for JSON. */
uint64_t out_realtime_us(uint64_t boottime);
/* "sha-256:..." */
void out_digest(const struct sg_gate_digest *digest, char out[OUT_HEX + 8]);
/* One line for a decision. */
void out_record(const struct sg_gate_record *record);
/* An object for a decision, a floor; NULL when memory ran out. */
sd_json_variant *out_record_json(const struct sg_gate_record *record);
sd_json_variant *out_floor_json(const struct sg_gate_floor *floor);
/* Print and drop @v: pretty on a terminal, one line otherwise. Exit code. */
int out_json(sd_json_variant *v);
/* Add @element to @array and drop it. 0 or -1 when memory ran out. */
int out_append(sd_json_variant **array, sd_json_variant *element);
/*
 * Print a page of the gate's securityfs folder, each line after @indent;
 * false when it is empty or cannot be read.
 */
bool out_securityfs(const char *name, const char *indent);

#endif /* CLI_GATE_OUT_H */

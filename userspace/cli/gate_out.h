/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How the commands about the gate print what it says.
 */
#ifndef CLI_GATE_OUT_H
#define CLI_GATE_OUT_H

#include "out.h"

/* Room for a point in time, an age. */
enum { OUT_TIME = 32, OUT_AGE = 32 };

/* CLOCK_BOOTTIME as local wall-clock time, "2026-11-24 03:50:12". */
void out_time(uint64_t boottime, char out[OUT_TIME]);
/* How long ago that was: "12 min". */
void out_age(uint64_t boottime, char out[OUT_AGE]);
/* Microseconds since the epoch, for JSON. */
uint64_t out_realtime_us(uint64_t boottime);
/* One line for a decision. */
void out_record(const struct sg_gate_record *record);
/* An object for a decision, a floor; NULL when memory ran out. */
sd_json_variant *out_record_json(const struct sg_gate_record *record);
sd_json_variant *out_floor_json(const struct sg_gate_floor *floor);
/*
 * Print a page of the gate's securityfs folder, each line after @indent;
 * false when it is empty or cannot be read.
 */
bool out_securityfs(const char *name, const char *indent);

#endif /* CLI_GATE_OUT_H */

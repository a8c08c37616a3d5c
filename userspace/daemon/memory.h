/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The daemon waits most of its life, on a machine that needs its memory for
 * something else.
 */
#ifndef DAEMON_MEMORY_H
#define DAEMON_MEMORY_H

#include <suitgate.h>
#include <systemd/sd-event.h>

/* Give back what is not used: free heap, and the pages of code. */
void memory_trim(void);

/* Do that whenever nothing has happened for a while. 0 or -1. */
int memory_start(sd_event *event, struct sg_error *err);

#endif /* DAEMON_MEMORY_H */

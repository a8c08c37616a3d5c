/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Mode and seal of the gate, for those who subscribed. The gate tells of its
 * decisions and not of these: they are looked at while somebody wants to know.
 */
#ifndef DAEMON_GATE_STATE_H
#define DAEMON_GATE_STATE_H

#include "daemon.h"

/* There is a subscriber. Looks until there is none. */
int gate_state_follow(struct daemon *daemon);
void gate_state_stop(struct daemon *daemon);

#endif /* DAEMON_GATE_STATE_H */

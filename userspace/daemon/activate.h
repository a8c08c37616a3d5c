/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A driver gets to ask for its firmware again; does it run? All this blocks,
 * for use in a task.
 */
#ifndef DAEMON_ACTIVATE_H
#define DAEMON_ACTIVATE_H

#include "config.h"

enum { ACTIVATE_MAX = 64 };

/* Components that become active together. */
struct activate_list {
	struct config_component use[ACTIVATE_MAX];
	size_t n;
};

/* Does anything have to be done in this boot? */
bool activate_needed(const struct activate_list *list);
/* run() of a task: @list a struct activate_list. 0 when all was done. */
int activate_run(void *list);
/* Likewise: their health commands. 0 when all say 0. */
int activate_commands(void *list);
/* Has the device a driver? Does not block. */
bool activate_bound(const struct config_component *use);

#endif /* DAEMON_ACTIVATE_H */

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What suitgated says, for people.
 */
#ifndef CLI_DAEMON_OUT_H
#define CLI_DAEMON_OUT_H

#include <stdbool.h>

/* Ask for and print what is installed. Exit code, as below. */
int daemon_out_components(const char *socket, bool json);
/* suitctl status --daemon: what the daemon does, and what is installed. */
int daemon_out_status(const char *socket, bool json);

#endif /* CLI_DAEMON_OUT_H */

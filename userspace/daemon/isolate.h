/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A process that meets what comes from the network.
 */
#ifndef DAEMON_ISOLATE_H
#define DAEMON_ISOLATE_H

/*
 * Give up every privilege, and every file but the standard ones and *@fd, which
 * gets another number. 0, or -1 with errno.
 */
int isolate(int *fd);

#endif /* DAEMON_ISOLATE_H */

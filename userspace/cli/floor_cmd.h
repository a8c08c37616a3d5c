/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLI_FLOOR_CMD_H
#define CLI_FLOOR_CMD_H

/* cmd_floor.c: the help of all verbs. */
int floor_help(void);
/* floor_anchor.c: suitctl floor anchor, reset-anchor. @argv[0] is the verb. */
int floor_anchor(int argc, char **argv);

#endif /* CLI_FLOOR_CMD_H */

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The verbs of suitctl trust. @argv[0] is the verb; each returns an exit code.
 */
#ifndef CLI_TRUST_CMD_H
#define CLI_TRUST_CMD_H

#include "suitgate.h"

#define TRUST_UPDATE_DIR SG_STATE_DIR "/trust.d"

int trust_write(int argc, char **argv);
int trust_update(int argc, char **argv);
int trust_list(int argc, char **argv);
/* Print the help of suitctl trust: exit code 0. */
int trust_help(void);

#endif /* CLI_TRUST_CMD_H */

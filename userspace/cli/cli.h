/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * suitctl: what main.c and the commands share.
 */
#ifndef CLI_H
#define CLI_H

#include "suitgate.h"

/* Exit codes of suitctl. */
enum {
	CLI_OK = 0,
	CLI_REFUSED = 1,	/* what was checked is refused */
	CLI_WRONG = 2,		/* wrong use, or trouble on this machine */
};

/* An envelope with payloads inside; the verifier has its own, equal bound. */
enum { CLI_MAX_ENVELOPE = 64 << 20 };

/* Print why, and what to do about a refusal. Its exit code. */
int cli_error(const struct sg_error *err);
/* Print a command's help: CLI_OK. */
int cli_help(const char *text);
/* Point to the help of @command, "suitctl NAME": CLI_WRONG. */
int cli_usage(const char *command);
/* Say what is wrong first, one line without a full stop: CLI_WRONG. */
int cli_misuse(const char *command, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* A decimal number from 0 to @max. 0, or -1 with @err filled. */
int cli_number(const char *text, uint64_t max, uint64_t *out,
	       struct sg_error *err);

/* Commands: @argv[0] is "suitctl NAME". Each returns an exit code. */
int cmd_bless(int argc, char **argv);
int cmd_check(int argc, char **argv);
int cmd_confirm(int argc, char **argv);
int cmd_create(int argc, char **argv);
int cmd_doctor(int argc, char **argv);
int cmd_events(int argc, char **argv);
int cmd_floor(int argc, char **argv);
int cmd_install(int argc, char **argv);
int cmd_keygen(int argc, char **argv);
int cmd_load(int argc, char **argv);
int cmd_merge(int argc, char **argv);
int cmd_mode(int argc, char **argv);
int cmd_report(int argc, char **argv);
int cmd_reports(int argc, char **argv);
int cmd_retry(int argc, char **argv);
int cmd_seal(int argc, char **argv);
int cmd_sever(int argc, char **argv);
int cmd_show(int argc, char **argv);
int cmd_sign(int argc, char **argv);
int cmd_status(int argc, char **argv);
int cmd_trust(int argc, char **argv);
int cmd_unload(int argc, char **argv);
int cmd_verify(int argc, char **argv);
int cmd_watch(int argc, char **argv);

#endif /* CLI_H */

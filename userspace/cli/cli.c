// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What every command says when something is wrong.
 */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli.h"
#include "out.h"

int cli_error(const struct sg_error *err)
{
	const char *meaning, *action;

	fputs("suitctl: ", stderr);
	out_text(stderr, err->message);
	fputc('\n', stderr);
	if (err->code && sg_advice(err->code, &meaning, &action) == 0)
		fprintf(stderr, "  what to do: %s\n", action);
	return err->refused ? CLI_REFUSED : CLI_WRONG;
}

int cli_help(const char *text)
{
	fputs(text, stdout);
	return CLI_OK;
}

int cli_usage(const char *command)
{
	fprintf(stderr, "Try: %s --help\n", command);
	return CLI_WRONG;
}

int cli_misuse(const char *command, const char *fmt, ...)
{
	char message[512];
	va_list args;

	va_start(args, fmt);
	vsnprintf(message, sizeof(message), fmt, args);
	va_end(args);
	fprintf(stderr, "%s: ", command);
	out_text(stderr, message);
	fputc('\n', stderr);
	return cli_usage(command);
}

int cli_number(const char *text, uint64_t max, uint64_t *out,
	       struct sg_error *err)
{
	char *end;

	errno = 0;
	*out = strtoull(text, &end, 10);
	if (errno || *end || !isdigit((unsigned char)text[0]) || *out > max)
		return sg_fail(err, "\"%s\" is not a number from 0 to %" PRIu64,
			       text, max);
	return 0;
}

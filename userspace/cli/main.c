// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * suitctl: sign firmware, and control the gate that lets only signed firmware
 * through.
 */
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "out.h"

struct command {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *what;
};

static const struct command author[] = {
	{ "keygen", cmd_keygen, "make a key pair" },
	{ "create", cmd_create, "describe a firmware file, and sign that" },
	{ "sign", cmd_sign, "add a signature to a manifest" },
	{ "merge", cmd_merge, "put dependencies and payloads into an envelope" },
	{ "sever", cmd_sever, "take severed members out of an envelope" },
	{ "bless", cmd_bless, "sign all firmware in a folder or a package" },
	{ "cab", cmd_cab, "make an archive of it that fwupd installs" },
	{ "show", cmd_show, "print everything in a manifest" },
	{ "verify", cmd_verify, "would the kernel believe it, and why not?" },
};

static const struct command operator[] = {
	{ "trust", cmd_trust, "whom the gate believes, and about what" },
	{ "load", cmd_load, "give the gate manifests, or all it needs" },
	{ "unload", cmd_unload, "let the gate forget a manifest" },
	{ "mode", cmd_mode, "show or change how strict the gate is" },
	{ "seal", cmd_seal, "enforce, and keep it so until reboot" },
	{ "status", cmd_status, "what the gate does, and what to do next" },
	{ "floor", cmd_floor, "the oldest releases that are accepted" },
	{ "events", cmd_events, "what was delivered and what was refused" },
	{ "doctor", cmd_doctor, "what is wrong, why, and what to do" },
	{ "report", cmd_report, "what a device says of a manifest it processed" },
	{ "retry", cmd_retry, "let a driver ask for its firmware again" },
};

static const struct command updates[] = {
	{ "install", cmd_install, "install a release, on trial first" },
	{ "confirm", cmd_confirm, "what is on trial works, or does not" },
	{ "check", cmd_check, "look for new releases now" },
	{ "reports", cmd_reports, "what was installed, and what refused" },
	{ "watch", cmd_watch, "what is installed, and every change" },
};

enum {
	N_AUTHOR = sizeof(author) / sizeof(author[0]),
	N_OPERATOR = sizeof(operator) / sizeof(operator[0]),
	N_UPDATES = sizeof(updates) / sizeof(updates[0]),
	N_COMMANDS = N_AUTHOR + N_OPERATOR + N_UPDATES,
	MAX_NAME = 16,		/* longer words resemble no command */
};

static const struct command *command(size_t i)
{
	if (i < N_AUTHOR)
		return &author[i];
	i -= N_AUTHOR;
	return i < N_OPERATOR ? &operator[i] : &updates[i - N_OPERATOR];
}

static void list(FILE *out, const char *title, const struct command *first,
		 size_t n)
{
	fprintf(out, "\n%s\n", title);
	for (; n; first++, n--)
		fprintf(out, "  %-8s %s\n", first->name, first->what);
}

static void print_help(FILE *out)
{
	fputs("Usage: suitctl COMMAND [OPTION...] [ARGUMENT...]\n"
	      "       suitctl COMMAND --help\n"
	      "       suitctl --version\n", out);
	list(out, "For the author of firmware:", author, N_AUTHOR);
	list(out, "For the operator of a gateway, as root:", operator,
	     N_OPERATOR);
	list(out, "For the operator of a gateway, through suitgated:", updates,
	     N_UPDATES);
	fputs("\nExit code 0: done, good. 1: refused. 2: wrong use, or trouble "
	      "on this machine.\n\n"
	      "Examples:\n"
	      "  suitctl create --help\n"
	      "  suitctl doctor\n", out);
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* How many letters to change, add or take away to make @b of @a. */
static size_t distance(const char *a, const char *b)
{
	size_t row[MAX_NAME + 1], i, j, corner, above;
	size_t len = strlen(b);

	for (j = 0; j <= len; j++)
		row[j] = j;
	for (i = 0; a[i]; i++) {
		corner = row[0];
		row[0] = i + 1;
		for (j = 0; j < len; j++) {
			above = row[j + 1];
			row[j + 1] = least(corner + (a[i] != b[j]),
					   least(above, row[j]) + 1);
			corner = above;
		}
	}
	return row[len];
}

static int unknown(const char *name)
{
	size_t len = strlen(name), i, d, best = 3;	/* mistakes, too many */
	const char *found = NULL;

	for (i = 0; i < N_COMMANDS && len <= MAX_NAME; i++) {
		d = distance(name, command(i)->name);
		if (len && !strncmp(name, command(i)->name, len))
			d = 0;
		if (d < best && d < len) {
			best = d;
			found = command(i)->name;
		}
	}
	fputs("suitctl: there is no command \"", stderr);
	out_text(stderr, name);
	fputs("\"", stderr);
	if (found)
		fprintf(stderr, ": did you mean %s?", found);
	fputs("\nTry: suitctl --help\n", stderr);
	return CLI_WRONG;
}

/* getopt() begins its messages with argv[0]. */
static int call(const struct command *which, int argc, char **argv)
{
	char name[sizeof("suitctl ") + MAX_NAME];

	snprintf(name, sizeof(name), "suitctl %s", which->name);
	/* cppcheck-suppress autoVariables; nobody looks at it afterwards */
	argv[0] = name;
	return which->run(argc, argv);
}

static int run(int argc, char **argv)
{
	size_t i;

	if (argc < 2) {
		print_help(stderr);
		return CLI_WRONG;
	}
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h")) {
		print_help(stdout);
		return CLI_OK;
	}
	if (!strcmp(argv[1], "--version")) {
		puts("suitctl " SUITGATE_VERSION);
		return CLI_OK;
	}
	for (i = 0; i < N_COMMANDS; i++)
		if (!strcmp(command(i)->name, argv[1]))
			return call(command(i), argc - 1, argv + 1);
	return unknown(argv[1]);
}

int main(int argc, char **argv)
{
	int ret = run(argc, argv);

	if (fflush(stdout) == 0 && !ferror(stdout))
		return ret;
	fprintf(stderr, "suitctl: cannot write to standard output: %m\n");
	return CLI_WRONG;
}

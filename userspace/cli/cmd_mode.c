// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * suitctl mode: show or change how strict the gate is.
 */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "gate_out.h"

static const char help[] =
	"Usage: suitctl mode [setup|audit|enforce]\n"
	"\n"
	"Without a word: print the mode. With one: change it; until the seal.\n"
	"\n"
	"  setup    nothing is refused, everything is recorded\n"
	"  audit    decide and record, do not refuse\n"
	"  enforce  refuse\n"
	"\n"
	"For every boot: echo MODE > /etc/suitgate/mode (there also: sealed).\n"
	"\n"
	"Examples:\n"
	"  suitctl mode audit\n"
	"  suitctl mode\n";

static int run(struct sg_gate *gate, const char *name)
{
	struct sg_gate_info info;
	struct sg_error err;

	if (name && sg_gate_set_mode(gate, sg_gate_mode_parse(name), &err) < 0)
		return cli_error(&err);
	if (sg_gate_get_info(gate, &info, &err) < 0)
		return cli_error(&err);
	if (info.sealed)
		puts("sealed");
	else if (sg_gate_mode_name(info.mode))
		puts(sg_gate_mode_name(info.mode));
	return 0;
}

int cmd_mode(int argc, char **argv)
{
	static const struct option options[] = {
		{ "help", no_argument, NULL, 'h' },
		{ 0 }
	};
	const char *name = NULL;
	struct sg_gate *gate;
	struct sg_error err;
	int c, ret;

	while ((c = getopt_long(argc, argv, "h", options, NULL)) >= 0)
		return c == 'h' ? cli_help(help) : cli_usage(argv[0]);
	if (optind < argc)
		name = argv[optind++];
	if (optind < argc)
		return cli_usage(argv[0]);
	if (name && (!sg_gate_mode_parse(name) || !strcmp(name, "sealed"))) {
		fprintf(stderr, "suitctl mode: \"%s\" is not setup, audit or enforce%s\n",
			name, strcmp(name, "sealed") ? "" :
			": use suitctl seal");
		return 2;
	}
	if (sg_gate_open(&gate, &err) < 0)
		return cli_error(&err);
	ret = run(gate, name);
	sg_gate_close(gate);
	return ret;
}

// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * suitctl unload: let the gate forget a manifest.
 */
#include <getopt.h>
#include <stdio.h>

#include "cli.h"
#include "manifest_arg.h"

static const char help[] =
	"Usage: suitctl unload DIGEST|X.suit...\n"
	"\n"
	"Let the gate forget manifests that were loaded; until the seal.\n"
	"\n"
	"Examples:\n"
	"  suitctl unload regulatory.suit\n"
	"  suitctl unload 3f2a...\n";

static int unload(struct sg_gate *gate, const char *arg)
{
	struct sg_gate_digest digest;
	struct sg_error err;

	if (manifest_arg(arg, &digest, &err) < 0 ||
	    sg_gate_unload(gate, &digest, &err) < 0)
		return cli_error(&err);
	printf("%s: unloaded\n", arg);
	return 0;
}

int cmd_unload(int argc, char **argv)
{
	static const struct option options[] = {
		{ "help", no_argument, NULL, 'h' },
		{ 0 }
	};
	struct sg_gate *gate;
	struct sg_error err;
	int c, ret = 0;

	while ((c = getopt_long(argc, argv, "h", options, NULL)) >= 0)
		return c == 'h' ? cli_help(help) : cli_usage(argv[0]);
	if (optind == argc)
		return cli_usage(argv[0]);
	if (sg_gate_open(&gate, &err) < 0)
		return cli_error(&err);
	for (; optind < argc; optind++) {
		int r = unload(gate, argv[optind]);

		ret = r ? r : ret;
	}
	sg_gate_close(gate);
	return ret;
}

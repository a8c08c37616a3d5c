// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * suitctl show: print everything in a manifest.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli.h"
#include "file_arg.h"
#include "out.h"

static const char help[] =
	"Usage: suitctl show X.suit [--json]\n"
	"\n"
	"Print everything in an envelope; - is standard input. Nothing of it is\n"
	"verified: that is for suitctl verify.\n"
	"\n"
	"      --json  as JSON, which suitctl create --from takes\n"
	"\n"
	"Examples:\n"
	"  suitctl show radio.suit\n"
	"  suitctl show --json radio.suit > radio.json\n";

static int print(sd_json_variant *spec)
{
	struct sg_error err;
	int r = sg_spec_print(spec, stdout, &err);

	sd_json_variant_unref(spec);
	return r < 0 ? cli_error(&err) : CLI_OK;
}

static int show(const char *path, bool json)
{
	sd_json_variant *v = NULL;
	struct sg_buf bytes;
	struct sg_error err;
	int r;

	if (file_read(path, CLI_MAX_ENVELOPE, &bytes, &err) < 0)
		return cli_error(&err);
	r = sg_spec_show(&bytes, &v, &err);
	sg_buf_free(&bytes);
	if (r < 0)
		return cli_error(&err);
	return json ? out_json(v) : print(v);
}

int cmd_show(int argc, char **argv)
{
	static const struct option options[] = {
		{ "json", no_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 }
	};
	bool json = false;
	int c;

	while ((c = getopt_long(argc, argv, "h", options, NULL)) >= 0) {
		if (c != 'j')
			return c == 'h' ? cli_help(help) : cli_usage(argv[0]);
		json = true;
	}
	if (optind + 1 != argc)
		return cli_misuse(argv[0], "expected one envelope, X.suit");
	return show(argv[optind], json);
}

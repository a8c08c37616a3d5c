// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * suitctl sever: take severed members out of an envelope.
 */
#include <getopt.h>
#include <stdio.h>

#include "cli.h"
#include "file_arg.h"
#include "written.h"

static const char help[] =
	"Usage: suitctl sever X.suit [MEMBER...] [-o OUT.suit] [--json]\n"
	"\n"
	"Take members out of an envelope that a device does not need any more, or\n"
	"never: the manifest keeps their digests, so its signatures stay good.\n"
	"MEMBER is coswid, dependency-resolution, payload-fetch,\n"
	"candidate-verification, install or text; without one, all that are there.\n"
	"\n"
	"  -o, --output OUT.suit  write there, not to X.suit; - is standard output\n"
	"      --json             print what was written as JSON\n"
	"\n"
	"Examples:\n"
	"  suitctl sever radio.suit text\n"
	"  suitctl sever radio.suit -o small.suit\n";

static int sever(const char *from, const char *const *members,
		 struct written *w, struct sg_error *err)
{
	struct sg_buf bytes;
	int r;

	if (file_check(w->path, err) < 0 ||
	    file_read(from, CLI_MAX_ENVELOPE, &bytes, err) < 0)
		return -1;
	r = sg_envelope_sever(&bytes, members, &w->envelope, err);
	sg_buf_free(&bytes);
	return r < 0 ? -1 : written_put(w, err);
}

static int run(char **argv, const char *output, bool json)
{
	const char *const *members = (const char *const *)argv + 1;
	struct written w = { .path = output ? output : argv[0] };
	struct sg_error err;
	int r = sever(argv[0], *members ? members : NULL, &w, &err);

	return written_end(&w, r, json, &err);
}

int cmd_sever(int argc, char **argv)
{
	static const struct option options[] = {
		{ "output", required_argument, NULL, 'o' },
		{ "json", no_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 }
	};
	const char *output = NULL;
	bool json = false;
	int c;

	while ((c = getopt_long(argc, argv, "o:h", options, NULL)) >= 0) {
		switch (c) {
		case 'o':
			output = optarg;
			break;
		case 'j':
			json = true;
			break;
		case 'h':
			return cli_help(help);
		default:
			return cli_usage(argv[0]);
		}
	}
	if (optind == argc)
		return cli_misuse(argv[0], "expected an envelope, X.suit");
	if (!output && file_is_standard(argv[optind]))
		return cli_misuse(argv[0], "where to? say -o OUT.suit");
	if (json && output && file_is_standard(output))
		return cli_misuse(argv[0], "--json and -o - both want standard output");
	return run(argv + optind, output, json);
}

// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * suitctl sign: add a signature to a manifest.
 */
#include <getopt.h>
#include <stdio.h>

#include "cli.h"
#include "file_arg.h"
#include "written.h"

static const char help[] =
	"Usage: suitctl sign -k KEY.pem X.suit [-o OUT.suit] [--json]\n"
	"\n"
	"Add a signature to an envelope. The ones that are there stay, and are\n"
	"not verified: look with suitctl show at what you sign.\n"
	"\n"
	"  -k, --key KEY.pem      private key\n"
	"  -o, --output OUT.suit  write there, not to X.suit; - is standard output\n"
	"      --json             print what was written as JSON\n"
	"\n"
	"X.suit may be -, standard input; that needs -o.\n"
	"\n"
	"Examples:\n"
	"  suitctl sign -k acme.pem radio.suit\n"
	"  suitctl sign -k second.pem radio.suit -o both.suit\n";

static int sign(const char *from, const char *key, struct written *w,
		struct sg_error *err)
{
	struct sg_buf bytes;
	int r;

	if (file_check(w->path, err) < 0 ||
	    file_read(from, CLI_MAX_ENVELOPE, &bytes, err) < 0)
		return -1;
	r = sg_envelope_sign(&bytes, key, &w->envelope, err);
	sg_buf_free(&bytes);
	return r < 0 ? -1 : written_put(w, err);
}

static int run(const char *from, const char *key, const char *output,
	       bool json)
{
	struct written w = { .path = output ? output : from };
	struct sg_error err;
	int r = sign(from, key, &w, &err);

	return written_end(&w, r, json, &err);
}

int cmd_sign(int argc, char **argv)
{
	static const struct option options[] = {
		{ "key", required_argument, NULL, 'k' },
		{ "output", required_argument, NULL, 'o' },
		{ "json", no_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 }
	};
	const char *key = NULL, *output = NULL;
	bool json = false;
	int c;

	while ((c = getopt_long(argc, argv, "k:o:h", options, NULL)) >= 0) {
		switch (c) {
		case 'k':
			key = optarg;
			break;
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
	if (!key)
		return cli_misuse(argv[0], "with which key? say -k KEY.pem");
	if (optind + 1 != argc)
		return cli_misuse(argv[0], "expected one envelope, X.suit");
	if (!output && file_is_standard(argv[optind]))
		return cli_misuse(argv[0], "where to? say -o OUT.suit");
	if (json && output && file_is_standard(output))
		return cli_misuse(argv[0], "--json and -o - both want standard output");
	return run(argv[optind], key, output, json);
}

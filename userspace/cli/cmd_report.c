// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * suitctl report: what devices say that came of a manifest.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "file_arg.h"
#include "out.h"

static const char help[] =
	"Usage: suitctl report show X.report [--json]\n"
	"       suitctl report verify --key DEVICE.pub... X.report\n"
	"\n"
	"Read a SUIT report, signed or not; - is standard input.\n"
	"\n"
	"  show         print everything in it; nothing is verified\n"
	"  verify       did one of these devices sign it?\n"
	"      --key    public key of a device, COSE_Key or X.509; again for more\n"
	"      --json   as JSON\n"
	"\n"
	"Examples:\n"
	"  suitctl report verify --key gateway-17.pub update.report\n"
	"  suitctl report show --json update.report\n";

enum { MAX_KEYS = 64 };

/* What was asked on the command line. */
struct options {
	const char *key[MAX_KEYS];
	size_t n_keys;
	bool json;
};

static int print(const struct sg_buf *bytes, bool json)
{
	sd_json_variant *v = NULL;
	struct sg_error err;
	int r;

	if (sg_report_show(bytes, &v, &err) < 0)
		return cli_error(&err);
	if (json)
		return out_json(v);
	r = sg_report_print(v, stdout, &err);
	sd_json_variant_unref(v);
	return r < 0 ? cli_error(&err) : CLI_OK;
}

static int verify(const struct sg_buf *bytes, const struct options *options)
{
	struct sg_error err;

	if (sg_report_verify(bytes, options->key, options->n_keys, &err) < 0)
		return cli_error(&err);
	if (options->json)
		return print(bytes, true);
	puts("The signature is good.");
	return CLI_OK;
}

static int run(const char *verb, const char *path,
	       const struct options *options)
{
	struct sg_buf bytes;
	struct sg_error err;
	int ret;

	if (file_read(path, SG_REPORT_MAX, &bytes, &err) < 0)
		return cli_error(&err);
	ret = strcmp(verb, "show") ? verify(&bytes, options) :
				     print(&bytes, options->json);
	sg_buf_free(&bytes);
	return ret;
}

static int parse(int argc, char **argv, struct options *out)
{
	static const struct option options[] = {
		{ "key", required_argument, NULL, 'k' },
		{ "json", no_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 }
	};
	int c;

	while ((c = getopt_long(argc, argv, "k:h", options, NULL)) >= 0) {
		if (c == 'j')
			out->json = true;
		else if (c == 'h')
			return 'h';
		else if (c != 'k')
			return '?';
		else if (out->n_keys == MAX_KEYS)
			return 'k';
		else
			out->key[out->n_keys++] = optarg;
	}
	return 0;
}

int cmd_report(int argc, char **argv)
{
	struct options options = { .json = false };
	int c = parse(argc, argv, &options);
	const char *verb;

	if (c == 'h')
		return cli_help(help);
	if (c == '?')
		return cli_usage(argv[0]);
	if (c == 'k')
		return cli_misuse(argv[0], "more than %d keys", MAX_KEYS);
	if (optind + 2 != argc)
		return cli_misuse(argv[0], "expected show or verify, and one report");
	verb = argv[optind];
	if (strcmp(verb, "show") && strcmp(verb, "verify"))
		return cli_misuse(argv[0], "\"%s\" is neither show nor verify",
				  verb);
	if (!strcmp(verb, "verify") != (options.n_keys > 0))
		return cli_misuse(argv[0], "verify needs --key, show takes none");
	return run(verb, argv[optind + 1], &options);
}

// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * suitctl report: what a device says of a manifest it processed.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "file_arg.h"
#include "out.h"

static const char help[] =
	"Usage: suitctl report show FILE [--json]\n"
	"       suitctl report verify --trust KEY.pub... FILE [--json]\n"
	"\n"
	"Print what a device reports of a manifest that it processed: how it\n"
	"ended, where and why, and what the device can do. show verifies nothing;\n"
	"verify prints only what one of the trusted keys signed. - is standard\n"
	"input.\n"
	"\n"
	"      --trust KEY.pub  public key of a device; more than once for several\n"
	"      --json           as JSON\n"
	"\n"
	"Exit code 0: read, and good. 1: refused. 2: wrong use, or trouble with a\n"
	"file. That a device failed to update is no error of this command.\n"
	"\n"
	"Examples:\n"
	"  suitctl report show update.report\n"
	"  suitctl report verify --trust device.pub update.report\n";

struct wish {
	const char **trust;
	size_t n_trust;
	bool verify;
	bool json;
};

static int print(sd_json_variant *report, bool verified)
{
	struct sg_error err;
	int r;

	puts(verified ? "verified: yes" :
			"verified: no (suitctl report verify)");
	r = sg_report_print(report, stdout, &err);
	sd_json_variant_unref(report);
	return r < 0 ? cli_error(&err) : CLI_OK;
}

static int run(const struct wish *wish, const char *path)
{
	sd_json_variant *report = NULL;
	struct sg_buf bytes, inside;
	struct sg_error err;
	int r;

	if (file_read(path, SG_MAX_REPORT, &bytes, &err) < 0)
		return cli_error(&err);
	if (wish->verify) {
		r = sg_report_verify(&bytes, wish->trust, wish->n_trust,
				     &inside, &err);
		sg_buf_free(&bytes);
		bytes = inside;
		if (r < 0)
			return cli_error(&err);
	}
	r = sg_report_show(&bytes, &report, &err);
	sg_buf_free(&bytes);
	if (r < 0)
		return cli_error(&err);
	if (!wish->json)
		return print(report, wish->verify);
	if (sd_json_variant_merge_objectbo(&report,
			SD_JSON_BUILD_PAIR_BOOLEAN("verified", wish->verify)) < 0)
		report = sd_json_variant_unref(report);
	return out_json(report);
}

static int parse(int argc, char **argv, struct wish *wish)
{
	static const struct option options[] = {
		{ "trust", required_argument, NULL, 't' },
		{ "json", no_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 }
	};
	int c;

	while ((c = getopt_long(argc, argv, "h", options, NULL)) >= 0) {
		switch (c) {
		case 't':
			wish->trust[wish->n_trust++] = optarg;
			break;
		case 'j':
			wish->json = true;
			break;
		case 'h':
			return cli_help(help);
		default:
			return cli_usage(argv[0]);
		}
	}
	if (optind + 2 != argc)
		return cli_misuse(argv[0], "expected show or verify, and one FILE");
	wish->verify = !strcmp(argv[optind], "verify");
	if (!wish->verify && strcmp(argv[optind], "show"))
		return cli_misuse(argv[0], "no such verb: %s", argv[optind]);
	if (wish->verify && !wish->n_trust)
		return cli_misuse(argv[0], "whom to believe? say --trust KEY.pub");
	if (!wish->verify && wish->n_trust)
		return cli_misuse(argv[0], "show verifies nothing: say verify");
	return run(wish, argv[optind + 1]);
}

int cmd_report(int argc, char **argv)
{
	/* fewer keys than arguments */
	struct wish wish = { .trust = calloc((size_t)argc,
					     sizeof(*wish.trust)) };
	int ret;

	if (!wish.trust)
		return out_json(NULL);
	ret = parse(argc, argv, &wish);
	free(wish.trust);
	return ret;
}

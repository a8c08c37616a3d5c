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
	"Usage: suitctl report show [--decrypt KEY.pem] FILE [--json]\n"
	"       suitctl report verify --trust KEY.pub... [--decrypt KEY.pem] FILE\n"
	"                             [--json]\n"
	"       suitctl report encrypt --to KEY.pub -k DEVICE.pem FILE -o OUT\n"
	"\n"
	"Print what a device reports of a manifest that it processed: how it\n"
	"ended, where and why, and what the device can do. show verifies nothing;\n"
	"verify prints only what one of the trusted keys signed. - is standard\n"
	"input. encrypt makes of an unsigned report one that DEVICE.pem signed and\n"
	"only the owner of KEY.pub can read.\n"
	"\n"
	"      --trust KEY.pub  public key of a device; more than once for several\n"
	"      --decrypt KEY.pem  private key of who may read it; see keygen\n"
	"      --to KEY.pub     public key of who shall\n"
	"  -k, --key DEVICE.pem  private key of the device\n"
	"  -o, --output OUT     where the encrypted report goes\n"
	"      --json           as JSON\n"
	"\n"
	"Exit code 0: read, and good. 1: refused. 2: wrong use, or trouble with a\n"
	"file. That a device failed to update is no error of this command.\n"
	"\n"
	"Examples:\n"
	"  suitctl report show update.report\n"
	"  suitctl report verify --trust device.pub update.report\n"
	"  suitctl keygen --alg ecdh-es-a128kw -o operator.pem\n"
	"  suitctl report encrypt --to operator.pub -k device.pem plain -o secret\n"
	"  suitctl report verify --trust device.pub --decrypt operator.pem secret\n";

struct wish {
	const char **trust;
	size_t n_trust;
	const char *decrypt;
	const char *to;
	const char *key;
	const char *output;
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

/* Replace @bytes by the report inside, if they are not shown as they are. */
static int take(const struct wish *wish, struct sg_buf *bytes,
		struct sg_error *err)
{
	struct sg_buf inside;
	int r;

	if (!wish->verify && !wish->decrypt)
		return 0;
	r = wish->verify ?
		    sg_report_open(bytes, wish->trust, wish->n_trust,
				   wish->decrypt, &inside, err) :
		    sg_report_decrypt(bytes, wish->decrypt, &inside, err);
	sg_buf_free(bytes);
	*bytes = inside;
	return r;
}

static int encrypt(const struct wish *wish, const char *path)
{
	struct sg_buf plain = { 0 }, secret = { 0 }, out = { 0 };
	struct sg_error err;
	int r;

	if (file_read(path, SG_MAX_REPORT, &plain, &err) < 0)
		return cli_error(&err);
	r = sg_report_encrypt(&plain, wish->to, &secret, &err);
	if (!r)
		r = sg_report_sign(&secret, wish->key, &out, &err);
	if (!r)
		r = sg_file_write(wish->output, out.data, out.len, 0644, &err);
	sg_buf_free(&plain);
	sg_buf_free(&secret);
	sg_buf_free(&out);
	return r < 0 ? cli_error(&err) : CLI_OK;
}

static int run(const struct wish *wish, const char *path)
{
	sd_json_variant *report = NULL;
	struct sg_buf bytes;
	struct sg_error err;
	int r;

	if (file_read(path, SG_MAX_REPORT, &bytes, &err) < 0)
		return cli_error(&err);
	if (take(wish, &bytes, &err) < 0)
		return cli_error(&err);
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

static int check(char **argv, struct wish *wish, const char *verb)
{
	bool encrypts = !strcmp(verb, "encrypt");

	wish->verify = !strcmp(verb, "verify");
	if (!wish->verify && !encrypts && strcmp(verb, "show"))
		return cli_misuse(argv[0], "no such verb: %s", verb);
	if (wish->verify && !wish->n_trust)
		return cli_misuse(argv[0], "whom to believe? say --trust KEY.pub");
	if (!wish->verify && wish->n_trust)
		return cli_misuse(argv[0], "%s verifies nothing: say verify",
				  verb);
	if (encrypts != (wish->to || wish->key || wish->output))
		return cli_misuse(argv[0], "--to, --key and --output go with encrypt");
	if (encrypts && (!wish->to || !wish->key || !wish->output ||
			 wish->decrypt || wish->json))
		return cli_misuse(argv[0], "encrypt needs --to, --key and --output, and no more");
	return CLI_OK;
}

static int parse(int argc, char **argv, struct wish *wish)
{
	static const struct option options[] = {
		{ "trust", required_argument, NULL, 't' },
		{ "decrypt", required_argument, NULL, 'd' },
		{ "to", required_argument, NULL, 'T' },
		{ "key", required_argument, NULL, 'k' },
		{ "output", required_argument, NULL, 'o' },
		{ "json", no_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 }
	};
	int c, r;

	while ((c = getopt_long(argc, argv, "k:o:h", options, NULL)) >= 0) {
		switch (c) {
		case 't':
			wish->trust[wish->n_trust++] = optarg;
			break;
		case 'd':
			wish->decrypt = optarg;
			break;
		case 'T':
			wish->to = optarg;
			break;
		case 'k':
			wish->key = optarg;
			break;
		case 'o':
			wish->output = optarg;
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
		return cli_misuse(argv[0], "expected show, verify or encrypt, and one FILE");
	r = check(argv, wish, argv[optind]);
	if (r != CLI_OK)
		return r;
	return wish->to ? encrypt(wish, argv[optind + 1]) :
			  run(wish, argv[optind + 1]);
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

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
	"       suitctl report verify --trust KEY.pub... [--decrypt KEY.pem]\n"
	"                             [--nonce HEX] FILE [--json]\n"
	"       suitctl report encrypt --to KEY.pub -k DEVICE.pem FILE -o OUT\n"
	"       suitctl report eat -k DEVICE.pem [--nonce HEX] [--to KEY.pub]\n"
	"                             FILE -o OUT\n"
	"\n"
	"Print what a device reports of a manifest that it processed: how it\n"
	"ended, where and why, and what the device can do. show verifies nothing;\n"
	"verify prints only what one of the trusted keys signed. - is standard\n"
	"input. encrypt makes of an unsigned report one that DEVICE.pem signed and\n"
	"only the owner of KEY.pub can read. eat puts an unsigned report into an\n"
	"Entity Attestation Token that says more of this machine: which boot, and\n"
	"mode and build of the gate; show and verify read it too.\n"
	"\n"
	"      --trust KEY.pub  public key of a device; more than once for several\n"
	"      --decrypt KEY.pem  private key of who may read it; see keygen\n"
	"      --to KEY.pub     public key of who shall\n"
	"      --nonce HEX      8 to 64 bytes of who asks: put it in; refuse what has\n"
	"                       another one, or none\n"
	"  -k, --key DEVICE.pem  private key of the device\n"
	"  -o, --output OUT     where the encrypted report, or the token, goes\n"
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
	"  suitctl report verify --trust device.pub --decrypt operator.pem secret\n"
	"  suitctl report eat -k device.pem --nonce 948f8860d13a463e plain -o token\n"
	"  suitctl report verify --trust device.pub --nonce 948f8860d13a463e token\n";

enum { MIN_NONCE = 8, MAX_NONCE = 64 };

struct wish {
	const char **trust;
	size_t n_trust;
	const char *decrypt;
	const char *to;
	const char *key;
	const char *output;
	uint8_t nonce[MAX_NONCE];
	size_t n_nonce;
	bool verify;
	bool json;
};

/* What the verb of a command line does with its file. */
struct verb {
	const char *name;
	int (*run)(const struct wish *wish, const char *path);
	bool makes;
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
	if (!r && wish->n_nonce)
		r = sg_report_fresh(bytes, wish->nonce, wish->n_nonce, err);
	if (r < 0)
		sg_buf_free(bytes);
	return r;
}

/* Replace @bytes by them encrypted, if somebody is named to read them. */
static int hide(const struct wish *wish, struct sg_buf *bytes,
		struct sg_error *err)
{
	struct sg_buf secret;

	if (!wish->to)
		return 0;
	if (sg_report_encrypt(bytes, wish->to, &secret, err) < 0)
		return -1;
	sg_buf_free(bytes);
	*bytes = secret;
	return 0;
}

/* Sign and write what is freed here. */
static int finish(const struct wish *wish, struct sg_buf *bytes)
{
	struct sg_buf out = { 0 };
	struct sg_error err;
	int r = hide(wish, bytes, &err);

	if (!r)
		r = sg_report_sign(bytes, wish->key, &out, &err);
	if (!r)
		r = sg_file_write(wish->output, out.data, out.len, 0644, &err);
	sg_buf_free(bytes);
	sg_buf_free(&out);
	return r < 0 ? cli_error(&err) : CLI_OK;
}

static int encrypt(const struct wish *wish, const char *path)
{
	struct sg_buf plain;
	struct sg_error err;

	if (file_read(path, SG_MAX_REPORT, &plain, &err) < 0)
		return cli_error(&err);
	return finish(wish, &plain);
}

static int eat(const struct wish *wish, const char *path)
{
	struct sg_buf report, claims;
	struct sg_error err;
	struct sg_eat eat;
	int r;

	if (sg_eat_machine(&eat, &err) < 0 ||
	    file_read(path, SG_MAX_REPORT, &report, &err) < 0)
		return cli_error(&err);
	eat.nonce = wish->n_nonce ? wish->nonce : NULL;
	eat.n_nonce = wish->n_nonce;
	r = sg_eat_encode(&report, &eat, &claims, &err);
	sg_buf_free(&report);
	return r < 0 ? cli_error(&err) : finish(wish, &claims);
}

static int show(const struct wish *wish, const char *path)
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

static const struct verb verbs[] = {
	{ "show", show, false },
	{ "verify", show, false },
	{ "encrypt", encrypt, true },
	{ "eat", eat, true },
};

static const struct verb *find_verb(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (!strcmp(verbs[i].name, name))
			return &verbs[i];
	return NULL;
}

static int check_maker(char **argv, const struct wish *wish,
		       const struct verb *verb)
{
	bool encrypts = verb->run == encrypt;

	if (encrypts && (!wish->to || !wish->key || !wish->output ||
			 wish->decrypt || wish->json || wish->n_nonce))
		return cli_misuse(argv[0], "encrypt needs --to, --key and --output, and no more");
	if (!encrypts && (!wish->key || !wish->output || wish->decrypt ||
			  wish->json))
		return cli_misuse(argv[0], "eat needs --key and --output, and takes --nonce and --to");
	return CLI_OK;
}

static int check(char **argv, const struct wish *wish, const struct verb *verb)
{
	if (wish->verify && !wish->n_trust)
		return cli_misuse(argv[0], "whom to believe? say --trust KEY.pub");
	if (!wish->verify && wish->n_trust)
		return cli_misuse(argv[0], "%s verifies nothing: say verify",
				  verb->name);
	if (verb->makes)
		return check_maker(argv, wish, verb);
	if (wish->to || wish->key || wish->output)
		return cli_misuse(argv[0], "--to, --key and --output go with encrypt and eat");
	if (wish->n_nonce && !wish->verify)
		return cli_misuse(argv[0], "show compares no nonce: say verify");
	return CLI_OK;
}

static bool parse_nonce(const char *text, struct wish *wish)
{
	size_t i, len = strlen(text);
	unsigned int byte;

	if (len % 2 || len < 2 * MIN_NONCE || len > 2 * MAX_NONCE ||
	    strspn(text, "0123456789abcdefABCDEF") != len)
		return false;
	for (i = 0; i < len / 2; i++) {
		sscanf(text + 2 * i, "%2x", &byte);
		wish->nonce[i] = (uint8_t)byte;
	}
	wish->n_nonce = len / 2;
	return true;
}

static int parse(int argc, char **argv, struct wish *wish)
{
	static const struct option options[] = {
		{ "trust", required_argument, NULL, 't' },
		{ "decrypt", required_argument, NULL, 'd' },
		{ "to", required_argument, NULL, 'T' },
		{ "key", required_argument, NULL, 'k' },
		{ "output", required_argument, NULL, 'o' },
		{ "nonce", required_argument, NULL, 'n' },
		{ "json", no_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 }
	};
	const struct verb *verb;
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
		case 'n':
			if (!parse_nonce(optarg, wish))
				return cli_misuse(argv[0], "--nonce: expected 8 to 64 bytes as hex digits");
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
		return cli_misuse(argv[0], "expected show, verify, encrypt or eat, and one FILE");
	verb = find_verb(argv[optind]);
	if (!verb)
		return cli_misuse(argv[0], "no such verb: %s", argv[optind]);
	wish->verify = !strcmp(verb->name, "verify");
	r = check(argv, wish, verb);
	return r == CLI_OK ? verb->run(wish, argv[optind + 1]) : r;
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

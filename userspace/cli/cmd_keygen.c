// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * suitctl keygen: make a key pair.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "out.h"

static const char help[] =
	"Usage: suitctl keygen --alg ALG -o KEY.pem [--force] [--json]\n"
	"\n"
	"Make a private key, and KEY.pub beside it: the public key, a COSE_Key,\n"
	"for those who shall trust it. A key is for one algorithm:\n"
	"\n"
	"  esp256   ECDSA on P-256 with SHA-256; a good choice\n"
	"  es256    the same signatures under their old, less exact name\n"
	"  esp384   ECDSA on P-384 with SHA-384\n"
	"  es384    likewise\n"
	"  ed25519  EdDSA; the kernel does not verify it\n"
	"  ecdh-es-a128kw\n"
	"           signs nothing: for who reads encrypted reports\n"
	"\n"
	"      --alg ALG         algorithm\n"
	"  -o, --output KEY.pem  the private key, readable for you alone\n"
	"      --force           replace keys that are there\n"
	"      --json            print what was written as JSON\n"
	"\n"
	"Examples:\n"
	"  suitctl keygen --alg esp256 -o acme.pem\n";

struct wish {
	const char *alg_name;
	const char *path;
	bool force;
	bool json;
};

/**
 * struct made - what was made
 * @public_path: malloc()ed
 * @thumbprint: of the public key, hex
 */
struct made {
	char *public_path;
	const char *alg;
	char thumbprint[65];
};

static int print_json(const struct wish *wish, const struct made *made)
{
	sd_json_variant *private = out_text_json(wish->path);
	sd_json_variant *public = out_text_json(made->public_path);
	sd_json_variant *v = NULL;

	if (private && public)
		sd_json_buildo(&v,
			SD_JSON_BUILD_PAIR_STRING("alg", made->alg),
			SD_JSON_BUILD_PAIR_VARIANT("privateKey", private),
			SD_JSON_BUILD_PAIR_VARIANT("publicKey", public),
			SD_JSON_BUILD_PAIR_STRING("thumbprint",
						  made->thumbprint));
	sd_json_variant_unref(private);
	sd_json_variant_unref(public);
	return out_json(v);
}

static int print(const struct wish *wish, const struct made *made)
{
	out_text(stdout, wish->path);
	printf(": private key for %s; keep it secret, and off the gateways\n",
	       made->alg);
	out_text(stdout, made->public_path);
	if (!*made->thumbprint) {
		puts(": public key; devices encrypt their reports for it\n"
		     "(suitctl report encrypt)");
		return CLI_OK;
	}
	printf(": public key\n  thumbprint  %s\n\n", made->thumbprint);
	fputs("Next, on a gateway that shall trust it:\n"
	      "  suitctl trust add --authority NAME --role vendor "
	      "--prefix firmware/FOLDER ", stdout);
	out_text(stdout, made->public_path);
	putchar('\n');
	if (!strcmp(made->alg, "ed25519"))
		fputs("suitctl: the kernel does not verify ed25519: for what a "
		      "gate shall deliver, make an esp256 key\n", stderr);
	return CLI_OK;
}

static int make(const struct wish *wish, struct made *made,
		struct sg_error *err)
{
	struct sg_trust_key key;
	int32_t alg;

	if (sg_alg_parse(wish->alg_name, &alg, err) < 0 ||
	    sg_key_generate(alg, wish->path, wish->force, err) < 0)
		return -1;
	made->alg = sg_alg_name(alg);
	made->public_path = sg_key_public_path(wish->path);
	if (!made->public_path)
		return sg_fail(err, "out of memory");
	if (!strcmp(made->alg, "ecdh-es-a128kw"))
		return 0;
	if (sg_trust_read_key(made->public_path, NULL, &key, err) < 0)
		return -1;
	sg_gate_hex(key.thumbprint, sizeof(key.thumbprint), made->thumbprint);
	sg_buf_free(&key.bytes);
	return 0;
}

static int run(const struct wish *wish)
{
	struct made made = { 0 };
	struct sg_error err;
	int ret;

	if (make(wish, &made, &err) < 0)
		ret = cli_error(&err);
	else
		ret = wish->json ? print_json(wish, &made) :
				   print(wish, &made);
	free(made.public_path);
	return ret;
}

int cmd_keygen(int argc, char **argv)
{
	static const struct option options[] = {
		{ "alg", required_argument, NULL, 'a' },
		{ "output", required_argument, NULL, 'o' },
		{ "force", no_argument, NULL, 'f' },
		{ "json", no_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 }
	};
	struct wish wish = { 0 };
	int c;

	while ((c = getopt_long(argc, argv, "o:h", options, NULL)) >= 0) {
		switch (c) {
		case 'a':
			wish.alg_name = optarg;
			break;
		case 'o':
			wish.path = optarg;
			break;
		case 'f':
			wish.force = true;
			break;
		case 'j':
			wish.json = true;
			break;
		case 'h':
			return cli_help(help);
		default:
			return cli_usage(argv[0]);
		}
	}
	if (optind < argc)
		return cli_misuse(argv[0], "what is \"%s\" for?", argv[optind]);
	if (!wish.alg_name)
		return cli_misuse(argv[0], "which algorithm? say --alg esp256");
	if (!wish.path)
		return cli_misuse(argv[0], "where to? say -o KEY.pem");
	return run(&wish);
}

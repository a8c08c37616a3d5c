// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * suitctl verify: would the kernel believe a manifest, and why not?
 */
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "file_arg.h"
#include "out.h"

static const char help[] =
	"Usage: suitctl verify --trust KEY.pub... X.suit\n"
	"                      [--component C] [--payload FILE]\n"
	"                      [--vendor V --class CLASS] [--json]\n"
	"\n"
	"Come to the kernel's verdict on an envelope, with the kernel's verifier.\n"
	"\n"
	"      --trust FILE     a public key (COSE_Key or X.509), trusted for\n"
	"                       everything, or a trust statement (NAME.trust); more\n"
	"                       than once for several\n"
	"      --payload FILE   also: would these bytes be delivered?\n"
	"      --component C    as this component (the only one of the manifest);\n"
	"                       without --payload the bytes in the envelope\n"
	"      --vendor V       vendor of the gateway, a domain or UUID\n"
	"      --class CLASS    class of the gateway, the vendor's name for it or\n"
	"                       UUID; without both every vendor and class is good\n"
	"      --json           print the verdict as JSON\n"
	"\n"
	"X.suit may be -, standard input. Exit code 0: good. 1: refused. 2: wrong\n"
	"use, or trouble with a file.\n"
	"\n"
	"Examples:\n"
	"  suitctl verify --trust acme.pub radio.suit\n"
	"  suitctl verify --trust acme.pub --payload radio.fw radio.suit\n";

struct wish {
	struct sg_verify_request request;
	const char *path;
	bool json;
};

static void print_signers(const struct sg_verify_report *report)
{
	size_t i;

	for (i = 0; i < report->n_signers; i++) {
		const struct sg_verify_signer *s = &report->signer[i];

		fputs("  signed by    ", stdout);
		out_text(stdout, s->authority);
		printf("%s%s key %s\n", s->authority[0] ? ", " : "", s->alg,
		       s->thumbprint);
	}
}

/* One thing that was looked at, or was not. */
struct point {
	bool done;
	const char *yes;
	const char *no;
};

static void print_points(const char *title, const struct point *point,
			 size_t n, bool done)
{
	bool first = true;
	size_t i;

	for (i = 0; i < n; i++) {
		if (point[i].done != done)
			continue;
		printf("%s%s", first ? title : "\n               ",
		       done ? point[i].yes : point[i].no);
		first = false;
	}
	if (!first)
		putchar('\n');
}

static void print_checked(const struct sg_verify_report *r, bool good)
{
	const struct point points[] = {
		{ r->authentic, "signature, and the digest it is over", NULL },
		{ r->well_formed, "form of the manifest", NULL },
		{ r->decided, "the file's bytes: they would be delivered",
		  "the file's bytes (--payload FILE)" },
		{ r->identity_checked, "vendor and class of the gateway",
		  "vendor and class of the gateway (--vendor V --class CLASS)" },
		{ false, NULL,
		  "is it older than what was confirmed? Only a gate knows" },
	};
	size_t n = sizeof(points) / sizeof(points[0]);

	print_points("  checked      ", points, n, true);
	if (good)
		print_points("  not checked  ", points, n, false);
}

static void print(const struct wish *wish, const struct sg_verify_report *r,
		  bool good)
{
	char digest[OUT_HEX + 8];

	out_text(stdout, wish->path);
	puts(good ? ": good" : ": REFUSED");
	print_signers(r);
	if (r->authentic) {
		if (r->authority[0]) {
			fputs("  authority    ", stdout);
			out_text(stdout, r->authority);
			putchar('\n');
		}
		out_digest(&r->digest, digest);
		printf("  sequence     %" PRIu64 "\n"
		       "  components   %" PRIu32 "%s\n"
		       "  manifest     %s\n", r->sequence_number,
		       r->components, r->catalogue ? ", a catalogue" : "",
		       digest);
	}
	print_checked(r, good);
	fflush(stdout);
}

static sd_json_variant *signers_json(const struct sg_verify_report *report)
{
	sd_json_variant *all = NULL, *v, *authority;
	size_t i;

	sd_json_variant_new_array(&all, NULL, 0);
	for (i = 0; i < report->n_signers; i++) {
		const struct sg_verify_signer *s = &report->signer[i];

		v = NULL;
		authority = out_text_json(s->authority);
		if (authority)
			sd_json_buildo(&v,
				SD_JSON_BUILD_PAIR_VARIANT("authority",
							   authority),
				SD_JSON_BUILD_PAIR_STRING("alg", s->alg),
				SD_JSON_BUILD_PAIR_STRING("thumbprint",
							  s->thumbprint));
		sd_json_variant_unref(authority);
		if (out_append(&all, v) < 0)
			return sd_json_variant_unref(all);
	}
	return all;
}

static int add_facts(sd_json_variant **v, const struct sg_verify_report *r)
{
	sd_json_variant *authority = out_text_json(r->authority);
	char digest[OUT_HEX + 8];
	int ret = -1;

	out_digest(&r->digest, digest);
	if (authority)
		ret = sd_json_variant_merge_objectbo(v,
			SD_JSON_BUILD_PAIR_VARIANT("authority", authority),
			SD_JSON_BUILD_PAIR_UNSIGNED("sequenceNumber",
						    r->sequence_number),
			SD_JSON_BUILD_PAIR_UNSIGNED("components",
						    r->components),
			SD_JSON_BUILD_PAIR_BOOLEAN("catalogue", r->catalogue),
			SD_JSON_BUILD_PAIR_STRING("digest", digest));
	sd_json_variant_unref(authority);
	return ret;
}

static int add_refusal(sd_json_variant **v, const struct sg_error *why)
{
	sd_json_variant *message = out_text_json(why->message);
	const char *meaning, *action;
	int ret = -1;

	sg_advice(why->code, &meaning, &action);
	if (message)
		ret = sd_json_variant_merge_objectbo(v,
			SD_JSON_BUILD_PAIR_STRING("error", why->code),
			SD_JSON_BUILD_PAIR_VARIANT("message", message),
			SD_JSON_BUILD_PAIR_STRING("meaning", meaning),
			SD_JSON_BUILD_PAIR_STRING("action", action));
	sd_json_variant_unref(message);
	return ret;
}

/* @why is NULL for a good one. */
static sd_json_variant *verdict_json(const struct wish *wish,
				     const struct sg_verify_report *r,
				     const struct sg_error *why)
{
	sd_json_variant *file = out_text_json(wish->path);
	sd_json_variant *signers = signers_json(r), *v = NULL;

	if (!file || !signers ||
	    sd_json_buildo(&v,
			SD_JSON_BUILD_PAIR_VARIANT("file", file),
			SD_JSON_BUILD_PAIR_BOOLEAN("good", !why),
			SD_JSON_BUILD_PAIR_STRING("error", "ok"),
			SD_JSON_BUILD_PAIR_BOOLEAN("authentic", r->authentic),
			SD_JSON_BUILD_PAIR_BOOLEAN("wellFormed",
						   r->well_formed),
			SD_JSON_BUILD_PAIR_BOOLEAN("payloadChecked",
						   r->decided),
			SD_JSON_BUILD_PAIR_BOOLEAN("identityChecked",
						   r->identity_checked),
			SD_JSON_BUILD_PAIR_BOOLEAN("floorChecked", false),
			SD_JSON_BUILD_PAIR_VARIANT("signers", signers)) < 0 ||
	    (r->authentic && add_facts(&v, r) < 0) ||
	    (why && add_refusal(&v, why) < 0))
		v = sd_json_variant_unref(v);
	sd_json_variant_unref(file);
	sd_json_variant_unref(signers);
	return v;
}

static int run(struct wish *wish)
{
	struct sg_verify_report report = { 0 };
	struct sg_error err;
	bool good;

	if (file_read(wish->path, CLI_MAX_ENVELOPE, &wish->request.envelope,
		      &err) < 0)
		return cli_error(&err);
	good = sg_verify(&wish->request, &report, &err) == 0;
	sg_buf_free(&wish->request.envelope);
	if (!good && !err.refused)
		return cli_error(&err);
	if (!wish->json) {
		print(wish, &report, good);
		return good ? CLI_OK : cli_error(&err);
	}
	if (out_json(verdict_json(wish, &report, good ? NULL : &err)))
		return CLI_WRONG;
	return good ? CLI_OK : CLI_REFUSED;
}

static const char *objection(const struct wish *wish)
{
	const struct sg_verify_request *r = &wish->request;

	if (!wish->path)
		return "expected one envelope, X.suit";
	if (!r->n_trust)
		return "whom to believe? say --trust KEY.pub";
	return NULL;
}

/* Exit code, or -1 to go on with @wish. */
static int parse(int argc, char **argv, struct wish *wish, const char **trust)
{
	static const struct option options[] = {
		{ "trust", required_argument, NULL, 't' },
		{ "payload", required_argument, NULL, 'p' },
		{ "component", required_argument, NULL, 'c' },
		{ "vendor", required_argument, NULL, 'V' },
		{ "class", required_argument, NULL, 'C' },
		{ "json", no_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 }
	};
	struct sg_verify_request *r = &wish->request;
	const char *why;
	int c;

	while ((c = getopt_long(argc, argv, "h", options, NULL)) >= 0) {
		switch (c) {
		case 't':
			trust[r->n_trust++] = optarg;
			break;
		case 'p':
			r->payload = optarg;
			break;
		case 'c':
			r->component = optarg;
			break;
		case 'V':
			r->vendor = optarg;
			break;
		case 'C':
			r->class_id = optarg;
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
	wish->path = optind + 1 == argc ? argv[optind] : NULL;
	why = objection(wish);
	return why ? cli_misuse(argv[0], "%s", why) : -1;
}

int cmd_verify(int argc, char **argv)
{
	/* fewer files than arguments */
	const char **trust = calloc((size_t)argc, sizeof(*trust));
	struct wish wish = { .request.trust = trust };
	int ret;

	if (!trust)
		return out_json(NULL);
	ret = parse(argc, argv, &wish, trust);
	if (ret < 0)
		ret = run(&wish);
	free(trust);
	return ret;
}

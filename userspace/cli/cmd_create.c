// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * suitctl create: describe firmware, and sign the description.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "file_arg.h"
#include "out.h"
#include "written.h"

static const char help[] =
	"Usage: suitctl create --component C --payload FILE --seq N\n"
	"                      [--vendor V] [--class CLASS] [--version TEXT]\n"
	"                      [--uri URI | --integrated] [-k KEY.pem] -o X.suit\n"
	"       suitctl create --from SPEC.json [-k KEY.pem] -o X.suit\n"
	"\n"
	"Describe a firmware file in a manifest, and sign that.\n"
	"\n"
	"      --component C    TYPE/NAME: firmware/acme/radio.fw is what a driver\n"
	"                       asks for as acme/radio.fw\n"
	"      --payload FILE   the file, as it will be stored on the gateway\n"
	"      --seq N          sequence number: higher than every release before\n"
	"      --vendor V       for gateways of this vendor only: a domain or UUID\n"
	"      --class CLASS    and of this class: the vendor's name for it or UUID\n"
	"      --version TEXT   version for people; 1.2.3 and 1.2.3-rc.1 (-beta,\n"
	"                       -alpha) are for devices to compare too\n"
	"      --uri URI        where to fetch the file\n"
	"      --integrated     put the file into the envelope\n"
	"      --from SPEC.json describe everything in JSON, as suitctl show --json\n"
	"                       prints it; - is standard input\n"
	"  -k, --key KEY.pem    private key; without one nothing is signed\n"
	"  -o, --output X.suit  envelope; - is standard output\n"
	"      --json           print what was written as JSON\n"
	"\n"
	"Examples:\n"
	"  suitctl create --component firmware/acme/radio.fw --payload radio.fw \\\n"
	"          --vendor acme.example --class gateway-2 --seq 7 --version 1.2.0 \\\n"
	"          -k acme.pem -o radio.suit\n"
	"  suitctl show --json radio.suit |\n"
	"          suitctl create --from - -k acme.pem -o again.suit\n";

/* Descriptions in JSON have hex and names for what is shorter in CBOR. */
enum { MAX_SPEC = 4 * CLI_MAX_ENVELOPE };

struct wish {
	struct sg_author_request request;
	const char *sequence;
	const char *from;
	const char *output;
	bool json;
};

enum {
	OPT_COMPONENT = 256, OPT_PAYLOAD, OPT_SEQ, OPT_VENDOR, OPT_CLASS,
	OPT_VERSION, OPT_URI, OPT_INTEGRATED, OPT_FROM, OPT_JSON,
};

static const struct option options[] = {
	{ "component", required_argument, NULL, OPT_COMPONENT },
	{ "payload", required_argument, NULL, OPT_PAYLOAD },
	{ "seq", required_argument, NULL, OPT_SEQ },
	{ "vendor", required_argument, NULL, OPT_VENDOR },
	{ "class", required_argument, NULL, OPT_CLASS },
	{ "version", required_argument, NULL, OPT_VERSION },
	{ "uri", required_argument, NULL, OPT_URI },
	{ "integrated", no_argument, NULL, OPT_INTEGRATED },
	{ "from", required_argument, NULL, OPT_FROM },
	{ "key", required_argument, NULL, 'k' },
	{ "output", required_argument, NULL, 'o' },
	{ "json", no_argument, NULL, OPT_JSON },
	{ "help", no_argument, NULL, 'h' },
	{ 0 }
};

/* false for an option that is not known. */
static bool set_option(struct wish *wish, int option, const char *arg)
{
	struct sg_author_request *r = &wish->request;
	const char **text[] = {
		[OPT_COMPONENT - OPT_COMPONENT] = &r->component,
		[OPT_PAYLOAD - OPT_COMPONENT] = &r->payload,
		[OPT_SEQ - OPT_COMPONENT] = &wish->sequence,
		[OPT_VENDOR - OPT_COMPONENT] = &r->vendor,
		[OPT_CLASS - OPT_COMPONENT] = &r->class_id,
		[OPT_VERSION - OPT_COMPONENT] = &r->version,
		[OPT_URI - OPT_COMPONENT] = &r->uri,
		[OPT_FROM - OPT_COMPONENT] = &wish->from,
	};

	switch (option) {
	case OPT_INTEGRATED:
		r->integrated = true;
		break;
	case OPT_JSON:
		wish->json = true;
		break;
	case 'k':
		r->key = arg;
		break;
	case 'o':
		wish->output = arg;
		break;
	case '?':
		return false;
	default:
		*text[option - OPT_COMPONENT] = arg;
	}
	return true;
}

/* What is missing or does not go together; NULL when nothing is. */
static const char *objection(const struct wish *wish)
{
	const struct sg_author_request *r = &wish->request;
	bool simple = r->component || r->payload || wish->sequence ||
		      r->vendor || r->class_id || r->version || r->uri ||
		      r->integrated;

	if (!wish->output)
		return "where to? say -o X.suit";
	if (wish->json && file_is_standard(wish->output))
		return "--json and -o - both want standard output";
	if (wish->from)
		return simple ? "--from describes everything: say it there" :
				NULL;
	if (!r->component)
		return "which component? say --component firmware/NAME";
	if (!r->payload)
		return "which file? say --payload FILE";
	if (!wish->sequence)
		return "which sequence number? say --seq N, above the last release's";
	if (r->uri && r->integrated)
		return "--uri and --integrated: the file is in the envelope or elsewhere";
	return NULL;
}

/* Parse a file, which must be one JSON text. */
static int read_spec(const char *path, sd_json_variant **out,
		     struct sg_error *err)
{
	unsigned int line = 0, column = 0;
	struct sg_buf bytes;
	char *text;
	int r;

	if (file_read(path, MAX_SPEC, &bytes, err) < 0)
		return -1;
	text = realloc(bytes.data, bytes.len + 1);
	if (!text) {
		sg_buf_free(&bytes);
		return sg_fail(err, "out of memory");
	}
	text[bytes.len] = '\0';
	r = strlen(text) < bytes.len ? -1 :
		sd_json_parse(text, 0, out, &line, &column);
	free(text);
	return r >= 0 ? 0 : sg_fail(err, "%s:%u:%u: this is no JSON", path,
				    line, column);
}

static int create(struct wish *wish, struct sg_buf *out, struct sg_error *err)
{
	sd_json_variant *spec;
	int r;

	if (file_check(wish->output, err) < 0)
		return -1;
	if (!wish->from) {
		r = cli_number(wish->sequence, UINT64_MAX,
			       &wish->request.sequence, err);
		return r < 0 ? -1 : sg_author(&wish->request, out, err);
	}
	if (read_spec(wish->from, &spec, err) < 0)
		return -1;
	r = sg_spec_create(spec, wish->request.key, true, out, err);
	sd_json_variant_unref(spec);
	return r;
}

static int run(struct wish *wish)
{
	struct written w = { .path = wish->output };
	struct sg_error err;
	int ret = CLI_OK;

	if (create(wish, &w.envelope, &err) < 0 || written_put(&w, &err) < 0) {
		ret = cli_error(&err);
	} else {
		if (wish->json)
			ret = out_json(written_json(&w));
		else
			written_text(&w);
		written_warn(&w);
	}
	sg_buf_free(&w.envelope);
	return ret;
}

int cmd_create(int argc, char **argv)
{
	struct wish wish = { 0 };
	const char *why;
	int c;

	while ((c = getopt_long(argc, argv, "k:o:h", options, NULL)) >= 0) {
		if (c == 'h')
			return cli_help(help);
		if (!set_option(&wish, c, optarg))
			return cli_usage(argv[0]);
	}
	if (optind < argc)
		return cli_misuse(argv[0], "what is \"%s\" for?", argv[optind]);
	why = objection(&wish);
	return why ? cli_misuse(argv[0], "%s", why) : run(&wish);
}

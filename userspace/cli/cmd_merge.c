// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * suitctl merge: put dependencies and payloads into an envelope.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "file_arg.h"
#include "written.h"

static const char help[] =
	"Usage: suitctl merge X.suit URI=FILE... [-o OUT.suit] [--json]\n"
	"\n"
	"Put files into an envelope, so that a device need not fetch them: the\n"
	"envelopes of dependencies, or payloads. URI is the one by which the manifest\n"
	"fetches the file, often \"#name\". Signatures stay good: the manifest has the\n"
	"digests.\n"
	"\n"
	"  -o, --output OUT.suit  write there, not to X.suit; - is standard output\n"
	"      --json             print what was written as JSON\n"
	"\n"
	"Examples:\n"
	"  suitctl merge gateway.suit '#radio=radio.suit'\n"
	"  suitctl merge gateway.suit '#radio=radio.suit' '#image=image.bin' -o all.suit\n";

/* "URI=FILE", split at the last '=': a URI may have one. */
static int merge_one(struct sg_buf *envelope, const char *arg,
		     struct sg_error *err)
{
	const char *path = strrchr(arg, '=');
	struct sg_buf payload, merged;
	char *uri;
	int r = -1;

	if (!path || path == arg)
		return sg_fail(err, "\"%s\" is not URI=FILE", arg);
	uri = strndup(arg, (size_t)(path - arg));
	if (!uri)
		return sg_fail(err, "out of memory");
	if (!file_read(path + 1, CLI_MAX_ENVELOPE, &payload, err)) {
		r = sg_envelope_merge(envelope, uri, &payload, &merged, err);
		sg_buf_free(&payload);
	}
	free(uri);
	if (r < 0)
		return -1;
	sg_buf_free(envelope);
	*envelope = merged;
	return 0;
}

static int merge(char **argv, struct written *w, struct sg_error *err)
{
	if (file_check(w->path, err) < 0 ||
	    file_read(*argv++, CLI_MAX_ENVELOPE, &w->envelope, err) < 0)
		return -1;
	for (; *argv; argv++)
		if (merge_one(&w->envelope, *argv, err) < 0)
			return -1;
	return written_put(w, err);
}

static int run(char **argv, const char *output, bool json)
{
	struct written w = { .path = output ? output : argv[0] };
	struct sg_error err;
	int r = merge(argv, &w, &err);

	return written_end(&w, r, json, &err);
}

int cmd_merge(int argc, char **argv)
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
	if (optind + 1 >= argc)
		return cli_misuse(argv[0], "expected an envelope and what to put into it, URI=FILE");
	if (!output && file_is_standard(argv[optind]))
		return cli_misuse(argv[0], "where to? say -o OUT.suit");
	if (json && output && file_is_standard(output))
		return cli_misuse(argv[0], "--json and -o - both want standard output");
	return run(argv + optind, output, json);
}

// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * suitctl bless: sign all firmware in a folder or a package, as it is now.
 */
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "cli.h"
#include "file_arg.h"
#include "out.h"
#include "package.h"
#include "progress.h"
#include "written.h"

#define FIRMWARE_DIR "/lib/firmware"

static const char help[] =
	"Usage: suitctl bless DIR [-k KEY.pem] -o X.suit [--seq N] [--id ID]\n"
	"       suitctl bless --package NAME [DIR] [-k KEY.pem] -o X.suit ...\n"
	"\n"
	"Sign everything that a driver can ask for below DIR, one of the folders\n"
	"in which the kernel looks for firmware, as it is now: one manifest for\n"
	"all of it. Links are names of what they lead to, and compressed files\n"
	"are signed as they are stored.\n"
	"\n"
	"      --package NAME   only what the Debian package NAME put there, and\n"
	"                       names that lead to it (DIR is " FIRMWARE_DIR ")\n"
	"      --seq N          sequence number (seconds since 1970)\n"
	"      --id ID          what these numbers count for (for more than 64\n"
	"                       names: the folder that all of them are in;\n"
	"                       with --package: firmware/NAME)\n"
	"  -k, --key KEY.pem    private key; without one nothing is signed\n"
	"  -o, --output X.suit  envelope; - is standard output\n"
	"  -v, --verbose        say which names are left out, and why\n"
	"      --json           print what was written as JSON\n"
	"\n"
	"Examples:\n"
	"  suitctl bless /lib/firmware -k baseline.pem -o baseline.suit\n"
	"  suitctl bless --package firmware-realtek -k baseline.pem \\\n"
	"          -o realtek.suit\n";

struct wish {
	const char *dir;
	const char *package;
	const char *sequence;
	const char *id;
	const char *key;
	const char *output;
	bool verbose;
	bool json;
};

/**
 * struct bless - a bless on its way
 * @wish: what is asked for
 * @root: the folder with no link in its path, with --package
 * @id: of the package's manifest
 * @package: files of it
 * @found: a name belongs to the package
 * @progress: see there
 * @skipped: array for JSON
 * @failed: memory ran out for it
 */
struct bless {
	const struct wish *wish;
	char *root;
	char *id;
	struct package package;
	bool found;
	struct progress progress;
	sd_json_variant *skipped;
	bool failed;
};

/* Is the name the package's, or the file that it leads to? */
static bool wanted(void *context, const char *name, const char *path)
{
	struct bless *bless = context;
	char *own, *real = NULL;
	bool yes = false;
	struct stat st;

	if (stat(path, &st) == 0 && S_ISREG(st.st_mode))
		real = realpath(path, NULL);
	if (asprintf(&own, "%s/%s", bless->root, name) >= 0) {
		yes = package_has(&bless->package, own) ||
		      (real && package_has(&bless->package, real));
		free(own);
	}
	free(real);
	bless->found |= yes;
	return yes;
}

static void skipped(void *context, const char *name, const char *why)
{
	struct bless *bless = context;
	sd_json_variant *v = NULL, *text;

	if (bless->wish->verbose) {
		fputs("left out: ", stderr);
		out_text(stderr, name);
		fprintf(stderr, ": %s\n", why);
	}
	if (!bless->wish->json)
		return;
	text = out_text_json(name);
	if (text)
		sd_json_buildo(&v, SD_JSON_BUILD_PAIR_VARIANT("name", text),
			       SD_JSON_BUILD_PAIR_STRING("why", why));
	sd_json_variant_unref(text);
	if (out_append(&bless->skipped, v) < 0)
		bless->failed = true;
}

static void show_progress(void *context, size_t done, size_t total)
{
	struct bless *bless = context;

	progress_update(&bless->progress, done, total);
}

static int print_json(const struct written *w, const struct bless *bless,
		      uint64_t sequence, const struct sg_bless_report *report)
{
	sd_json_variant *v = bless->failed ? NULL : written_json(w);

	if (v && sd_json_variant_merge_objectbo(&v,
			SD_JSON_BUILD_PAIR_UNSIGNED("sequenceNumber", sequence),
			SD_JSON_BUILD_PAIR_UNSIGNED("names", report->names),
			SD_JSON_BUILD_PAIR_UNSIGNED("files", report->files),
			SD_JSON_BUILD_PAIR_UNSIGNED("payloadBytes",
						    report->bytes),
			SD_JSON_BUILD_PAIR_BOOLEAN("catalogue",
						   report->catalogue),
			SD_JSON_BUILD_PAIR_VARIANT("skipped",
						   bless->skipped)) < 0)
		v = sd_json_variant_unref(v);
	return out_json(v);
}

static int print(const struct written *w, uint64_t sequence,
		 const struct sg_bless_report *report)
{
	FILE *out = written_out(w);

	written_text(w);
	fprintf(out, "  sequence  %" PRIu64 "\n"
		"  blessed   %zu names of %zu files, %" PRIu64 " bytes\n",
		sequence, report->names, report->files, report->bytes);
	if (report->skipped)
		fprintf(out, "  left out  %zu names (-v says which, and why)\n",
			report->skipped);
	return CLI_OK;
}

static int prepare(struct bless *bless, struct sg_bless_request *request,
		   struct sg_error *err)
{
	const struct wish *wish = bless->wish;

	request->sequence = (uint64_t)time(NULL);
	if (file_check(wish->output, err) < 0 ||
	    (wish->sequence && cli_number(wish->sequence, UINT64_MAX,
					  &request->sequence, err) < 0))
		return -1;
	request->id = wish->id;
	if (!wish->package)
		return 0;
	if (!wish->id) {
		if (asprintf(&bless->id, "firmware/%s", wish->package) < 0) {
			bless->id = NULL;
			return sg_fail(err, "out of memory");
		}
		request->id = bless->id;
	}
	bless->root = realpath(request->dir, NULL);
	if (!bless->root)
		return sg_fail(err, "cannot look at %s: %m", request->dir);
	request->wanted = wanted;
	return package_read(wish->package, &bless->package, err);
}

static int bless_it(struct bless *bless, struct sg_bless_request *request,
		    struct written *w, struct sg_bless_report *report,
		    struct sg_error *err)
{
	int r;

	if (prepare(bless, request, err) < 0)
		return -1;
	progress_begin(&bless->progress, "Reading firmware");
	r = sg_bless(request, &w->envelope, report, err);
	progress_clear(&bless->progress);
	if (r < 0 && bless->wish->package && !bless->found)
		return sg_fail(err, "package %s has no firmware below %s",
			       bless->wish->package, request->dir);
	return r < 0 ? -1 : written_put(w, err);
}

static int run(const struct wish *wish)
{
	struct bless bless = { .wish = wish };
	struct sg_bless_request request = {
		.dir = wish->dir ? wish->dir : FIRMWARE_DIR,
		.key = wish->key,
		.skipped = skipped,
		.progress = show_progress,
		.context = &bless,
	};
	struct written w = { .path = wish->output };
	struct sg_bless_report report;
	struct sg_error err;
	int ret;

	if (wish->json)
		sd_json_variant_new_array(&bless.skipped, NULL, 0);
	if (bless_it(&bless, &request, &w, &report, &err) < 0) {
		ret = cli_error(&err);
	} else {
		ret = wish->json ? print_json(&w, &bless, request.sequence,
					      &report) :
				   print(&w, request.sequence, &report);
		written_warn(&w);
	}
	package_free(&bless.package);
	sd_json_variant_unref(bless.skipped);
	free(bless.root);
	free(bless.id);
	sg_buf_free(&w.envelope);
	return ret;
}

static const char *objection(const struct wish *wish)
{
	if (!wish->dir && !wish->package)
		return "which folder? say " FIRMWARE_DIR ", or --package NAME";
	if (!wish->output)
		return "where to? say -o X.suit";
	if (wish->json && file_is_standard(wish->output))
		return "--json and -o - both want standard output";
	return NULL;
}

int cmd_bless(int argc, char **argv)
{
	static const struct option options[] = {
		{ "package", required_argument, NULL, 'p' },
		{ "seq", required_argument, NULL, 's' },
		{ "id", required_argument, NULL, 'i' },
		{ "key", required_argument, NULL, 'k' },
		{ "output", required_argument, NULL, 'o' },
		{ "verbose", no_argument, NULL, 'v' },
		{ "json", no_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 }
	};
	struct wish wish = { 0 };
	const char *why;
	int c;

	while ((c = getopt_long(argc, argv, "k:o:vh", options, NULL)) >= 0) {
		switch (c) {
		case 'p':
			wish.package = optarg;
			break;
		case 's':
			wish.sequence = optarg;
			break;
		case 'i':
			wish.id = optarg;
			break;
		case 'k':
			wish.key = optarg;
			break;
		case 'o':
			wish.output = optarg;
			break;
		case 'v':
			wish.verbose = true;
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
		wish.dir = argv[optind++];
	if (optind < argc)
		return cli_misuse(argv[0], "what is \"%s\" for?", argv[optind]);
	why = objection(&wish);
	return why ? cli_misuse(argv[0], "%s", why) : run(&wish);
}

// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * suitctl cab: an archive that fwupd installs.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cab.h"
#include "cli.h"
#include "file_arg.h"
#include "metainfo.h"

/* A signature of the archive's files; a few signatures, a few kilobytes. */
enum { MAX_JCAT = 1 << 20 };

static const char help[] =
	"Usage: suitctl cab --id ID --homepage URL [--name NAME] [--license SPDX]\n"
	"                   [--date DATE] [--jcat FILE] X.suit -o X.cab\n"
	"\n"
	"Make a cabinet archive of an envelope, for fwupdmgr or for an upload to the\n"
	"LVFS. What it says of the release comes from the manifest: vendor, class,\n"
	"version, texts. Nothing is verified: that is for suitctl verify.\n"
	"\n"
	"      --id ID         AppStream id, com.example.radio\n"
	"      --homepage URL  of the product\n"
	"      --name NAME     for people; the model of the manifest if not said\n"
	"      --license SPDX  of the firmware; LicenseRef-proprietary if not said\n"
	"      --date DATE     of the release, 2026-01-31; today if not said, or\n"
	"                      that of $SOURCE_DATE_EPOCH\n"
	"      --jcat FILE     signatures of the envelope, by jcat-tool\n"
	"  -o, --output X.cab  the archive; - is standard output\n"
	"\n"
	"Examples:\n"
	"  suitctl cab --id com.acme.radio --homepage https://acme.example \\\n"
	"          radio.suit -o radio.cab\n"
	"  fwupdmgr install radio.cab\n";

struct request {
	struct metainfo info;
	const char *jcat;
	const char *output;
	char today[16];
};

enum { FIRMWARE, METAINFO, JCAT, N_FILES };

static int pack(const struct request *request, struct cab_file *file,
		struct sg_error *err)
{
	sd_json_variant *spec = NULL;
	struct sg_buf archive = { 0 };
	int r;

	r = sg_spec_show(&file[FIRMWARE].bytes, &spec, err);
	if (r >= 0)
		r = metainfo_write(&request->info, spec, &file[FIRMWARE].bytes,
				   &file[METAINFO].bytes, err);
	sd_json_variant_unref(spec);
	if (r >= 0 && request->jcat)
		r = file_read(request->jcat, MAX_JCAT, &file[JCAT].bytes, err);
	if (r >= 0)
		r = cab_pack(file, request->jcat ? N_FILES : JCAT, &archive,
			     err);
	if (r >= 0)
		r = file_write(request->output, &archive, err);
	sg_buf_free(&archive);
	return r;
}

static int run(const struct request *request, const char *path)
{
	struct cab_file file[N_FILES] = {
		[FIRMWARE] = { .name = request->info.file },
		[METAINFO] = { .name = "firmware.metainfo.xml" },
		[JCAT] = { .name = "firmware.jcat" },
	};
	struct sg_error err;
	size_t i;
	int r;

	r = file_check(request->output, &err);
	if (r >= 0)
		r = file_read(path, CLI_MAX_ENVELOPE, &file[FIRMWARE].bytes,
			      &err);
	if (r >= 0)
		r = pack(request, file, &err);
	for (i = 0; i < N_FILES; i++)
		sg_buf_free(&file[i].bytes);
	return r < 0 ? cli_error(&err) : CLI_OK;
}

/* @today gets the day, so that builds can be repeated. 0 or -1. */
static int set_today(char today[16])
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	time_t now = epoch ? strtoll(epoch, NULL, 10) : time(NULL);
	struct tm tm;

	return gmtime_r(&now, &tm) && strftime(today, 16, "%Y-%m-%d", &tm) ?
		       0 : -1;
}

static bool is_date(const char *text)
{
	static const char form[] = "dddd-dd-dd";
	size_t i;

	for (i = 0; form[i]; i++)
		if (form[i] == 'd' ? text[i] < '0' || text[i] > '9' :
				     text[i] != '-')
			return false;
	return !text[i];
}

static int check(const char *command, struct request *request, int n)
{
	struct metainfo *info = &request->info;

	if (n != 1)
		return cli_misuse(command, "expected one envelope, X.suit");
	if (!request->output)
		return cli_misuse(command, "where to? say -o X.cab");
	if (!info->id || !info->homepage)
		return cli_misuse(command, "fwupd wants --id and --homepage");
	if (!info->date && set_today(request->today) < 0)
		return cli_misuse(command, "SOURCE_DATE_EPOCH is no time");
	if (!info->date)
		info->date = request->today;
	if (!is_date(info->date))
		return cli_misuse(command, "\"%s\" is no date, 2026-01-31",
				  info->date);
	return CLI_OK;
}

int cmd_cab(int argc, char **argv)
{
	static const struct option options[] = {
		{ "id", required_argument, NULL, 'i' },
		{ "homepage", required_argument, NULL, 'p' },
		{ "name", required_argument, NULL, 'n' },
		{ "license", required_argument, NULL, 'l' },
		{ "date", required_argument, NULL, 'd' },
		{ "jcat", required_argument, NULL, 's' },
		{ "output", required_argument, NULL, 'o' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 }
	};
	struct request request = {
		.info = { .license = "LicenseRef-proprietary",
			  .file = "firmware.suit" },
	};
	int c;

	while ((c = getopt_long(argc, argv, "o:h", options, NULL)) >= 0) {
		const char **value = c == 'i' ? &request.info.id :
				     c == 'p' ? &request.info.homepage :
				     c == 'n' ? &request.info.name :
				     c == 'l' ? &request.info.license :
				     c == 'd' ? &request.info.date :
				     c == 's' ? &request.jcat :
				     c == 'o' ? &request.output : NULL;

		if (!value)
			return c == 'h' ? cli_help(help) : cli_usage(argv[0]);
		*value = optarg;
	}
	c = check(argv[0], &request, argc - optind);
	return c == CLI_OK ? run(&request, argv[optind]) : c;
}

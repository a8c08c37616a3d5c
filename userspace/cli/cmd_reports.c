// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * suitctl reports, watch: what suitgated has installed and what happened.
 */
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "cli.h"
#include "daemon_out.h"
#include "link.h"
#include "out.h"

static const char reports_help[] =
	"Usage: suitctl reports [--json] [--socket PATH] [NUMBER]\n"
	"\n"
	"Show what suitgated installed, confirmed, took back and refused, and what\n"
	"the gate refused to drivers.\n"
	"\n"
	"Examples:\n"
	"  suitctl reports\n"
	"  suitctl reports --json 12\n";

static const char watch_help[] =
	"Usage: suitctl watch [--json] [--socket PATH]\n"
	"\n"
	"Show what is installed, and show it again after every change.\n"
	"\n"
	"Examples:\n"
	"  suitctl watch\n";

static void print_report(sd_json_variant *v)
{
	time_t t = (time_t)link_number(v, "time");
	sd_json_variant *facts = sd_json_variant_by_key(v, "facts");
	char when[32] = "";
	struct tm tm;

	if (localtime_r(&t, &tm))
		strftime(when, sizeof(when), "%F %T", &tm);
	printf("%4" PRIu64 "  %s  ", link_number(v, "number"), when);
	out_text(stdout, link_text(v, "kind"));
	printf("  ");
	out_text(stdout, link_text(v, "result"));
	printf("  ");
	out_text(stdout, link_text(v, "subject"));
	if (link_number(v, "count") > 1)
		printf("  (%" PRIu64 " times)", link_number(v, "count"));
	putchar('\n');
	if (*link_text(facts, "message")) {
		printf("      ");
		out_text(stdout, link_text(facts, "message"));
		putchar('\n');
	}
}

static void print_reports(sd_json_variant *reports)
{
	size_t i, n = sd_json_variant_elements(reports);

	for (i = 0; i < n; i++)
		print_report(sd_json_variant_by_index(reports, i));
	if (!n)
		puts("nothing has happened yet");
}

static int reports(const char *socket, uint64_t number, bool json)
{
	struct link_call call = {
		.socket = socket,
		.method = number ? "GetReport" : "ListReports",
	};
	sd_json_variant *answer = NULL;
	struct sg_error err;
	int ret;

	if (number && sd_json_buildo(&call.parameters,
			SD_JSON_BUILD_PAIR_UNSIGNED("number", number)) < 0)
		return out_json(NULL);
	ret = link_call(&call, &answer, &err);
	sd_json_variant_unref(call.parameters);
	if (ret < 0)
		return cli_error(&err);
	if (json)
		return out_json(answer);
	if (number)
		print_report(sd_json_variant_by_key(answer, "report"));
	else
		print_reports(sd_json_variant_by_key(answer, "reports"));
	sd_json_variant_unref(answer);
	return CLI_OK;
}

int cmd_reports(int argc, char **argv)
{
	static const struct option options[] = {
		{ "json", no_argument, NULL, 'j' },
		{ "socket", required_argument, NULL, 's' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 }
	};
	const char *socket = NULL;
	uint64_t number = 0;
	struct sg_error err;
	bool json = false;
	int c;

	while ((c = getopt_long(argc, argv, "h", options, NULL)) >= 0) {
		switch (c) {
		case 'j':
			json = true;
			break;
		case 's':
			socket = optarg;
			break;
		case 'h':
			return cli_help(reports_help);
		default:
			return cli_usage(argv[0]);
		}
	}
	if (optind + 1 < argc)
		return cli_usage(argv[0]);
	if (optind < argc &&
	    cli_number(argv[optind], INT64_MAX, &number, &err) < 0)
		return cli_error(&err);
	return reports(socket, number, json);
}

/* Each answer to Subscribe is a reason to look again. */
struct watch {
	const char *socket;
	bool json;
	int ret;
};

static bool on_change(void *context, sd_json_variant *answer)
{
	struct watch *watch = context;

	(void)answer;
	watch->ret = daemon_out_components(watch->socket, watch->json);
	fflush(stdout);
	return watch->ret == CLI_OK;
}

int cmd_watch(int argc, char **argv)
{
	static const struct option options[] = {
		{ "json", no_argument, NULL, 'j' },
		{ "socket", required_argument, NULL, 's' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 }
	};
	struct watch watch = { 0 };
	struct link_call call = {
		.method = "Subscribe", .more = on_change, .context = &watch,
	};
	struct sg_error err;
	int c;

	while ((c = getopt_long(argc, argv, "h", options, NULL)) >= 0) {
		switch (c) {
		case 'j':
			watch.json = true;
			break;
		case 's':
			watch.socket = call.socket = optarg;
			break;
		case 'h':
			return cli_help(watch_help);
		default:
			return cli_usage(argv[0]);
		}
	}
	if (optind < argc)
		return cli_usage(argv[0]);
	if (link_call(&call, NULL, &err) < 0)
		return cli_error(&err);
	return watch.ret;
}

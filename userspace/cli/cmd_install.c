// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * suitctl install, confirm, check: change what is installed, through suitgated.
 */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "link.h"
#include "out.h"
#include "progress.h"

static const char install_help[] =
	"Usage: suitctl install [--socket PATH] X.suit\n"
	"\n"
	"Let suitgated install a manifest. The firmware is on trial first: it is\n"
	"confirmed when it works, else the old one comes back (suitgated.conf(5)\n"
	"says how that is known).\n"
	"\n"
	"Examples:\n"
	"  suitctl install radio.suit\n"
	"  suitctl watch\n";

static const char confirm_help[] =
	"Usage: suitctl confirm [--jump] [--cancel] [--socket PATH]\n"
	"                       [COMPONENT|DIGEST]\n"
	"\n"
	"Say that firmware on trial works: it stays, and older releases are\n"
	"refused from now on. When one is on trial, it need not be named.\n"
	"\n"
	"  --cancel  say that it does not work: the old one comes back\n"
	"  --jump    consent to a large step of the sequence number\n"
	"\n"
	"Examples:\n"
	"  suitctl confirm\n"
	"  suitctl confirm --cancel firmware/acme/radio.fw\n";

static const char check_help[] =
	"Usage: suitctl check [--json] [--socket PATH]\n"
	"\n"
	"Let suitgated look for new releases now, wherever suitgated.conf(5) says.\n"
	"\n"
	"Examples:\n"
	"  suitctl check\n";

static bool on_progress(void *context, sd_json_variant *answer)
{
	struct progress *bar = context;
	uint64_t total = link_number(answer, "total");

	if (total)
		progress_update(bar, link_number(answer, "done"), total);
	return true;
}

static int install(const char *socket, const char *path)
{
	struct progress bar;
	struct sg_buf envelope;
	const struct link_call call = {
		.socket = socket, .method = "Install", .envelope = &envelope,
		.more = on_progress, .context = &bar,
	};
	sd_json_variant *answer = NULL;
	struct sg_error err;
	int ret;

	if (sg_file_read(path, CLI_MAX_ENVELOPE, &envelope, &err) < 0)
		return cli_error(&err);
	progress_begin(&bar, path);
	ret = link_call(&call, &answer, &err);
	progress_clear(&bar);
	sg_buf_free(&envelope);
	if (ret < 0)
		return cli_error(&err);
	printf("%s: installed, on trial", path);
	if (*link_text(answer, "version")) {
		fputs(": version ", stdout);
		out_text(stdout, link_text(answer, "version"));
	}
	puts(link_true(answer, "needsReboot") ? "; reboot to use it" : "");
	sd_json_variant_unref(answer);
	return CLI_OK;
}

int cmd_install(int argc, char **argv)
{
	static const struct option options[] = {
		{ "socket", required_argument, NULL, 's' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 }
	};
	const char *socket = NULL;
	int c;

	while ((c = getopt_long(argc, argv, "h", options, NULL)) >= 0) {
		switch (c) {
		case 's':
			socket = optarg;
			break;
		case 'h':
			return cli_help(install_help);
		default:
			return cli_usage(argv[0]);
		}
	}
	if (optind + 1 != argc)
		return cli_usage(argv[0]);
	return install(socket, argv[optind]);
}

static int confirm(const char *socket, const char *what, bool cancel, bool jump)
{
	struct link_call call = {
		.socket = socket, .method = cancel ? "Cancel" : "Confirm",
	};
	struct sg_error err;
	int ret;

	if (sd_json_buildo(&call.parameters,
			SD_JSON_BUILD_PAIR_CONDITION(!!what, "what",
				SD_JSON_BUILD_STRING(what)),
			SD_JSON_BUILD_PAIR_CONDITION(jump, "jump",
				SD_JSON_BUILD_BOOLEAN(true))) < 0)
		return out_json(NULL);
	ret = link_call(&call, NULL, &err);
	sd_json_variant_unref(call.parameters);
	if (ret < 0)
		return cli_error(&err);
	puts(cancel ? "canceled: what was there before is there" :
		      "confirmed: older releases are refused from now on");
	return CLI_OK;
}

int cmd_confirm(int argc, char **argv)
{
	static const struct option options[] = {
		{ "cancel", no_argument, NULL, 'c' },
		{ "jump", no_argument, NULL, 'J' },
		{ "socket", required_argument, NULL, 's' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 }
	};
	bool cancel = false, jump = false;
	const char *socket = NULL;
	int c;

	while ((c = getopt_long(argc, argv, "h", options, NULL)) >= 0) {
		switch (c) {
		case 'c':
			cancel = true;
			break;
		case 'J':
			jump = true;
			break;
		case 's':
			socket = optarg;
			break;
		case 'h':
			return cli_help(confirm_help);
		default:
			return cli_usage(argv[0]);
		}
	}
	if (optind + 1 < argc || (cancel && jump))
		return cli_usage(argv[0]);
	return confirm(socket, argv[optind], cancel, jump);
}

static void print_found(sd_json_variant *found)
{
	size_t i, n = sd_json_variant_elements(found);

	for (i = 0; i < n; i++) {
		sd_json_variant *v = sd_json_variant_by_index(found, i);

		out_text(stdout, link_text(v, "source"));
		printf(": ");
		out_text(stdout, link_text(v, "result"));
		if (*link_text(v, "message")) {
			printf(": ");
			out_text(stdout, link_text(v, "message"));
		}
		putchar('\n');
	}
	if (!n)
		puts("no source is configured (suitgated.conf, [Source NAME])");
}

int cmd_check(int argc, char **argv)
{
	static const struct option options[] = {
		{ "json", no_argument, NULL, 'j' },
		{ "socket", required_argument, NULL, 's' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 }
	};
	struct link_call call = { .method = "Check" };
	sd_json_variant *answer = NULL;
	struct sg_error err;
	bool json = false;
	int c;

	while ((c = getopt_long(argc, argv, "h", options, NULL)) >= 0) {
		switch (c) {
		case 'j':
			json = true;
			break;
		case 's':
			call.socket = optarg;
			break;
		case 'h':
			return cli_help(check_help);
		default:
			return cli_usage(argv[0]);
		}
	}
	if (optind < argc)
		return cli_usage(argv[0]);
	if (link_call(&call, &answer, &err) < 0)
		return cli_error(&err);
	if (json)
		return out_json(answer);
	print_found(sd_json_variant_by_key(answer, "found"));
	sd_json_variant_unref(answer);
	return CLI_OK;
}

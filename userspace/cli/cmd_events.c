// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * suitctl events: the decisions of the gate, one line each.
 */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "gate_out.h"

static const char help[] =
	"Usage: suitctl events [--follow] [--refused] [--json]\n"
	"\n"
	"Print the decisions that the kernel still remembers, oldest first.\n"
	"\n"
	"  -f, --follow   go on with every new one\n"
	"  -r, --refused  only what was refused, or would have been\n"
	"      --json     one JSON object a line\n"
	"\n"
	"Examples:\n"
	"  suitctl events --follow\n"
	"  suitctl events --refused --json | jq -r .name\n";

struct wish {
	bool follow;
	bool refused;
	bool json;
};

static int print(const struct sg_gate_record *record, const struct wish *wish)
{
	sd_json_variant *v;
	int r;

	if (wish->refused && !strcmp(record->verdict, "delivered"))
		return 0;
	if (!wish->json) {
		out_record(record);
		fflush(stdout);
		return 0;
	}
	v = out_record_json(record);
	r = v ? sd_json_variant_dump(v, SD_JSON_FORMAT_NEWLINE |
					SD_JSON_FORMAT_FLUSH, stdout, NULL) : -1;
	sd_json_variant_unref(v);
	return r < 0 ? -1 : 0;
}

static int run(struct sg_gate *gate, const struct wish *wish)
{
	struct sg_gate_record record;
	struct sg_error err;
	int r;

	for (;;) {
		r = sg_gate_next_record(gate, wish->follow ? -1 : 0, &record,
					&err);
		if (r < 0)
			return cli_error(&err);
		if (r == 0 && !wish->follow)
			return 0;
		if (r && print(&record, wish) < 0)
			return out_json(NULL);
		if (ferror(stdout))
			return 2;
	}
}

int cmd_events(int argc, char **argv)
{
	static const struct option options[] = {
		{ "follow", no_argument, NULL, 'f' },
		{ "refused", no_argument, NULL, 'r' },
		{ "json", no_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 }
	};
	struct wish wish = { 0 };
	struct sg_gate *gate;
	struct sg_error err;
	int c, ret;

	while ((c = getopt_long(argc, argv, "frh", options, NULL)) >= 0) {
		switch (c) {
		case 'f':
			wish.follow = true;
			break;
		case 'r':
			wish.refused = true;
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
		return cli_usage(argv[0]);
	if (sg_gate_open(&gate, &err) < 0)
		return cli_error(&err);
	ret = run(gate, &wish);
	sg_gate_close(gate);
	return ret;
}

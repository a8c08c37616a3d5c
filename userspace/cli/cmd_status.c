// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * suitctl status: what the gate does, on one page.
 */
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "daemon_out.h"
#include "gate_out.h"

static const char help[] =
	"Usage: suitctl status [--json]\n"
	"       suitctl status --daemon [--json] [--socket PATH]\n"
	"\n"
	"Show the state of the gate: mode, trust, manifests, floors, counts,\n"
	"and what to do next.\n"
	"\n"
	"  --daemon  show what suitgated has installed instead\n"
	"\n"
	"Examples:\n"
	"  suitctl status\n"
	"  suitctl status --json | jq .mode\n";

static const char *headline(const struct sg_gate_info *info)
{
	if (info->break_glass)
		return "BREAK-GLASS: suitgate.mode=audit on the kernel command "
		       "line, nothing is refused";
	if (info->sealed)
		return "sealed: unsigned firmware is refused until reboot";
	switch (info->mode) {
	case SG_MODE_ENFORCE:
		return "enforcing: unsigned firmware is refused";
	case SG_MODE_AUDIT:
		return "auditing: unsigned firmware is recorded, NOT refused";
	default:
		return "setup: everything is recorded, NOTHING is refused";
	}
}

static void print_facts(const struct sg_gate_info *info)
{
	char when[OUT_TIME], age[OUT_AGE];
	const char *mode = sg_gate_mode_name(info->mode);

	printf("suitgate is %s\n\n", headline(info));
	printf("  mode         %s%s\n", mode ? mode : "unknown",
	       info->sealed ? ", sealed" : "");
	out_time(info->gated_since, when);
	out_age(info->gated_since, age);
	printf("  gated since  %s (%s)\n", when, age);
	if (info->sealed) {
		out_time(info->sealed_since, when);
		out_age(info->sealed_since, age);
		printf("  sealed since %s (%s)\n", when, age);
	}
	printf("  trust        %" PRIu32 " authorities, %" PRIu32
	       " keys, statement %" PRIu64 "\n",
	       info->authorities, info->keys, info->trust_sequence);
	printf("  manifests    %" PRIu32 " loaded, %" PRIu32
	       " read from beside their file\n",
	       info->manifests, info->sidecars);
	printf("  floors       %" PRIu32 "\n", info->floors);
	printf("  firmware     %" PRIu64 " delivered, %" PRIu64
	       " refused, %" PRIu64 " would have been refused\n",
	       info->delivered, info->refused, info->audited);
	printf("  module       interface %" PRIu32 "%s%.16s\n", info->abi,
	       info->build_id[0] ? ", build " : "", info->build_id);
}

static void print_page(const char *title, const char *name)
{
	printf("\n%s\n", title);
	if (!out_securityfs(name, "  "))
		puts("  none");
}

static void print_floors(struct sg_gate *gate)
{
	char id[SG_GATE_MAX_ID * 3];
	struct sg_gate_floor floor;
	struct sg_error err;
	uint32_t index;

	for (index = 0; sg_gate_get_floor(gate, index, &floor, &err) == 1;
	     index++) {
		if (!index)
			puts("\nFloors");
		sg_gate_component_text(floor.id, floor.id_len, id, sizeof(id));
		printf("  %s  ", id);
		out_text(stdout, floor.authority);
		printf("  %" PRIu64 "\n", floor.sequence_number);
	}
}

static void print_next(const struct sg_gate_info *info)
{
	puts("\nWhat to do next");
	if (info->break_glass)
		puts("  repair what needed the break-glass, take "
		     "suitgate.mode=audit off the kernel command line, reboot");
	if (!info->keys)
		puts("  suitctl trust add ...    nobody is trusted yet");
	else if (!info->manifests && !info->sidecars)
		puts("  suitctl load X.suit      no manifest is known yet");
	if (info->refused || info->audited)
		puts("  suitctl doctor           says why firmware was or would "
		     "have been refused");
	else if (info->mode == SG_MODE_SETUP)
		puts("  suitctl mode audit       decides without refusing: see "
		     "what would happen");
	else if (info->mode == SG_MODE_AUDIT)
		puts("  suitctl mode enforce     nothing would have been "
		     "refused");
	else if (!info->sealed)
		puts("  suitctl seal             keeps it so until reboot");
	else
		puts("  nothing: suitctl events --follow shows what happens");
}

static int print_json(struct sg_gate *gate, const struct sg_gate_info *info)
{
	sd_json_variant *v = NULL, *floors = NULL;
	const char *mode = sg_gate_mode_name(info->mode);
	struct sg_gate_floor floor;
	struct sg_error err;
	uint32_t index;

	sd_json_variant_new_array(&floors, NULL, 0);
	for (index = 0; sg_gate_get_floor(gate, index, &floor, &err) == 1;
	     index++)
		if (out_append(&floors, out_floor_json(&floor)) < 0)
			return out_json(NULL);
	if (sd_json_buildo(&v,
			SD_JSON_BUILD_PAIR_STRING("mode", mode ? mode : "?"),
			SD_JSON_BUILD_PAIR_BOOLEAN("sealed", info->sealed),
			SD_JSON_BUILD_PAIR_BOOLEAN("breakGlass",
						   info->break_glass),
			SD_JSON_BUILD_PAIR_UNSIGNED("abi", info->abi),
			SD_JSON_BUILD_PAIR_STRING("buildId", info->build_id),
			SD_JSON_BUILD_PAIR_UNSIGNED("gatedSinceUsec",
				out_realtime_us(info->gated_since)),
			SD_JSON_BUILD_PAIR_CONDITION(info->sealed,
				"sealedSinceUsec",
				SD_JSON_BUILD_UNSIGNED(
					out_realtime_us(info->sealed_since))),
			SD_JSON_BUILD_PAIR_UNSIGNED("trustSequence",
						    info->trust_sequence),
			SD_JSON_BUILD_PAIR_UNSIGNED("authorities",
						    info->authorities),
			SD_JSON_BUILD_PAIR_UNSIGNED("keys", info->keys),
			SD_JSON_BUILD_PAIR_UNSIGNED("manifests",
						    info->manifests),
			SD_JSON_BUILD_PAIR_UNSIGNED("sidecars", info->sidecars),
			SD_JSON_BUILD_PAIR_UNSIGNED("delivered",
						    info->delivered),
			SD_JSON_BUILD_PAIR_UNSIGNED("refused", info->refused),
			SD_JSON_BUILD_PAIR_UNSIGNED("audited", info->audited),
			SD_JSON_BUILD_PAIR_VARIANT("floors", floors)) < 0)
		v = NULL;
	sd_json_variant_unref(floors);
	return out_json(v);
}

int cmd_status(int argc, char **argv)
{
	static const struct option options[] = {
		{ "json", no_argument, NULL, 'j' },
		{ "daemon", no_argument, NULL, 'd' },
		{ "socket", required_argument, NULL, 's' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 }
	};
	struct sg_gate_info info;
	struct sg_gate *gate;
	struct sg_error err;
	bool json = false, daemon = false;
	const char *socket = NULL;
	int c, ret;

	while ((c = getopt_long(argc, argv, "h", options, NULL)) >= 0) {
		switch (c) {
		case 'j':
			json = true;
			break;
		case 'd':
			daemon = true;
			break;
		case 's':
			socket = optarg;
			break;
		case 'h':
			return cli_help(help);
		default:
			return cli_usage(argv[0]);
		}
	}
	if (optind < argc || (socket && !daemon))
		return cli_usage(argv[0]);
	if (daemon)
		return daemon_out_status(socket, json);
	if (sg_gate_open(&gate, &err) < 0)
		return cli_error(&err);
	if (sg_gate_get_info(gate, &info, &err) < 0) {
		ret = cli_error(&err);
	} else if (json) {
		ret = print_json(gate, &info);
	} else {
		print_facts(&info);
		print_page("Authorities", "authorities");
		print_page("Manifests", "manifests");
		print_floors(gate);
		print_next(&info);
		ret = 0;
	}
	sg_gate_close(gate);
	return ret;
}

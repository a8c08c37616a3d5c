// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * suitctl floor: the lowest sequence numbers that the gate accepts.
 */
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "cli.h"
#include "floor_cmd.h"
#include "gate_out.h"
#include "manifest_arg.h"

#define FLOOR_FILE SG_STATE_DIR "/floors.state"

static const char help[] =
	"Usage: suitctl floor [list] [--json]\n"
	"       suitctl floor confirm DIGEST|X.suit [--jump]\n"
	"       suitctl floor save [FILE]\n"
	"       suitctl floor anchor|reset-anchor [--json] [--file FILE] [-k KEY]\n"
	"                     [--tpm TCTI [--owner-password FILE] | --no-tpm]\n"
	"\n"
	"A floor is the lowest sequence number that is accepted for a component\n"
	"of an authority. Confirming a manifest, by which firmware was delivered\n"
	"since boot, raises it: older ones are then refused. It never falls.\n"
	"\n"
	"  confirm    raise the floor, and save all of them\n"
	"      --jump consent to a very large step\n"
	"  save       write the floors to FILE (" FLOOR_FILE ")\n"
	"\n"
	"  anchor     look at the floors that suitgated keeps, signed by the device\n"
	"             and, with a TPM, anchored in it: refused when the disk was set\n"
	"             back to an old image (" SG_FLOOR_FILE ")\n"
	"  reset-anchor\n"
	"             start over: the floors of that file and of the gate are the\n"
	"             latest from now on. Stop suitgated before\n"
	"      --file FILE  another such file; -k KEY: its private key\n"
	"                   (" SG_DEVICE_KEY ")\n"
	"      --tpm TCTI   how to reach the TPM (" SG_ANCHOR_TCTI ")\n"
	"      --no-tpm     as if there were none\n"
	"      --owner-password FILE  of the TPM's owner hierarchy\n"
	"\n"
	"Saved floors come back with suitctl load --all, and with the initramfs\n"
	"after update-initramfs -u.\n"
	"\n"
	"Examples:\n"
	"  suitctl floor confirm regulatory.suit\n"
	"  suitctl floor list\n";

static int list_json(struct sg_gate *gate)
{
	sd_json_variant *all = NULL;
	struct sg_gate_floor floor;
	struct sg_error err;
	uint32_t index;
	int r;

	sd_json_variant_new_array(&all, NULL, 0);
	for (index = 0; (r = sg_gate_get_floor(gate, index, &floor, &err)) == 1;
	     index++) {
		if (out_append(&all, out_floor_json(&floor)) < 0) {
			sd_json_variant_unref(all);
			return out_json(NULL);
		}
	}
	if (r == 0)
		return out_json(all);
	sd_json_variant_unref(all);
	return cli_error(&err);
}

static int list(struct sg_gate *gate)
{
	char id[SG_GATE_MAX_ID * 3], digest[OUT_HEX + 8];
	struct sg_gate_floor floor;
	struct sg_error err;
	uint32_t index;
	int r;

	for (index = 0; (r = sg_gate_get_floor(gate, index, &floor, &err)) == 1;
	     index++) {
		sg_gate_component_text(floor.id, floor.id_len, id, sizeof(id));
		out_digest(&floor.digest, digest);
		printf("%s\n  authority ", id);
		out_text(stdout, floor.authority);
		printf(", sequence %" PRIu64 " or newer\n  confirmed %s\n",
		       floor.sequence_number, digest);
	}
	if (r < 0)
		return cli_error(&err);
	if (!index)
		puts("No floors: nothing was confirmed yet (suitctl floor "
		     "confirm).");
	return 0;
}

static int save(struct sg_gate *gate, const char *path)
{
	struct sg_state state = { 0 };
	struct sg_buf bytes = { 0 };
	struct sg_error err;
	int ret = 0;

	if (!strcmp(path, FLOOR_FILE))
		mkdir(SG_STATE_DIR, 0755);
	if (sg_state_floors(gate, &state, &err) < 0 ||
	    sg_state_encode(&state, &bytes, &err) < 0 ||
	    sg_file_write(path, bytes.data, bytes.len, 0644, &err) < 0)
		ret = cli_error(&err);
	else
		printf("%zu floors saved in %s\n", state.n, path);
	sg_buf_free(&bytes);
	sg_state_free(&state);
	return ret;
}

static int confirm(struct sg_gate *gate, const char *arg, bool jump)
{
	struct sg_gate_digest digest;
	struct sg_error err;

	if (manifest_arg(arg, &digest, &err) < 0 ||
	    sg_gate_confirm(gate, &digest, jump, &err) < 0)
		return cli_error(&err);
	printf("%s: confirmed; older ones are refused from now on\n", arg);
	return save(gate, FLOOR_FILE);
}

struct wish {
	bool json;
	bool jump;
	const char *verb;
	const char *arg;
};

static int run(const struct wish *wish)
{
	struct sg_gate *gate;
	struct sg_error err;
	int ret;

	if (sg_gate_open(&gate, &err) < 0)
		return cli_error(&err);
	if (!strcmp(wish->verb, "confirm"))
		ret = confirm(gate, wish->arg, wish->jump);
	else if (!strcmp(wish->verb, "save"))
		ret = save(gate, wish->arg ? wish->arg : FLOOR_FILE);
	else
		ret = wish->json ? list_json(gate) : list(gate);
	sg_gate_close(gate);
	return ret;
}

/* Does the verb exist, with as many arguments as were given? */
static bool makes_sense(const struct wish *wish)
{
	if (!strcmp(wish->verb, "list"))
		return !wish->arg && !wish->jump;
	if (!strcmp(wish->verb, "confirm"))
		return wish->arg && !wish->json;
	return !strcmp(wish->verb, "save") && !wish->json && !wish->jump;
}

int floor_help(void)
{
	return cli_help(help);
}

int cmd_floor(int argc, char **argv)
{
	static const struct option options[] = {
		{ "json", no_argument, NULL, 'j' },
		{ "jump", no_argument, NULL, 'J' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 }
	};
	struct wish wish = { .verb = "list" };
	int c;

	if (argc > 1 && (!strcmp(argv[1], "anchor") ||
			 !strcmp(argv[1], "reset-anchor")))
		return floor_anchor(argc - 1, argv + 1);
	while ((c = getopt_long(argc, argv, "h", options, NULL)) >= 0) {
		switch (c) {
		case 'j':
			wish.json = true;
			break;
		case 'J':
			wish.jump = true;
			break;
		case 'h':
			return cli_help(help);
		default:
			return cli_usage(argv[0]);
		}
	}
	if (optind < argc)
		wish.verb = argv[optind++];
	if (optind < argc)
		wish.arg = argv[optind++];
	if (optind < argc || !makes_sense(&wish))
		return cli_usage(argv[0]);
	return run(&wish);
}

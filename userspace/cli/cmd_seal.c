// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * suitctl seal: enforce, freeze trust, no way back until reboot.
 */
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "cli.h"
#include "gate_out.h"

static const char help[] =
	"Usage: suitctl seal [--yes]\n"
	"\n"
	"Until the next reboot: refuse unsigned firmware, change trust only by\n"
	"statements that a root authority signed, never unload the module.\n"
	"\n"
	"  -y, --yes  do not ask\n"
	"\n"
	"To seal on every boot: echo sealed > /etc/suitgate/mode, and rebuild\n"
	"the initramfs (update-initramfs -u).\n"
	"\n"
	"Examples:\n"
	"  suitctl seal\n"
	"  suitctl seal --yes\n";

static void warn(const struct sg_gate_info *info)
{
	if (!info->keys)
		fputs("Nobody is trusted: ALL firmware will be refused.\n",
		      stderr);
	if (info->audited)
		fprintf(stderr, "%" PRIu64 " of the files that were delivered "
			"would be refused: see suitctl doctor.\n",
			info->audited);
	if (info->delivered && info->mode == SG_MODE_SETUP)
		fprintf(stderr, "Delivered unchecked before now: %" PRIu64
			"; reboot to load that through the gate.\n",
			info->delivered);
	if (info->break_glass)
		fputs("suitgate.mode=audit is on the kernel command line.\n",
		      stderr);
}

static bool agreed(void)
{
	char answer[8];

	fputs("Seal the gate until the next reboot? [y/N] ", stderr);
	return fgets(answer, sizeof(answer), stdin) &&
	       (answer[0] == 'y' || answer[0] == 'Y');
}

static int seal(struct sg_gate *gate, bool yes)
{
	struct sg_gate_info info;
	struct sg_error err;

	if (sg_gate_get_info(gate, &info, &err) < 0)
		return cli_error(&err);
	if (info.sealed) {
		puts("The gate is sealed already.");
		return 0;
	}
	warn(&info);
	if (!yes && !isatty(STDIN_FILENO)) {
		fputs("suitctl seal: there is nobody to ask; say --yes\n",
		      stderr);
		return 2;
	}
	if (!yes && !agreed()) {
		fputs("suitctl seal: not sealed\n", stderr);
		return 1;
	}
	if (sg_gate_seal(gate, &err) < 0)
		return cli_error(&err);
	puts("The gate is sealed until reboot.");
	return 0;
}

int cmd_seal(int argc, char **argv)
{
	static const struct option options[] = {
		{ "yes", no_argument, NULL, 'y' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 }
	};
	struct sg_gate *gate;
	struct sg_error err;
	bool yes = false;
	int c, ret;

	while ((c = getopt_long(argc, argv, "yh", options, NULL)) >= 0) {
		switch (c) {
		case 'y':
			yes = true;
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
	ret = seal(gate, yes);
	sg_gate_close(gate);
	return ret;
}

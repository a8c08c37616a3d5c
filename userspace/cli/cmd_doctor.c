// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * suitctl doctor: what is wrong, why, and what to do about it.
 */
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "doctor.h"
#include "gate_out.h"

static const char help[] =
	"Usage: suitctl doctor [--json] [NAME]\n"
	"       suitctl doctor --packages [--all] [--json]\n"
	"\n"
	"Look at the gate, its configuration and its decisions. With the NAME of\n"
	"a firmware file: who asked for it, from which folder, which manifest\n"
	"spoke for it, what was decided and what would be decided now.\n"
	"\n"
	"      --packages  what would the gate say to firmware files that changed\n"
	"                  since they were all good, before a driver asks? A hook\n"
	"                  of dpkg asks so after each upgrade\n"
	"      --all       to all of them\n"
	"\n"
	"Exit code 0: nothing is wrong. 1: something was or would be refused.\n"
	"\n"
	"Examples:\n"
	"  suitctl doctor\n"
	"  suitctl doctor regulatory.db\n";

bool doctor_read(struct sg_gate *gate, struct doctor_records *all,
		 struct sg_error *err)
{
	struct sg_gate_record record, *more;
	int r;

	while ((r = sg_gate_next_record(gate, 0, &record, err)) == 1) {
		more = reallocarray(all->record, all->n + 1, sizeof(*more));
		if (!more) {
			sg_fail(err, "out of memory");
			return false;
		}
		all->record = more;
		more[all->n++] = record;
	}
	return r == 0;
}

bool doctor_bad(const struct sg_gate_record *record)
{
	return strcmp(record->verdict, "delivered") != 0;
}

/* The module is not there: say what keeps it away. */
static int no_gate(const struct sg_error *err)
{
	int ret = cli_error(err);

	if (sg_gate_present() || access("/sys/module/suitgate", F_OK) == 0)
		return ret;
	fputs("\nFirmware is not gated now. To load the module:\n"
	      "  modprobe suitgate\n"
	      "If that fails, the reason is in the kernel log:\n"
	      "  journalctl -k --grep suitgate\n", stderr);
	return ret;
}

static void print_setup(const struct sg_gate_info *info)
{
	if (info->break_glass)
		puts("! suitgate.mode=audit is on the kernel command line: "
		     "nothing is refused.\n  Repair what needed it, take it "
		     "away, reboot.");
	else if (info->mode == SG_MODE_SETUP)
		puts("! The gate is in setup mode: nothing is refused.\n"
		     "  suitctl mode audit, look here again after a while, "
		     "then suitctl seal.");
	else if (info->mode == SG_MODE_AUDIT)
		puts("! The gate audits: nothing is refused.\n"
		     "  suitctl mode enforce, or suitctl seal.");
	if (!info->keys)
		puts("! Nobody is trusted.\n"
		     "  suitctl trust add --authority A --role vendor "
		     "--prefix firmware KEY.pub");
	else if (!info->manifests && !info->sidecars)
		puts("! No manifest is known.\n"
		     "  suitctl load X.suit, or put NAME.suit beside NAME.");
}

/* Was this name, with this error, seen before record @at? */
static bool seen(const struct doctor_records *all, size_t at)
{
	const struct sg_gate_record *r = &all->record[at];
	size_t i;

	for (i = at + 1; i < all->n; i++)
		if (!strcmp(all->record[i].name, r->name))
			return true;
	return false;
}

/* The last decision about each name, when it was not good. */
static unsigned int print_refused(const struct doctor_records *all)
{
	const char *meaning, *action;
	unsigned int n = 0;
	size_t i;

	for (i = 0; i < all->n; i++) {
		const struct sg_gate_record *r = &all->record[i];

		if (!doctor_bad(r) || seen(all, i))
			continue;
		sg_advice(r->error, &meaning, &action);
		printf("! %s was %s: %s\n  %s.\n  %s.\n", r->name,
		       !strcmp(r->verdict, "refused") ? "refused" :
		       "delivered, and would be refused",
		       r->error, meaning, action);
		n++;
	}
	return n;
}

static int overview(struct sg_gate *gate, const struct sg_gate_info *info)
{
	struct doctor_records all = { 0 };
	struct sg_error err;
	unsigned int n;
	int ret;

	if (!doctor_read(gate, &all, &err)) {
		free(all.record);
		return cli_error(&err);
	}
	print_setup(info);
	n = print_refused(&all);
	if (n)
		puts("\nsuitctl doctor NAME says more about one of them.");
	else if (info->keys && info->mode == SG_MODE_ENFORCE)
		printf("Nothing is wrong: %zu decisions, none refused at last.\n",
		       all.n);
	ret = n ? 1 : 0;
	free(all.record);
	return ret;
}

static int overview_json(struct sg_gate *gate)
{
	struct doctor_records all = { 0 };
	sd_json_variant *out = NULL;
	struct sg_error err;
	size_t i;
	int ret = 0;

	if (!doctor_read(gate, &all, &err)) {
		free(all.record);
		return cli_error(&err);
	}
	sd_json_variant_new_array(&out, NULL, 0);
	for (i = 0; i < all.n; i++) {
		if (!doctor_bad(&all.record[i]) || seen(&all, i))
			continue;
		ret = 1;
		if (doctor_append(&out, &all.record[i]) < 0)
			break;
	}
	free(all.record);
	return out_json(out) ? 2 : ret;
}

int doctor_append(sd_json_variant **array, const struct sg_gate_record *record)
{
	sd_json_variant *v = out_record_json(record);
	const char *meaning, *action;

	sg_advice(record->error, &meaning, &action);
	if (sd_json_variant_set_field_string(&v, "meaning", meaning) < 0 ||
	    sd_json_variant_set_field_string(&v, "action", action) < 0) {
		sd_json_variant_unref(v);
		return -1;
	}
	return out_append(array, v);
}

int cmd_doctor(int argc, char **argv)
{
	static const struct option options[] = {
		{ "packages", no_argument, NULL, 'p' },
		{ "all", no_argument, NULL, 'a' },
		{ "json", no_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 }
	};
	bool packages = false, all = false, json = false;
	struct sg_gate_info info;
	struct sg_gate *gate;
	struct sg_error err;
	int c, ret;

	while ((c = getopt_long(argc, argv, "h", options, NULL)) >= 0) {
		switch (c) {
		case 'p':
			packages = true;
			break;
		case 'a':
			all = true;
			break;
		case 'j':
			json = true;
			break;
		default:
			return c == 'h' ? cli_help(help) : cli_usage(argv[0]);
		}
	}
	if (optind + !packages < argc || (all && !packages))
		return cli_usage(argv[0]);
	if (sg_gate_open(&gate, &err) < 0)
		return no_gate(&err);
	if (sg_gate_get_info(gate, &info, &err) < 0)
		ret = cli_error(&err);
	else if (packages)
		ret = doctor_packages(gate, &info, all, json);
	else if (optind < argc)
		ret = doctor_name(gate, argv[optind], json);
	else
		ret = json ? overview_json(gate) : overview(gate, &info);
	sg_gate_close(gate);
	return ret;
}

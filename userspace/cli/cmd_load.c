// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * suitctl load: give the gate manifests, or everything it needs.
 */
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "gate_out.h"

static const char help[] =
	"Usage: suitctl load X.suit...\n"
	"       suitctl load --all\n"
	"       suitctl load --state FILE [--fail-closed]\n"
	"       suitctl load --make-state FILE\n"
	"       suitctl load --update-state\n"
	"\n"
	"Give signed manifests to the gate, which verifies and keeps them until\n"
	"reboot. Put them into /etc/suitgate/manifests to load them on each boot.\n"
	"\n"
	"  -a, --all          trust, identity, floors, manifests and mode from\n"
	"                     /etc/suitgate and /var/lib/suitgate\n"
	"      --state FILE   the same from one file\n"
	"      --fail-closed  with --state: when FILE cannot be used, enforce\n"
	"                     without it, so that nothing unsigned is delivered\n"
	"      --make-state FILE  write that file (the initramfs has one)\n"
	"      --update-state the same for " SG_BOOT_STATE ", when\n"
	"                     it is not what is configured now\n"
	"      --json         print what was loaded as JSON\n"
	"\n"
	"Examples:\n"
	"  suitctl load regulatory.suit\n"
	"  suitctl load --all\n";

struct wish {
	bool all;
	bool fail_closed;
	bool update;
	bool json;
	const char *state;
	const char *make_state;
};

static sd_json_variant *manifest_json(const char *path,
				      const struct sg_gate_manifest *m)
{
	char digest[OUT_HEX + 8];
	sd_json_variant *v = NULL;

	out_digest(&m->digest, digest);
	if (sd_json_buildo(&v,
			SD_JSON_BUILD_PAIR_STRING("file", path),
			SD_JSON_BUILD_PAIR_STRING("digest", digest),
			SD_JSON_BUILD_PAIR_UNSIGNED("sequenceNumber",
						    m->sequence_number),
			SD_JSON_BUILD_PAIR_UNSIGNED("components",
						    m->components)) < 0)
		return NULL;
	return v;
}

static int load_file(struct sg_gate *gate, const char *path,
		     sd_json_variant **json)
{
	char digest[OUT_HEX + 8];
	struct sg_gate_manifest m;
	struct sg_buf bytes;
	struct sg_error err;
	int r;

	if (sg_file_read(path, CLI_MAX_ENVELOPE, &bytes, &err) < 0)
		return cli_error(&err);
	r = sg_gate_load(gate, &bytes, &m, &err);
	sg_buf_free(&bytes);
	if (r < 0) {
		fputs("suitctl: ", stderr);
		out_text(stderr, path);
		fputs(":\n", stderr);
		return cli_error(&err);
	}
	if (json)
		return out_append(json, manifest_json(path, &m)) < 0 ?
			out_json(NULL) : 0;
	out_digest(&m.digest, digest);
	out_text(stdout, path);
	printf(": loaded, sequence %" PRIu64 ", %" PRIu32 " component%s\n"
	       "  %s\n", m.sequence_number, m.components,
	       m.components == 1 ? "" : "s", digest);
	return 0;
}

static int load_files(char **path, bool json)
{
	sd_json_variant *all = NULL;
	struct sg_gate *gate;
	struct sg_error err;
	int ret = 0;

	if (sg_gate_open(&gate, &err) < 0)
		return cli_error(&err);
	if (json)
		sd_json_variant_new_array(&all, NULL, 0);
	for (; *path; path++) {
		int r = load_file(gate, *path, json ? &all : NULL);

		ret = r > ret ? r : ret;
	}
	sg_gate_close(gate);
	if (json && out_json(all))
		return 2;
	return ret;
}

static void tell(const struct sg_state_item *item, const struct sg_error *why,
		 void *context)
{
	const char *kind = sg_state_kind_name(item->kind);

	(void)context;
	fprintf(stderr, "suitctl: %s: %s\n",
		item->origin ? item->origin : kind ? kind : "item",
		why->message);
}

static int print_result(const struct sg_state_result *r, bool json)
{
	sd_json_variant *v = NULL;

	if (!json) {
		printf("%u trust statements, %u identities, %u floors, "
		       "%u manifests loaded%s; %u refused\n",
		       r->applied[SG_STATE_TRUST],
		       r->applied[SG_STATE_IDENTITY],
		       r->applied[SG_STATE_FLOOR],
		       r->applied[SG_STATE_MANIFEST],
		       r->applied[SG_STATE_MODE] ? ", mode set" : "",
		       r->refused);
		if (r->skipped)
			printf("%u left out: the gate is sealed\n",
			       r->skipped);
		return 0;
	}
	if (sd_json_buildo(&v,
			SD_JSON_BUILD_PAIR_UNSIGNED("trust",
				r->applied[SG_STATE_TRUST]),
			SD_JSON_BUILD_PAIR_UNSIGNED("identities",
				r->applied[SG_STATE_IDENTITY]),
			SD_JSON_BUILD_PAIR_UNSIGNED("floors",
				r->applied[SG_STATE_FLOOR]),
			SD_JSON_BUILD_PAIR_UNSIGNED("manifests",
				r->applied[SG_STATE_MANIFEST]),
			SD_JSON_BUILD_PAIR_BOOLEAN("mode",
				r->applied[SG_STATE_MODE]),
			SD_JSON_BUILD_PAIR_UNSIGNED("refused", r->refused),
			SD_JSON_BUILD_PAIR_UNSIGNED("skipped",
						    r->skipped)) < 0)
		v = NULL;
	return out_json(v);
}

static int apply(struct sg_gate *gate, const struct sg_state *state, bool json)
{
	struct sg_state_result result;
	struct sg_error err = { 0 };
	int r = sg_state_apply(gate, state, tell, NULL, &result, &err);
	int ret;

	if (r < 0 && !result.refused)
		return cli_error(&err);
	ret = print_result(&result, json);
	return ret ? ret : r < 0 ? 1 : 0;
}

/* Everything, from @wish->state or from where it is configured. */
static int read_state(const struct wish *wish, struct sg_state *state,
		      struct sg_error *err)
{
	struct sg_buf bytes;
	int r;

	if (!wish->state)
		return sg_state_collect(SG_CONFIG_DIR, SG_STATE_DIR, state,
					err);
	if (sg_file_read(wish->state, SG_STATE_MAX, &bytes, err) < 0)
		return -1;
	r = sg_state_decode(&bytes, state, err);
	sg_buf_free(&bytes);
	return r;
}

static int load_state(const struct wish *wish)
{
	struct sg_state state = { 0 };
	struct sg_error err, why;
	struct sg_gate *gate;
	int ret;

	if (sg_gate_open(&gate, &err) < 0)
		return cli_error(&err);
	if (read_state(wish, &state, &err) == 0) {
		ret = apply(gate, &state, wish->json);
		sg_state_free(&state);
	} else {
		ret = cli_error(&err);
		if (wish->fail_closed) {
			fputs("suitctl: without the state: enforcing\n",
			      stderr);
			if (sg_gate_set_mode(gate, SG_MODE_ENFORCE, &why) < 0)
				cli_error(&why);
		}
	}
	sg_gate_close(gate);
	return ret;
}

static int make_state(const char *path)
{
	struct sg_state state = { 0 };
	struct sg_buf bytes = { 0 };
	struct sg_error err;
	int ret = 0;

	if (sg_state_collect(SG_CONFIG_DIR, SG_STATE_DIR, &state, &err) < 0 ||
	    sg_state_encode(&state, &bytes, &err) < 0 ||
	    sg_file_write(path, bytes.data, bytes.len, 0600, &err) < 0)
		ret = cli_error(&err);
	else
		printf("%s: %zu items, %zu bytes\n", path, state.n, bytes.len);
	sg_buf_free(&bytes);
	sg_state_free(&state);
	return ret;
}

static int update_state(void)
{
	struct sg_state state;
	struct sg_error err;
	int r = sg_state_update(SG_CONFIG_DIR, SG_STATE_DIR, SG_BOOT_STATE,
				&state, &err);

	if (r < 0)
		return cli_error(&err);
	printf("%s: %zu items, %s\n", SG_BOOT_STATE, state.n,
	       r ? "changed" : "as before");
	sg_state_free(&state);
	return 0;
}

/* Exactly one of the five things; @files says whether manifests were named. */
static bool makes_sense(const struct wish *wish, bool files)
{
	int things = files + wish->all + !!wish->state + !!wish->make_state +
		     wish->update;

	return things == 1 && (!wish->fail_closed || wish->state) &&
	       !(wish->json && (wish->make_state || wish->update));
}

int cmd_load(int argc, char **argv)
{
	static const struct option options[] = {
		{ "all", no_argument, NULL, 'a' },
		{ "state", required_argument, NULL, 's' },
		{ "fail-closed", no_argument, NULL, 'c' },
		{ "make-state", required_argument, NULL, 'm' },
		{ "update-state", no_argument, NULL, 'u' },
		{ "json", no_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 }
	};
	struct wish wish = { 0 };
	int c;

	while ((c = getopt_long(argc, argv, "ah", options, NULL)) >= 0) {
		switch (c) {
		case 'a':
			wish.all = true;
			break;
		case 's':
			wish.state = optarg;
			break;
		case 'c':
			wish.fail_closed = true;
			break;
		case 'm':
			wish.make_state = optarg;
			break;
		case 'u':
			wish.update = true;
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
	if (!makes_sense(&wish, optind < argc))
		return cli_usage(argv[0]);
	if (wish.make_state)
		return make_state(wish.make_state);
	if (wish.update)
		return update_state();
	return optind < argc ? load_files(argv + optind, wish.json) :
			       load_state(&wish);
}

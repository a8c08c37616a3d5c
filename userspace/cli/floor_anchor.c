// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * suitctl floor anchor, reset-anchor: the floors that the device signs, and the
 * counter in its TPM that says which file is the latest.
 */
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "floor_cmd.h"
#include "out.h"

enum { MAX_PASSWORD = 64 };

/**
 * struct wish - what to look at
 * @request: file, key and counter
 * @tcti: how to reach the TPM, NULL for the usual way
 * @password_file: of the TPM's owner, or NULL
 * @no_tpm: there is no counter
 * @json: print as JSON
 */
struct wish {
	struct sg_floor_request request;
	const char *tcti;
	const char *password_file;
	bool no_tpm;
	bool json;
};

/* The first line of a file. */
static int read_password(const char *path, char out[MAX_PASSWORD + 1],
			 struct sg_error *err)
{
	struct sg_buf bytes;
	size_t len;

	if (sg_file_read(path, MAX_PASSWORD, &bytes, err) < 0)
		return -1;
	memcpy(out, bytes.data, bytes.len);
	out[bytes.len] = '\0';
	len = strcspn(out, "\n");
	memset(out + len, 0, MAX_PASSWORD + 1 - len);
	explicit_bzero(bytes.data, bytes.len);
	sg_buf_free(&bytes);
	return 0;
}

/* NULL in @tpm when there is none, or none is wanted. */
static int open_tpm(const struct wish *wish, struct sg_tpm **tpm,
		    struct sg_anchor *anchor, struct sg_error *err)
{
	char password[MAX_PASSWORD + 1] = "";
	int ret;

	*tpm = NULL;
	if (wish->no_tpm || (!wish->tcti && !sg_tpm_present()))
		return 0;
	if (wish->password_file &&
	    read_password(wish->password_file, password, err) < 0)
		return -1;
	ret = sg_tpm_open(wish->tcti, password, tpm, anchor, err);
	explicit_bzero(password, sizeof(password));
	return ret;
}

static int print_status(const struct sg_floor_status *s, const char *path,
			bool json)
{
	sd_json_variant *v = NULL;

	if (!json) {
		out_text(stdout, path);
		printf(": %s\n", s->written ? "good" : "not there yet");
		if (s->written)
			printf("  floors    %zu\n  epoch     %" PRIu64 "\n",
			       s->floors, s->epoch);
		printf("  anchored  %s\n", s->anchored ? "in the TPM" :
		       "no: an old disk image brings old floors back");
		if (s->completed)
			puts("  power had failed between file and TPM: completed");
		return CLI_OK;
	}
	if (sd_json_buildo(&v,
			SD_JSON_BUILD_PAIR_STRING("file", path),
			SD_JSON_BUILD_PAIR_BOOLEAN("written", s->written),
			SD_JSON_BUILD_PAIR_BOOLEAN("anchored", s->anchored),
			SD_JSON_BUILD_PAIR_BOOLEAN("completed", s->completed),
			SD_JSON_BUILD_PAIR_UNSIGNED("epoch", s->epoch),
			SD_JSON_BUILD_PAIR_UNSIGNED("floors", s->floors)) < 0)
		v = NULL;
	return out_json(v);
}

static int show(const struct wish *wish)
{
	struct sg_floor_status status;
	struct sg_floor_store *store;
	struct sg_error err;

	if (sg_floor_store_open(&wish->request, &store, &err) < 0)
		return cli_error(&err);
	sg_floor_store_status(store, &status);
	sg_floor_store_close(store);
	return print_status(&status, wish->request.path, wish->json);
}

/* Floors in force, when there is a gate that has some. */
static int gate_floors(struct sg_state *floors, struct sg_error *err)
{
	struct sg_gate *gate;
	int ret;

	if (!sg_gate_present())
		return 0;
	if (sg_gate_open(&gate, err) < 0)
		return -1;
	ret = sg_state_floors(gate, floors, err);
	sg_gate_close(gate);
	return ret;
}

static int reset(const struct wish *wish)
{
	struct sg_state floors = { 0 };
	struct sg_error err;
	int ret = CLI_OK;

	if (gate_floors(&floors, &err) < 0 ||
	    sg_floor_store_reset(&wish->request, &floors, &err) < 0)
		ret = cli_error(&err);
	sg_state_free(&floors);
	return ret == CLI_OK ? show(wish) : ret;
}

static int run(const char *verb, struct wish *wish)
{
	struct sg_anchor anchor;
	struct sg_error err;
	struct sg_tpm *tpm;
	int ret;

	if (open_tpm(wish, &tpm, &anchor, &err) < 0)
		return cli_error(&err);
	wish->request.anchor = tpm ? &anchor : NULL;
	ret = strcmp(verb, "anchor") ? reset(wish) : show(wish);
	wish->request.anchor = NULL;
	sg_tpm_close(tpm);
	return ret;
}

int floor_anchor(int argc, char **argv)
{
	static const struct option options[] = {
		{ "file", required_argument, NULL, 'f' },
		{ "key", required_argument, NULL, 'k' },
		{ "tpm", required_argument, NULL, 't' },
		{ "no-tpm", no_argument, NULL, 'n' },
		{ "owner-password", required_argument, NULL, 'p' },
		{ "json", no_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 }
	};
	struct wish wish = { .request = { .path = SG_FLOOR_FILE,
					  .key = SG_DEVICE_KEY } };
	int c;

	while ((c = getopt_long(argc, argv, "k:h", options, NULL)) >= 0) {
		switch (c) {
		case 'f':
			wish.request.path = optarg;
			break;
		case 'k':
			wish.request.key = optarg;
			break;
		case 't':
			wish.tcti = optarg;
			break;
		case 'n':
			wish.no_tpm = true;
			break;
		case 'p':
			wish.password_file = optarg;
			break;
		case 'j':
			wish.json = true;
			break;
		case 'h':
			return floor_help();
		default:
			return cli_usage("suitctl floor");
		}
	}
	if (optind < argc || (wish.no_tpm && wish.tcti))
		return cli_usage("suitctl floor");
	return run(argv[0], &wish);
}

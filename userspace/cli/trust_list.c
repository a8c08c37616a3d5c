// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * suitctl trust list and update.
 */
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "gate_out.h"
#include "trust_cmd.h"

/* A statement with its signatures, with room to spare. */
enum { MAX_BUNDLE = 128 << 10, OUT_COMPONENT = 3 * SG_GATE_MAX_ID };

static void print_ids(const char *what, const struct sg_buf *id, size_t n)
{
	char text[OUT_COMPONENT];
	size_t i;

	for (i = 0; i < n; i++) {
		sg_gate_component_text(id[i].data, id[i].len, text,
				       sizeof(text));
		printf("    %s %s\n", what, text);
	}
}

static void print_authority(const struct sg_trust_authority *a)
{
	char text[OUT_HEX];
	size_t i;

	fputs("  ", stdout);
	out_text(stdout, a->name);
	printf(" (%s), %u of %zu keys must sign\n",
	       sg_trust_role_name(a->role), a->threshold, a->n_keys);
	print_ids("speaks for", a->prefix, a->n_prefixes);
	print_ids("may depend on", a->dependency, a->n_dependencies);
	for (i = 0; i < a->n_keys; i++) {
		const char *alg = sg_alg_name(a->key[i].alg);

		sg_gate_hex(a->key[i].thumbprint, sizeof(a->key[i].thumbprint),
			    text);
		printf("    key %s %s%s\n", text, alg ? alg : "?",
		       a->key[i].x509 ? ", X.509" : "");
	}
}

static void print_op(const struct sg_trust_op *op)
{
	char text[OUT_HEX + 8];

	switch (op->kind) {
	case SG_TRUST_ADD:
		print_authority(&op->authority);
		break;
	case SG_TRUST_RETIRE:
		fputs("  ", stdout);
		out_text(stdout, op->authority.name);
		printf(" is retired: only manifests up to sequence %" PRIu64
		       "\n", op->last);
		break;
	case SG_TRUST_REVOKE_KEY:
		sg_gate_hex(op->thumbprint, sizeof(op->thumbprint), text);
		printf("  key %s is revoked\n", text);
		break;
	case SG_TRUST_REVOKE_DIGEST:
		out_digest(&op->digest, text);
		printf("  manifest %s is revoked\n", text);
		break;
	}
}

static void print_trust(const char *path, const struct sg_trust *trust)
{
	size_t i;

	out_text(stdout, path);
	printf(": statement %" PRIu64, trust->sequence);
	if (trust->n_signatures)
		printf(", %zu signatures (not verified here)",
		       trust->n_signatures);
	putchar('\n');
	for (i = 0; i < trust->n_ops; i++)
		print_op(&trust->op[i]);
}

static sd_json_variant *keys_json(const struct sg_trust_authority *a)
{
	sd_json_variant *all = NULL, *v;
	size_t i;

	sd_json_variant_new_array(&all, NULL, 0);
	for (i = 0; i < a->n_keys; i++) {
		const struct sg_trust_key *key = &a->key[i];
		const char *alg = sg_alg_name(key->alg);

		v = NULL;
		if (sd_json_buildo(&v,
				SD_JSON_BUILD_PAIR_HEX("thumbprint",
					key->thumbprint,
					sizeof(key->thumbprint)),
				SD_JSON_BUILD_PAIR_STRING("alg",
							  alg ? alg : "?"),
				SD_JSON_BUILD_PAIR_BOOLEAN("x509",
							   key->x509)) < 0)
			v = NULL;
		if (out_append(&all, v) < 0)
			return sd_json_variant_unref(all);
	}
	return all;
}

static sd_json_variant *ids_json(const struct sg_buf *id, size_t n)
{
	sd_json_variant *all = NULL, *v;
	char text[OUT_COMPONENT];
	size_t i;

	sd_json_variant_new_array(&all, NULL, 0);
	for (i = 0; i < n; i++) {
		sg_gate_component_text(id[i].data, id[i].len, text,
				       sizeof(text));
		v = NULL;
		sd_json_variant_new_string(&v, text);
		if (out_append(&all, v) < 0)
			return sd_json_variant_unref(all);
	}
	return all;
}

static sd_json_variant *authority_json(const struct sg_trust_authority *a)
{
	sd_json_variant *prefixes = ids_json(a->prefix, a->n_prefixes);
	sd_json_variant *dependencies = ids_json(a->dependency,
						 a->n_dependencies);
	sd_json_variant *keys = keys_json(a), *v = NULL;

	if (sd_json_buildo(&v,
			SD_JSON_BUILD_PAIR_STRING("change", "add"),
			SD_JSON_BUILD_PAIR_STRING("authority", a->name),
			SD_JSON_BUILD_PAIR_STRING("role",
				sg_trust_role_name(a->role)),
			SD_JSON_BUILD_PAIR_UNSIGNED("threshold", a->threshold),
			SD_JSON_BUILD_PAIR_VARIANT("prefixes", prefixes),
			SD_JSON_BUILD_PAIR_VARIANT("dependencies",
						   dependencies),
			SD_JSON_BUILD_PAIR_VARIANT("keys", keys)) < 0)
		v = NULL;
	sd_json_variant_unref(keys);
	sd_json_variant_unref(prefixes);
	sd_json_variant_unref(dependencies);
	return v;
}

static sd_json_variant *op_json(const struct sg_trust_op *op)
{
	char text[OUT_HEX + 8];
	sd_json_variant *v = NULL;
	bool retire = op->kind == SG_TRUST_RETIRE;
	bool key = op->kind == SG_TRUST_REVOKE_KEY;

	if (op->kind == SG_TRUST_ADD)
		return authority_json(&op->authority);
	out_digest(&op->digest, text);
	if (sd_json_buildo(&v,
			SD_JSON_BUILD_PAIR_STRING("change",
				sg_trust_kind_name(op->kind)),
			SD_JSON_BUILD_PAIR_CONDITION(retire, "authority",
				SD_JSON_BUILD_STRING(op->authority.name)),
			SD_JSON_BUILD_PAIR_CONDITION(retire, "last",
				SD_JSON_BUILD_UNSIGNED(op->last)),
			SD_JSON_BUILD_PAIR_CONDITION(key, "thumbprint",
				SD_JSON_BUILD_HEX(op->thumbprint,
						  sizeof(op->thumbprint))),
			SD_JSON_BUILD_PAIR_CONDITION(!retire && !key, "digest",
				SD_JSON_BUILD_STRING(text))) < 0)
		return NULL;
	return v;
}

static sd_json_variant *trust_json(const char *path,
				   const struct sg_trust *trust)
{
	sd_json_variant *changes = NULL, *v = NULL;
	size_t i;

	sd_json_variant_new_array(&changes, NULL, 0);
	for (i = 0; i < trust->n_ops; i++)
		if (out_append(&changes, op_json(&trust->op[i])) < 0)
			goto out;
	if (sd_json_buildo(&v,
			SD_JSON_BUILD_PAIR_STRING("file", path),
			SD_JSON_BUILD_PAIR_UNSIGNED("sequence",
						    trust->sequence),
			SD_JSON_BUILD_PAIR_UNSIGNED("signatures",
						    trust->n_signatures),
			SD_JSON_BUILD_PAIR_VARIANT("changes", changes)) < 0)
		v = NULL;
out:
	sd_json_variant_unref(changes);
	return v;
}

/* Print one, or put it into @json. */
static int show(const char *path, const struct sg_trust *trust,
		sd_json_variant **json)
{
	if (!json) {
		print_trust(path, trust);
		return 0;
	}
	return out_append(json, trust_json(path, trust)) < 0 ?
		out_json(NULL) : 0;
}

static int list_files(char **path, sd_json_variant **json)
{
	struct sg_trust trust;
	struct sg_buf bytes;
	struct sg_error err;
	int r, ret = 0;

	for (; *path && !ret; path++) {
		if (sg_file_read(*path, MAX_BUNDLE, &bytes, &err) < 0)
			return cli_error(&err);
		r = sg_trust_decode(&bytes, &trust, &err);
		sg_buf_free(&bytes);
		if (r < 0)
			return cli_error(&err);
		ret = show(*path, &trust, json);
		sg_trust_free(&trust);
	}
	return ret;
}

static int list_store(const char *dir, sd_json_variant **json, size_t *n)
{
	struct sg_trust_store store;
	struct sg_error err;
	size_t i;
	int ret = 0;

	if (sg_trust_store_read(&store, dir, &err) < 0)
		return cli_error(&err);
	for (i = 0; i < store.n && !ret; i++)
		ret = show(store.file[i].path, &store.file[i].trust, json);
	*n += store.n;
	sg_trust_store_free(&store);
	return ret;
}

static int list_stores(const char *dir, sd_json_variant **json)
{
	size_t n = 0;
	int ret = list_store(dir ? dir : SG_TRUST_DIR, json, &n);

	if (!ret && !dir)
		ret = list_store(TRUST_UPDATE_DIR, json, &n);
	if (!ret && !n && !json)
		puts("Nobody is trusted yet (suitctl trust add).");
	return ret;
}

int trust_list(int argc, char **argv)
{
	static const struct option options[] = {
		{ "json", no_argument, NULL, 'j' },
		{ "store", required_argument, NULL, 's' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 }
	};
	sd_json_variant *all = NULL;
	const char *dir = NULL;
	bool json = false;
	int c, ret;

	while ((c = getopt_long(argc, argv, "h", options, NULL)) >= 0) {
		switch (c) {
		case 'j':
			json = true;
			break;
		case 's':
			dir = optarg;
			break;
		case 'h':
			return trust_help();
		default:
			return cli_usage("suitctl trust");
		}
	}
	if (json)
		sd_json_variant_new_array(&all, NULL, 0);
	if (optind < argc)
		ret = list_files(argv + optind, json ? &all : NULL);
	else
		ret = list_stores(dir, json ? &all : NULL);
	if (json && !ret)
		return out_json(all);
	sd_json_variant_unref(all);
	return ret;
}

/* Kept by its sequence, so that a later one never replaces it. */
static int keep(const struct sg_buf *bundle, const struct sg_trust *trust,
		struct sg_error *err)
{
	char name[32];

	snprintf(name, sizeof(name), "update-%020" PRIu64, trust->sequence);
	return sg_trust_store_write(TRUST_UPDATE_DIR, name, bundle, err);
}

static int update(const struct sg_buf *bundle, const struct sg_trust *trust,
		  struct sg_error *err)
{
	struct sg_gate *gate;
	int r;

	if (!trust->n_signatures)
		return sg_fail(err, "the statement is not signed: an update is (suitctl trust make --sign)");
	if (sg_gate_open(&gate, err) < 0)
		return -1;
	r = sg_gate_trust(gate, bundle, err);
	sg_gate_close(gate);
	return r < 0 ? -1 : keep(bundle, trust, err);
}

int trust_update(int argc, char **argv)
{
	static const struct option options[] = {
		{ "help", no_argument, NULL, 'h' },
		{ 0 }
	};
	struct sg_trust trust = { 0 };
	struct sg_buf bytes = { 0 };
	struct sg_error err;
	int c, ret = 0;

	while ((c = getopt_long(argc, argv, "h", options, NULL)) >= 0)
		return c == 'h' ? trust_help() : cli_usage("suitctl trust");
	if (optind + 1 != argc)
		return cli_usage("suitctl trust");
	if (sg_file_read(argv[optind], MAX_BUNDLE, &bytes, &err) < 0 ||
	    sg_trust_decode(&bytes, &trust, &err) < 0 ||
	    update(&bytes, &trust, &err) < 0)
		ret = cli_error(&err);
	else
		printf("%s: in force, statement %" PRIu64 "\n", argv[optind],
		       trust.sequence);
	sg_trust_free(&trust);
	sg_buf_free(&bytes);
	return ret;
}

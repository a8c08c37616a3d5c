// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * suitctl trust add, retire, revoke-key, revoke-digest, make: make a trust
 * statement, and put it where it belongs.
 */
#include <ctype.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "manifest_arg.h"
#include "trust_cmd.h"

enum { MAX_SIGN = 8 };

/**
 * struct draft - a statement on its way
 * @trust: its operations
 * @add: has an authority to add; it is the first operation
 * @alg: algorithm of certificates that are added
 * @sign: private keys
 * @output: file for the statement, or NULL
 * @store: trust store
 */
struct draft {
	struct sg_trust trust;
	bool add;
	bool live;
	bool offline;
	const char *alg;
	const char *sign[MAX_SIGN];
	size_t n_sign;
	const char *output;
	const char *store;
};

enum {
	OPT_AUTHORITY = 256, OPT_ROLE, OPT_PREFIX, OPT_DEPENDENCY,
	OPT_THRESHOLD, OPT_ALG,
	OPT_RETIRE, OPT_LAST, OPT_REVOKE_KEY, OPT_REVOKE_DIGEST, OPT_SIGN,
	OPT_SEQUENCE, OPT_STORE, OPT_LIVE, OPT_OFFLINE,
};

static const struct option options[] = {
	{ "authority", required_argument, NULL, OPT_AUTHORITY },
	{ "role", required_argument, NULL, OPT_ROLE },
	{ "prefix", required_argument, NULL, OPT_PREFIX },
	{ "dependency", required_argument, NULL, OPT_DEPENDENCY },
	{ "threshold", required_argument, NULL, OPT_THRESHOLD },
	{ "alg", required_argument, NULL, OPT_ALG },
	{ "retire", required_argument, NULL, OPT_RETIRE },
	{ "last", required_argument, NULL, OPT_LAST },
	{ "revoke-key", required_argument, NULL, OPT_REVOKE_KEY },
	{ "revoke-digest", required_argument, NULL, OPT_REVOKE_DIGEST },
	{ "sign", required_argument, NULL, OPT_SIGN },
	{ "sequence", required_argument, NULL, OPT_SEQUENCE },
	{ "store", required_argument, NULL, OPT_STORE },
	{ "live", no_argument, NULL, OPT_LIVE },
	{ "offline", no_argument, NULL, OPT_OFFLINE },
	{ "output", required_argument, NULL, 'o' },
	{ "help", no_argument, NULL, 'h' },
	{ 0 }
};

/* The authority that is being added: the first operation. */
static struct sg_trust_authority *authority(struct draft *draft,
					    struct sg_error *err)
{
	struct sg_trust_op *op;

	if (!draft->add) {
		op = sg_trust_append(&draft->trust, SG_TRUST_ADD, err);
		if (!op)
			return NULL;
		if (draft->trust.n_ops > 1) {
			struct sg_trust_op swap = draft->trust.op[0];

			draft->trust.op[0] = *op;
			*op = swap;
		}
		draft->add = true;
	}
	return &draft->trust.op[0].authority;
}

static int add_retire(struct draft *draft, const char *arg,
		      struct sg_error *err)
{
	const char *colon = strrchr(arg, ':');
	char name[SG_GATE_MAX_AUTHORITY + 2];
	size_t len = colon ? (size_t)(colon - arg) : strlen(arg);
	struct sg_trust_op *op;

	op = sg_trust_append(&draft->trust, SG_TRUST_RETIRE, err);
	if (!op)
		return -1;
	if (len > sizeof(name) - 1)
		len = sizeof(name) - 1;
	memcpy(name, arg, len);
	name[len] = '\0';
	if (sg_trust_set_name(&op->authority, name, err) < 0)
		return -1;
	return colon ? cli_number(colon + 1, UINT64_MAX, &op->last, err) : 0;
}

/* A thumbprint in hex, or a file with the key. */
static int add_revoke_key(struct draft *draft, const char *arg,
			  struct sg_error *err)
{
	struct sg_gate_digest digest;
	struct sg_trust_key key;
	struct sg_trust_op *op;

	op = sg_trust_append(&draft->trust, SG_TRUST_REVOKE_KEY, err);
	if (!op)
		return -1;
	if (access(arg, F_OK) < 0) {
		if (sg_gate_digest_parse(arg, &digest, err) < 0 ||
		    digest.len != sizeof(op->thumbprint))
			return sg_fail(err, "%s: neither a key's file nor a SHA-256 thumbprint",
				       arg);
		memcpy(op->thumbprint, digest.value, sizeof(op->thumbprint));
		return 0;
	}
	if (sg_trust_read_key(arg, draft->alg, &key, err) < 0)
		return -1;
	memcpy(op->thumbprint, key.thumbprint, sizeof(op->thumbprint));
	sg_buf_free(&key.bytes);
	return 0;
}

static int add_revoke_digest(struct draft *draft, const char *arg,
			     struct sg_error *err)
{
	struct sg_trust_op *op;

	op = sg_trust_append(&draft->trust, SG_TRUST_REVOKE_DIGEST, err);
	return op ? manifest_arg(arg, &op->digest, err) : -1;
}

static int set_authority(struct draft *draft, int option, const char *arg,
			 struct sg_error *err)
{
	struct sg_trust_authority *a = authority(draft, err);
	uint64_t n;

	if (!a)
		return -1;
	switch (option) {
	case OPT_AUTHORITY:
		return sg_trust_set_name(a, arg, err);
	case OPT_ROLE:
		a->role = sg_trust_role_parse(arg);
		return a->role ? 0 :
			sg_fail(err, "role \"%s\": expected root, vendor or baseline",
				arg);
	case OPT_PREFIX:
		return sg_trust_add_prefix(a, arg, err);
	case OPT_DEPENDENCY:
		return sg_trust_add_dependency(a, arg, err);
	default:
		if (cli_number(arg, 255, &n, err) < 0)
			return -1;
		a->threshold = (unsigned int)n;
		return n ? 0 : sg_fail(err, "a threshold of 0 would trust anybody");
	}
}

static int set_option(struct draft *draft, int option, char *arg,
		      struct sg_error *err)
{
	switch (option) {
	case OPT_ALG:
		draft->alg = arg;
		return 0;
	case OPT_RETIRE:
		return add_retire(draft, arg, err);
	case OPT_REVOKE_KEY:
		return add_revoke_key(draft, arg, err);
	case OPT_REVOKE_DIGEST:
		return add_revoke_digest(draft, arg, err);
	case OPT_SIGN:
		if (draft->n_sign == MAX_SIGN)
			return sg_fail(err, "more than %d signatures",
				       MAX_SIGN);
		draft->sign[draft->n_sign++] = arg;
		return 0;
	case OPT_SEQUENCE:
		if (cli_number(arg, UINT64_MAX, &draft->trust.sequence,
			       err) < 0)
			return -1;
		return draft->trust.sequence ? 0 :
			sg_fail(err, "sequences begin with 1");
	case OPT_STORE:
		draft->store = arg;
		return 0;
	case OPT_LIVE:
		draft->live = true;
		return 0;
	case OPT_OFFLINE:
		draft->offline = true;
		return 0;
	case 'o':
		draft->output = arg;
		return 0;
	default:
		return set_authority(draft, option, arg, err);
	}
}

/* What stands after the options, by verb. */
static int set_arguments(struct draft *draft, const char *verb, char **arg,
			 const char *last, struct sg_error *err)
{
	size_t i;

	if (last && strcmp(verb, "retire"))
		return sg_fail(err, "%s: --last belongs to retire", verb);
	if (!strcmp(verb, "retire") || !strncmp(verb, "revoke-", 7)) {
		if (!arg[0] || arg[1])
			return sg_fail(err, "%s: expected one argument", verb);
		if (!strcmp(verb, "revoke-key"))
			return add_revoke_key(draft, arg[0], err);
		if (!strcmp(verb, "revoke-digest"))
			return add_revoke_digest(draft, arg[0], err);
		if (add_retire(draft, arg[0], err) < 0)
			return -1;
		i = draft->trust.n_ops - 1;
		return last ? cli_number(last, UINT64_MAX,
					 &draft->trust.op[i].last, err) : 0;
	}
	if (!draft->add)
		return arg[0] || !strcmp(verb, "add") ?
			sg_fail(err, "%s: --authority is missing", verb) : 0;
	if (!draft->trust.op[0].authority.name[0])
		return sg_fail(err, "%s: --authority is missing", verb);
	for (; *arg; arg++)
		if (sg_trust_add_key(&draft->trust.op[0].authority, *arg,
				     draft->alg, err) < 0)
			return -1;
	return 0;
}

/* Give the statement to the gate when that is possible or demanded. */
static int apply_live(const struct draft *draft, const struct sg_buf *bundle,
		      bool *applied, struct sg_error *err)
{
	struct sg_gate_info info;
	struct sg_gate *gate;
	int ret = -1;

	*applied = false;
	if (draft->offline || (!draft->live && !sg_gate_present()))
		return 0;
	if (sg_gate_open(&gate, err) < 0)
		return -1;
	if (sg_gate_get_info(gate, &info, err) < 0)
		goto out;
	if (info.sealed && !draft->n_sign) {
		ret = draft->live ? sg_fail(err, "the gate is sealed: sign the statement with a root authority's key (--sign)") : 0;
		goto out;
	}
	ret = sg_gate_trust(gate, bundle, err);
	*applied = ret == 0;
out:
	sg_gate_close(gate);
	return ret;
}

/* Name of the file in the store: of the authority, or of what is done. */
static void file_name(const struct draft *draft, char *out, size_t cap)
{
	const struct sg_trust_op *op = &draft->trust.op[0];
	size_t i;

	/* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): sg_trust_encode()
	 * lets no statement pass that changes nothing
	 */
	if (op->kind == SG_TRUST_ADD)
		snprintf(out, cap, "%s", op->authority.name);
	else
		snprintf(out, cap, "%s-%" PRIu64, sg_trust_kind_name(op->kind),
			 draft->trust.sequence);
	for (i = 0; out[i]; i++)
		if (!isalnum((unsigned char)out[i]) && !strchr("-_", out[i]) &&
		    (out[i] != '.' || !i))
			out[i] = '_';
}

static int put(const struct draft *draft, const struct sg_buf *bundle,
	       struct sg_error *err)
{
	char name[SG_GATE_MAX_AUTHORITY + 32];
	bool applied;

	if (draft->output) {
		if (sg_file_write(draft->output, bundle->data, bundle->len,
				  0644, err) < 0)
			return -1;
		printf("%s: statement %" PRIu64 ", %zu changes, %zu signatures\n",
		       draft->output, draft->trust.sequence,
		       draft->trust.n_ops, draft->n_sign);
		return 0;
	}
	if (apply_live(draft, bundle, &applied, err) < 0)
		return -1;
	file_name(draft, name, sizeof(name));
	if (sg_trust_store_write(draft->store, name, bundle, err) < 0)
		return -1;
	printf("%s/%s.trust: statement %" PRIu64 ", %s\n", draft->store, name,
	       draft->trust.sequence,
	       applied ? "in force now" : "in force after the next boot or suitctl load --all");
	return 0;
}

static int finish(struct draft *draft, struct sg_error *err)
{
	struct sg_trust_store store;
	struct sg_buf bundle = { 0 };
	size_t i;
	int ret = -1;

	if (!draft->trust.sequence) {
		if (sg_trust_store_read(&store, draft->store, err) < 0)
			return -1;
		draft->trust.sequence = sg_trust_store_next(&store);
		sg_trust_store_free(&store);
	}
	if (sg_trust_encode(&draft->trust, &bundle, err) < 0)
		return -1;
	for (i = 0; i < draft->n_sign; i++)
		if (sg_trust_sign(&bundle, draft->sign[i], err) < 0)
			goto out;
	ret = put(draft, &bundle, err);
out:
	sg_buf_free(&bundle);
	return ret;
}

int trust_write(int argc, char **argv)
{
	struct draft draft = { .store = SG_TRUST_DIR };
	const char *last = NULL;
	struct sg_error err;
	int c, ret = -1;

	while ((c = getopt_long(argc, argv, "o:h", options, NULL)) >= 0) {
		if (c == 'h' || c == '?') {
			sg_trust_free(&draft.trust);
			return c == 'h' ? trust_help() : cli_usage("suitctl trust");
		}
		if (c == OPT_LAST)
			last = optarg;
		else if (set_option(&draft, c, optarg, &err) < 0)
			goto out;
	}
	if (set_arguments(&draft, argv[0], argv + optind, last, &err) < 0)
		goto out;
	if (!strcmp(argv[0], "make") && !draft.output)
		sg_fail(&err, "make: where to? say -o FILE");
	else
		ret = finish(&draft, &err);
out:
	sg_trust_free(&draft.trust);
	return ret < 0 ? cli_error(&err) : 0;
}

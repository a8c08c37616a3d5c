// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * suitctl trust: whom the gate believes, and about what.
 */
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "trust_cmd.h"

static const char help[] =
	"Usage: suitctl trust add --authority A --role ROLE [--prefix P]...\n"
	"                         [--dependency P]... [--threshold N] [--alg ALG]\n"
	"                         KEY.pub|CERT...\n"
	"       suitctl trust list [--json] [FILE...]\n"
	"       suitctl trust retire A [--last N]\n"
	"       suitctl trust revoke-key KEY.pub|CERT|THUMBPRINT\n"
	"       suitctl trust revoke-digest DIGEST|X.suit\n"
	"       suitctl trust make -o FILE [--sign KEY]... CHANGE...\n"
	"       suitctl trust update FILE\n"
	"\n"
	"An authority may speak for the components below its prefixes: the\n"
	"prefix firmware/ath9k_htc covers firmware/ath9k_htc/x.fw, the prefix\n"
	"firmware covers all firmware. Its manifests may depend on components\n"
	"below its prefixes, and below those given by --dependency; it may not\n"
	"speak for these.\n"
	"\n"
	"Roles:\n"
	"  vendor    signs firmware\n"
	"  baseline  signs what was found on a disk (suitctl bless); gives way\n"
	"            to a vendor\n"
	"  root      signs changes of trust after the seal; has no prefix\n"
	"\n"
	"add, retire and revoke-* write to the trust store (" SG_TRUST_DIR ")\n"
	"and change the gate at once, unless it is sealed:\n"
	"      --store DIR    another trust store\n"
	"      --live         fail when the gate cannot be changed now\n"
	"      --offline      leave the gate alone\n"
	"      --sign KEY     sign with a root authority's private key\n"
	"      --sequence N   number of the statement (one above the store's)\n"
	"  -o, --output FILE  write the statement there and nowhere else\n"
	"\n"
	"make writes one statement of several changes: --authority ... KEY,\n"
	"--retire A[:LAST], --revoke-key K, --revoke-digest D. update gives a\n"
	"signed statement to the gate, which checks it once it is sealed, and\n"
	"keeps it for the next boot.\n"
	"\n"
	"Examples:\n"
	"  suitctl trust add --authority acme --role vendor \\\n"
	"          --prefix firmware/acme acme.pub\n"
	"  suitctl trust make -o update.trust --sign root.pem --sequence 7 \\\n"
	"          --retire oldco:41\n"
	"  suitctl trust update update.trust\n";

static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
} verbs[] = {
	{ "add", trust_write },
	{ "list", trust_list },
	{ "make", trust_write },
	{ "retire", trust_write },
	{ "revoke-digest", trust_write },
	{ "revoke-key", trust_write },
	{ "update", trust_update },
};

int cmd_trust(int argc, char **argv)
{
	size_t i;

	if (argc < 2)
		return cli_usage(argv[0]);
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h"))
		return cli_help(help);
	for (i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (!strcmp(verbs[i].name, argv[1]))
			return verbs[i].run(argc - 1, argv + 1);
	fprintf(stderr, "suitctl trust: no such verb: %s\n", argv[1]);
	return cli_usage(argv[0]);
}

int trust_help(void)
{
	return cli_help(help);
}

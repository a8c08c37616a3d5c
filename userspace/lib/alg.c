// SPDX-License-Identifier: LGPL-2.1-or-later
#include "alg.h"

#include <string.h>
#include <strings.h>

#include "core/suit.h"
#include "report_cipher.h"

static const struct sg_alg algs[] = {
	{ SUIT_ALG_ESP256, "esp256", "P-256", "SHA256", 32, SUIT_CRV_P256 },
	{ SUIT_ALG_ES256, "es256", "P-256", "SHA256", 32, SUIT_CRV_P256 },
	{ SUIT_ALG_ESP384, "esp384", "P-384", "SHA384", 48, SUIT_CRV_P384 },
	{ SUIT_ALG_ES384, "es384", "P-384", "SHA384", 48, SUIT_CRV_P384 },
	{ SUIT_ALG_ED25519, "ed25519", NULL, NULL, 32, SUIT_CRV_ED25519 },
	{ SUIT_ALG_EDDSA, "eddsa", NULL, NULL, 32, SUIT_CRV_ED25519 },
};

/* To read reports: it signs nothing, so that it is no row. */
static const char ecdh[] = "ecdh-es-a128kw";

enum { N_ALGS = sizeof(algs) / sizeof(algs[0]) };

const struct sg_alg *sg_alg_find(int32_t alg)
{
	size_t i;

	for (i = 0; i < N_ALGS; i++)
		if (algs[i].alg == alg)
			return &algs[i];
	return NULL;
}

int32_t sg_alg_natural(EVP_PKEY *pkey)
{
	char group[32] = "";

	if (!pkey)
		return 0;
	if (EVP_PKEY_is_a(pkey, "ED25519"))
		return SUIT_ALG_ED25519;
	if (!EVP_PKEY_is_a(pkey, "EC"))
		return 0;
	EVP_PKEY_get_group_name(pkey, group, sizeof(group), NULL);
	if (!strcmp(group, "prime256v1") || !strcmp(group, "P-256"))
		return SUIT_ALG_ESP256;
	if (!strcmp(group, "secp384r1") || !strcmp(group, "P-384"))
		return SUIT_ALG_ESP384;
	return 0;
}

const char *sg_alg_name(int32_t alg)
{
	const struct sg_alg *row = sg_alg_find(alg);

	if (alg == SG_ALG_ECDH_ES_A128KW)
		return ecdh;
	return row ? row->name : "unknown";
}

int sg_alg_parse(const char *name, int32_t *alg, struct sg_error *err)
{
	size_t i;

	if (!strcasecmp(ecdh, name)) {
		*alg = SG_ALG_ECDH_ES_A128KW;
		return 0;
	}
	for (i = 0; i < N_ALGS; i++) {
		if (strcasecmp(algs[i].name, name))
			continue;
		*alg = algs[i].alg;
		return 0;
	}
	return sg_fail(err, "algorithm \"%.40s\" is not known: expected esp256, es256, esp384, es384, ed25519, eddsa or ecdh-es-a128kw",
		       name);
}

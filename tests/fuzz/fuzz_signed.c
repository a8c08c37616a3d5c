// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Real signatures: the input is a manifest, and what follows it in the
 * envelope, that an author with a trusted key signs. First two bytes: how long
 * the manifest is. Then one byte of the signed envelope is changed, as the
 * next three say: if it is still believed, what was signed is unchanged.
 */
#include <stdlib.h>
#include <string.h>

#include "crypto.h"
#include "resign.h"

enum { HEAD = 6, MAX = 1 << 16 };

static struct suit_key key;
static const struct suit_authority authority = {
	.name = { (const u8 *)"fuzz", 4 },
	.role = SUIT_ROLE_VENDOR,
	.threshold = 1,
	/* [[h'00'], ['firmware']] */
	.prefixes = { (const u8 *)"\x82\x81\x41\x00\x81\x48" "firmware", 14 },
};
static const struct suit_trust trust = { &authority, 1, &key, 1 };

int LLVMFuzzerInitialize(int *argc, char ***argv);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	if (suit_cose_key_decode(resign_public_key(), &key) != SUIT_OK ||
	    sg_crypto_import(&key) != SUIT_OK)
		abort();
	return 0;
}

static bool believed(struct suit_slice bytes, struct suit_envelope *env)
{
	struct suit_auth auth;

	memset(&auth, 0, sizeof(auth));
	return suit_envelope_open(env, bytes) == SUIT_OK &&
	       suit_envelope_authenticate(env, &trust, sg_crypto(), &auth) ==
		       SUIT_OK;
}

static void open_both(const struct suit_envelope *env)
{
	struct suit_manifest m;

	suit_manifest_open(&m, env, sg_crypto(), SUIT_PROFILE_FULL);
	suit_manifest_open(&m, env, sg_crypto(), SUIT_PROFILE_KERNEL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static uint8_t signed_bytes[2 * MAX], changed_bytes[2 * MAX];
	struct suit_envelope env, changed;
	struct suit_slice manifest, members;
	size_t len, n, at;

	if (!key.alg)
		LLVMFuzzerInitialize(NULL, NULL);
	if (size < HEAD || size > MAX)
		return 0;
	len = (size_t)(data[0] << 8 | data[1]) % (size - HEAD + 1);
	manifest = (struct suit_slice){ data + HEAD, len };
	members = (struct suit_slice){ data + HEAD + len, size - HEAD - len };
	n = resign(manifest, members, data[5] & 3, signed_bytes,
		   sizeof(signed_bytes));
	if (!n || !believed((struct suit_slice){ signed_bytes, n }, &env))
		return 0;
	MUST(suit_slice_equal(env.manifest, manifest));
	open_both(&env);

	memcpy(changed_bytes, signed_bytes, n);
	at = (size_t)(data[2] << 8 | data[3]) % n;
	changed_bytes[at] ^= data[4] ? data[4] : 1;
	if (believed((struct suit_slice){ changed_bytes, n }, &changed))
		MUST(suit_slice_equal(changed.manifest, manifest) &&
		     suit_slice_equal(changed.digest, env.digest));
	return 0;
}

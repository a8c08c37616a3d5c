// SPDX-License-Identifier: GPL-2.0-or-later
/* Trust bundles: opened, authenticated, decoded, every operation read. */
#include <string.h>

#include "fuzz.h"

static void read_authority(const struct suit_authority *authority,
			   struct suit_slice bytes,
			   const struct suit_crypto *crypto)
{
	u8 thumbprint[SUIT_MAX_DIGEST];
	static const uint8_t id[] = { 0x81, 0x41, 0x00 };
	struct suit_slice any = { id, sizeof(id) };
	struct suit_cursor keys;
	struct suit_key key;
	uint32_t n = 0;

	MUST(authority->name.len &&
	     authority->name.len <= SUIT_MAX_AUTHORITY_NAME);
	MUST(fuzz_inside(authority->prefixes, bytes));
	MUST(authority->threshold);
	if (authority->role == SUIT_ROLE_ROOT)
		MUST(!suit_authority_covers(authority, any));
	suit_cursor_init(&keys, authority->keys);
	for (; keys.left; n++) {
		memset(&key, 0, sizeof(key));
		MUST(suit_trust_key_next(&keys, &key) == SUIT_OK);
		MUST(suit_cose_alg_known(key.alg));
		MUST(fuzz_inside(key.bytes, bytes));
		suit_cose_key_thumbprint(&key, crypto, thumbprint);
	}
	MUST(n >= authority->threshold);
}

static void read_operations(const struct suit_trust_bundle *bundle,
			    struct suit_slice bytes,
			    const struct suit_crypto *crypto)
{
	struct suit_trust_operation op;
	struct suit_cursor cur;
	uint32_t i;

	suit_cursor_init(&cur, bundle->operations);
	for (i = 0; i < bundle->n_operations; i++) {
		MUST(suit_trust_operation_next(&cur, &op) == SUIT_OK);
		if (op.op == SUIT_TRUST_ADD)
			read_authority(&op.authority, bytes, crypto);
		else
			MUST(op.op <= SUIT_TRUST_REVOKE_DIGEST);
	}
	MUST(suit_cursor_end(&cur) == SUIT_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct suit_trust_bundle bundle;
	struct fuzz_seam seam;
	struct suit_slice bytes;

	if (!fuzz_seam_init(&seam, data, size, &bytes) ||
	    suit_trust_open(bytes, &bundle) != SUIT_OK)
		return 0;
	MUST(fuzz_inside(bundle.statement, bytes));
	MUST(fuzz_inside(bundle.blocks, bytes));
	if (suit_trust_authenticate(&bundle, fuzz_trust(), &seam.crypto) ==
	    SUIT_OK)
		MUST(seam.signatures);
	if (suit_trust_decode(&bundle) == SUIT_OK)
		read_operations(&bundle, bytes, &seam.crypto);
	return 0;
}

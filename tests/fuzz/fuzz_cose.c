// SPDX-License-Identifier: GPL-2.0-or-later
/* One authentication block, and one public key. */
#include <string.h>

#include "fuzz.h"

static void decode_key(struct suit_slice bytes)
{
	struct suit_key key;

	memset(&key, 0, sizeof(key));
	if (suit_cose_key_decode(bytes, &key) != SUIT_OK)
		return;
	MUST(suit_cose_alg_known(key.alg));
	MUST(fuzz_inside(key.kid, bytes));
	MUST(fuzz_inside(key.x, bytes));
	MUST(fuzz_inside(key.y, bytes));
	MUST(key.x.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint8_t text[] = "payload";
	struct suit_slice payload = { text, sizeof(text) }, none = { NULL, 0 };
	struct suit_auth auth;
	struct fuzz_seam seam;
	struct suit_slice block;
	uint64_t valid = 0;
	size_t i;

	if (!fuzz_seam_init(&seam, data, size, &block))
		return 0;
	decode_key(block);
	memset(&auth, 0, sizeof(auth));
	if (suit_cose_verify(block, payload, none, fuzz_trust(), &seam.crypto,
			     &auth) == SUIT_OK)
		MUST(seam.signatures);
	for (i = 0; i < sizeof(auth.valid) / sizeof(auth.valid[0]); i++)
		valid |= auth.valid[i];
	MUST(!valid || seam.signatures);
	MUST(valid < 1U << fuzz_trust()->n_keys);
	return 0;
}

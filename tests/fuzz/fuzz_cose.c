// SPDX-License-Identifier: GPL-2.0-or-later
/* One authentication block, and one public key. */
#include <string.h>

#include "fuzz.h"

static void decode_key(struct suit_slice bytes,
		       const struct suit_crypto *crypto)
{
	u8 thumbprint[SUIT_MAX_DIGEST];
	struct suit_key key;

	memset(&key, 0, sizeof(key));
	if (suit_cose_key_decode(bytes, &key) != SUIT_OK)
		return;
	MUST(suit_cose_alg_known(key.alg));
	MUST(fuzz_inside(key.kid, bytes));
	MUST(fuzz_inside(key.x, bytes));
	MUST(fuzz_inside(key.y, bytes));
	MUST(key.x.len);
	suit_cose_key_thumbprint(&key, crypto, thumbprint);
}

/* Whoever agrees has signed; nobody is not an authority. */
static void check_agreement(const struct fuzz_seam *seam,
			    const struct suit_auth *auth)
{
	u32 i, n = fuzz_trust()->n_authorities;

	for (i = 0; i < n; i++)
		MUST(!suit_authority_agrees(fuzz_trust(), i, auth) ||
		     seam->signatures);
	MUST(!suit_authority_agrees(fuzz_trust(), n, auth));
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
	memset(&auth, 0, sizeof(auth));
	if (suit_cose_verify(block, payload, none, fuzz_trust(), &seam.crypto,
			     &auth) == SUIT_OK)
		MUST(seam.signatures);
	check_agreement(&seam, &auth);
	for (i = 0; i < sizeof(auth.valid) / sizeof(auth.valid[0]); i++)
		valid |= auth.valid[i];
	MUST(!valid || seam.signatures);
	MUST(valid < 1U << fuzz_trust()->n_keys);
	decode_key(block, &seam.crypto);
	return 0;
}

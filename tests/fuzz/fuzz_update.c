// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Trust that changes, as user space keeps it: bundles one after another, each
 * with two bytes of length in front. A bundle that is refused changes nothing,
 * and what the tools read in a bundle is what the verifier reads.
 */
#include <string.h>

#include "fuzz.h"
#include "suitgate/trust.h"
#include "trust_set.h"

static void check_keys(const struct suit_trust *trust)
{
	u32 i, j;

	MUST(trust->n_authorities <= SUIT_MAX_AUTHORITIES);
	MUST(trust->n_keys <= SUIT_MAX_KEYS);
	for (i = 0; i < trust->n_authorities; i++) {
		MUST(trust->authority[i].threshold);
		fuzz_touch(trust->authority[i].prefixes);
		for (j = 0; j < i; j++)
			MUST(!suit_slice_equal(trust->authority[i].name,
					       trust->authority[j].name));
	}
	for (i = 0; i < trust->n_keys; i++) {
		MUST(trust->key[i].authority < trust->n_authorities);
		MUST(suit_cose_alg_known(trust->key[i].alg));
		MUST(trust->key[i].handle);
		fuzz_touch(trust->key[i].bytes);
	}
	for (i = 0; i < trust->n_revoked; i++)
		fuzz_touch(trust->revoked[i].value);
}

/* As suitctl trust list sees it, and as it would write it again. */
static void read_again(struct suit_slice bytes)
{
	struct sg_buf bundle = { (uint8_t *)bytes.ptr, bytes.len }, out = { 0 };
	struct sg_trust trust = { 0 };
	struct sg_error err;

	if (sg_trust_decode(&bundle, &trust, &err) == 0 &&
	    sg_trust_encode(&trust, &out, &err) == 0) {
		struct suit_trust_bundle theirs, ours;
		struct suit_slice again = { out.data, out.len };

		MUST(suit_trust_open(bytes, &theirs) == SUIT_OK);
		MUST(suit_trust_open(again, &ours) == SUIT_OK);
		/* a threshold of 1 need not be said, and is not */
		if (!suit_slice_equal(theirs.statement, ours.statement)) {
			MUST(ours.statement.len < theirs.statement.len);
			read_again(again);
		}
	}
	sg_trust_free(&trust);
	sg_buf_free(&out);
}

static void apply(struct sg_trust_set *set, struct suit_slice bytes)
{
	const struct suit_trust *now = sg_trust_set_keys(set);
	struct suit_trust before = *now;

	read_again(bytes);
	if (sg_trust_set_apply(set, bytes) != SUIT_OK)
		MUST(!memcmp(&before, now, sizeof(before)));
	check_keys(now);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sg_trust_set *set = sg_trust_set_new();
	size_t n;

	MUST(set);
	while (size >= 2) {
		n = (size_t)(data[0] << 8 | data[1]);
		data += 2;
		size -= 2;
		if (n > size)
			n = size;
		apply(set, (struct suit_slice){ data, n });
		data += n;
		size -= n;
	}
	sg_trust_set_free(set);
	return 0;
}

// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "cbor.h"
#include "crypto.h"

static const struct {
	s32 alg;
	u32 size;
} algorithms[] = {
	{ SUIT_ALG_SHA256, 32 },
	{ SUIT_ALG_SHA384, 48 },
	{ SUIT_ALG_SHA512, 64 },
};

enum { N_ALGORITHMS = sizeof(algorithms) / sizeof(algorithms[0]) };

bool suit_digest_label(u32 row, s64 *alg)
{
	if (row >= N_ALGORITHMS)
		return false;
	*alg = algorithms[row].alg;
	return true;
}

size_t suit_digest_size(s32 alg)
{
	u32 i;

	for (i = 0; i < N_ALGORITHMS; i++)
		if (algorithms[i].alg == alg)
			return algorithms[i].size;
	return 0;
}

bool suit_digest_equal(const struct suit_digest *a,
		       const struct suit_digest *b)
{
	return a->alg == b->alg && suit_slice_equal(a->value, b->value);
}

enum suit_error suit_digest_decode(struct suit_slice encoded,
				   struct suit_digest *out)
{
	struct suit_cursor cur;
	enum suit_error error;
	s64 alg;
	u32 n;

	suit_cursor_init(&cur, encoded);
	n = suit_cbor_array(&cur);
	if (cur.error == SUIT_OK && n < 2)
		return SUIT_ERR_DIGEST_FORM;
	alg = suit_cbor_int(&cur);
	out->value = suit_cbor_bstr(&cur);
	/* the standard lets extensions follow; they mean nothing here */
	for (; n > 2; n--)
		suit_cbor_item(&cur);
	error = suit_cursor_end(&cur);
	if (error == SUIT_ERR_TYPE)
		return SUIT_ERR_DIGEST_FORM;
	if (error != SUIT_OK)
		return error;
	if (alg != (s32)alg || !suit_digest_size((s32)alg))
		return SUIT_ERR_DIGEST_ALG;
	out->alg = (s32)alg;
	if (out->value.len != suit_digest_size(out->alg))
		return SUIT_ERR_DIGEST_FORM;
	return SUIT_OK;
}

enum suit_error suit_digest_check(const struct suit_crypto *crypto,
				  const struct suit_digest *want,
				  struct suit_slice bytes,
				  enum suit_error mismatch)
{
	u8 got[SUIT_MAX_DIGEST];
	struct suit_slice value = { got, suit_digest_size(want->alg) };
	enum suit_error error;

	if (!value.len)
		return SUIT_ERR_DIGEST_ALG;
	error = crypto->ops->digest(crypto->ctx, want->alg, &bytes, 1, got);
	if (error != SUIT_OK)
		return error;
	return suit_slice_equal(want->value, value) ? SUIT_OK : mismatch;
}

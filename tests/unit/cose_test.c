// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * COSE_Sign1: which keys are tried, what is signed, what a block looks like.
 */
#include <string.h>

#include "cose_case.h"

static const struct sign1 kids[] = {
	{ "no kid: every key is tried", "18([<<{1: -9}>>, {}, null, SIG])",
	  SUIT_OK, BY_1 },
	{ "no kid, the last key", "18([<<{1: -9}>>, {}, null, SIG])",
	  SUIT_OK, BY_5, 5 },
	{ "kid names the signer", "18([<<{1: -9}>>, {4: 'one'}, null, SIG])",
	  SUIT_OK, BY_1 },
	{ "kid in the protected header",
	  "18([<<{1: -9, 4: 'one'}>>, {}, null, SIG])", SUIT_OK, BY_1, 1,
	  "{1: -9, 4: 'one'}" },
	{ "two keys of one kid, signed by the first",
	  "18([<<{1: -9}>>, {4: 'two'}, null, SIG])", SUIT_OK, BY_2, 2 },
	{ "two keys of one kid, signed by the second",
	  "18([<<{1: -9}>>, {4: 'two'}, null, SIG])", SUIT_OK, BY_5, 5 },
	{ "kid names another trusted key",
	  "18([<<{1: -9}>>, {4: 'two'}, null, SIG])", SUIT_ERR_SIGNATURE },
	{ "kid nobody has", "18([<<{1: -9}>>, {4: 'none'}, null, SIG])",
	  SUIT_OK, BY_1 },
	{ "half a kid", "18([<<{1: -9}>>, {4: 'on'}, null, SIG])", SUIT_OK,
	  BY_5, 5 },
	{ "an empty kid names no key",
	  "18([<<{1: -9}>>, {4: ''}, null, SIG])", SUIT_OK, BY_1 },
	{ "kid of a revoked key", "18([<<{1: -9}>>, {4: 'four'}, null, SIG])",
	  SUIT_ERR_KEY_REVOKED, 0, 4 },
	{ "signed by a revoked key", "18([<<{1: -9}>>, {}, null, SIG])",
	  SUIT_ERR_SIGNATURE, 0, 4 },
	{ "signed by a stranger", "18([<<{1: -9}>>, {}, null, SIG])",
	  SUIT_ERR_SIGNATURE, 0, 99 },
	{ "kid as text", "18([<<{1: -9}>>, {4: \"one\"}, null, SIG])",
	  SUIT_ERR_TYPE },
	{ "kid in the protected header as text",
	  "18([<<{1: -9, 4: \"one\"}>>, {}, null, SIG])", SUIT_ERR_TYPE },
};

static const struct sign1 forms[] = {
	{ "untagged", "[<<{1: -9}>>, {}, null, SIG]", SUIT_ERR_COSE_TYPE },
	{ "bytes", "'block'", SUIT_ERR_COSE_TYPE },
	{ "nothing", "nothing''", SUIT_ERR_TRUNCATED },
	{ "a tag that is cut", "raw'd8'", SUIT_ERR_TRUNCATED },
	{ "tagged as COSE_Encrypt0", "16([<<{1: -9}>>, {}, null, SIG])",
	  SUIT_ERR_COSE_TYPE },
	{ "tagged as COSE_Mac0", "17([<<{1: -9}>>, {}, null, SIG])",
	  SUIT_ERR_COSE_ALG },
	{ "tagged as COSE_Encrypt", "96([<<{1: -9}>>, {}, null, SIG])",
	  SUIT_ERR_COSE_TYPE },
	{ "tagged as COSE_Mac", "97([<<{1: -9}>>, {}, null, SIG])",
	  SUIT_ERR_COSE_FORM },
	{ "tagged as COSE_Sign", "98([<<{1: -9}>>, {}, null, SIG])",
	  SUIT_ERR_TYPE },
	{ "tag 18 in 32 bits", "4294967314([<<{1: -9}>>, {}, null, SIG])",
	  SUIT_ERR_COSE_TYPE },
	{ "tagged twice", "18(18([<<{1: -9}>>, {}, null, SIG]))",
	  SUIT_ERR_TYPE },
	{ "a tag in a long head", "raw'd9001284'", SUIT_ERR_NONCANONICAL },
	{ "three elements", "18([<<{1: -9}>>, {}, null])",
	  SUIT_ERR_COSE_FORM },
	{ "five elements", "18([<<{1: -9}>>, {}, null, SIG, 0])",
	  SUIT_ERR_COSE_FORM },
	{ "no elements", "18([])", SUIT_ERR_COSE_FORM },
	{ "a map", "18({1: 2})", SUIT_ERR_TYPE },
	{ "an attached payload",
	  "18([<<{1: -9}>>, {}, 'payload', SIG])", SUIT_ERR_COSE_PAYLOAD },
	{ "an attached empty payload", "18([<<{1: -9}>>, {}, h'', SIG])",
	  SUIT_ERR_COSE_PAYLOAD },
	{ "false for the payload", "18([<<{1: -9}>>, {}, false, SIG])",
	  SUIT_ERR_COSE_PAYLOAD },
	{ "undefined for the payload", "18([<<{1: -9}>>, {}, raw'f7', SIG])",
	  SUIT_ERR_COSE_PAYLOAD },
	{ "a signature that is text",
	  "18([<<{1: -9}>>, {}, null, \"signature\"])", SUIT_ERR_TYPE },
	{ "no signature", "18([<<{1: -9}>>, {}, null, h''])",
	  SUIT_ERR_SIGNATURE_LENGTH },
	{ "a signature of one byte", "18([<<{1: -9}>>, {}, null, h'00'])",
	  SUIT_ERR_SIGNATURE_LENGTH },
	{ "no signature of any length",
	  "18([<<{1: -46}>>, {}, null, h''])", SUIT_ERR_SIGNATURE_LENGTH },
	{ "a short one where any length may be",
	  "18([<<{1: -46}>>, {}, null, h'00'])", SUIT_ERR_SIGNATURE },
};

/* A signature must have the length of its algorithm before a key is asked. */
static void signature_lengths(void **state)
{
	static const unsigned int sizes[] = { 1, 32, 63, 65, 72, 96, 128 };
	u64 valid;
	size_t i;

	(void)state;
	cose_make_keys();
	for (i = 0; i < COUNT(sizes); i++)
		expect(cose_verify(diag("18([<<{1: -9}>>, {}, null, h'%s'])",
				   repeat("00", sizes[i], "")), &valid),
		       SUIT_ERR_SIGNATURE_LENGTH);
	assert_int_equal(toy.verified, 0);
}

static void every_bit_of_a_signature(void **state)
{
	struct suit_slice block;
	size_t bit;
	u64 valid;
	u8 *copy;

	(void)state;
	cose_make_keys();
	block = toy_block(1, bytes_of("payload"));
	copy = (u8 *)block.ptr;
	for (bit = 8 * (block.len - 64); bit < 8 * block.len; bit++) {
		copy[bit / 8] ^= (u8)(1 << bit % 8);
		expect(cose_verify(block, &valid), SUIT_ERR_SIGNATURE);
		assert_int_equal(valid, 0);
		copy[bit / 8] ^= (u8)(1 << bit % 8);
	}
	expect(cose_verify(block, &valid), SUIT_OK);
}

static void cut_at_every_byte(void **state)
{
	struct suit_slice block;
	size_t len;
	u64 valid;

	(void)state;
	cose_make_keys();
	block = toy_block(1, bytes_of("payload"));
	len = block.len;
	for (block.len = 0; block.len < len; block.len++)
		expect(cose_verify(copy_of(block), &valid), SUIT_ERR_TRUNCATED);
	block.len = len;
	expect(cose_verify(diag("raw'%s00'", hex(block)), &valid),
	       SUIT_ERR_TRAILING);
	assert_int_equal(toy.verified, 0);
}

static void nobody_is_trusted(void **state)
{
	struct suit_trust nobody = { NULL, 0, NULL, 0 };
	struct suit_auth auth = { 0 };

	(void)state;
	cose_make_keys();
	expect(suit_cose_verify(toy_block(1, bytes_of("x")), bytes_of("x"),
				bytes_of(""), &nobody, toy_crypto(), &auth),
	       SUIT_ERR_NO_KEY);
	assert_int_equal(auth.valid[0], 0);
}

static void another_payload(void **state)
{
	u64 valid;

	(void)state;
	cose_make_keys();
	expect(cose_verify(toy_block(1, bytes_of("payloae")), &valid),
	       SUIT_ERR_SIGNATURE);
	expect(cose_verify(toy_block(1, bytes_of("")), &valid),
	       SUIT_ERR_SIGNATURE);
}

/* What was signed for one purpose is not signed for another. */
static void external_aad(void **state)
{
	static const char *const aads[] = { "", "trust", "trusu", "trust2" };
	struct suit_slice payload = bytes_of("payload"), block, sig;
	struct suit_auth auth = { 0 };
	size_t i;

	(void)state;
	cose_make_keys();
	sig = toy_sign1(1, "{1: -9}", bytes_of("trust"), payload);
	block = diag("18([<<{1: -9}>>, {}, null, h'%s'])", hex(sig));
	for (i = 0; i < COUNT(aads); i++)
		expect(suit_cose_verify(block, payload, bytes_of(aads[i]),
					&cose_trust, toy_crypto(), &auth),
		       i == 1 ? SUIT_OK : SUIT_ERR_SIGNATURE);
}

static void crypto_fails(void **state)
{
	static const enum suit_error errors[] = {
		SUIT_ERR_CRYPTO, SUIT_ERR_COSE_ALG,
	};
	struct suit_slice block;
	size_t i;
	u64 valid;

	(void)state;
	cose_make_keys();
	block = toy_block(1, bytes_of("payload"));
	for (i = 0; i < COUNT(errors); i++) {
		toy.verify_error = errors[i];
		expect(cose_verify(block, &valid), errors[i]);
		assert_int_equal(valid, 0);
	}
}

/* The head before the payload, as it was given to be verified. */
struct heads {
	u8 bytes[9];
	size_t n;
};

static enum suit_error record(void *ctx, const struct suit_key *key,
			      const struct suit_slice *part, size_t n,
			      struct suit_slice sig)
{
	struct heads *heads = ctx;

	(void)key;
	(void)sig;
	heads->n = part[n - 2].len;
	assert_in_range(heads->n, 1, sizeof(heads->bytes));
	memcpy(heads->bytes, part[n - 2].ptr, heads->n);
	return SUIT_OK;
}

/* Lengths at which a head grows, up to some that are not really there. */
static void heads_of_the_payload(void **state)
{
	static const struct {
		u64 len;
		const char *head;
	} rows[] = {
		{ 23, "57" }, { 24, "5818" }, { 255, "58ff" },
		{ 256, "590100" }, { 65535, "59ffff" },
		{ 65536, "5a00010000" }, { 0xffffffff, "5affffffff" },
		{ 1ULL << 32, "5b0000000100000000" },
	};
	static const struct suit_crypto_ops ops = { .verify = record };
	struct heads heads;
	const struct suit_crypto crypto = { &ops, &heads };
	struct suit_auth auth = { 0 };
	size_t i;

	(void)state;
	cose_make_keys();
	for (i = 0; i < COUNT(rows); i++) {
		struct suit_slice payload = { (const u8 *)"x", rows[i].len };
		struct suit_slice got = { heads.bytes, 0 };

		expect(suit_cose_verify(toy_block(1, bytes_of("x")), payload,
					bytes_of(""), &cose_trust, &crypto, &auth),
		       SUIT_OK);
		got.len = heads.n;
		expect_bytes(got, diag("raw'%s'", rows[i].head));
	}
}

int main(void)
{
	table(kids, check_sign1);
	table(forms, check_sign1);
	single("a signature of the wrong length", signature_lengths);
	single("every bit of a signature", every_bit_of_a_signature);
	single("cut at every byte", cut_at_every_byte);
	single("nobody is trusted", nobody_is_trusted);
	single("another payload", another_payload);
	single("another external_aad", external_aad);
	single("crypto fails", crypto_fails);
	single("heads of the payload", heads_of_the_payload);
	return table_run("cose");
}

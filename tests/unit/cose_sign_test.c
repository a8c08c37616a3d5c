// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * COSE_Sign: several signers, of which some are strangers and some lie.
 */
#include "cose_case.h"

/**
 * struct sign - one COSE_Sign
 * @block: the notation; SIG1, SIG2, SIG3 and SIG9 stand for signatures
 * @body: what was signed as the body's protected header
 */
struct sign {
	const char *name;
	const char *block;
	enum suit_error error;
	u64 valid;
	const char *body;
};

/* A signature by key @number over both headers. */
static struct suit_slice signer(u8 number, s32 alg, const char *body)
{
	return toy_signature(number,
			     diag("[\"Signature\", h'%s', <<{1: %d}>>, h'',"
				  " 'payload']", hex(diag("%s", body)), alg));
}

static void check_sign(void **state)
{
	const struct sign *row = *state;
	const char *body = row->body ? row->body : "nothing''";
	const char *block = row->block;
	u64 valid;

	cose_make_keys();
	block = with(block, "SIG1", signer(1, -9, body));
	block = with(block, "SIG2", signer(2, -9, body));
	block = with(block, "SIG3", signer(3, -19, body));
	block = with(block, "SIG9", signer(9, -9, body));
	expect(cose_verify(diag("%s", block), &valid), row->error);
	assert_int_equal(valid, row->valid);
}

#define ONE "[<<{1: -9}>>, {}, SIG1]"
#define TWO "[<<{1: -9}>>, {}, SIG2]"
#define THREE "[<<{1: -19}>>, {}, SIG3]"
#define STRANGER "[<<{1: -9}>>, {}, SIG9]"
/* of an algorithm that no trusted key has */
#define NOBODYS "[<<{1: -51}>>, {}, h'"

static const struct sign signs[] = {
	{ "sign: one signer", "98([h'', {}, null, [" ONE "]])", SUIT_OK,
	  BY_1 },
	{ "sign: three signers",
	  "98([h'', {}, null, [" ONE ", " TWO ", " THREE "]])", SUIT_OK,
	  BY_1 | BY_2 | BY_3 },
	{ "sign: the same signer twice",
	  "98([h'', {}, null, [" ONE ", " ONE "]])", SUIT_OK, BY_1 },
	{ "sign: a stranger first",
	  "98([h'', {}, null, [" STRANGER ", " ONE "]])", SUIT_OK, BY_1 },
	{ "sign: a stranger last",
	  "98([h'', {}, null, [" ONE ", " STRANGER "]])", SUIT_OK, BY_1 },
	{ "sign: only a stranger", "98([h'', {}, null, [" STRANGER "]])",
	  SUIT_ERR_SIGNATURE },
	{ "sign: a bad signature that names a trusted key",
	  "98([h'', {}, null, [" ONE ", [<<{1: -9}>>, {4: 'two'}, SIG9]]])",
	  SUIT_ERR_SIGNATURE, BY_1 },
	{ "sign: the same first",
	  "98([h'', {}, null, [[<<{1: -9}>>, {4: 'two'}, SIG9], " ONE "]])",
	  SUIT_ERR_SIGNATURE },
	{ "sign: a named key of another algorithm",
	  "98([h'', {}, null, [" ONE ", [<<{1: -19}>>, {4: 'two'}, SIG9]]])",
	  SUIT_ERR_KEY_ALG, BY_1 },
	{ "sign: a revoked key that is named",
	  "98([h'', {}, null, [" ONE ", [<<{1: -9}>>, {4: 'four'}, SIG9]]])",
	  SUIT_ERR_KEY_REVOKED, BY_1 },
	{ "sign: an unknown algorithm beside a good one",
	  "98([h'', {}, null, [" ONE ", [<<{1: -999}>>, {}, SIG9]]])",
	  SUIT_ERR_COSE_ALG, BY_1 },
	{ "sign: a signer without alg",
	  "98([h'', {}, null, [[h'', {}, SIG1]]])",
	  SUIT_ERR_COSE_ALG_MISSING },
	{ "sign: alg in the body only",
	  "98([<<{1: -9}>>, {}, null, [[h'', {}, SIG1]]])",
	  SUIT_ERR_COSE_ALG_MISSING, 0, "{1: -9}" },
	{ "sign: alg in the body too",
	  "98([<<{1: -9}>>, {}, null, [" ONE "]])", SUIT_OK, BY_1,
	  "{1: -9}" },
	{ "sign: alg unprotected in the body",
	  "98([h'', {1: -9}, null, [" ONE "]])",
	  SUIT_ERR_COSE_ALG_UNPROTECTED },
	{ "sign: the body's header is signed",
	  "98([<<{3: 1}>>, {}, null, [" ONE "]])", SUIT_OK, BY_1,
	  "{3: 1}" },
	{ "sign: the body's header exchanged",
	  "98([<<{3: 0}>>, {}, null, [" ONE "]])", SUIT_ERR_SIGNATURE, 0,
	  "{3: 1}" },
	{ "sign: an empty map is signed as no bytes",
	  "98([<<{}>>, {}, null, [" ONE "]])", SUIT_OK, BY_1 },
	{ "sign: an empty map signed as a map",
	  "98([<<{}>>, {}, null, [" ONE "]])", SUIT_ERR_SIGNATURE, 0, "{}" },
	{ "sign: no bytes signed as an empty map",
	  "98([h'', {}, null, [" ONE "]])", SUIT_ERR_SIGNATURE, 0, "{}" },
	{ "sign: a signature for COSE_Sign1",
	  "18([<<{1: -9}>>, {}, null, SIG1])", SUIT_ERR_SIGNATURE },
	{ "sign: no signatures", "98([h'', {}, null, []])",
	  SUIT_ERR_COSE_FORM },
	{ "sign: signatures that are a map", "98([h'', {}, null, {}])",
	  SUIT_ERR_TYPE },
	{ "sign: a signature of two elements",
	  "98([h'', {}, null, [[<<{1: -9}>>, {}]]])", SUIT_ERR_COSE_FORM },
	{ "sign: a signature of four elements",
	  "98([h'', {}, null, [[<<{1: -9}>>, {}, SIG1, 0]]])",
	  SUIT_ERR_COSE_FORM },
	{ "sign: a signature that is bytes", "98([h'', {}, null, [SIG1]])",
	  SUIT_ERR_TYPE },
	{ "sign: a signature whose value is text",
	  "98([h'', {}, null, [[<<{1: -9}>>, {}, \"x\"]]])", SUIT_ERR_TYPE },
	{ "sign: a malformed header after a good signature",
	  "98([h'', {}, null, [" ONE ", [<<{1: -9, 1: -9}>>, {}, SIG2]]])",
	  SUIT_ERR_MAP_DUPLICATE, BY_1 },
	{ "sign: a malformed body header", "98([<<[]>>, {}, null, [" ONE "]])",
	  SUIT_ERR_TYPE },
	{ "sign: an attached payload", "98([h'', {}, 'payload', [" ONE "]])",
	  SUIT_ERR_COSE_PAYLOAD },
	{ "sign: a signature that is too short",
	  "98([h'', {}, null, [" ONE ", [<<{1: -9}>>, {}, h'00']]])",
	  SUIT_ERR_SIGNATURE_LENGTH, BY_1 },
	{ "sign: something after a good signature",
	  "98([h'', {}, null, [" ONE "], 0])", SUIT_ERR_COSE_FORM },
};

static void cut_signers(void **state)
{
	const char *notation = "98([<<{3: 1}>>, {}, null, ["
				 ONE ", " TWO "]])";
	struct suit_slice block;
	size_t len;
	u64 valid;

	(void)state;
	cose_make_keys();
	notation = with(notation, "SIG1", signer(1, -9, "{3: 1}"));
	notation = with(notation, "SIG2", signer(2, -9, "{3: 1}"));
	block = diag("%s", notation);
	expect(cose_verify(diag("raw'%s00'", hex(block)), &valid),
	       SUIT_ERR_TRAILING);
	len = block.len;
	for (block.len = 0; block.len < len; block.len++)
		expect(cose_verify(copy_of(block), &valid), SUIT_ERR_TRUNCATED);
}

/* Several signers nobody has a key for: not even tried. */
static void only_strangers(void **state)
{
	const char *sig = repeat("00", 96, "");
	u64 valid;

	(void)state;
	cose_make_keys();
	expect(cose_verify(diag("98([h'', {}, null, [" NOBODYS "%s'], " NOBODYS
			   "%s']]])", sig, sig), &valid), SUIT_ERR_NO_KEY);
	expect(cose_verify(diag("18([<<{1: -51}>>, {}, null, h'%s'])", sig),
		      &valid), SUIT_ERR_NO_KEY);
	assert_int_equal(toy.verified, 0);
}

int main(void)
{
	table(signs, check_sign);
	single("sign: cut at every byte", cut_signers);
	single("only strangers", only_strangers);
	return table_run("cose_sign");
}

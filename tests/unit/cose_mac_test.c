// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * COSE_Mac0 and COSE_Mac: everyone who can check one can make one, so they are
 * for keys that say so, and nothing else goes through them.
 */
#include "cose_case.h"

static struct suit_key keys[3];
static const struct suit_trust trust = { NULL, 0, keys, COUNT(keys) };

static void make_keys(void)
{
	toy_reset();
	keys[0] = toy_key(1, SUIT_ALG_HMAC256, "one");
	keys[1] = toy_key(1, SUIT_ALG_ESP256, "one");
	keys[2] = toy_key(2, SUIT_ALG_HMAC256, "two");
}

/**
 * struct mac_row - one block
 * @block: the notation; TAG0 and TAG1 stand for tags by key 1 of a COSE_Mac0
 *	and of a COSE_Mac, SIG for a signature by it
 */
struct mac_row {
	const char *name;
	const char *block;
	enum suit_error error;
	u64 valid;
};

/* The tag of a MAC_structure is as long as an HMAC. */
static struct suit_slice tag(const char *context, const char *protected)
{
	struct suit_slice out = toy_signature(1, diag(
		"[\"%s\", h'%s', h'', 'payload']", context,
		hex(diag("%s", protected))));

	out.len = 32;
	return out;
}

static void check_mac(void **state)
{
	const struct mac_row *row = *state;
	struct suit_auth auth = { 0 };
	const char *block = row->block;

	make_keys();
	block = with(block, "TAG0", tag("MAC0", "{1: 5}"));
	block = with(block, "TAG1", tag("MAC", "{1: 5}"));
	block = with(block, "TAG9", tag("MAC0", "{1: -9}"));
	block = with(block, "SIG", toy_sign1(1, "{1: 5}", bytes_of(""),
					     bytes_of("payload")));
	expect(suit_cose_verify(diag("%s", block), bytes_of("payload"),
				bytes_of(""), &trust, toy_crypto(), &auth),
	       row->error);
	assert_int_equal(auth.valid[0], row->valid);
}

#define DIRECT "[[h'', {1: -6}, h'']]"

static const struct mac_row rows[] = {
	{ "MAC0", "17([<<{1: 5}>>, {}, null, TAG0])", SUIT_OK, 1 },
	{ "MAC0: a kid", "17([<<{1: 5}>>, {4: 'one'}, null, TAG0])", SUIT_OK,
	  1 },
	{ "MAC0: another kid", "17([<<{1: 5}>>, {4: 'two'}, null, TAG0])",
	  SUIT_ERR_SIGNATURE },
	{ "MAC0: a tag of a COSE_Mac", "17([<<{1: 5}>>, {}, null, TAG1])",
	  SUIT_ERR_SIGNATURE },
	{ "MAC0: a tag that is cut", "17([<<{1: 5}>>, {}, null, h'00'])",
	  SUIT_ERR_SIGNATURE_LENGTH },
	{ "MAC0: no tag", "17([<<{1: 5}>>, {}, null, h''])",
	  SUIT_ERR_SIGNATURE_LENGTH },
	{ "MAC0: the algorithm of a signature",
	  "17([<<{1: -9}>>, {}, null, TAG9])", SUIT_ERR_COSE_ALG },
	{ "MAC0: no algorithm", "17([h'', {}, null, TAG0])",
	  SUIT_ERR_COSE_ALG_MISSING },
	{ "MAC0: HMAC with a short tag, 256/64",
	  "17([<<{1: 4}>>, {}, null, h'0000000000000000'])",
	  SUIT_ERR_COSE_ALG },
	{ "MAC0: an attached payload",
	  "17([<<{1: 5}>>, {}, 'payload', TAG0])", SUIT_ERR_COSE_PAYLOAD },
	{ "MAC0: more elements", "17([<<{1: 5}>>, {}, null, TAG0, []])",
	  SUIT_ERR_COSE_FORM },
	{ "the algorithm of a MAC in a COSE_Sign1",
	  "18([<<{1: 5}>>, {}, null, SIG])", SUIT_ERR_COSE_ALG },
	{ "the algorithm of a MAC in a COSE_Sign",
	  "98([h'', {}, null, [[<<{1: 5}>>, {}, SIG]]])",
	  SUIT_ERR_COSE_ALG },
	{ "MAC", "97([<<{1: 5}>>, {}, null, TAG1, " DIRECT "])", SUIT_OK,
	  1 },
	{ "MAC: a recipient with a kid",
	  "97([<<{1: 5}>>, {}, null, TAG1, [[h'', {1: -6, 4: 'one'}, h'']]])",
	  SUIT_OK, 1 },
	{ "MAC: a recipient with another kid",
	  "97([<<{1: 5}>>, {}, null, TAG1, [[h'', {1: -6, 4: 'two'}, h'']]])",
	  SUIT_ERR_SIGNATURE },
	{ "MAC: a tag of a COSE_Mac0",
	  "97([<<{1: 5}>>, {}, null, TAG0, " DIRECT "])",
	  SUIT_ERR_SIGNATURE },
	{ "MAC: without recipients", "97([<<{1: 5}>>, {}, null, TAG1])",
	  SUIT_ERR_COSE_FORM },
	{ "MAC: no recipient", "97([<<{1: 5}>>, {}, null, TAG1, []])",
	  SUIT_ERR_COSE_FORM },
	{ "MAC: two recipients", "97([<<{1: 5}>>, {}, null, TAG1,"
	  " [[h'', {1: -6}, h''], [h'', {1: -6}, h'']]])",
	  SUIT_ERR_COSE_FORM },
	{ "MAC: recipients that are a map",
	  "97([<<{1: 5}>>, {}, null, TAG1, {}])", SUIT_ERR_TYPE },
	{ "MAC: a key that is wrapped",
	  "97([<<{1: 5}>>, {}, null, TAG1, [[h'', {1: -3}, h'']]])",
	  SUIT_ERR_COSE_ALG },
	{ "MAC: a recipient without its algorithm",
	  "97([<<{1: 5}>>, {}, null, TAG1, [[h'', {4: 'one'}, h'']]])",
	  SUIT_ERR_COSE_ALG },
	{ "MAC: a recipient with nothing",
	  "97([<<{1: 5}>>, {}, null, TAG1, [[h'', {}, h'']]])",
	  SUIT_ERR_TYPE },
	{ "MAC: a recipient with a protected header",
	  "97([<<{1: 5}>>, {}, null, TAG1, [[<<{1: -6}>>, {}, h'']]])",
	  SUIT_ERR_COSE_ALG },
	{ "MAC: a recipient with another header",
	  "97([<<{1: 5}>>, {}, null, TAG1, [[h'', {1: -6, 5: 0}, h'']]])",
	  SUIT_ERR_COSE_FORM },
	{ "MAC: a recipient with three headers",
	  "97([<<{1: 5}>>, {}, null, TAG1,"
	  " [[h'', {1: -6, 4: 'one', 5: 0}, h'']]])", SUIT_ERR_COSE_ALG },
	{ "MAC: a recipient whose kid is text",
	  "97([<<{1: 5}>>, {}, null, TAG1,"
	  " [[h'', {1: -6, 4: \"one\"}, h'']]])", SUIT_ERR_TYPE },
	{ "MAC: a recipient with its algorithm twice",
	  "97([<<{1: 5}>>, {}, null, TAG1, [[h'', {1: -6, 1: -6}, h'']]])",
	  SUIT_ERR_MAP_DUPLICATE },
	{ "MAC: a recipient with a key",
	  "97([<<{1: 5}>>, {}, null, TAG1, [[h'', {1: -6}, h'00']]])",
	  SUIT_ERR_COSE_FORM },
	{ "MAC: a recipient of its own recipients",
	  "97([<<{1: 5}>>, {}, null, TAG1, [[h'', {1: -6}, h'', []]]])",
	  SUIT_ERR_COSE_ALG },
	{ "MAC: a recipient that is bytes",
	  "97([<<{1: 5}>>, {}, null, TAG1, ['x']])", SUIT_ERR_TYPE },
	{ "MAC: an attached payload",
	  "97([<<{1: 5}>>, {}, 'payload', TAG1, " DIRECT "])",
	  SUIT_ERR_COSE_PAYLOAD },
	{ "MAC: the algorithm of a signature",
	  "97([<<{1: -9}>>, {}, null, TAG9, " DIRECT "])",
	  SUIT_ERR_COSE_ALG },
	{ "MAC: a malformed header",
	  "97([<<[]>>, {}, null, TAG1, " DIRECT "])", SUIT_ERR_TYPE },
};

static void cut_at_every_byte(void **state)
{
	struct suit_auth auth = { 0 };
	struct suit_slice block;
	size_t len;

	(void)state;
	make_keys();
	block = diag("97([<<{1: 5}>>, {}, null, h'%s',"
		     " [[h'', {1: -6, 4: 'one'}, h'']]])",
		     hex(tag("MAC", "{1: 5}")));
	expect(suit_cose_verify(diag("raw'%s00'", hex(block)),
				bytes_of("payload"), bytes_of(""), &trust,
				toy_crypto(), &auth), SUIT_ERR_TRAILING);
	len = block.len;
	for (block.len = 0; block.len < len; block.len++)
		expect(suit_cose_verify(copy_of(block), bytes_of("payload"),
					bytes_of(""), &trust, toy_crypto(),
					&auth), SUIT_ERR_TRUNCATED);
	assert_int_equal(toy.verified, 0);
}

int main(void)
{
	table(rows, check_mac);
	single("cut at every byte", cut_at_every_byte);
	return table_run("cose_mac");
}

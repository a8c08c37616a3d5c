// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The envelope: its members, their order, what it carries besides the manifest.
 * Nothing here looks into that, and nothing is verified.
 */
#include "cose_case.h"
#include "opened.h"

/* Any bytes: an envelope that is opened does not show what its manifest is. */
#define MANIFEST_BYTES "manifest"

struct member_row {
	const char *name;
	const char *envelope;	/* AUTH, MAN: the two that must be there */
	enum suit_error error;
};

static struct suit_slice fill(const char *envelope)
{
	static const u8 signers[] = { 1, 0 };

	envelope = with(envelope, "AUTH",
			wrapper_of(bytes_of(MANIFEST_BYTES), signers));
	envelope = with(envelope, "MAN", bytes_of(MANIFEST_BYTES));
	return diag("%s", envelope);
}

static void check_members(void **state)
{
	const struct member_row *row = *state;
	struct suit_envelope env;

	toy_reset();
	expect(suit_envelope_open(&env, fill(row->envelope)), row->error);
	assert_false(env.authenticated);
	assert_int_equal(toy.verified, 0);
}

static const struct member_row members[] = {
	{ "tagged", "107({2: AUTH, 3: MAN})", SUIT_OK },
	{ "untagged", "{2: AUTH, 3: MAN}", SUIT_OK },
	{ "every severable member", "107({2: AUTH, 3: MAN, 14: h'', 15: h'',"
	  " 16: h'', 18: h'', 20: h'', 23: h''})", SUIT_OK },
	{ "payloads", "107({2: AUTH, 3: MAN, \"#a\": h'', \"#b\": h''})",
	  SUIT_OK },
	{ "nothing", "nothing''", SUIT_ERR_ENVELOPE_EMPTY },
	{ "an empty map", "107({})", SUIT_ERR_ENVELOPE_AUTH },
	{ "no authentication", "107({3: MAN})", SUIT_ERR_ENVELOPE_AUTH },
	{ "no manifest", "107({2: AUTH})", SUIT_ERR_ENVELOPE_MANIFEST },
	{ "no map", "107([2, AUTH, 3, MAN])", SUIT_ERR_TYPE },
	{ "bytes", "107(MAN)", SUIT_ERR_TYPE },
	{ "only a tag", "raw'd86b'", SUIT_ERR_TRUNCATED },
	{ "tag 107 twice", "107(107({2: AUTH, 3: MAN}))",
	  SUIT_ERR_ENVELOPE_TAG },
	{ "the tag of a manifest", "1070({2: AUTH, 3: MAN})",
	  SUIT_ERR_ENVELOPE_TAG },
	{ "the tag of a manifest inside", "107(1070({2: AUTH, 3: MAN}))",
	  SUIT_ERR_ENVELOPE_TAG },
	{ "the tag of COSE_Sign1", "18({2: AUTH, 3: MAN})",
	  SUIT_ERR_ENVELOPE_TAG },
	{ "tag 107 in 32 bits", "4294967403({2: AUTH, 3: MAN})",
	  SUIT_ERR_ENVELOPE_TAG },
	{ "tag 107 in a long head", "raw'd9006ba0'", SUIT_ERR_NONCANONICAL },
	{ "self-described CBOR", "55799(107({2: AUTH, 3: MAN}))",
	  SUIT_ERR_ENVELOPE_TAG },
	{ "the manifest first", "107({3: MAN, 2: AUTH})",
	  SUIT_ERR_MAP_ORDER },
	{ "two manifests", "107({2: AUTH, 3: MAN, 3: 'evil'})",
	  SUIT_ERR_MAP_DUPLICATE },
	{ "two authentications", "107({2: AUTH, 2: AUTH, 3: MAN})",
	  SUIT_ERR_MAP_DUPLICATE },
	{ "two installs", "107({2: AUTH, 3: MAN, 20: h'', 20: h''})",
	  SUIT_ERR_MAP_DUPLICATE },
	{ "two payloads of one name",
	  "107({2: AUTH, 3: MAN, \"#a\": h'', \"#a\": h''})",
	  SUIT_ERR_MAP_DUPLICATE },
	{ "payloads out of order",
	  "107({2: AUTH, 3: MAN, \"#b\": h'', \"#a\": h''})",
	  SUIT_ERR_MAP_ORDER },
	{ "a payload first", "107({\"#a\": h'', 2: AUTH, 3: MAN})",
	  SUIT_ERR_MAP_ORDER },
	{ "a severed member after a payload",
	  "107({2: AUTH, 3: MAN, \"#a\": h'', 20: h''})",
	  SUIT_ERR_MAP_ORDER },
	{ "member 0", "107({0: h'', 2: AUTH, 3: MAN})",
	  SUIT_ERR_ENVELOPE_MEMBER },
	{ "member 1, once a delegation chain",
	  "107({1: h'', 2: AUTH, 3: MAN})", SUIT_ERR_ENVELOPE_MEMBER },
	{ "a member nobody knows", "107({2: AUTH, 3: MAN, 21: h''})",
	  SUIT_ERR_ENVELOPE_MEMBER },
	{ "validate is not severable", "107({2: AUTH, 3: MAN, 7: h''})",
	  SUIT_ERR_ENVELOPE_MEMBER },
	{ "invoke is not severable", "107({2: AUTH, 3: MAN, 9: h''})",
	  SUIT_ERR_ENVELOPE_MEMBER },
	{ "uninstall is not severable", "107({2: AUTH, 3: MAN, 24: h''})",
	  SUIT_ERR_ENVELOPE_MEMBER },
	{ "a negative member", "107({2: AUTH, 3: MAN, -1: h''})",
	  SUIT_ERR_ENVELOPE_MEMBER },
	{ "a member that is 3 in 32 bits",
	  "107({2: AUTH, 3: MAN, 4294967299: h''})",
	  SUIT_ERR_ENVELOPE_MEMBER },
	{ "a member beyond 64 bits",
	  "107({2: AUTH, 3: MAN, 18446744073709551615: h''})",
	  SUIT_ERR_RANGE },
	{ "bytes as a key", "107({2: AUTH, 3: MAN, h'03': h''})",
	  SUIT_ERR_TYPE },
	{ "an array as a key", "107({2: AUTH, 3: MAN, [3]: h''})",
	  SUIT_ERR_TYPE },
	{ "an array as a key, after a payload",
	  "107({2: AUTH, 3: MAN, \"#a\": h'', [3]: h''})",
	  SUIT_ERR_ENVELOPE_MEMBER },
	{ "a payload without a name", "107({2: AUTH, 3: MAN, \"\": h''})",
	  SUIT_ERR_ENVELOPE_MEMBER },
	{ "a payload that is text", "107({2: AUTH, 3: MAN, \"#a\": \"x\"})",
	  SUIT_ERR_TYPE },
	{ "a payload's name that is no UTF-8",
	  "107({2: AUTH, 3: MAN, raw'61ff': h''})", SUIT_ERR_UTF8 },
	{ "an authentication that is no bytes",
	  "107({2: [digest''], 3: MAN})", SUIT_ERR_TYPE },
	{ "a manifest that is no bytes", "107({2: AUTH, 3: {1: 1}})",
	  SUIT_ERR_TYPE },
	{ "a severed member that is a digest",
	  "107({2: AUTH, 3: MAN, 20: digest''})", SUIT_ERR_TYPE },
	{ "an unknown member that is no bytes",
	  "107({2: AUTH, 3: MAN, 21: 0})", SUIT_ERR_ENVELOPE_MEMBER },
	{ "of indefinite length", "107(raw'bfff')", SUIT_ERR_INDEFINITE },
	{ "a long head", "107(raw'b800')", SUIT_ERR_NONCANONICAL },
	{ "more members than bytes", "107(raw'b8ff00')",
	  SUIT_ERR_TRUNCATED },
};

static const struct member_row wrappers[] = {
	{ "wrapper: only a digest", "{2: <<[<<digest''>>]>>, 3: MAN}",
	  SUIT_OK },
	{ "wrapper: blocks of anything",
	  "{2: <<[<<digest''>>, h'', 'x']>>, 3: MAN}", SUIT_OK },
	{ "wrapper: no bytes in it", "{2: h'', 3: MAN}",
	  SUIT_ERR_TRUNCATED },
	{ "wrapper: an empty array", "{2: <<[]>>, 3: MAN}",
	  SUIT_ERR_DIGEST_FORM },
	{ "wrapper: no array", "{2: <<{1: 1}>>, 3: MAN}", SUIT_ERR_TYPE },
	{ "wrapper: a digest that is no bytes",
	  "{2: <<[digest'']>>, 3: MAN}", SUIT_ERR_TYPE },
	{ "wrapper: a digest that is none", "{2: <<[<<[]>>]>>, 3: MAN}",
	  SUIT_ERR_DIGEST_FORM },
	{ "wrapper: a block for the digest, as in draft -05",
	  "{2: <<[<<18([<<{1: -9}>>, {}, <<digest''>>, h''])>>]>>, 3: MAN}",
	  SUIT_ERR_MANIFEST_EPOCH },
	{ "wrapper: a digest that is cut",
	  "{2: <<[<<[-16, h'00']>>]>>, 3: MAN}", SUIT_ERR_DIGEST_FORM },
	{ "wrapper: SHA-1",
	  "{2: <<[<<[-14, h'0000000000000000000000000000000000000000']>>]>>,"
	  " 3: MAN}", SUIT_ERR_DIGEST_ALG },
	{ "wrapper: a block that is no bytes",
	  "{2: <<[<<digest''>>, 18([h'', {}, null, h''])]>>, 3: MAN}",
	  SUIT_ERR_TYPE },
	{ "wrapper: something after it",
	  "{2: <<[<<digest''>>], 0>>, 3: MAN}", SUIT_ERR_TRAILING },
	{ "wrapper: something after the digest",
	  "{2: <<[<<digest'', 0>>]>>, 3: MAN}", SUIT_ERR_TRAILING },
	{ "wrapper: a block that is missing", "{2: <<raw'82', <<digest''>>>>,"
	  " 3: MAN}", SUIT_ERR_TRUNCATED },
};

static void cut_at_every_byte(void **state)
{
	struct suit_slice whole = fill("107({2: AUTH, 3: MAN, 20: h'00',"
				       " \"#a\": 'x'})");
	size_t len = whole.len;
	struct suit_envelope env;

	(void)state;
	expect(suit_envelope_open(&env, diag("raw'%s00'", hex(whole))),
	       SUIT_ERR_TRAILING);
	for (whole.len = 1; whole.len < len; whole.len++)
		expect(suit_envelope_open(&env, copy_of(whole)),
		       SUIT_ERR_TRUNCATED);
}

static void what_is_found(void **state)
{
	static const char *const uris[] = { "#a", "#b", "#cc" };
	struct suit_slice whole = fill("107({2: AUTH, 3: MAN, 14: 'coswid',"
				       " 23: 'text', \"#a\": 'one',"
				       " \"#b\": h'', \"#cc\": 'three'})");
	struct suit_slice uri, got;
	struct suit_envelope env;
	struct suit_cursor cur;
	size_t i;

	(void)state;
	expect(suit_envelope_open(&env, whole), SUIT_OK);
	assert_ptr_equal(env.bytes.ptr, whole.ptr);
	expect_bytes(env.manifest, bytes_of(MANIFEST_BYTES));
	expect_bytes(env.manifest_bstr, diag("'%s'", MANIFEST_BYTES));
	expect_bytes(env.severed[SUIT_SEVERABLE_COSWID], diag("'coswid'"));
	expect_bytes(env.severed[SUIT_SEVERABLE_TEXT], diag("'text'"));
	assert_null(env.severed[SUIT_SEVERABLE_INSTALL].ptr);
	assert_int_equal(env.n_blocks, 1);
	assert_int_equal(env.n_payloads, 3);
	expect(suit_envelope_payload(&env, bytes_of("#a"), &got), SUIT_OK);
	expect_bytes(got, bytes_of("one"));
	expect(suit_envelope_payload(&env, bytes_of("#b"), &got), SUIT_OK);
	assert_int_equal(got.len, 0);
	expect(suit_envelope_payload(&env, bytes_of("#cc"), &got), SUIT_OK);
	expect_bytes(got, bytes_of("three"));
	suit_cursor_init(&cur, env.payloads);
	for (i = 0; i < COUNT(uris); i++) {
		expect(suit_envelope_payload_next(&cur, &uri, &got), SUIT_OK);
		expect_bytes(uri, bytes_of(uris[i]));
	}
	expect(suit_envelope_payload_next(&cur, &uri, &got),
	       SUIT_ERR_TRUNCATED);
}

struct lookup {
	const char *name;
	const char *uri;
};

static const struct lookup absent[] = {
	{ "payload: of no name", "" },
	{ "payload: half a name", "#" },
	{ "payload: a name and more", "#aa" },
	{ "payload: in capitals", "#A" },
	{ "payload: of another name", "http://example.com/#a" },
};

static void check_absent(void **state)
{
	const struct lookup *row = *state;
	struct suit_slice got;
	struct suit_envelope env;

	expect(suit_envelope_open(&env, fill("{2: AUTH, 3: MAN,"
					     " \"#a\": 'one'}")), SUIT_OK);
	expect(suit_envelope_payload(&env, bytes_of(row->uri), &got),
	       SUIT_ERR_PAYLOAD_MISSING);
	/* a count that promises more than there is */
	env.n_payloads = 2;
	expect(suit_envelope_payload(&env, bytes_of(row->uri), &got),
	       SUIT_ERR_PAYLOAD_MISSING);
}

static void severable_labels(void **state)
{
	static const struct {
		s64 label;
		int member;
	} rows[] = {
		{ 14, SUIT_SEVERABLE_COSWID },
		{ 15, SUIT_SEVERABLE_DEPENDENCY_RESOLUTION },
		{ 16, SUIT_SEVERABLE_PAYLOAD_FETCH },
		{ 18, SUIT_SEVERABLE_CANDIDATE_VERIFICATION },
		{ 20, SUIT_SEVERABLE_INSTALL },
		{ 23, SUIT_SEVERABLE_TEXT },
		{ 0, -1 }, { 2, -1 }, { 3, -1 }, { 7, -1 }, { 17, -1 },
		{ 24, -1 }, { -14, -1 }, { 14 + 256, -1 },
		{ 14 + (1LL << 32), -1 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		assert_int_equal(suit_severable_of(rows[i].label),
				 rows[i].member);
}

int main(void)
{
	table(members, check_members);
	table(wrappers, check_members);
	single("cut at every byte", cut_at_every_byte);
	single("what is found", what_is_found);
	table(absent, check_absent);
	single("labels of severable members", severable_labels);
	return table_run("envelope");
}

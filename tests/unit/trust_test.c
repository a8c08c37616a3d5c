// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Trust statements: form, operations, authorities.
 */
#include "table.h"

#define Z32 "0000000000000000000000000000000000000000000000000000000000000000"
#define X32 "8496811aae0baaabd26157189eecda26beaa8bf11b6f3fe6e2b5659c85dbc0ad"
#define KEY "<<{1: 2, 3: -9, -1: 1, -2: h'" Z32 "', -3: h'" Z32 "'}>>"
#define KEY2 "<<{1: 2, 3: -9, -1: 1, -2: h'" X32 "', -3: h'" Z32 "'}>>"
#define FW "4: [['firmware']]"

struct statement {
	const char *name;
	const char *text;
	enum suit_error error;
};

/* The bundle of a statement, unsigned, opened and decoded. */
static enum suit_error decode(struct suit_trust_bundle *bundle,
			      struct suit_slice statement)
{
	struct suit_slice bytes = diag("[h'%s']", hex(statement));

	expect(suit_trust_open(bytes, bundle), SUIT_OK);
	assert_int_equal(bundle->n_blocks, 0);
	return suit_trust_decode(bundle);
}

static void check_statement(void **state)
{
	const struct statement *row = *state;
	struct suit_trust_bundle bundle;

	expect(decode(&bundle, diag("%s", row->text)), row->error);
}

static void check_operation(void **state)
{
	const struct statement *row = *state;
	struct suit_trust_bundle bundle;

	expect(decode(&bundle, diag("{1: 1, 2: 7, 3: [%s]}", row->text)),
	       row->error);
}

static void check_authority(void **state)
{
	const struct statement *row = *state;
	struct suit_trust_bundle bundle;

	expect(decode(&bundle, diag("{1: 1, 2: 7, 3: [[1, %s]]}",
				    row->text)), row->error);
}

static const struct statement statements[] = {
	{ "a statement", "{1: 1, 2: 0, 3: [[2, \"acme\", 7]]}", SUIT_OK },
	{ "the last sequence number there is",
	  "{1: 1, 2: 18446744073709551615, 3: [[2, \"acme\", 7]]}",
	  SUIT_OK },
	{ "version 2", "{1: 2, 2: 0, 3: [[2, \"acme\", 7]]}",
	  SUIT_ERR_TRUST_FORM },
	{ "version 0", "{1: 0, 2: 0, 3: [[2, \"acme\", 7]]}",
	  SUIT_ERR_TRUST_FORM },
	{ "a version that is text", "{1: \"1\", 2: 0, 3: [[2, \"acme\", 7]]}",
	  SUIT_ERR_TRUST_FORM },
	{ "a sequence number below 0", "{1: 1, 2: -1, 3: [[2, \"acme\", 7]]}",
	  SUIT_ERR_TRUST_FORM },
	{ "no operations", "{1: 1, 2: 0, 3: []}", SUIT_ERR_TRUST_FORM },
	{ "operations that are a map", "{1: 1, 2: 0, 3: {}}",
	  SUIT_ERR_TRUST_FORM },
	{ "no version", "{2: 0, 3: [[2, \"acme\", 7]]}",
	  SUIT_ERR_TRUST_FORM },
	{ "another member first", "{0: 1, 2: 0, 3: [[2, \"acme\", 7]]}",
	  SUIT_ERR_TRUST_FORM },
	{ "another member second", "{1: 1, 3: 0, 4: [[2, \"acme\", 7]]}",
	  SUIT_ERR_TRUST_FORM },
	{ "another member third", "{1: 1, 2: 0, 4: [[2, \"acme\", 7]]}",
	  SUIT_ERR_TRUST_FORM },
	{ "a member too many", "{1: 1, 2: 0, 3: [[2, \"acme\", 7]], 4: 0}",
	  SUIT_ERR_TRUST_FORM },
	{ "a member that is text", "{1: 1, 2: 0, \"3\": [[2, \"acme\", 7]]}",
	  SUIT_ERR_TRUST_FORM },
	{ "the version twice", "{1: 1, 1: 1, 2: [[2, \"acme\", 7]]}",
	  SUIT_ERR_MAP_DUPLICATE },
	{ "members out of order", "{1: 1, 3: [[2, \"acme\", 7]], 2: 0}",
	  SUIT_ERR_TRUST_FORM },
	{ "no map", "[1, 0, [[2, \"acme\", 7]]]", SUIT_ERR_TRUST_FORM },
	{ "nothing", "nothing''", SUIT_ERR_TRUNCATED },
	{ "more operations than bytes", "raw'a3010102000398ff80'",
	  SUIT_ERR_TRUNCATED },
	{ "an operation that is missing", "raw'a30101020003828302613107'",
	  SUIT_ERR_TRUNCATED },
	{ "a byte after it", "raw'a3010102000381830261310700'",
	  SUIT_ERR_TRAILING },
};

static const struct statement operations[] = {
	{ "retire", "[2, \"acme\", 7]", SUIT_OK },
	{ "retire, and then another", "[2, \"a\", 7], [2, \"b\", 8]",
	  SUIT_OK },
	{ "retire nobody", "[2, \"\", 7]", SUIT_ERR_TRUST_FORM },
	{ "retire without a number", "[2, \"acme\"]", SUIT_ERR_TRUST_FORM },
	{ "retire and more", "[2, \"acme\", 7, 8]", SUIT_ERR_TRUST_FORM },
	{ "retire a name that is bytes", "[2, 'acme', 7]",
	  SUIT_ERR_TRUST_FORM },
	{ "retire at a number below 0", "[2, \"acme\", -1]",
	  SUIT_ERR_TRUST_FORM },
	{ "revoke a key", "[3, h'" Z32 "']", SUIT_OK },
	{ "revoke a key by half a thumbprint",
	  "[3, h'00000000000000000000000000000000']", SUIT_ERR_TRUST_FORM },
	{ "revoke a key by more than a thumbprint", "[3, h'" Z32 "00']",
	  SUIT_ERR_TRUST_FORM },
	{ "revoke a key by text", "[3, \"" Z32 "\"]", SUIT_ERR_TRUST_FORM },
	{ "revoke a key and more", "[3, h'" Z32 "', 0]",
	  SUIT_ERR_TRUST_FORM },
	{ "revoke a manifest", "[4, digest'x']", SUIT_OK },
	{ "revoke a manifest by bytes", "[4, h'" Z32 "']",
	  SUIT_ERR_DIGEST_FORM },
	{ "revoke a manifest by SHA-1",
	  "[4, [-14, h'0000000000000000000000000000000000000000']]",
	  SUIT_ERR_DIGEST_ALG },
	{ "revoke a manifest by a float", "[4, raw'f90000']",
	  SUIT_ERR_RESERVED },
	{ "operation 0", "[0, 0]", SUIT_ERR_TRUST_FORM },
	{ "operation 5", "[5, 0]", SUIT_ERR_TRUST_FORM },
	{ "retire, in 8 bits", "[258, \"acme\", 7]", SUIT_ERR_TRUST_FORM },
	{ "revoke a key, in 8 bits", "[259, h'" Z32 "']",
	  SUIT_ERR_TRUST_FORM },
	{ "an operation that is text", "[\"retire\", \"acme\", 7]",
	  SUIT_ERR_TRUST_FORM },
	{ "an empty operation", "[]", SUIT_ERR_TRUNCATED },
	{ "an empty operation before another", "[], [2, \"acme\", 7]",
	  SUIT_ERR_TRUST_FORM },
	{ "an operation without an argument", "[4]", SUIT_ERR_TRUST_FORM },
	{ "an operation that is a map", "{2: \"acme\"}",
	  SUIT_ERR_TRUST_FORM },
	{ "an operation that is a number", "2", SUIT_ERR_TRUST_FORM },
	{ "add and more", "[1, {}, 0]", SUIT_ERR_TRUST_FORM },
};

static const struct statement authorities[] = {
	{ "a vendor", "{1: \"acme\", 2: 2, 3: [" KEY "], " FW "}", SUIT_OK },
	{ "a baseline", "{1: \"acme\", 2: 3, 3: [" KEY "], " FW "}",
	  SUIT_OK },
	{ "a root", "{1: \"root\", 2: 1, 3: [" KEY "], 4: []}", SUIT_OK },
	{ "a certificate",
	  "{1: \"acme\", 2: 2, 3: [['DER', -9]], " FW "}", SUIT_OK },
	{ "two keys, both needed",
	  "{1: \"acme\", 2: 2, 3: [" KEY ", " KEY2 "], " FW ", 5: 2}",
	  SUIT_OK },
	{ "a threshold nobody reaches",
	  "{1: \"acme\", 2: 2, 3: [" KEY "], " FW ", 5: 2}",
	  SUIT_ERR_TRUST_FORM },
	{ "a threshold of 0",
	  "{1: \"acme\", 2: 2, 3: [" KEY "], " FW ", 5: 0}",
	  SUIT_ERR_TRUST_FORM },
	{ "a threshold that is 1 in 8 bits",
	  "{1: \"acme\", 2: 2, 3: [" KEY "], " FW ", 5: 257}",
	  SUIT_ERR_TRUST_FORM },
	{ "a threshold below 0",
	  "{1: \"acme\", 2: 2, 3: [" KEY "], " FW ", 5: -1}",
	  SUIT_ERR_TRUST_FORM },
	{ "a root with a prefix",
	  "{1: \"root\", 2: 1, 3: [" KEY "], " FW "}", SUIT_ERR_TRUST_FORM },
	{ "a vendor without a prefix",
	  "{1: \"acme\", 2: 2, 3: [" KEY "], 4: []}", SUIT_ERR_TRUST_FORM },
	{ "no prefixes", "{1: \"acme\", 2: 2, 3: [" KEY "]}",
	  SUIT_ERR_TRUST_FORM },
	{ "a root without prefixes", "{1: \"root\", 2: 1, 3: [" KEY "]}",
	  SUIT_ERR_TRUST_FORM },
	{ "an empty prefix", "{1: \"acme\", 2: 2, 3: [" KEY "], 4: [[]]}",
	  SUIT_ERR_COMPONENT_ID },
	{ "a prefix that is text",
	  "{1: \"acme\", 2: 2, 3: [" KEY "], 4: [\"firmware\"]}",
	  SUIT_ERR_COMPONENT_ID },
	{ "a prefix that is no CBOR",
	  "{1: \"acme\", 2: 2, 3: [" KEY "], 4: [raw'ff']}",
	  SUIT_ERR_INDEFINITE },
	{ "prefixes that are one", "{1: \"acme\", 2: 2, 3: [" KEY "],"
	  " 4: 'firmware'}", SUIT_ERR_TRUST_FORM },
	{ "no name", "{2: 2, 3: [" KEY "], " FW "}", SUIT_ERR_TRUST_FORM },
	{ "an empty name", "{1: \"\", 2: 2, 3: [" KEY "], " FW "}",
	  SUIT_ERR_TRUST_FORM },
	{ "a name that is bytes", "{1: 'acme', 2: 2, 3: [" KEY "], " FW "}",
	  SUIT_ERR_TRUST_FORM },
	{ "a new line in a name",
	  "{1: \"ac\nme\", 2: 2, 3: [" KEY "], " FW "}",
	  SUIT_ERR_TRUST_FORM },
	{ "an escape in a name",
	  "{1: \"\x1b[2J\", 2: 2, 3: [" KEY "], " FW "}",
	  SUIT_ERR_TRUST_FORM },
	{ "DEL in a name", "{1: \"a\x7f\", 2: 2, 3: [" KEY "], " FW "}",
	  SUIT_ERR_TRUST_FORM },
	{ "U+009B in a name, an escape too",
	  "{1: \"a\xc2\x9b\", 2: 2, 3: [" KEY "], " FW "}",
	  SUIT_ERR_TRUST_FORM },
	{ "U+00A0 in a name", "{1: \"a\xc2\xa0\", 2: 2, 3: [" KEY "], " FW
	  "}", SUIT_OK },
	{ "a name that is no UTF-8",
	  "{1: raw'61ff', 2: 2, 3: [" KEY "], " FW "}", SUIT_ERR_UTF8 },
	{ "no role", "{1: \"acme\", 3: [" KEY "], " FW "}",
	  SUIT_ERR_TRUST_FORM },
	{ "role 0", "{1: \"acme\", 2: 0, 3: [" KEY "], " FW "}",
	  SUIT_ERR_TRUST_FORM },
	{ "role 4", "{1: \"acme\", 2: 4, 3: [" KEY "], " FW "}",
	  SUIT_ERR_TRUST_FORM },
	{ "a role that is a vendor's in 8 bits",
	  "{1: \"acme\", 2: 258, 3: [" KEY "], " FW "}",
	  SUIT_ERR_TRUST_FORM },
	{ "no keys", "{1: \"acme\", 2: 2, 4: [['firmware']]}",
	  SUIT_ERR_TRUST_FORM },
	{ "an empty list of keys", "{1: \"acme\", 2: 2, 3: [], " FW "}",
	  SUIT_ERR_TRUST_FORM },
	{ "keys that are no list", "{1: \"acme\", 2: 2, 3: " KEY ", " FW "}",
	  SUIT_ERR_TRUST_FORM },
	{ "the same key twice",
	  "{1: \"acme\", 2: 2, 3: [" KEY ", " KEY "], " FW "}",
	  SUIT_ERR_TRUST_FORM },
	{ "the same key with another kid",
	  "{1: \"acme\", 2: 2, 3: [" KEY ", <<{1: 2, 2: 'kid', 3: -9, -1: 1,"
	  " -2: h'" Z32 "', -3: h'" Z32 "'}>>], " FW "}",
	  SUIT_ERR_TRUST_FORM },
	{ "the same key for another algorithm",
	  "{1: \"acme\", 2: 2, 3: [" KEY ", <<{1: 2, 3: -7, -1: 1, -2: h'" Z32
	  "', -3: h'" Z32 "'}>>], " FW "}", SUIT_OK },
	{ "the other point of the same x",
	  "{1: \"acme\", 2: 2, 3: [" KEY ", <<{1: 2, 3: -9, -1: 1, -2: h'" Z32
	  "', -3: h'" X32 "'}>>], " FW "}", SUIT_OK },
	{ "the same certificate twice",
	  "{1: \"acme\", 2: 2, 3: [['DER', -9], ['DER', -7]], " FW "}",
	  SUIT_ERR_TRUST_FORM },
	{ "two certificates",
	  "{1: \"acme\", 2: 2, 3: [['DER', -9], ['DER2', -9]], " FW "}",
	  SUIT_OK },
	{ "a certificate and a key",
	  "{1: \"acme\", 2: 2, 3: [['DER', -9], " KEY "], " FW "}",
	  SUIT_OK },
	{ "an empty certificate",
	  "{1: \"acme\", 2: 2, 3: [['', -9]], " FW "}", SUIT_ERR_KEY_FORM },
	{ "a certificate without its algorithm",
	  "{1: \"acme\", 2: 2, 3: [['DER']], " FW "}", SUIT_ERR_KEY_FORM },
	{ "a certificate of no algorithm",
	  "{1: \"acme\", 2: 2, 3: [['DER', -257]], " FW "}",
	  SUIT_ERR_KEY_TYPE },
	{ "a certificate that is text",
	  "{1: \"acme\", 2: 2, 3: [[\"DER\", -9]], " FW "}",
	  SUIT_ERR_TRUST_FORM },
	{ "a key that is no bytes",
	  "{1: \"acme\", 2: 2, 3: [{1: 2}], " FW "}", SUIT_ERR_TRUST_FORM },
	{ "a key that is none", "{1: \"acme\", 2: 2, 3: [<<{}>>], " FW "}",
	  SUIT_ERR_KEY_FORM },
	{ "a private key",
	  "{1: \"acme\", 2: 2, 3: [<<{1: 2, 3: -9, -1: 1, -2: h'" Z32
	  "', -3: h'" Z32 "', -4: h'" Z32 "'}>>], " FW "}",
	  SUIT_ERR_KEY_FORM },
	{ "a member nobody knows",
	  "{1: \"acme\", 2: 2, 3: [" KEY "], " FW ", 6: 0}",
	  SUIT_ERR_TRUST_FORM },
	{ "a member twice", "{1: \"acme\", 1: \"acme\"}",
	  SUIT_ERR_MAP_DUPLICATE },
	{ "members out of order", "{2: 2, 1: \"acme\"}",
	  SUIT_ERR_MAP_ORDER },
	{ "an empty authority", "{}", SUIT_ERR_TRUST_FORM },
	{ "no authority", "[1]", SUIT_ERR_TRUST_FORM },
};

static void cut_at_every_byte(void **state)
{
	struct suit_slice whole = diag(
		"{1: 1, 2: 7, 3: [[1, {1: \"acme\", 2: 2, 3: [" KEY
		", ['DER', -9]], " FW ", 5: 1}], [2, \"acme\", 7],"
		" [3, h'" Z32 "'], [4, digest'x']]}");
	struct suit_trust_bundle bundle;
	size_t len = whole.len;

	(void)state;
	expect(decode(&bundle, whole), SUIT_OK);
	for (whole.len = 0; whole.len < len; whole.len++)
		expect(decode(&bundle, copy_of(whole)), SUIT_ERR_TRUNCATED);
}

static void what_is_decoded(void **state)
{
	struct suit_trust_operation op;
	struct suit_trust_bundle bundle;
	struct suit_cursor cur;
	struct suit_key key;

	(void)state;
	expect(decode(&bundle, diag(
		"{1: 1, 2: 9, 3: [[1, {1: \"acme\", 2: 2, 3: [" KEY
		", ['DER', -7]], " FW ", 5: 2}], [2, \"old\", 41],"
		" [3, h'" X32 "'], [4, digest'x']]}")), SUIT_OK);
	assert_int_equal(bundle.sequence, 9);
	assert_int_equal(bundle.n_operations, 4);
	suit_cursor_init(&cur, bundle.operations);
	expect(suit_trust_operation_next(&cur, &op), SUIT_OK);
	assert_int_equal(op.op, SUIT_TRUST_ADD);
	expect_bytes(op.authority.name, bytes_of("acme"));
	assert_int_equal(op.authority.role, SUIT_ROLE_VENDOR);
	assert_int_equal(op.authority.threshold, 2);
	assert_false(op.authority.retired);
	expect_bytes(op.authority.prefixes, diag("[['firmware']]"));
	expect(suit_trust_operation_next(&cur, &op), SUIT_OK);
	assert_int_equal(op.op, SUIT_TRUST_RETIRE);
	expect_bytes(op.name, bytes_of("old"));
	assert_int_equal(op.last, 41);
	expect(suit_trust_operation_next(&cur, &op), SUIT_OK);
	assert_int_equal(op.op, SUIT_TRUST_REVOKE_KEY);
	expect_bytes(op.thumbprint, diag("raw'%s'", X32));
	expect(suit_trust_operation_next(&cur, &op), SUIT_OK);
	assert_int_equal(op.op, SUIT_TRUST_REVOKE_DIGEST);
	assert_int_equal(op.digest.alg, SUIT_ALG_SHA256);
	expect(suit_trust_operation_next(&cur, &op), SUIT_ERR_TRUNCATED);
	suit_cursor_init(&cur, bundle.operations);
	expect(suit_trust_operation_next(&cur, &op), SUIT_OK);
	suit_cursor_init(&cur, op.authority.keys);
	expect(suit_trust_key_next(&cur, &key), SUIT_OK);
	assert_int_equal(key.form, SUIT_KEY_COSE);
	expect(suit_trust_key_next(&cur, &key), SUIT_OK);
	assert_int_equal(key.form, SUIT_KEY_X509);
	assert_int_equal(key.alg, SUIT_ALG_ES256);
	expect_bytes(key.bytes, bytes_of("DER"));
	expect(suit_trust_key_next(&cur, &key), SUIT_ERR_TRUNCATED);
}

int main(void)
{
	table(statements, check_statement);
	table(operations, check_operation);
	table(authorities, check_authority);
	single("cut at every byte", cut_at_every_byte);
	single("what is decoded", what_is_decoded);
	return table_run("trust");
}

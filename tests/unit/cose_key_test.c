// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * COSE_Key: what each algorithm demands of its key, what is refused, and the
 * thumbprint.
 */
#include <string.h>

#include "crypto.h"
#include "toy.h"

/* The key of the examples of draft-ietf-suit-manifest. */
#define X "8496811aae0baaabd26157189eecda26beaa8bf11b6f3fe6e2b5659c85dbc0ad"
#define Y "3b1f2a4b6c098131c0a36dacd1d78bd381dcdfb09c052db33991db7338b4a896"
#define Z16 "00000000000000000000000000000000"
#define X384 X Z16
#define EC2 "-1: 1, -2: h'" X "', -3: h'" Y "'}"
#define LMS Z16 Z16 Z16 "000000000000000000000000"

struct key_row {
	const char *name;
	const char *key;
	enum suit_error error;
	s32 alg;
	u8 crv;
};

static const struct key_row good[] = {
	{ "ESP256", "{1: 2, 3: -9, " EC2, SUIT_OK, -9, 1 },
	{ "ES256", "{1: 2, 3: -7, " EC2, SUIT_OK, -7, 1 },
	{ "ESP384", "{1: 2, 3: -51, -1: 2, -2: h'" X384 "', -3: h'" X384 "'}",
	  SUIT_OK, -51, 2 },
	{ "ES384", "{1: 2, 3: -35, -1: 2, -2: h'" X384 "', -3: h'" X384 "'}",
	  SUIT_OK, -35, 2 },
	{ "Ed25519", "{1: 1, 3: -19, -1: 6, -2: h'" X "'}", SUIT_OK, -19,
	  6 },
	{ "EdDSA", "{1: 1, 3: -8, -1: 6, -2: h'" X "'}", SUIT_OK, -8, 6 },
	{ "HSS-LMS", "{1: 5, 3: -46, -1: h'" LMS "'}", SUIT_OK, -46, 0 },
	{ "HMAC", "{1: 4, 3: 5, -1: h'" X "'}", SUIT_OK, 5, 0 },
	{ "HMAC, a key for MACs", "{1: 4, 3: 5, 4: [10], -1: h'" X "'}",
	  SUIT_OK, 5, 0 },
	{ "a kid", "{1: 2, 2: 'kid', 3: -9, " EC2, SUIT_OK, -9, 1 },
	{ "key_ops: verify", "{1: 2, 3: -9, 4: [2], " EC2, SUIT_OK, -9, 1 },
	{ "key_ops: sign and verify", "{1: 2, 3: -9, 4: [1, 2], " EC2,
	  SUIT_OK, -9, 1 },
	{ "key_ops: a text and verify", "{1: 2, 3: -9, 4: [\"x\", 2], " EC2,
	  SUIT_OK, -9, 1 },
};

static const struct key_row bad[] = {
	{ "no algorithm", "{1: 2, " EC2, SUIT_ERR_KEY_FORM },
	{ "algorithm 0", "{1: 2, 3: 0, " EC2, SUIT_ERR_KEY_FORM },
	{ "an algorithm that is text", "{1: 2, 3: \"ES256\", " EC2,
	  SUIT_ERR_KEY_FORM },
	{ "an algorithm nobody knows", "{1: 2, 3: -257, " EC2,
	  SUIT_ERR_KEY_TYPE },
	{ "an algorithm that is none in 32 bits",
	  "{1: 2, 3: 4294967287, " EC2, SUIT_ERR_KEY_TYPE },
	{ "an algorithm of another key type", "{1: 2, 3: -19, " EC2,
	  SUIT_ERR_KEY_TYPE },
	{ "an algorithm of another curve", "{1: 2, 3: -51, " EC2,
	  SUIT_ERR_KEY_TYPE },
	{ "HMAC with a key of 31 bytes", "{1: 4, 3: 5, -1: h'" Z16
	  "000000000000000000000000000000'}", SUIT_ERR_KEY_FORM },
	{ "HMAC without a key", "{1: 4, 3: 5}", SUIT_ERR_KEY_FORM },
	{ "HMAC with a key for signatures",
	  "{1: 4, 3: 5, 4: [2], -1: h'" X "'}", SUIT_ERR_KEY_FORM },
	{ "HMAC with an EC key", "{1: 2, 3: 5, " EC2, SUIT_ERR_KEY_TYPE },
	{ "ESP256 with a key for MACs", "{1: 2, 3: -9, 4: [10], " EC2,
	  SUIT_ERR_KEY_FORM },
	{ "no key type", "{3: -9, " EC2, SUIT_ERR_KEY_FORM },
	{ "a key type that is text", "{1: \"EC2\", 3: -9, " EC2,
	  SUIT_ERR_KEY_FORM },
	{ "a key type that is none in 8 bits", "{1: 258, 3: -9, " EC2,
	  SUIT_ERR_KEY_FORM },
	{ "no curve", "{1: 2, 3: -9, -2: h'" X "', -3: h'" Y "'}",
	  SUIT_ERR_KEY_TYPE },
	{ "a curve that is none in 8 bits",
	  "{1: 2, 3: -9, -1: 257, -2: h'" X "', -3: h'" Y "'}",
	  SUIT_ERR_KEY_TYPE },
	{ "secp256k1",
	  "{1: 2, 3: -9, -1: 8, -2: h'" X "', -3: h'" Y "'}",
	  SUIT_ERR_KEY_TYPE },
	{ "X25519 for Ed25519", "{1: 1, 3: -19, -1: 4, -2: h'" X "'}",
	  SUIT_ERR_KEY_TYPE },
	{ "a public key for the curve",
	  "{1: 2, 3: -9, -1: h'" X "', -2: h'" X "', -3: h'" Y "'}",
	  SUIT_ERR_KEY_TYPE },
	{ "a private key",
	  "{1: 2, 3: -9, -1: 1, -2: h'" X "', -3: h'" Y "', -4: h'" X "'}",
	  SUIT_ERR_KEY_FORM },
	{ "an empty private key",
	  "{1: 2, 3: -9, -1: 1, -2: h'" X "', -3: h'" Y "', -4: h''}",
	  SUIT_ERR_KEY_FORM },
	{ "a private key of Ed25519",
	  "{1: 1, 3: -19, -1: 6, -2: h'" X "', -4: h'" X "'}",
	  SUIT_ERR_KEY_FORM },
	{ "a private key of ML-DSA", "{1: 7, 3: -48, -1: PUB1312, -2: h'" X
	  "'}", SUIT_ERR_KEY_FORM },
	{ "key_ops: sign only", "{1: 2, 3: -9, 4: [1], " EC2,
	  SUIT_ERR_KEY_FORM },
	{ "key_ops: none", "{1: 2, 3: -9, 4: [], " EC2, SUIT_ERR_KEY_FORM },
	{ "key_ops: text only", "{1: 2, 3: -9, 4: [\"verify\"], " EC2,
	  SUIT_ERR_KEY_FORM },
	{ "key_ops: no array", "{1: 2, 3: -9, 4: 2, " EC2,
	  SUIT_ERR_KEY_FORM },
	{ "x cut", "{1: 2, 3: -9, -1: 1, -2: h'" Z16 "', -3: h'" Y "'}",
	  SUIT_ERR_KEY_FORM },
	{ "x too long",
	  "{1: 2, 3: -9, -1: 1, -2: h'00" X "', -3: h'" Y "'}",
	  SUIT_ERR_KEY_FORM },
	{ "no x", "{1: 2, 3: -9, -1: 1, -3: h'" Y "'}", SUIT_ERR_KEY_FORM },
	{ "x as text", "{1: 2, 3: -9, -1: 1, -2: \"x\", -3: h'" Y "'}",
	  SUIT_ERR_KEY_FORM },
	{ "no y", "{1: 2, 3: -9, -1: 1, -2: h'" X "'}", SUIT_ERR_KEY_FORM },
	{ "y compressed to its sign",
	  "{1: 2, 3: -9, -1: 1, -2: h'" X "', -3: false}",
	  SUIT_ERR_KEY_FORM },
	{ "y cut", "{1: 2, 3: -9, -1: 1, -2: h'" X "', -3: h'" Z16 "'}",
	  SUIT_ERR_KEY_FORM },
	{ "y for Ed25519",
	  "{1: 1, 3: -19, -1: 6, -2: h'" X "', -3: h'" Y "'}",
	  SUIT_ERR_KEY_FORM },
	{ "an empty y for Ed25519",
	  "{1: 1, 3: -19, -1: 6, -2: h'" X "', -3: h''}",
	  SUIT_ERR_KEY_FORM },
	{ "a public key of HSS-LMS that is cut",
	  "{1: 5, 3: -46, -1: h'" X "'}", SUIT_ERR_KEY_FORM },
	{ "a public key of ML-DSA of another strength",
	  "{1: 7, 3: -49, -1: PUB1312}", SUIT_ERR_KEY_FORM },
	{ "a base IV", "{1: 2, 3: -9, 5: h'00', " EC2, SUIT_ERR_KEY_FORM },
	{ "a member nobody knows",
	  "{1: 2, 3: -9, 99: 0, " EC2, SUIT_ERR_KEY_FORM },
	{ "a text label",
	  "{1: 2, 3: -9, -1: 1, -2: h'" X "', -3: h'" Y "', \"x\": 0}",
	  SUIT_ERR_KEY_FORM },
	{ "a kid that is text", "{1: 2, 2: \"kid\", 3: -9, " EC2,
	  SUIT_ERR_KEY_FORM },
	{ "a member twice", "{1: 2, 3: -9, 3: -9, " EC2,
	  SUIT_ERR_MAP_DUPLICATE },
	{ "members out of order", "{3: -9, 1: 2, " EC2, SUIT_ERR_MAP_ORDER },
	{ "no map", "[2, -9]", SUIT_ERR_KEY_FORM },
	{ "an empty map", "{}", SUIT_ERR_KEY_FORM },
	{ "nothing", "nothing''", SUIT_ERR_TRUNCATED },
	{ "a byte after the key", "raw'a000'", SUIT_ERR_TRAILING },
	{ "a long head", "raw'b800'", SUIT_ERR_NONCANONICAL },
};

/* The notation of @row's key, with a placeholder filled in. */
static struct suit_slice key_of(const struct key_row *row)
{
	const char *at = strstr(row->key, "PUB1312");

	if (!at)
		return diag("%s", row->key);
	return diag("%.*sh'%s'%s", (int)(at - row->key), row->key,
		    repeat("00", 1312, ""), at + strlen("PUB1312"));
}

static void check_key(void **state)
{
	const struct key_row *row = *state;
	struct suit_slice bytes = key_of(row);
	struct suit_key key;

	expect(suit_cose_key_decode(bytes, &key), row->error);
	if (row->error != SUIT_OK)
		return;
	assert_int_equal(key.alg, row->alg);
	assert_int_equal(key.crv, row->crv);
	assert_int_equal(key.form, SUIT_KEY_COSE);
	assert_false(key.revoked);
	assert_null(key.handle);
	expect_bytes(key.bytes, bytes);
	assert_int_equal(key.kid.len, strstr(row->key, "'kid'") ? 3 : 0);
}

static void cut_at_every_byte(void **state)
{
	struct suit_slice whole = diag("{1: 2, 2: 'kid', 3: -9, 4: [2], %s",
				       EC2);
	size_t len = whole.len;
	struct suit_key key;

	(void)state;
	for (whole.len = 0; whole.len < len; whole.len++)
		expect(suit_cose_key_decode(copy_of(whole), &key),
		       SUIT_ERR_TRUNCATED);
}

struct rule {
	const char *name;
	s32 alg;
	unsigned int key_size;
	size_t signature_size;
};

static const struct rule ml_dsa[] = {
	{ "ML-DSA-44", -48, 1312, 2420 },
	{ "ML-DSA-65", -49, 1952, 3309 },
	{ "ML-DSA-87", -50, 2592, 4627 },
};

static void check_ml_dsa(void **state)
{
	const struct rule *row = *state;
	struct suit_key key;
	int off;

	for (off = -1; off <= 1; off++)
		expect(suit_cose_key_decode(
			diag("{1: 7, 3: %d, -1: h'%s'}", row->alg,
			     repeat("5a", row->key_size + (unsigned int)off,
				    "")), &key),
		       off ? SUIT_ERR_KEY_FORM : SUIT_OK);
	assert_int_equal(suit_cose_signature_size(row->alg),
			 row->signature_size);
	assert_true(suit_cose_alg_known(row->alg));
}

static void signature_sizes(void **state)
{
	static const s32 of_64[] = { -7, -8, -9, -19 }, of_96[] = { -35, -51 };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(of_64); i++)
		assert_int_equal(suit_cose_signature_size(of_64[i]), 64);
	for (i = 0; i < COUNT(of_96); i++)
		assert_int_equal(suit_cose_signature_size(of_96[i]), 96);
	assert_int_equal(suit_cose_signature_size(5), 32);
	assert_true(suit_cose_alg_mac(5));
	assert_false(suit_cose_alg_mac(-9));
	assert_false(suit_cose_alg_mac(5 + (1LL << 32)));
	assert_int_equal(suit_cose_signature_size(-46), 0);
	assert_int_equal(suit_cose_signature_size(-16), 0);
	assert_false(suit_cose_alg_known(-16));
	assert_false(suit_cose_alg_known(0));
	assert_false(suit_cose_alg_known(-9LL - (1LL << 32)));
}

/* RFC 9679: over the required members, whatever else the key says. */
struct print {
	const char *name;
	const char *key;
	const char *members;
};

static const struct print prints[] = {
	{ "thumbprint of an EC key", "{1: 2, 3: -9, " EC2, "{1: 2, " EC2 },
	{ "thumbprint without the optional members",
	  "{1: 2, 2: 'kid', 3: -9, 4: [2], " EC2, "{1: 2, " EC2 },
	{ "thumbprint of one for another algorithm", "{1: 2, 3: -7, " EC2,
	  "{1: 2, " EC2 },
	{ "thumbprint of a P-384 key",
	  "{1: 2, 3: -51, -1: 2, -2: h'" X384 "', -3: h'" X384 "'}",
	  "{1: 2, -1: 2, -2: h'" X384 "', -3: h'" X384 "'}" },
	{ "thumbprint of an Ed25519 key",
	  "{1: 1, 3: -19, -1: 6, -2: h'" X "'}",
	  "{1: 1, -1: 6, -2: h'" X "'}" },
	{ "thumbprint of an HSS-LMS key", "{1: 5, 3: -46, -1: h'" LMS "'}",
	  "{1: 5, -1: h'" LMS "'}" },
	{ "thumbprint of a symmetric key", "{1: 4, 3: 5, -1: h'" X "'}",
	  "{1: 4, -1: h'" X "'}" },
	{ "thumbprint of an ML-DSA key, its algorithm included",
	  "{1: 7, 3: -48, -1: PUB1312}", "{1: 7, 3: -48, -1: PUB1312}" },
};

static struct suit_slice sha256(struct suit_slice bytes)
{
	u8 value[32];
	struct suit_slice out = { value, sizeof(value) };

	expect(sg_crypto()->ops->digest(NULL, SUIT_ALG_SHA256, &bytes, 1,
					value), SUIT_OK);
	return copy_of(out);
}

static void check_print(void **state)
{
	const struct print *row = *state;
	const struct key_row given = { NULL, row->key, SUIT_OK, 0, 0 };
	const struct key_row hashed = { NULL, row->members, SUIT_OK, 0, 0 };
	struct suit_key key;
	u8 value[32];
	struct suit_slice got = { value, sizeof(value) };

	expect(suit_cose_key_decode(key_of(&given), &key), SUIT_OK);
	expect(suit_cose_key_thumbprint(&key, sg_crypto(), value), SUIT_OK);
	expect_bytes(got, sha256(key_of(&hashed)));
}

static void other_thumbprints(void **state)
{
	struct suit_key certificate = {
		.form = SUIT_KEY_X509, .alg = -9, .bytes = bytes_of("DER")
	};
	struct suit_key unknown = { .form = SUIT_KEY_COSE, .alg = -999 };
	u8 value[32];
	struct suit_slice got = { value, sizeof(value) };
	struct suit_key key;

	(void)state;
	expect(suit_cose_key_thumbprint(&certificate, sg_crypto(), value),
	       SUIT_OK);
	expect_bytes(got, sha256(bytes_of("DER")));
	expect(suit_cose_key_thumbprint(&unknown, sg_crypto(), value),
	       SUIT_ERR_KEY_TYPE);
	/* the one of the examples, computed by another implementation */
	expect(suit_cose_key_decode(diag("{1: 2, 3: -9, %s", EC2), &key),
	       SUIT_OK);
	expect(suit_cose_key_thumbprint(&key, sg_crypto(), value), SUIT_OK);
	expect_bytes(got, diag("raw'ca9e35f23b2b525fb4fc83f512b0dcac"
			       "4ac29e457e873a5d6a7313f71690b33c'"));
	toy_reset();
	toy.digest_error = SUIT_ERR_CRYPTO;
	expect(suit_cose_key_thumbprint(&key, toy_crypto(), value),
	       SUIT_ERR_CRYPTO);
}

int main(void)
{
	table(good, check_key);
	table(bad, check_key);
	single("cut at every byte", cut_at_every_byte);
	table(ml_dsa, check_ml_dsa);
	single("sizes of signatures", signature_sizes);
	table(prints, check_print);
	single("other thumbprints", other_thumbprints);
	return table_run("cose_key");
}

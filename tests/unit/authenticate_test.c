// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Who signed an envelope: every block is looked at, strangers do not count,
 * lies do, and the digest binds the manifest.
 */
#include <string.h>

#include "cose_case.h"

#define MANIFEST "manifest"

/**
 * struct auth_row - blocks of one envelope
 * @blocks: the notation; SIG1: by key 1, SIG2: by key 2, SIG9: by a stranger
 * @valid: keys that signed
 */
struct auth_row {
	const char *name;
	const char *blocks;
	enum suit_error error;
	u64 valid;
};

#define ONE ", <<18([<<{1: -9}>>, {}, null, SIG1])>>"
#define TWO ", <<18([<<{1: -9}>>, {}, null, SIG2])>>"
#define STRANGER ", <<18([<<{1: -9}>>, {}, null, SIG9])>>"
#define LIE ", <<18([<<{1: -9}>>, {4: 'two'}, null, SIG9])>>"
#define NOBODYS ", <<18([<<{1: -48}>>, {}, null, LONG])>>"

static const struct auth_row auths[] = {
	{ "signed", ONE, SUIT_OK, BY_1 },
	{ "signed by two", ONE TWO, SUIT_OK, BY_1 | BY_2 },
	{ "no block", "", SUIT_ERR_AUTH_EMPTY },
	{ "a stranger before", STRANGER ONE, SUIT_OK, BY_1 },
	{ "a stranger after", ONE STRANGER, SUIT_OK, BY_1 },
	{ "only a stranger", STRANGER, SUIT_ERR_SIGNATURE },
	{ "only an algorithm without a key", NOBODYS, SUIT_ERR_NO_KEY },
	{ "strangers of both kinds", NOBODYS STRANGER, SUIT_ERR_SIGNATURE },
	{ "strangers the other way round", STRANGER NOBODYS,
	  SUIT_ERR_SIGNATURE },
	{ "two without a key", NOBODYS NOBODYS, SUIT_ERR_NO_KEY },
	{ "a lie in the name of a key, after a good one", ONE LIE,
	  SUIT_ERR_SIGNATURE, BY_1 },
	{ "a lie in the name of a key, first", LIE ONE, SUIT_ERR_SIGNATURE },
	{ "a revoked key that is named",
	  ONE ", <<18([<<{1: -9}>>, {4: 'four'}, null, SIG9])>>",
	  SUIT_ERR_KEY_REVOKED, BY_1 },
	{ "a named key of another algorithm",
	  ONE ", <<18([<<{1: -19}>>, {4: 'two'}, null, SIG9])>>",
	  SUIT_ERR_KEY_ALG, BY_1 },
	{ "a malformed block after a good one", ONE ", 'garbage'",
	  SUIT_ERR_COSE_TYPE, BY_1 },
	{ "an empty block after a good one", ONE ", h''",
	  SUIT_ERR_TRUNCATED, BY_1 },
	{ "a malformed block first", ", <<18([])>>" ONE,
	  SUIT_ERR_COSE_FORM },
	{ "a MAC by a stranger, who is any that has the key",
	  ONE ", <<17([<<{1: 5}>>, {}, null, TAG])>>", SUIT_OK, BY_1 },
	{ "a block that is encrypted",
	  ONE ", <<16([<<{1: 3}>>, {}, null])>>", SUIT_ERR_COSE_TYPE, BY_1 },
};

static enum suit_error authenticate(const char *blocks, const char *manifest,
				    struct suit_envelope *env,
				    struct suit_auth *auth)
{
	struct suit_slice digest = diag("digest'\x48" MANIFEST "'");
	struct suit_slice aad = bytes_of(""), zeros;
	static const u8 none[2420];
	u8 n;

	zeros.ptr = none;
	zeros.len = sizeof(none);
	cose_make_keys();
	for (n = 1; n <= 9; n++)
		blocks = with(blocks, text("SIG%u", n),
			      toy_sign1(n, "{1: -9}", aad, digest));
	blocks = with(blocks, "LONG", zeros);
	zeros.len = 32;
	blocks = with(blocks, "TAG", zeros);
	expect(suit_envelope_open(env, diag("107({2: <<[h'%s'%s]>>, 3: '%s'})",
					    hex(digest), blocks, manifest)),
	       SUIT_OK);
	return suit_envelope_authenticate(env, &cose_trust, toy_crypto(),
					  auth);
}

static void check_auth(void **state)
{
	const struct auth_row *row = *state;
	struct suit_envelope env;
	struct suit_auth auth;

	expect(authenticate(row->blocks, MANIFEST, &env, &auth),
	       row->error);
	assert_int_equal(auth.valid[0], row->valid);
	assert_int_equal(env.authenticated, row->error == SUIT_OK);
}

static void another_manifest(void **state)
{
	static const char *const others[] = {
		"Manifest", "manifesu", "manifes", "manifestt", "",
	};
	struct suit_envelope env;
	struct suit_auth auth;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(others); i++) {
		expect(authenticate(ONE, others[i], &env, &auth),
		       SUIT_ERR_MANIFEST_DIGEST);
		assert_false(env.authenticated);
	}
}

/* Nobody is trusted: not a byte of a block is looked at. */
static void nobody_is_trusted(void **state)
{
	struct suit_trust nobody = { NULL, 0, NULL, 0 };
	struct suit_envelope env;
	struct suit_auth auth;

	(void)state;
	toy_reset();
	expect(suit_envelope_open(&env, diag("{2: <<[<<digest''>>, 'garbage']"
					     ">>, 3: h''}")), SUIT_OK);
	expect(suit_envelope_authenticate(&env, &nobody, toy_crypto(), &auth),
	       SUIT_ERR_NO_KEY);
	assert_int_equal(toy.verified, 0);
	assert_false(env.authenticated);
}

/* An envelope that was authentic once is not while crypto does not say so. */
static void crypto_fails(void **state)
{
	struct suit_envelope env;
	struct suit_auth auth;

	(void)state;
	expect(authenticate(ONE, MANIFEST, &env, &auth), SUIT_OK);
	toy.digest_error = SUIT_ERR_CRYPTO;
	toy.verify_error = SUIT_ERR_CRYPTO;
	expect(suit_envelope_authenticate(&env, &cose_trust, toy_crypto(),
					  &auth), SUIT_ERR_CRYPTO);
	assert_false(env.authenticated);
	assert_int_equal(auth.valid[0], 0);
}

static enum suit_error sign_anything(void *ctx, const struct suit_key *key,
				     const struct suit_slice *part, size_t n,
				     struct suit_slice sig)
{
	(void)ctx;
	(void)key;
	(void)part;
	(void)n;
	(void)sig;
	return SUIT_OK;
}

static enum suit_error no_digest(void *ctx, s32 alg,
				 const struct suit_slice *part, size_t n,
				 u8 *out)
{
	(void)ctx;
	(void)part;
	(void)n;
	memset(out, 0, suit_digest_size(alg));
	return SUIT_ERR_CRYPTO;
}

static void hashing_fails(void **state)
{
	static const struct suit_crypto_ops ops = {
		.verify = sign_anything, .digest = no_digest
	};
	static const struct suit_crypto crypto = { &ops, NULL };
	struct suit_envelope env;
	struct suit_auth auth;

	(void)state;
	expect(authenticate(ONE, MANIFEST, &env, &auth), SUIT_OK);
	expect(suit_envelope_authenticate(&env, &cose_trust, &crypto, &auth),
	       SUIT_ERR_CRYPTO);
	assert_false(env.authenticated);
}

/* A digest that nobody looked at when the envelope was opened. */
static void a_digest_that_is_none(void **state)
{
	struct suit_slice digest = bytes_of("digest");
	struct suit_envelope env;
	struct suit_auth auth;

	(void)state;
	cose_make_keys();
	expect(suit_envelope_open(&env, diag("{2: <<[<<digest''>>, h'%s']>>,"
					     " 3: h''}",
					     hex(toy_block(1, digest)))),
	       SUIT_OK);
	env.digest = digest;
	expect(suit_envelope_authenticate(&env, &cose_trust, toy_crypto(),
					  &auth), SUIT_ERR_DIGEST_FORM);
	assert_false(env.authenticated);
}

int main(void)
{
	table(auths, check_auth);
	single("another manifest than the signed one", another_manifest);
	single("nobody is trusted", nobody_is_trusted);
	single("crypto fails", crypto_fails);
	single("hashing fails after verifying", hashing_fails);
	single("a digest that is none", a_digest_that_is_none);
	return table_run("authenticate");
}

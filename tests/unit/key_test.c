// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Key pairs: what is made is what the verifier reads and believes, secret keys
 * are secret, and no key is lost.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cose_sign.h"
#include "crypto.h"
#include "outcome.h"
#include "scratch.h"
#include "suitgate/key.h"
#include "table.h"

static const struct algorithm {
	const char *name;
	s32 alg;
	s32 natural;	/* what the private key alone is for */
} algorithms[] = {
	{ "esp256", SUIT_ALG_ESP256, SUIT_ALG_ESP256 },
	{ "es256", SUIT_ALG_ES256, SUIT_ALG_ESP256 },
	{ "esp384", SUIT_ALG_ESP384, SUIT_ALG_ESP384 },
	{ "es384", SUIT_ALG_ES384, SUIT_ALG_ESP384 },
	{ "ed25519", SUIT_ALG_ED25519, SUIT_ALG_ED25519 },
	{ "eddsa", SUIT_ALG_EDDSA, SUIT_ALG_ED25519 },
};

static const struct suit_slice payload = { (const u8 *)"payload", 7 };
static const struct suit_slice aad = { (const u8 *)"aad", 3 };

static mode_t mode_of(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return st.st_mode & 07777;
}

static const char *make(s32 alg)
{
	const char *path = scratch("key.pem");

	succeeded(sg_key_generate(alg, path, false, &why));
	return path;
}

/* As the verifier sees it, imported. */
static struct suit_key public_key(const char *path)
{
	struct suit_key key;

	expect(suit_cose_key_decode(file_bytes(path), &key), SUIT_OK);
	expect(sg_crypto_import(&key), SUIT_OK);
	return key;
}

static struct suit_slice sign(const char *path)
{
	struct sg_buf block;

	succeeded(sg_cose_sign(path, payload.ptr, payload.len, aad.ptr,
			       aad.len, &block, &why));
	return taken(&block);
}

/* By this key alone; its error. */
static enum suit_error verify(const struct suit_key *key,
			      struct suit_slice block, struct suit_slice what,
			      struct suit_slice context)
{
	const struct suit_authority authority = {
		.name = { (const u8 *)"a", 1 }, .role = SUIT_ROLE_VENDOR,
		.threshold = 1,
	};
	const struct suit_trust trust = { &authority, 1, key, 1 };
	struct suit_auth auth = { 0 };

	return suit_cose_verify(block, what, context, &trust, sg_crypto(),
				&auth);
}

static void a_pair_is_what_the_verifier_reads(void **state)
{
	const struct algorithm *row = *state;
	const char *path = make(row->alg);
	struct suit_key key = public_key(scratch("key.pub"));
	u8 thumbprint[32];

	assert_int_equal(key.alg, row->alg);
	assert_int_equal(mode_of(path), 0600);
	assert_int_equal(mode_of(scratch("key.pub")), 0644);
	expect(suit_cose_key_thumbprint(&key, sg_crypto(), thumbprint),
	       SUIT_OK);
	expect_bytes(key.kid, (struct suit_slice){ thumbprint, 8 });
	sg_crypto_release(&key);
}

static void the_verifier_believes_what_was_signed(void **state)
{
	const struct algorithm *row = *state;
	const char *path = make(row->alg);
	struct suit_key key = public_key(scratch("key.pub"));
	struct suit_slice block = sign(path);

	expect(verify(&key, block, payload, aad), SUIT_OK);
	expect(verify(&key, block, aad, aad), SUIT_ERR_SIGNATURE);
	expect(verify(&key, block, payload, payload), SUIT_ERR_SIGNATURE);
	expect(verify(&key, flipped(block, -1), payload, aad),
	       SUIT_ERR_SIGNATURE);
	/* alg and kid are protected: neither may be exchanged */
	expect(verify(&key, flipped(block, 12), payload, aad),
	       SUIT_ERR_SIGNATURE);
	expect_bytes(sign(path), block);
	sg_crypto_release(&key);
}

static void a_private_key_alone_signs_too(void **state)
{
	const struct algorithm *row = *state;
	const char *path = make(row->alg);
	struct suit_key key = public_key(scratch("key.pub"));

	assert_int_equal(unlink(scratch("key.pub")), 0);
	key.alg = row->natural;
	expect(verify(&key, sign(path), payload, aad), SUIT_OK);
	sg_crypto_release(&key);
}

/* RFC 6979 and RFC 8032, computed by other implementations of both. */
static const struct answer {
	const char *name;
	const char *key;
	const char *block;
} answers[] = {
	{ "ECDSA with P-256, deterministic",
	  "tests/vectors/keys/suit-example-p256.priv.pem",
	  "18([h'a201280448ca9e35f23b2b525f', {}, null, h'"
	  "c72ece70c448b07d6246ba22bc93743062db1062707c67d4fd6843de1ab879dd"
	  "ded86714c6078b26117d6077e6a6e5af1218d631667680c7de0d017a65c9b6e4"
	  "'])" },
	{ "Ed25519", "tests/vectors/keys/derived-ed25519.priv.pem",
	  "18([h'a201320448d37032d214cb924b', {}, null, h'"
	  "c3d198ac400265b7bc368c17355fda23df45d3d2f2d12e60b88ba93ed1d1a7e1"
	  "0b552030e0964e844147cfc48ba70cf8a02ff09f30c5a8367a32167eeb250103"
	  "'])" },
};

static void a_signature_is_the_known_one(void **state)
{
	const struct answer *row = *state;

	expect_bytes(sign(row->key), diag("%s", row->block));
}

static void a_key_without_id_is_signed_for_by_its_thumbprint(void **state)
{
	const char *path = scratch_file("key.pem", file_bytes(answers[0].key));
	struct suit_slice with_alg = file_bytes(
		"tests/vectors/keys/suit-example-p256.pub.cosekey.cbor");

	(void)state;
	/* map of 4 with kty first: state the algorithm, and one pair more */
	assert_int_equal(with_alg.ptr[0], 0xa4);
	scratch_file("key.pub", diag("raw'a501020328%s'", hex(
		(struct suit_slice){ with_alg.ptr + 3, with_alg.len - 3 })));
	expect_bytes(sign(path), diag("%s", answers[0].block));
}

static void the_public_key_goes_beside(void **state)
{
	static const char *const names[][2] = {
		{ "a/key.pem", "a/key.pub" }, { "key", "key.pub" },
		{ "key.der", "key.der.pub" }, { ".pem", ".pem.pub" },
		{ "a.pem/key", "a.pem/key.pub" },
	};
	size_t i;
	char *path;

	(void)state;
	for (i = 0; i < COUNT(names); i++) {
		path = sg_key_public_path(names[i][0]);
		assert_string_equal(path, names[i][1]);
		free(path);
	}
}

static void names_of_algorithms_are_read_in_any_case(void **state)
{
	const struct algorithm *row = *state;
	int32_t alg = 0;

	succeeded(sg_alg_parse(row->name, &alg, &why));
	assert_int_equal(alg, row->alg);
	succeeded(sg_alg_parse("ESP384", &alg, &why));
	assert_int_equal(alg, SUIT_ALG_ESP384);
	assert_string_equal(sg_alg_name(row->alg), row->name);
	assert_string_equal(sg_alg_name(0), "unknown");
	failed(sg_alg_parse("rs256", &alg, &why),
	       "algorithm \"rs256\" is not known");
}

static void no_key_is_lost(void **state)
{
	const char *path = make(SUIT_ALG_ESP256);
	struct suit_slice private = file_bytes(path);
	struct suit_slice public = file_bytes(scratch("key.pub"));

	(void)state;
	failed(sg_key_generate(SUIT_ALG_ESP256, path, false, &why),
	       "key.pem is there already");
	expect_bytes(file_bytes(path), private);
	assert_int_equal(unlink(path), 0);
	failed(sg_key_generate(SUIT_ALG_ESP256, path, false, &why),
	       "key.pub is there already");
	expect_bytes(file_bytes(scratch("key.pub")), public);
	assert_int_equal(access(path, F_OK), -1);
	scratch_file("key.pem", private);
	succeeded(sg_key_generate(SUIT_ALG_ESP384, path, true, &why));
	assert_int_equal(mode_of(path), 0600);
	assert_int_not_equal(file_bytes(scratch("key.pub")).len, public.len);
	sign(path);
}

static void a_lost_public_key_is_made_again(void **state)
{
	const char *path = make(SUIT_ALG_ESP256);
	struct suit_slice public = file_bytes(scratch("key.pub"));

	(void)state;
	assert_int_equal(unlink(scratch("key.pub")), 0);
	succeeded(sg_key_publish(path, &why));
	expect_bytes(file_bytes(scratch("key.pub")), public);
	assert_int_equal(mode_of(scratch("key.pub")), 0644);
	scratch_file("key.pub", bytes_of("what is there"));
	succeeded(sg_key_publish(path, &why));
	expect_bytes(file_bytes(scratch("key.pub")), bytes_of("what is there"));
	assert_int_equal(unlink(scratch("key.pub")), 0);
	assert_int_equal(unlink(path), 0);
	failed(sg_key_publish(path, &why), "key.pem: No such file");
	assert_int_equal(access(scratch("key.pub"), F_OK), -1);
}

/* Whoever replaces a pair must not be left with halves of two. */
static void a_public_key_that_cannot_be_replaced(void **state)
{
	const char *path, *public_path;
	struct suit_slice private;
	char name[245];

	(void)state;
	/* too long for the name of the file that is to replace the second */
	memset(name, 'k', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	private = file_bytes(make(SUIT_ALG_ESP256));
	path = scratch_file(name, private);
	public_path = text("%s.pub", path);
	scratch_file(text("%s.pub", name), file_bytes(scratch("key.pub")));
	sign(path);
	failed(sg_key_generate(SUIT_ALG_ESP256, path, true, &why),
	       "File name too long");
	assert_memory_not_equal(file_bytes(path).ptr, private.ptr,
				private.len);
	assert_int_equal(access(public_path, F_OK), -1);
	sign(path);
}

static void a_key_that_cannot_be_written_leaves_nothing(void **state)
{
	(void)state;
	failed(sg_key_generate(SUIT_ALG_ESP256, scratch("no/key.pem"), false,
			       &why), "cannot write");
	scratch_file("file", bytes_of(""));
	failed(sg_key_generate(SUIT_ALG_ESP256, scratch("file/key.pem"), false,
			       &why), "file/key.pem: Not a directory");
	failed(sg_key_generate(SUIT_ALG_HSS_LMS, scratch("key.pem"), false,
			       &why), "no keys can be made for algorithm -46");
	assert_int_equal(access(scratch("key.pem"), F_OK), -1);
	assert_int_equal(access(scratch("key.pub"), F_OK), -1);
}

int main(void)
{
	table(algorithms, a_pair_is_what_the_verifier_reads);
	table(algorithms, the_verifier_believes_what_was_signed);
	table(algorithms, a_private_key_alone_signs_too);
	table(algorithms, names_of_algorithms_are_read_in_any_case);
	table(answers, a_signature_is_the_known_one);
	single("a key without id is signed for by its thumbprint",
	       a_key_without_id_is_signed_for_by_its_thumbprint);
	single("the public key goes beside the private one",
	       the_public_key_goes_beside);
	single("no key is lost", no_key_is_lost);
	single("a lost public key is made again",
	       a_lost_public_key_is_made_again);
	single("a public key that cannot be replaced leaves no half of two pairs",
	       a_public_key_that_cannot_be_replaced);
	single("a key that cannot be written leaves nothing",
	       a_key_that_cannot_be_written_leaves_nothing);
	return table_run("key");
}

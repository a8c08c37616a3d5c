// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Private keys that do not sign: what is no key, no key of ours, or not the
 * one whose public key lies beside it.
 */
#include <openssl/pem.h>
#include <string.h>

#include "cose_sign.h"
#include "outcome.h"
#include "scratch.h"
#include "suitgate/key.h"
#include "table.h"

static const char *make(s32 alg)
{
	const char *path = scratch("key.pem");

	succeeded(sg_key_generate(alg, path, false, &why));
	return path;
}

/* As the verifier sees it. */
static struct suit_key public_key(const char *path)
{
	struct suit_key key;

	expect(suit_cose_key_decode(file_bytes(path), &key), SUIT_OK);
	return key;
}

/* Keys as OpenSSL writes them. */
static struct suit_slice pem(EVP_PKEY *pkey, bool private, const char *phrase)
{
	BIO *bio = BIO_new(BIO_s_mem());
	struct suit_slice out;
	char *data;
	int good;

	if (private)
		good = PEM_write_bio_PKCS8PrivateKey(
			bio, pkey, phrase ? EVP_aes_128_cbc() : NULL, NULL, 0,
			NULL, (void *)phrase);
	else
		good = PEM_write_bio_PUBKEY(bio, pkey);
	assert_int_equal(good, 1);
	out.len = (size_t)BIO_get_mem_data(bio, &data);
	out.ptr = (const u8 *)data;
	out = copy_of(out);
	BIO_free(bio);
	EVP_PKEY_free(pkey);
	return out;
}

static struct suit_slice no_pem(void)
{
	return bytes_of("-----BEGIN PRIVATE KEY-----\nAAAA\n");
}

static struct suit_slice empty(void)
{
	return bytes_of("");
}

static struct suit_slice encrypted(void)
{
	return pem(EVP_EC_gen("P-256"), true, "phrase");
}

static struct suit_slice public_half(void)
{
	return pem(EVP_EC_gen("P-256"), false, NULL);
}

static struct suit_slice rsa(void)
{
	return pem(EVP_RSA_gen(2048), true, NULL);
}

static struct suit_slice p521(void)
{
	return pem(EVP_EC_gen("P-521"), true, NULL);
}

static struct suit_slice x25519(void)
{
	return pem(EVP_PKEY_Q_keygen(NULL, NULL, "X25519"), true, NULL);
}

static struct suit_slice too_long(void)
{
	return bytes_of(repeat("-", (64 << 10) + 1, ""));
}

static const struct foreign {
	const char *name;
	struct suit_slice (*content)(void);
	const char *message;
} foreigners[] = {
	{ "an empty file", empty, "is not a private key in PEM form" },
	{ "half a PEM file", no_pem, "is not a private key in PEM form" },
	{ "a public key", public_half, "is not a private key in PEM form" },
	{ "an encrypted key", encrypted, "is encrypted: decrypt it first" },
	{ "RSA", rsa, "is not a key for any algorithm" },
	{ "P-521", p521, "is not a key for any algorithm" },
	{ "X25519", x25519, "is not a key for any algorithm" },
	{ "a file that is too long", too_long, "at most 65536 are expected" },
};

static void must_not_sign(const char *path, const char *message)
{
	struct sg_buf block;

	failed(sg_cose_sign(path, "", 0, NULL, 0, &block,
			    &why), message);
	assert_null(block.data);
}

static void what_is_no_key_of_ours_does_not_sign(void **state)
{
	const struct foreign *row = *state;

	must_not_sign(scratch_file("key.pem", row->content()), row->message);
	must_not_sign(scratch("none.pem"), "No such file");
	must_not_sign(scratch("."), "is not a regular file");
}

/* A public key beside the private one that is not its public half. */
static void another_public_key_does_not_sign(void **state)
{
	const char *path = make(SUIT_ALG_ESP256);

	(void)state;
	succeeded(sg_key_generate(SUIT_ALG_ESP256, scratch("b.pem"), false,
				  &why));
	scratch_file("key.pub", file_bytes(scratch("b.pub")));
	must_not_sign(path, "key.pub: not the public half of the private key");
	succeeded(sg_key_generate(SUIT_ALG_ESP384, scratch("c.pem"), false,
				  &why));
	scratch_file("key.pub", file_bytes(scratch("c.pub")));
	must_not_sign(path, "not the public half of the private key");
	succeeded(sg_key_generate(SUIT_ALG_ED25519, scratch("d.pem"), false,
				  &why));
	scratch_file("key.pub", file_bytes(scratch("d.pub")));
	must_not_sign(path, "not the public half of the private key");
}

static const struct beside {
	const char *name;
	const char *key;	/* PX and PY stand for the coordinates */
	enum suit_error error;
} besides[] = {
	{ "no alg", "{1: 2, -1: 1, -2: PX, -3: PY}", SUIT_ERR_KEY_FORM },
	{ "an alg for another curve", "{1: 2, 3: -51, -1: 1, -2: PX, -3: PY}",
	  SUIT_ERR_KEY_TYPE },
	{ "an alg for another kind of key",
	  "{1: 2, 3: -19, -1: 1, -2: PX, -3: PY}", SUIT_ERR_KEY_TYPE },
	{ "a private key", "{1: 2, 3: -9, -1: 1, -2: PX, -3: PY, -4: PX}",
	  SUIT_ERR_KEY_FORM },
	{ "a point that is not on the curve",
	  "{1: 2, 3: -9, -1: 1, -2: PY, -3: PX}", SUIT_ERR_KEY_FORM },
	{ "a text", "'-----BEGIN PUBLIC KEY-----'", SUIT_ERR_KEY_FORM },
};

static const char *replaced(const char *format, const char *token,
			    struct suit_slice by)
{
	const char *at = strstr(format, token);

	if (!at)
		return format;
	return text("%.*sh'%s'%s", (int)(at - format), format, hex(by),
		    replaced(at + 2, token, by));
}

static void a_wrong_public_key_does_not_sign(void **state)
{
	const struct beside *row = *state;
	const char *path = make(SUIT_ALG_ESP256);
	struct suit_key key = public_key(scratch("key.pub"));
	struct sg_buf block;

	scratch_file("key.pub", diag("%s", replaced(
		replaced(row->key, "PX", key.x), "PY", key.y)));
	refused(sg_cose_sign(path, "", 0, NULL, 0, &block,
			     &why), row->error);
	assert_null(block.data);
}

static void write_key_with_id(const struct suit_key *key, unsigned int len)
{
	scratch_file("key.pub", diag("{1: 2, 2: h'%s', 3: -9, -1: 1,"
				     " -2: h'%s', -3: h'%s'}",
				     repeat("00", len, ""), hex(key->x),
				     hex(key->y)));
}

/* With a longer one, every verifier would refuse the header. */
static void a_key_id_has_an_end(void **state)
{
	const char *path = make(SUIT_ALG_ESP256);
	struct suit_key key = public_key(scratch("key.pub"));
	struct sg_buf block;

	(void)state;
	write_key_with_id(&key, 250);
	succeeded(sg_cose_sign(path, "", 0, NULL, 0, &block, &why));
	sg_buf_free(&block);
	write_key_with_id(&key, 251);
	must_not_sign(path, "key id");
}

int main(void)
{
	table(foreigners, what_is_no_key_of_ours_does_not_sign);
	table(besides, a_wrong_public_key_does_not_sign);
	single("another's public key beside it",
	       another_public_key_does_not_sign);
	single("a key id that is too long", a_key_id_has_an_end);
	return table_run("key_foreign");
}

// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The examples of draft-ietf-suit-manifest, appendix B: every signed one is
 * good by the key of the examples, none is without a signature, by another key
 * or with a bit flipped.
 */
#include "release.h"

#define KEYS "tests/vectors/keys/"
#define MANIFESTS "tests/vectors/manifest/"

/* It does not state its algorithm. */
static const char example_key[] = KEYS "suit-example-p256.pub.cosekey.cbor";
static const char other_key[] = KEYS "suit-fwenc-receiver-p256.pub.cosekey.cbor";
static const char ed25519_key[] = KEYS "derived-ed25519.pub.cosekey.cbor";

static const struct example {
	const char *path;
	enum suit_error error;
	u64 sequence_number;
	u32 components;
} examples[] = {
	{ MANIFESTS "example0-signed.suit", SUIT_OK, 0, 1 },
	{ MANIFESTS "example1-signed.suit", SUIT_OK, 1, 1 },
	{ MANIFESTS "example2-signed-full.suit", SUIT_OK, 2, 1 },
	{ MANIFESTS "example2-signed-severed.suit", SUIT_OK, 2, 1 },
	{ MANIFESTS "example3-signed.suit", SUIT_OK, 3, 1 },
	{ MANIFESTS "example4-signed.suit", SUIT_OK, 4, 3 },
	{ MANIFESTS "example5-signed.suit", SUIT_OK, 5, 2 },
	{ MANIFESTS "example0-unsigned.suit", SUIT_ERR_AUTH_EMPTY, 0, 0 },
	{ MANIFESTS "example1-unsigned.suit", SUIT_ERR_AUTH_EMPTY, 0, 0 },
	{ MANIFESTS "example2-unsigned-severed.suit", SUIT_ERR_AUTH_EMPTY,
	  0, 0 },
	{ MANIFESTS "example3-unsigned.suit", SUIT_ERR_AUTH_EMPTY, 0, 0 },
	{ MANIFESTS "example4-unsigned.suit", SUIT_ERR_AUTH_EMPTY, 0, 0 },
	{ MANIFESTS "example5-unsigned.suit", SUIT_ERR_AUTH_EMPTY, 0, 0 },
};

static void an_example(void **state)
{
	const struct example *row = *state;
	struct suit_slice envelope = file_bytes(row->path);

	if (row->error != SUIT_OK) {
		refused(verify(envelope, example_key), row->error);
		assert_false(report.authentic);
		return;
	}
	succeeded(verify(envelope, example_key));
	assert_true(report.authentic && report.well_formed);
	assert_int_equal(report.sequence_number, row->sequence_number);
	assert_int_equal(report.components, row->components);
	assert_int_equal(report.n_signers, 1);
	assert_string_equal(report.signer[0].alg, "es256");
	refused(verify(envelope, other_key), SUIT_ERR_SIGNATURE);
	refused(verify(envelope, ed25519_key), SUIT_ERR_NO_KEY);
}

static void no_bit_of_an_example_may_change(void **state)
{
	const struct example *row = *state;
	struct suit_slice bytes;
	struct suit_envelope env;
	struct suit_manifest m;
	size_t i;
	u8 *at;

	bytes = file_bytes(row->path);
	env = opened_envelope(bytes);
	m = peeked(&env);
	assert_int_equal(m.sequence_number, row->sequence_number);
	at = (u8 *)env.manifest.ptr;
	for (i = 0; i < env.manifest.len; i++) {
		at[i] ^= 0x10;
		refused(verify(bytes, example_key), SUIT_ERR_MANIFEST_DIGEST);
		at[i] ^= 0x10;
	}
	at = (u8 *)env.digest.ptr + 4;
	for (i = 4; i < env.digest.len; i++, at++) {
		*at ^= 0x10;
		refused(verify(bytes, example_key), SUIT_ERR_SIGNATURE);
		*at ^= 0x10;
	}
	succeeded(verify(bytes, example_key));
}

/* Others that this key, or these, have signed. */
static const struct derived {
	const char *path;
	const char *key;
	enum suit_error error;
} derived[] = {
#define DERIVED(name) "tests/vectors/derived/" name ".suit"
	{ DERIVED("esp256"), example_key, SUIT_OK },
	{ DERIVED("ed25519"), ed25519_key, SUIT_OK },
	{ DERIVED("ed25519"), example_key, SUIT_ERR_NO_KEY },
	{ DERIVED("multi-auth-esp256-ed25519"), example_key, SUIT_OK },
	{ DERIVED("multi-auth-esp256-ed25519"), ed25519_key, SUIT_OK },
	{ DERIVED("multi-auth-esp256-ed25519"), other_key,
	  SUIT_ERR_SIGNATURE },
	{ DERIVED("untagged"), example_key, SUIT_OK },
	{ DERIVED("sequence-number-2e32"), example_key, SUIT_OK },
	{ DERIVED("bad-signature-bitflip"), example_key, SUIT_ERR_SIGNATURE },
	{ DERIVED("bad-manifest-bitflip"), example_key,
	  SUIT_ERR_MANIFEST_DIGEST },
	{ DERIVED("severed-install-tampered"), example_key,
	  SUIT_ERR_SEVERED_DIGEST },
	{ DERIVED("severed-text-tampered"), example_key,
	  SUIT_ERR_SEVERED_DIGEST },
	{ DERIVED("manifest-version-2"), example_key,
	  SUIT_ERR_MANIFEST_VERSION },
	{ DERIVED("unknown-section-21"), example_key,
	  SUIT_ERR_MANIFEST_MEMBER },
	{ DERIVED("unknown-command-30"), example_key, SUIT_ERR_COMMAND },
	{ DERIVED("two-components-no-set-index"), example_key,
	  SUIT_ERR_SEQUENCE_INDEX },
	{ DERIVED("trailing-byte"), example_key, SUIT_ERR_TRAILING },
	{ DERIVED("non-preferred-key"), example_key, SUIT_ERR_NONCANONICAL },
	{ DERIVED("indefinite-envelope-map"), example_key,
	  SUIT_ERR_INDEFINITE },
	{ DERIVED("auth-after-manifest"), example_key, SUIT_ERR_MAP_ORDER },
};

static void a_derived_one(void **state)
{
	const struct derived *row = *state;
	struct suit_slice envelope = file_bytes(row->path);

	if (row->error == SUIT_OK)
		succeeded(verify(envelope, row->key));
	else
		refused(verify(envelope, row->key), row->error);
}

int main(void)
{
	table(examples, an_example);
	table_add(examples, 7, sizeof(examples[0]),
		  no_bit_of_an_example_may_change);
	table(derived, a_derived_one);
	return table_run("verify_vector");
}

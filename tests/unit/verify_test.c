// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Is it authentic, is it well-formed, may its signer say so? Everything but
 * the bytes (verify_bytes_test.c) and whom to believe (verify_trust_test.c).
 */
#include <string.h>

#include "release.h"
#include "suitgate/trust.h"

static const char *key;

static void open_shop(void)
{
	key = private_key("acme", SUIT_ALG_ESP256);
}

static struct suit_slice release(void)
{
	const struct sg_author_request request = release_request(key);

	return released(&request);
}

static void what_is_found_is_reported(void **state)
{
	struct sg_gate_digest digest;
	struct sg_trust_key print;
	struct sg_buf envelope;
	struct suit_slice bytes;
	char thumbprint[65];

	(void)state;
	open_shop();
	bytes = release();
	envelope = (struct sg_buf){ (uint8_t *)bytes.ptr, bytes.len };
	succeeded(verify(bytes, public_key("acme")));
	assert_true(report.authentic && report.well_formed);
	assert_false(report.decided || report.identity_checked ||
		     report.catalogue);
	assert_int_equal(report.sequence_number, 7);
	assert_int_equal(report.components, 1);
	succeeded(sg_gate_digest_of(&envelope, &digest, &why));
	assert_memory_equal(&report.digest, &digest, sizeof(digest));
	assert_string_equal(report.authority, "acme");
	assert_int_equal(report.n_signers, 1);
	assert_string_equal(report.signer[0].authority, "acme");
	assert_string_equal(report.signer[0].alg, "esp256");
	succeeded(sg_trust_read_key(public_key("acme"), NULL, &print, &why));
	sg_gate_hex(print.thumbprint, sizeof(print.thumbprint), thumbprint);
	assert_string_equal(report.signer[0].thumbprint, thumbprint);
	sg_buf_free(&print.bytes);
}

static void a_refusal_reports_how_far_it_got(void **state)
{
	(void)state;
	open_shop();
	refused(verify(flipped(release(), -1), public_key("acme")),
		SUIT_ERR_MANIFEST_DIGEST);
	assert_false(report.authentic || report.well_formed);
	assert_string_equal(report.authority, "");
	refused(verify(signed_manifest(key, "{1: 2}", ""), public_key("acme")),
		SUIT_ERR_MANIFEST_VERSION);
	assert_true(report.authentic);
	assert_int_equal(report.n_signers, 1);
	assert_int_equal(report.digest.len, 32);
	assert_false(report.well_formed);
	assert_string_equal(report.authority, "");
}

static void without_a_signature(void **state)
{
	const struct sg_author_request request = release_request(NULL);

	(void)state;
	open_shop();
	refused(verify(released(&request), public_key("acme")),
		SUIT_ERR_AUTH_EMPTY);
}

static void by_a_key_that_is_not_trusted(void **state)
{
	(void)state;
	open_shop();
	private_key("other", SUIT_ALG_ESP256);
	private_key("stranger", SUIT_ALG_ESP384);
	refused(verify(release(), public_key("other")), SUIT_ERR_SIGNATURE);
	refused(verify(release(), public_key("stranger")), SUIT_ERR_NO_KEY);
	refused(verify_by(release(), NULL, 0), SUIT_ERR_NO_KEY);
}

/* Every bit of the envelope counts. */
static void one_bit_is_flipped(void **state)
{
	struct suit_slice good, bad;
	u8 *at;
	size_t i;

	(void)state;
	open_shop();
	good = release();
	succeeded(verify(good, public_key("acme")));
	bad = copy_of(good);
	at = (u8 *)bad.ptr;
	for (i = 0; i < 8 * bad.len; i++) {
		at[i / 8] ^= (u8)(1 << i % 8);
		assert_int_equal(verify(bad, public_key("acme")), -1);
		assert_true(why.refused);
		at[i / 8] ^= (u8)(1 << i % 8);
	}
}

static void it_ends_early(void **state)
{
	struct suit_slice good;
	size_t len;

	(void)state;
	open_shop();
	good = release();
	for (len = 1; len < good.len; len++)
		refused(verify(copy_of((struct suit_slice){ good.ptr, len }),
			       public_key("acme")), SUIT_ERR_TRUNCATED);
	refused(verify(copy_of((struct suit_slice){ good.ptr, 0 }),
		       public_key("acme")), SUIT_ERR_ENVELOPE_EMPTY);
}

/* Signed by a trusted key, and yet nothing that a verifier takes. */
static const struct form {
	const char *name;
	const char *manifest;
	const char *members;
	enum suit_error error;
} forms[] = {
	{ "an empty manifest", "{}", "", SUIT_ERR_MANIFEST_MISSING },
	{ "a manifest of a later version", "{1: 2, 2: 0, 3: h''}", "",
	  SUIT_ERR_MANIFEST_VERSION },
	{ "no components", "{1: 1, 2: 0, 3: <<{4: <<[3, 15]>>}>>}", "",
	  SUIT_ERR_COMPONENTS_NONE },
	{ "a command that nobody knows",
	  "{1: 1, 2: 0, 3: <<{2: [['firmware', 'x']]}>>, 7: <<[99, 15]>>}", "",
	  SUIT_ERR_COMMAND },
	{ "a severed member that is not its own",
	  "{1: 1, 2: 0, 3: <<{2: [['firmware', 'x']]}>>, 7: <<[3, 15]>>,"
	  " 23: digest'other'}", ", 23: 'text'", SUIT_ERR_SEVERED_DIGEST },
	{ "a severed member of nobody",
	  "{1: 1, 2: 0, 3: <<{2: [['firmware', 'x']]}>>, 7: <<[3, 15]>>}",
	  ", 23: 'text'", SUIT_ERR_SEVERED_UNCLAIMED },
};

static void a_signature_is_not_enough(void **state)
{
	const struct form *row = *state;

	open_shop();
	refused(verify(signed_manifest(key, row->manifest, row->members),
		       public_key("acme")), row->error);
	assert_true(report.authentic);
	assert_false(report.well_formed);
}

/* 65 components, which only a catalogue may have; @validate is for all. */
static const char *many(const char *validate)
{
	return text("{1: 1, 2: 3, 3: <<{2: [%s], 4: <<[%s]>>}>>, 7: <<%s>>}",
		    each(65, "['firmware', '#']"),
		    each(65, "12, #, 20, {3: <<digest'x'>>, 14: 1}"),
		    validate);
}

static void a_catalogue_must_have_its_form(void **state)
{
	(void)state;
	open_shop();
	succeeded(verify(signed_manifest(key, many("[12, true, 3, 15]"), ""),
			 public_key("acme")));
	assert_true(report.catalogue);
	assert_int_equal(report.components, 65);
	refused(verify(signed_manifest(key, many("[3, 15]"), ""),
		       public_key("acme")), SUIT_ERR_CATALOGUE_FORM);
	assert_true(report.authentic);
	assert_false(report.well_formed);
}

/* What the kernel cannot decide is for the full profile to judge. */
static void dependencies_are_for_user_space(void **state)
{
	static const char vendors[] =
		"tests/vectors/keys/suit-example-p256.pub.cosekey.cbor";
	struct suit_slice envelope = file_bytes(
		"tests/vectors/trust-domains/example1_process.suit");
	const char *payload = scratch_file("x.fw", bytes_of("x"));

	(void)state;
	succeeded(verify(envelope, vendors));
	assert_true(report.authentic && report.well_formed);
	refused(verify_bytes(envelope, vendors, "firmware/x", payload),
		SUIT_ERR_DEPENDENCIES);
	assert_true(report.authentic && report.well_formed);
	assert_false(report.decided);
}

int main(void)
{
	table(forms, a_signature_is_not_enough);
	single("what is found is reported", what_is_found_is_reported);
	single("a refusal reports how far it got",
	       a_refusal_reports_how_far_it_got);
	single("without a signature", without_a_signature);
	single("by a key that is not trusted", by_a_key_that_is_not_trusted);
	single("one bit is flipped", one_bit_is_flipped);
	single("it ends early", it_ends_early);
	single("a catalogue must have its form",
	       a_catalogue_must_have_its_form);
	single("dependencies are for user space",
	       dependencies_are_for_user_space);
	return table_run("verify");
}

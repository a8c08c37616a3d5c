// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * One more signature on an envelope: what was there stays as it was, to the
 * byte, and what was changed after it was made is not signed.
 */
#include "release.h"
#include "suitgate/key.h"

static struct suit_slice unsigned_release(void)
{
	const struct sg_author_request request = release_request(NULL);

	return released(&request);
}

static int sign(struct suit_slice envelope, const char *key)
{
	const struct sg_buf in = { (uint8_t *)envelope.ptr, envelope.len };
	struct sg_buf out;
	int ret = sg_envelope_sign(&in, key, &out, &why);

	if (ret < 0)
		assert_null(out.data);
	sg_buf_free(&out);
	return ret;
}

static void each_signature_counts(void **state)
{
	struct suit_slice one, two;

	(void)state;
	one = signed_by(unsigned_release(),
			private_key("a", SUIT_ALG_ESP256));
	two = signed_by(one, private_key("b", SUIT_ALG_ED25519));
	private_key("c", SUIT_ALG_ESP256);
	succeeded(verify(one, public_key("a")));
	refused(verify(one, public_key("b")), SUIT_ERR_NO_KEY);
	succeeded(verify(two, public_key("a")));
	succeeded(verify(two, public_key("b")));
	assert_string_equal(report.signer[0].alg, "ed25519");
	/* its kid is not that of the block, but it might have made it */
	refused(verify(two, public_key("c")), SUIT_ERR_SIGNATURE);
}

/* Everything but the wrapper is the same, and so are the blocks in it. */
static void same_but_for_one_block(struct suit_slice before,
				   struct suit_slice after)
{
	struct suit_envelope old = opened_envelope(before);
	struct suit_envelope new = opened_envelope(after);
	struct suit_slice block = block_of(&new, old.n_blocks);
	struct suit_slice blocks = new.blocks;
	struct suit_slice rest = {
		old.manifest_bstr.ptr, (size_t)(before.ptr + before.len -
						old.manifest_bstr.ptr)
	};

	assert_int_equal(new.n_blocks, old.n_blocks + 1);
	assert_int_equal(before.ptr[0], after.ptr[0]);
	expect_bytes(new.digest, old.digest);
	blocks.len = old.blocks.len;
	expect_bytes(blocks, old.blocks);
	expect_bytes((struct suit_slice){
			     new.manifest_bstr.ptr,
			     (size_t)(after.ptr + after.len -
				      new.manifest_bstr.ptr) }, rest);
	/* 0xd2: tag 18, COSE_Sign1 */
	assert_int_equal(block.ptr[0], 0xd2);
}

/* With severed members, with payloads, with a signature, without a tag. */
static const char *const envelopes[] = {
	"tests/vectors/manifest/example0-unsigned.suit",
	"tests/vectors/manifest/example1-signed.suit",
	"tests/vectors/manifest/example2-signed-full.suit",
	"tests/vectors/manifest/example2-signed-severed.suit",
	"tests/vectors/derived/multi-auth-esp256-ed25519.suit",
	"tests/vectors/derived/integrated-payload-tampered.suit",
	"tests/vectors/derived/untagged.suit",
	"tests/vectors/trust-domains/example2_integrated.suit",
};

static void the_rest_stays_as_it_was(void **state)
{
	struct suit_slice before = file_bytes(*(const char **)*state);
	struct suit_slice after;

	after = signed_by(before, private_key("a", SUIT_ALG_ESP384));
	same_but_for_one_block(before, after);
	expect_bytes(signed_by(before, scratch("a.pem")), after);
	refused(verify(before, public_key("a")), opened_envelope(before).n_blocks ?
		SUIT_ERR_NO_KEY : SUIT_ERR_AUTH_EMPTY);
	succeeded(verify(after, public_key("a")));
}

static void nobody_signs_twice(void **state)
{
	const char *key = private_key("a", SUIT_ALG_ESP256);
	struct suit_slice envelope = signed_by(unsigned_release(), key);

	(void)state;
	failed(sign(envelope, key), "a.pem has signed this already");
	envelope = signed_by(envelope, private_key("b", SUIT_ALG_ESP256));
	failed(sign(envelope, key), "a.pem has signed this already");
}

static void there_is_a_last_signature(void **state)
{
	struct suit_slice envelope = unsigned_release();
	unsigned int i;

	(void)state;
	for (i = 0; i < SUIT_MAX_AUTH_BLOCKS; i++)
		envelope = signed_by(envelope, private_key(
					     text("key%u", i),
					     SUIT_ALG_ED25519));
	succeeded(verify(envelope, public_key("key0")));
	succeeded(verify(envelope, public_key("key7")));
	refused(sign(envelope, private_key("more", SUIT_ALG_ED25519)),
		SUIT_ERR_AUTH_BLOCKS);
}

static void what_was_changed_is_not_signed(void **state)
{
	const char *key = private_key("a", SUIT_ALG_ESP256);
	struct suit_slice good = unsigned_release();
	struct suit_envelope env = opened_envelope(good);

	(void)state;
	/* last byte: a policy in validate */
	refused(sign(flipped(good, -1), key), SUIT_ERR_MANIFEST_DIGEST);
	refused(sign(flipped(good, env.digest.ptr + env.digest.len - 1 -
			     good.ptr), key), SUIT_ERR_MANIFEST_DIGEST);
	refused(sign(flipped(signed_by(good, key), -1), key),
		SUIT_ERR_MANIFEST_DIGEST);
	refused(sign(file_bytes("tests/vectors/derived/"
				"bad-manifest-bitflip.suit"), key),
		SUIT_ERR_MANIFEST_DIGEST);
}

static void what_is_no_envelope_is_not_signed(void **state)
{
	const char *key = private_key("a", SUIT_ALG_ESP256);
	struct suit_slice good = unsigned_release();

	(void)state;
	refused(sign(bytes_of(""), key), SUIT_ERR_ENVELOPE_EMPTY);
	refused(sign(bytes_of("firmware"), key), SUIT_ERR_TYPE);
	good.len--;
	refused(sign(copy_of(good), key), SUIT_ERR_TRUNCATED);
	good.len++;
	refused(sign(diag("raw'%s00'", hex(good)), key), SUIT_ERR_TRAILING);
}

static void nobody_signs_without_a_key(void **state)
{
	struct suit_slice good = unsigned_release();

	(void)state;
	failed(sign(good, scratch("none.pem")), "none.pem: No such file");
	private_key("a", SUIT_ALG_ESP256);
	failed(sign(good, public_key("a")),
	       "a.pub is not a private key in PEM form");
}

int main(void)
{
	table(envelopes, the_rest_stays_as_it_was);
	single("each signature counts", each_signature_counts);
	single("nobody signs twice", nobody_signs_twice);
	single("there is a last signature", there_is_a_last_signature);
	single("what was changed is not signed",
	       what_was_changed_is_not_signed);
	single("what is no envelope is not signed",
	       what_is_no_envelope_is_not_signed);
	single("nobody signs without a key", nobody_signs_without_a_key);
	return table_run("envelope_sign");
}

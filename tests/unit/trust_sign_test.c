// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Trust that is made: what an authority's manifests may depend on; signatures,
 * as many as the verifier takes, by any of its algorithms; and a bundle that
 * would be none any more stays as it was.
 */
#include <stdlib.h>
#include <string.h>

#include "crypto.h"
#include "release.h"
#include "suitgate/trust.h"

/* An unsigned bundle with so many revoked keys; 36 bytes each. */
static struct suit_slice revoking(unsigned int keys)
{
	struct sg_trust trust = { .sequence = 1 };
	struct sg_trust_op *op;
	struct sg_buf bundle;
	unsigned int i;

	for (i = 0; i < keys; i++) {
		op = sg_trust_append(&trust, SG_TRUST_REVOKE_KEY, &why);
		assert_non_null(op);
		memcpy(op->thumbprint, &i, sizeof(i));
	}
	succeeded(sg_trust_encode(&trust, &bundle, &why));
	sg_trust_free(&trust);
	return taken(&bundle);
}

/* Sign @bundle in place, as the library does; it changes only on success. */
static int sign(struct suit_slice *bundle, const char *key)
{
	struct sg_buf buf;
	int ret;

	/* heap, for sg_trust_sign() to free */
	buf.data = malloc(bundle->len);
	buf.len = bundle->len;
	assert_non_null(buf.data);
	memcpy(buf.data, bundle->ptr, buf.len);
	ret = sg_trust_sign(&buf, key, &why);
	if (ret < 0)
		expect_bytes((struct suit_slice){ buf.data, buf.len },
			     *bundle);
	*bundle = taken(&buf);
	return ret;
}

/* By a root with the key NAME.pub, alone. */
static enum suit_error authenticate(struct suit_slice bundle, const char *name)
{
	const struct suit_authority root = {
		.name = { (const u8 *)"root", 4 }, .role = SUIT_ROLE_ROOT,
		.threshold = 1,
	};
	struct suit_trust_bundle open;
	struct suit_key key;
	const struct suit_trust trust = { &root, 1, &key, 1 };
	enum suit_error error;

	expect(suit_cose_key_decode(file_bytes(public_key(name)), &key),
	       SUIT_OK);
	expect(sg_crypto_import(&key), SUIT_OK);
	error = suit_trust_open(bundle, &open);
	if (error == SUIT_OK)
		error = suit_trust_authenticate(&open, &trust, sg_crypto());
	sg_crypto_release(&key);
	return error;
}

static const struct algorithm {
	const char *name;
	s32 alg;
} algorithms[] = {
	{ "esp256", SUIT_ALG_ESP256 }, { "es256", SUIT_ALG_ES256 },
	{ "esp384", SUIT_ALG_ESP384 }, { "es384", SUIT_ALG_ES384 },
	{ "ed25519", SUIT_ALG_ED25519 }, { "eddsa", SUIT_ALG_EDDSA },
};

static void a_root_is_believed(void **state)
{
	const struct algorithm *row = *state;
	const char *key = private_key("root", row->alg);
	/* short, and longer than any Sig_structure of a manifest */
	struct suit_slice small = revoking(1), large = revoking(1000);

	succeeded(sign(&small, key));
	succeeded(sign(&large, key));
	expect(authenticate(small, "root"), SUIT_OK);
	expect(authenticate(large, "root"), SUIT_OK);
	expect(authenticate(flipped(large, (long)large.len / 2), "root"),
	       SUIT_ERR_SIGNATURE);
	private_key("other", row->alg);
	expect(authenticate(large, "other"), SUIT_ERR_SIGNATURE);
}

static void a_signature_over_trust_is_none_over_a_manifest(void **state)
{
	const char *key = private_key("root", SUIT_ALG_ESP256);
	struct suit_slice bundle = revoking(1), manifest, block;
	struct suit_trust_bundle open;
	struct suit_cursor cur;

	(void)state;
	succeeded(sign(&bundle, key));
	expect(suit_trust_open(bundle, &open), SUIT_OK);
	suit_cursor_init(&cur, open.blocks);
	block = suit_cbor_bstr(&cur);
	manifest = diag("107({2: <<[h'%s', h'%s']>>, 3: 'm'})",
			hex(diag("[-16, h'%s']", repeat("00", 32, ""))),
			hex(block));
	refused(verify(manifest, public_key("root")), SUIT_ERR_SIGNATURE);
}

static void each_key_signs_once(void **state)
{
	const char *key = private_key("a", SUIT_ALG_ESP256);
	struct suit_slice bundle = revoking(1), again = bundle;

	(void)state;
	succeeded(sign(&bundle, key));
	succeeded(sign(&again, key));
	expect_bytes(again, bundle);
	failed(sign(&bundle, key), "a.pem has signed this already");
}

static void there_is_a_last_signature(void **state)
{
	struct suit_slice bundle = revoking(1);
	unsigned int i;

	(void)state;
	for (i = 0; i < SUIT_MAX_AUTH_BLOCKS; i++)
		succeeded(sign(&bundle, private_key(text("key%u", i),
						    SUIT_ALG_ED25519)));
	expect(authenticate(bundle, "key7"), SUIT_OK);
	refused(sign(&bundle, private_key("more", SUIT_ALG_ED25519)),
		SUIT_ERR_AUTH_BLOCKS);
}

/* 1818 revocations and their heads have 65,462 bytes; a signature needs 90. */
static void a_bundle_has_an_end(void **state)
{
	const char *key = private_key("a", SUIT_ALG_ESP256);
	struct suit_slice bundle = revoking(1815);

	(void)state;
	succeeded(sign(&bundle, key));
	bundle = revoking(1818);
	assert_in_range(bundle.len, SUIT_MAX_TRUST - 90, SUIT_MAX_TRUST);
	refused(sign(&bundle, key), SUIT_ERR_TRUST_SIZE);
}

static void what_is_no_bundle_is_not_signed(void **state)
{
	const char *key = private_key("a", SUIT_ALG_ESP256);
	struct suit_slice bundle = revoking(1);

	(void)state;
	failed(sign(&bundle, scratch("none.pem")), "none.pem: No such file");
	bundle.len--;
	bundle = copy_of(bundle);
	refused(sign(&bundle, key), SUIT_ERR_TRUNCATED);
}

/* Member 6 of an authority that somebody trusts: not a matter of prefixes. */
static void dependencies_are_what_the_verifier_allows(void **state)
{
	struct suit_slice chip = diag("['firmware', 'chip', 'a']");
	struct sg_trust trust = { .sequence = 1 };
	struct suit_trust_operation op;
	struct suit_trust_bundle open;
	struct sg_trust_authority *a;
	struct suit_cursor cur;
	struct sg_buf bundle;

	(void)state;
	private_key("acme", SUIT_ALG_ESP256);
	a = &sg_trust_append(&trust, SG_TRUST_ADD, &why)->authority;
	a->role = SG_ROLE_VENDOR;
	succeeded(sg_trust_set_name(a, "acme", &why));
	succeeded(sg_trust_add_key(a, public_key("acme"), NULL, &why));
	succeeded(sg_trust_add_prefix(a, "firmware/acme", &why));
	succeeded(sg_trust_add_dependency(a, "upload", &why));
	succeeded(sg_trust_add_dependency(a, "firmware/chip", &why));
	failed(sg_trust_add_dependency(a, "firmware//", &why), "");
	succeeded(sg_trust_encode(&trust, &bundle, &why));
	sg_trust_free(&trust);
	expect(suit_trust_open(taken(&bundle), &open), SUIT_OK);
	expect(suit_trust_decode(&open), SUIT_OK);
	suit_cursor_init(&cur, open.operations);
	expect(suit_trust_operation_next(&cur, &op), SUIT_OK);
	assert_true(suit_authority_depends(&op.authority, chip));
	assert_false(suit_authority_covers(&op.authority, chip));
	assert_false(suit_authority_depends(&op.authority,
					    diag("['firmware', 'chiq']")));
}

int main(void)
{
	table(algorithms, a_root_is_believed);
	single("a signature over trust is none over a manifest",
	       a_signature_over_trust_is_none_over_a_manifest);
	single("each key signs once", each_key_signs_once);
	single("there is a last signature", there_is_a_last_signature);
	single("a bundle has an end", a_bundle_has_an_end);
	single("what is no bundle is not signed",
	       what_is_no_bundle_is_not_signed);
	single("dependencies are what the verifier allows",
	       dependencies_are_what_the_verifier_allows);
	return table_run("trust_sign");
}

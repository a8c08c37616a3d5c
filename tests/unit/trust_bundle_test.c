// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Trust statements: what is authored is what the verifier reads, signatures are
 * ones it accepts for trust and for nothing else, and nonsense is refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/suit.h"
#include "crypto.h"
#include "suitgate/trust.h"

/* The key of the examples in draft-ietf-suit-manifest, alg ESP256. */
#define KEY_X \
	0x84, 0x96, 0x81, 0x1a, 0xae, 0x0b, 0xaa, 0xab, 0xd2, 0x61, 0x57, \
	0x18, 0x9e, 0xec, 0xda, 0x26, 0xbe, 0xaa, 0x8b, 0xf1, 0x1b, 0x6f, \
	0x3f, 0xe6, 0xe2, 0xb5, 0x65, 0x9c, 0x85, 0xdb, 0xc0, 0xad
#define KEY_Y \
	0x3b, 0x1f, 0x2a, 0x4b, 0x6c, 0x09, 0x81, 0x31, 0xc0, 0xa3, 0x6d, \
	0xac, 0xd1, 0xd7, 0x8b, 0xd3, 0x81, 0xdc, 0xdf, 0xb0, 0x9c, 0x05, \
	0x2d, 0xb3, 0x39, 0x91, 0xdb, 0x73, 0x38, 0xb4, 0xa8, 0x96
static const uint8_t public_key[] = {
	0xa5, 0x01, 0x02, 0x03, 0x28, 0x20, 0x01, 0x21, 0x58, 0x20, KEY_X,
	0x22, 0x58, 0x20, KEY_Y,
};
/* Its RFC 9679 thumbprint, computed by another implementation. */
static const uint8_t thumbprint[] = {
	0xca, 0x9e, 0x35, 0xf2, 0x3b, 0x2b, 0x52, 0x5f, 0xb4, 0xfc, 0x83,
	0xf5, 0x12, 0xb0, 0xdc, 0xac, 0x4a, 0xc2, 0x9e, 0x45, 0x7e, 0x87,
	0x3a, 0x5d, 0x6a, 0x73, 0x13, 0xf7, 0x16, 0x90, 0xb3, 0x3c,
};
static const char private_key[] =
	"-----BEGIN PRIVATE KEY-----\n"
	"MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgApZYjZCUGLM50VBC\n"
	"CjYStX+09jGmnyJPrpDLTz/hiXOhRANCAASEloEarguqq9JhVxie7NomvqqL8Rtv\n"
	"P+bitWWchdvArTsfKktsCYExwKNtrNHXi9OB3N+wnAUtszmR23M4tKiW\n"
	"-----END PRIVATE KEY-----\n";

static char dir[64];
static char path[128];
static struct sg_trust trust;
static struct sg_error err;

static const char *in_dir(const char *name)
{
	snprintf(path, sizeof(path), "%s/%s", dir, name);
	return path;
}

static int setup(void **state)
{
	(void)state;
	memset(&trust, 0, sizeof(trust));
	memset(&err, 0, sizeof(err));
	strcpy(dir, "/tmp/suitgate-trust.XXXXXX");
	if (!mkdtemp(dir))
		return -1;
	if (sg_file_write(in_dir("key.pub"), public_key, sizeof(public_key),
			  0644, &err) < 0)
		return -1;
	return sg_file_write(in_dir("key.pem"), private_key,
			     sizeof(private_key) - 1, 0600, &err);
}

static int teardown(void **state)
{
	char command[128];

	(void)state;
	sg_trust_free(&trust);
	snprintf(command, sizeof(command), "rm -rf '%s'", dir);
	return system(command);
}

static struct sg_trust_authority *add(const char *name, unsigned int role)
{
	struct sg_trust_op *op = sg_trust_append(&trust, SG_TRUST_ADD, &err);

	assert_non_null(op);
	trust.sequence = 1;
	assert_int_equal(sg_trust_set_name(&op->authority, name, &err), 0);
	op->authority.role = role;
	if (sg_trust_add_key(&op->authority, in_dir("key.pub"), NULL, &err))
		fail_msg("%s", err.message);
	return &op->authority;
}

static void must_not_encode(const char *part_of_message)
{
	struct sg_buf bundle;

	assert_int_equal(sg_trust_encode(&trust, &bundle, &err), -1);
	assert_null(bundle.data);
	if (!strstr(err.message, part_of_message))
		fail_msg("%s", err.message);
}

static void every_change_is_decoded_as_authored(void **state)
{
	struct sg_trust_authority *a = add("acme", SG_ROLE_VENDOR);
	struct sg_trust_op *op;
	struct sg_trust out;
	struct sg_buf bundle;
	char text[64];

	(void)state;
	assert_int_equal(sg_trust_add_prefix(a, "firmware/acme", &err), 0);
	assert_int_equal(sg_trust_add_prefix(a, "upload", &err), 0);
	assert_int_equal(sg_trust_add_dependency(a, "firmware/chip", &err), 0);
	op = sg_trust_append(&trust, SG_TRUST_RETIRE, &err);
	assert_int_equal(sg_trust_set_name(&op->authority, "old", &err), 0);
	op->last = 41;
	op = sg_trust_append(&trust, SG_TRUST_REVOKE_KEY, &err);
	memset(op->thumbprint, 0x11, sizeof(op->thumbprint));
	op = sg_trust_append(&trust, SG_TRUST_REVOKE_DIGEST, &err);
	op->digest.alg = SUIT_ALG_SHA256;
	op->digest.len = 32;
	memset(op->digest.value, 0x22, 32);
	trust.sequence = UINT64_MAX;

	if (sg_trust_encode(&trust, &bundle, &err) < 0)
		fail_msg("%s", err.message);
	assert_int_equal(sg_trust_decode(&bundle, &out, &err), 0);
	assert_int_equal(out.sequence, UINT64_MAX);
	assert_int_equal(out.n_signatures, 0);
	assert_int_equal(out.n_ops, 4);
	a = &out.op[0].authority;
	assert_string_equal(a->name, "acme");
	assert_int_equal(a->role, SG_ROLE_VENDOR);
	assert_int_equal(a->threshold, 1);
	assert_int_equal(a->n_keys, 1);
	assert_int_equal(a->key[0].alg, SUIT_ALG_ESP256);
	assert_memory_equal(a->key[0].bytes.data, public_key,
			    sizeof(public_key));
	assert_int_equal(a->n_prefixes, 2);
	sg_gate_component_text(a->prefix[0].data, a->prefix[0].len, text,
			       sizeof(text));
	assert_string_equal(text, "firmware/acme");
	sg_gate_component_text(a->prefix[1].data, a->prefix[1].len, text,
			       sizeof(text));
	assert_string_equal(text, "upload");
	assert_int_equal(a->n_dependencies, 1);
	sg_gate_component_text(a->dependency[0].data, a->dependency[0].len,
			       text, sizeof(text));
	assert_string_equal(text, "firmware/chip");
	assert_string_equal(out.op[1].authority.name, "old");
	assert_int_equal(out.op[1].last, 41);
	assert_int_equal(out.op[2].thumbprint[31], 0x11);
	assert_int_equal(out.op[3].digest.value[31], 0x22);
	sg_trust_free(&out);
	sg_buf_free(&bundle);
}

static void the_thumbprint_is_rfc_9679(void **state)
{
	struct sg_trust_key key;

	(void)state;
	assert_int_equal(sg_trust_read_key(in_dir("key.pub"), NULL, &key, &err),
			 0);
	assert_memory_equal(key.thumbprint, thumbprint, sizeof(thumbprint));
	sg_buf_free(&key.bytes);
}

static void authorities_that_make_no_sense(void **state)
{
	struct sg_trust_authority *a;

	(void)state;
	trust.sequence = 1;
	must_not_encode("changes nothing");
	a = add("acme", SG_ROLE_VENDOR);
	must_not_encode("needs a prefix");
	a->role = 0;
	must_not_encode("needs a role");
	a->role = SG_ROLE_ROOT;
	assert_int_equal(sg_trust_add_prefix(a, "firmware", &err), 0);
	must_not_encode("leave the prefixes");
	sg_buf_free(&a->prefix[--a->n_prefixes]);
	assert_int_equal(sg_trust_add_dependency(a, "firmware", &err), 0);
	must_not_encode("leave the dependencies");
	a->role = SG_ROLE_VENDOR;
	must_not_encode("needs a prefix");
	assert_int_equal(sg_trust_add_prefix(a, "firmware", &err), 0);
	a->role = SG_ROLE_BASELINE;
	a->threshold = 2;
	must_not_encode("never bring 2");
}

static void names_and_prefixes_are_bounded(void **state)
{
	static const char *const bad[] = { "", "/", "firmware/", "/x",
					   "firmware//x", "firmware/../x",
					   "firmware/./x" };
	struct sg_trust_authority *a = add("acme", SG_ROLE_VENDOR);
	char name[SG_GATE_MAX_AUTHORITY + 2];
	size_t i;

	(void)state;
	memset(name, 'n', sizeof(name));
	name[SG_GATE_MAX_AUTHORITY + 1] = '\0';
	assert_int_equal(sg_trust_set_name(a, name, &err), -1);
	name[SG_GATE_MAX_AUTHORITY] = '\0';
	assert_int_equal(sg_trust_set_name(a, name, &err), 0);
	assert_int_equal(sg_trust_set_name(a, "", &err), -1);
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (sg_trust_add_prefix(a, bad[i], &err) == 0)
			fail_msg("\"%s\" was accepted", bad[i]);
	assert_int_equal(a->n_prefixes, 0);
}

static void keys_that_are_none_are_refused(void **state)
{
	struct sg_trust_authority *a = add("acme", SG_ROLE_VENDOR);
	uint8_t off_curve[sizeof(public_key)];

	(void)state;
	/* twice the same */
	assert_int_equal(sg_trust_add_key(a, in_dir("key.pub"), NULL, &err),
			 -1);
	/* a private key, by mistake */
	assert_int_equal(sg_trust_add_key(a, in_dir("key.pem"), NULL, &err),
			 -1);
	/* for another algorithm */
	assert_int_equal(sg_trust_add_key(a, in_dir("key.pub"), "ed25519",
					  &err), -1);
	assert_int_equal(sg_trust_add_key(a, in_dir("key.pub"), "rot13", &err),
			 -1);
	memcpy(off_curve, public_key, sizeof(off_curve));
	off_curve[sizeof(off_curve) - 1] ^= 1;
	sg_file_write(in_dir("bad.pub"), off_curve, sizeof(off_curve), 0644,
		      &err);
	assert_int_equal(sg_trust_add_key(a, in_dir("bad.pub"), NULL, &err),
			 -1);
	sg_file_write(in_dir("bad.pub"), "", 0, 0644, &err);
	assert_int_equal(sg_trust_add_key(a, in_dir("bad.pub"), NULL, &err),
			 -1);
	assert_int_equal(sg_trust_add_key(a, in_dir("absent"), NULL, &err), -1);
	assert_int_equal(a->n_keys, 1);
}

/* A root authority with the key above, as the verifier sees it. */
static enum suit_error authenticate(const struct sg_buf *bundle)
{
	static const struct suit_slice name = { (const uint8_t *)"root", 4 };
	struct suit_slice bytes = { bundle->data, bundle->len };
	struct suit_slice key_bytes = { public_key, sizeof(public_key) };
	struct suit_authority root = { .name = name, .role = SUIT_ROLE_ROOT,
				       .threshold = 1 };
	struct suit_trust_bundle open;
	struct suit_key key = { 0 };
	struct suit_trust snapshot = { &root, 1, &key, 1 };
	enum suit_error error;

	assert_int_equal(suit_cose_key_decode(key_bytes, &key), SUIT_OK);
	assert_int_equal(sg_crypto_import(&key), SUIT_OK);
	error = suit_trust_open(bytes, &open);
	if (error == SUIT_OK)
		error = suit_trust_authenticate(&open, &snapshot, sg_crypto());
	sg_crypto_release(&key);
	return error;
}

static void a_signed_bundle_is_authentic(void **state)
{
	struct sg_buf bundle;
	struct sg_trust out;
	size_t i;

	(void)state;
	add("root", SG_ROLE_ROOT);
	assert_int_equal(sg_trust_encode(&trust, &bundle, &err), 0);
	assert_int_equal(authenticate(&bundle), SUIT_ERR_AUTH_EMPTY);
	if (sg_trust_sign(&bundle, in_dir("key.pem"), &err) < 0)
		fail_msg("%s", err.message);
	assert_int_equal(authenticate(&bundle), SUIT_OK);
	assert_int_equal(sg_trust_decode(&bundle, &out, &err), 0);
	assert_int_equal(out.n_signatures, 1);
	sg_trust_free(&out);

	/* no byte of it may change */
	for (i = 0; i < bundle.len; i++) {
		bundle.data[i] ^= 1;
		if (authenticate(&bundle) == SUIT_OK)
			fail_msg("byte %zu is not covered", i);
		bundle.data[i] ^= 1;
	}
	sg_buf_free(&bundle);
}

static void cut_and_flipped_bundles_are_survived(void **state)
{
	struct sg_trust_authority *a = add("acme", SG_ROLE_VENDOR);
	struct sg_buf bundle;
	struct sg_trust out;
	size_t i, full;
	int bit;

	(void)state;
	assert_int_equal(sg_trust_add_prefix(a, "firmware", &err), 0);
	assert_int_equal(sg_trust_encode(&trust, &bundle, &err), 0);
	full = bundle.len;
	for (bundle.len = 0; bundle.len < full; bundle.len++)
		assert_int_equal(sg_trust_decode(&bundle, &out, &err), -1);
	for (i = 0; i < full; i++) {
		for (bit = 0; bit < 8; bit++) {
			bundle.data[i] ^= (uint8_t)(1 << bit);
			if (sg_trust_decode(&bundle, &out, &err) == 0)
				sg_trust_free(&out);
			bundle.data[i] ^= (uint8_t)(1 << bit);
		}
	}
	sg_buf_free(&bundle);
}

static void the_store_is_read_by_sequence(void **state)
{
	struct sg_trust_authority *a = add("acme", SG_ROLE_VENDOR);
	struct sg_trust_store store;
	struct sg_buf bundle;
	char folder[128];

	(void)state;
	snprintf(folder, sizeof(folder), "%s/a/trust.d", dir);
	assert_int_equal(sg_trust_store_read(&store, folder, &err), 0);
	assert_int_equal(store.n, 0);
	assert_int_equal(sg_trust_store_next(&store), 1);

	assert_int_equal(sg_trust_add_prefix(a, "firmware", &err), 0);
	trust.sequence = 9;
	assert_int_equal(sg_trust_encode(&trust, &bundle, &err), 0);
	assert_int_equal(sg_trust_store_write(folder, "a", &bundle, &err), 0);
	sg_buf_free(&bundle);
	trust.sequence = 2;
	assert_int_equal(sg_trust_encode(&trust, &bundle, &err), 0);
	assert_int_equal(sg_trust_store_write(folder, "b", &bundle, &err), 0);
	assert_int_equal(sg_trust_store_write(folder, "../b", &bundle, &err),
			 -1);
	assert_int_equal(sg_trust_store_write(folder, "", &bundle, &err), -1);
	assert_int_equal(sg_trust_store_write(folder, ".b", &bundle, &err), -1);
	sg_buf_free(&bundle);

	assert_int_equal(sg_trust_store_read(&store, folder, &err), 0);
	assert_int_equal(store.n, 2);
	assert_int_equal(store.file[0].trust.sequence, 2);
	assert_int_equal(store.file[1].trust.sequence, 9);
	assert_int_equal(sg_trust_store_next(&store), 10);
	sg_trust_store_free(&store);
}

static void a_broken_store_names_the_file(void **state)
{
	struct sg_trust_store store;

	(void)state;
	assert_int_equal(sg_file_write(in_dir("x.trust"), "x", 1, 0644, &err),
			 0);
	assert_int_equal(sg_trust_store_read(&store, dir, &err), -1);
	assert_non_null(strstr(err.message, "/x.trust: "));
	assert_true(err.refused);
	assert_int_equal(store.n, 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			every_change_is_decoded_as_authored, setup, teardown),
		cmocka_unit_test_setup_teardown(the_thumbprint_is_rfc_9679,
						setup, teardown),
		cmocka_unit_test_setup_teardown(authorities_that_make_no_sense,
						setup, teardown),
		cmocka_unit_test_setup_teardown(names_and_prefixes_are_bounded,
						setup, teardown),
		cmocka_unit_test_setup_teardown(keys_that_are_none_are_refused,
						setup, teardown),
		cmocka_unit_test_setup_teardown(a_signed_bundle_is_authentic,
						setup, teardown),
		cmocka_unit_test_setup_teardown(
			cut_and_flipped_bundles_are_survived, setup, teardown),
		cmocka_unit_test_setup_teardown(the_store_is_read_by_sequence,
						setup, teardown),
		cmocka_unit_test_setup_teardown(a_broken_store_names_the_file,
						setup, teardown),
	};

	return cmocka_run_group_tests_name("trust_bundle", tests, NULL, NULL);
}

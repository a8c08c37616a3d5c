// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Whom to believe: bare keys and certificates, for everything; authorities of
 * trust bundles, for what the bundle says, and never for more because a bare
 * key has their name.
 */
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <string.h>

#include "core/suit.h"
#include "release.h"
#include "suitgate/trust.h"

static const char *key;		/* acme.pem */
static const char *other;	/* other.pem */
static struct suit_slice envelope;	/* of firmware/acme/radio.fw, by acme */

static void open_shop(s32 alg)
{
	struct sg_author_request request;

	key = private_key("acme", alg);
	other = private_key("other", SUIT_ALG_ESP256);
	request = release_request(key);
	envelope = released(&request);
}

static struct sg_trust trust;

/* One more authority, with the key NAME.pub. */
static struct sg_trust_authority *add(const char *authority, unsigned int role,
				      const char *prefix, const char *name)
{
	struct sg_trust_op *op = sg_trust_append(&trust, SG_TRUST_ADD, &why);

	assert_non_null(op);
	succeeded(sg_trust_set_name(&op->authority, authority, &why));
	op->authority.role = role;
	if (prefix)
		succeeded(sg_trust_add_prefix(&op->authority, prefix, &why));
	succeeded(sg_trust_add_key(&op->authority, public_key(name), NULL,
				   &why));
	return &op->authority;
}

/* A bundle of what was added; NAME.trust. */
static const char *bundle(const char *name)
{
	struct sg_buf bytes;

	trust.sequence = 1;
	succeeded(sg_trust_encode(&trust, &bytes, &why));
	sg_trust_free(&trust);
	return scratch_file(text("%s.trust", name), taken(&bytes));
}

static void an_authority_speaks_below_its_prefix(void **state)
{
	const char *wide, *narrow, *elsewhere;

	(void)state;
	open_shop(SUIT_ALG_ESP256);
	add("Acme", SG_ROLE_VENDOR, "firmware", "acme");
	wide = bundle("wide");
	add("Acme", SG_ROLE_BASELINE, "firmware/acme/radio.fw", "acme");
	narrow = bundle("narrow");
	add("Acme", SG_ROLE_VENDOR, "firmware/acm", "acme");
	elsewhere = bundle("elsewhere");
	succeeded(verify(envelope, wide));
	assert_string_equal(report.authority, "Acme");
	assert_string_equal(report.signer[0].authority, "Acme");
	succeeded(verify(envelope, narrow));
	refused(verify(envelope, elsewhere), SUIT_ERR_NOT_ENTITLED);
	assert_true(report.authentic && report.well_formed);
	assert_string_equal(report.authority, "");
	/* a later statement about the same authority replaces it */
	succeeded(verify_by(envelope, (const char *[]){ elsewhere, wide }, 2));
	refused(verify_by(envelope, (const char *[]){ wide, elsewhere }, 2),
		SUIT_ERR_NOT_ENTITLED);
}

static void a_root_signs_no_firmware(void **state)
{
	(void)state;
	open_shop(SUIT_ALG_ESP256);
	add("root", SG_ROLE_ROOT, NULL, "acme");
	refused(verify(envelope, bundle("root")), SUIT_ERR_NOT_ENTITLED);
}

static void so_many_must_agree(void **state)
{
	struct sg_trust_authority *both;
	const char *file;

	(void)state;
	open_shop(SUIT_ALG_ES384);
	both = add("both", SG_ROLE_VENDOR, "firmware", "acme");
	succeeded(sg_trust_add_key(both, public_key("other"), NULL, &why));
	both->threshold = 2;
	file = bundle("both");
	refused(verify(envelope, file), SUIT_ERR_THRESHOLD);
	succeeded(verify(signed_by(envelope, other), file));
	assert_int_equal(report.n_signers, 2);
	assert_string_equal(report.signer[0].alg, "es384");
	assert_string_equal(report.signer[1].alg, "esp256");
	/* a bare key is asked alone */
	succeeded(verify_by(envelope, (const char *[]){
				    file, public_key("acme") }, 2));
	assert_string_equal(report.authority, "acme");
}

static void a_retired_authority_speaks_for_the_past(void **state)
{
	struct sg_trust_op *op;
	const char *before, *after;

	(void)state;
	open_shop(SUIT_ALG_ESP256);
	add("a", SG_ROLE_VENDOR, "firmware", "acme");
	op = sg_trust_append(&trust, SG_TRUST_RETIRE, &why);
	succeeded(sg_trust_set_name(&op->authority, "a", &why));
	op->last = 7;
	after = bundle("after");
	add("a", SG_ROLE_VENDOR, "firmware", "acme");
	op = sg_trust_append(&trust, SG_TRUST_RETIRE, &why);
	succeeded(sg_trust_set_name(&op->authority, "a", &why));
	op->last = 6;
	before = bundle("before");
	succeeded(verify(envelope, after));
	refused(verify(envelope, before), SUIT_ERR_NOT_ENTITLED);
}

static void what_is_revoked_is_not_believed(void **state)
{
	struct sg_trust_op *op;
	struct sg_trust_key print;
	struct sg_buf bytes;
	const char *file;

	(void)state;
	open_shop(SUIT_ALG_ESP256);
	succeeded(sg_trust_read_key(public_key("acme"), NULL, &print, &why));
	sg_buf_free(&print.bytes);
	add("a", SG_ROLE_VENDOR, "firmware", "acme");
	op = sg_trust_append(&trust, SG_TRUST_REVOKE_KEY, &why);
	memcpy(op->thumbprint, print.thumbprint, sizeof(op->thumbprint));
	file = bundle("key");
	refused(verify(envelope, file), SUIT_ERR_KEY_REVOKED);
	/* nor as a bare key */
	refused(verify_by(envelope, (const char *[]){
				  public_key("acme"), file }, 2),
		SUIT_ERR_KEY_REVOKED);

	add("a", SG_ROLE_VENDOR, "firmware", "acme");
	op = sg_trust_append(&trust, SG_TRUST_REVOKE_DIGEST, &why);
	bytes = (struct sg_buf){ (uint8_t *)envelope.ptr, envelope.len };
	succeeded(sg_gate_digest_of(&bytes, &op->digest, &why));
	refused(verify(envelope, bundle("digest")), SUIT_ERR_DIGEST_REVOKED);
	assert_false(report.authentic || report.well_formed);
}

/*
 * The bundle's acme is another than the key acme.pub, and may speak for
 * firmware/other alone. In neither order does it get what a bare key gets.
 */
static void nobody_gains_by_a_name(void **state)
{
	struct sg_author_request request;
	struct suit_slice evil;
	const char *file;

	(void)state;
	open_shop(SUIT_ALG_ESP256);
	request = release_request(other);
	evil = released(&request);
	add("acme", SG_ROLE_VENDOR, "firmware/other", "other");
	file = bundle("b");
	refused(verify(evil, file), SUIT_ERR_NOT_ENTITLED);
	failed(verify_by(evil, (const char *[]){ public_key("acme"), file },
			 2), "acme.pub: another authority has that name");
	failed(verify_by(evil, (const char *[]){ file, public_key("acme") },
			 2), "acme.pub: another authority has that name");
	failed(verify_by(evil, (const char *[]){ public_key("acme"),
						 public_key("acme") }, 2),
	       "another authority has that name");
}

/* A bare key that has not signed makes nobody else more than he is. */
static void nobody_gains_by_company(void **state)
{
	struct sg_author_request request;
	struct suit_slice evil;
	const char *file;

	(void)state;
	open_shop(SUIT_ALG_ESP256);
	request = release_request(other);
	evil = released(&request);
	add("b", SG_ROLE_VENDOR, "firmware/other", "other");
	file = bundle("b");
	refused(verify_by(evil, (const char *[]){ public_key("acme"), file },
			  2), SUIT_ERR_NOT_ENTITLED);
	refused(verify_by(evil, (const char *[]){ file, public_key("acme") },
			  2), SUIT_ERR_NOT_ENTITLED);
	assert_string_equal(report.authority, "");
	succeeded(verify_by(signed_by(evil, key), (const char *[]){
				    file, public_key("acme") }, 2));
	assert_string_equal(report.authority, "acme");
}

static void a_key_may_be_called_anything(void **state)
{
	static const char *const names[] = {
		"schl\xc3\xbcssel.pub", "\xff\033[2J.pub", ".pub", "key",
		"a, b and c.pub",
	};
	struct suit_slice bytes;
	size_t i;

	(void)state;
	open_shop(SUIT_ALG_ESP256);
	bytes = file_bytes(public_key("acme"));
	for (i = 0; i < COUNT(names); i++)
		succeeded(verify(envelope, scratch_file(names[i], bytes)));
	succeeded(verify(envelope, scratch_file(repeat("k", 200, ""), bytes)));
	assert_string_equal(report.authority, repeat("k", 64, ""));
	succeeded(verify(envelope, scratch_file("\xff\033[2J.pub", bytes)));
	assert_string_equal(report.authority, "??[2J");
}

/* A certificate of acme's key; PEM, and DER. */
static void certify(const char *pem, const char *der)
{
	FILE *file = fopen(key, "r");
	EVP_PKEY *pkey = PEM_read_PrivateKey(file, NULL, NULL, NULL);
	X509 *cert = X509_new();

	fclose(file);
	ASN1_INTEGER_set(X509_get_serialNumber(cert), 1);
	X509_gmtime_adj(X509_getm_notBefore(cert), 0);
	X509_gmtime_adj(X509_getm_notAfter(cert), 3600);
	X509_set_pubkey(cert, pkey);
	assert_true(X509_sign(cert, pkey, EVP_PKEY_is_a(pkey, "ED25519") ?
			      NULL : EVP_sha256()) > 0);
	file = fopen(pem, "w");
	assert_int_equal(PEM_write_X509(file, cert), 1);
	fclose(file);
	file = fopen(der, "w");
	assert_int_equal(i2d_X509_fp(file, cert), 1);
	fclose(file);
	X509_free(cert);
	EVP_PKEY_free(pkey);
}

static const struct certified {
	const char *name;
	s32 alg;
	enum suit_error error;
} certified[] = {
	{ "certificate for esp256", SUIT_ALG_ESP256, SUIT_OK },
	{ "certificate for esp384", SUIT_ALG_ESP384, SUIT_OK },
	{ "certificate for ed25519", SUIT_ALG_ED25519, SUIT_OK },
	/* a certificate alone is for the algorithm that states its curve */
	{ "certificate for es256", SUIT_ALG_ES256, SUIT_ERR_NO_KEY },
};

static void a_certificate_is_a_key(void **state)
{
	const struct certified *row = *state;
	const char *pem = scratch("c.crt"), *der = scratch("c.der");

	open_shop(row->alg);
	certify(pem, der);
	if (row->error == SUIT_OK) {
		succeeded(verify(envelope, pem));
		succeeded(verify(envelope, der));
		assert_string_equal(report.authority, "c.der");
	} else {
		refused(verify(envelope, pem), row->error);
		refused(verify(envelope, der), row->error);
	}
	scratch_file("c.der", flipped(file_bytes(der), 0));
	refused(verify(envelope, der), SUIT_ERR_KEY_FORM);
}

static void what_is_no_trust_is_refused(void **state)
{
	const char *file;

	(void)state;
	open_shop(SUIT_ALG_ESP256);
	failed(verify(envelope, scratch("none.pub")),
	       "none.pub: No such file");
	failed(verify(envelope, scratch("none.trust")),
	       "none.trust: No such file");
	refused(verify(envelope, key), SUIT_ERR_KEY_FORM);
	refused(verify(envelope, scratch_file("e.pub", bytes_of(""))),
		SUIT_ERR_TRUNCATED);
	refused(verify(envelope, scratch_file("e.trust", bytes_of(""))),
		SUIT_ERR_TRUNCATED);
	/* a key under the name of a bundle, and the reverse */
	refused(verify(envelope, scratch_file("k.trust",
			     file_bytes(public_key("acme")))), SUIT_ERR_TYPE);
	add("a", SG_ROLE_VENDOR, "firmware", "acme");
	file = bundle("a");
	refused(verify(envelope, scratch_file("a.pub", file_bytes(file))),
		SUIT_ERR_KEY_FORM);
	scratch_file("a.trust", flipped(file_bytes(file), 0));
	assert_int_equal(verify(envelope, file), -1);
	failed(verify(envelope, scratch_file("big.trust", bytes_of(
			     repeat("x", (64 << 10) + 1, "")))),
	       "at most 65536 are expected");
}

/* One that is bad makes the others worthless: who knows what it says? */
static void all_files_must_be_good(void **state)
{
	(void)state;
	open_shop(SUIT_ALG_ESP256);
	failed(verify_by(envelope, (const char *[]){
				 public_key("acme"), scratch("none.pub") }, 2),
	       "none.pub: No such file");
	assert_false(report.authentic);
}

int main(void)
{
	table(certified, a_certificate_is_a_key);
	single("an authority speaks below its prefix",
	       an_authority_speaks_below_its_prefix);
	single("a root signs no firmware", a_root_signs_no_firmware);
	single("so many must agree", so_many_must_agree);
	single("a retired authority speaks for the past",
	       a_retired_authority_speaks_for_the_past);
	single("what is revoked is not believed",
	       what_is_revoked_is_not_believed);
	single("nobody gains by a name", nobody_gains_by_a_name);
	single("nobody gains by company", nobody_gains_by_company);
	single("a key may be called anything", a_key_may_be_called_anything);
	single("what is no trust is refused", what_is_no_trust_is_refused);
	single("all files must be good", all_files_must_be_good);
	return table_run("verify_trust");
}

// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Encrypted reports: read by whom they are for, by nobody else, and not when
 * anything of them was changed.
 */
#include <string.h>

#include "report_case.h"
#include "report_cipher.h"

#define KEYS "tests/vectors/keys/"
#define DEVICE KEYS "suit-example-p256.pub.cosekey.cbor"
#define READER KEYS "suit-fwenc-receiver-p256.priv.pem"
#define UNSUPPORTED "report-encryption-unsupported"

/* A report that @to can read, not signed. */
static struct suit_slice encrypted(const char *to)
{
	struct sg_buf plain = report_buf(diag(GOOD)), out;

	succeeded(sg_report_encrypt(&plain, to, &out, &why));
	return taken(&out);
}

static struct suit_slice signed_by_device(struct suit_slice bytes)
{
	struct sg_buf in = report_buf(bytes), out;

	succeeded(sg_report_sign(&in, private_key("device", SUIT_ALG_ESP256),
				 &out, &why));
	return taken(&out);
}

/* "ok", or why it cannot be read. */
static const char *open_by(struct suit_slice bytes, const char *trust,
			   const char *key, struct suit_slice *out)
{
	struct sg_buf in = report_buf(bytes), inside;
	int ret = sg_report_open(&in, &trust, 1, key, &inside, &why);

	*out = taken(&inside);
	return ret < 0 ? why.code : "ok";
}

static const char *decrypt_by(struct suit_slice bytes, const char *key,
			      struct suit_slice *out)
{
	struct sg_buf in = report_buf(bytes), inside;
	int ret = sg_report_decrypt(&in, key, &inside, &why);

	*out = taken(&inside);
	return ret < 0 ? why.code : "ok";
}

#define is(got, want) assert_string_equal(got, want)

static void encrypted_and_read(void **state)
{
	const char *key = private_key("reader", SG_ALG_ECDH_ES_A128KW);
	const char *other = private_key("other", SG_ALG_ECDH_ES_A128KW);
	struct suit_slice one, two, out;

	(void)state;
	one = encrypted(public_key("reader"));
	two = encrypted(public_key("reader"));
	assert_false(suit_slice_equal(one, two));
	is(decrypt_by(one, key, &out), "ok");
	expect_bytes(out, diag(GOOD));
	is(decrypt_by(one, other, &out), "report-for-another-key");
	assert_int_equal(out.len, 0);
	one = signed_by_device(one);
	is(open_by(one, public_key("device"), key, &out), "ok");
	expect_bytes(out, diag(GOOD));
	is(decrypt_by(one, key, &out), "ok");
	is(open_by(one, public_key("device"), other, &out),
	   "report-for-another-key");
	is(open_by(one, public_key("device"), NULL, &out), "report-encrypted");
}

/* Made by another implementation, whose maps are in another order. */
static void of_somebody_else(void **state)
{
	struct suit_slice bytes, out;

	(void)state;
	bytes = file_bytes(REPORTS "derived-success-encrypted.cbor");
	is(open_by(bytes, DEVICE, READER, &out), "ok");
	expect_bytes(out, file_bytes(REPORTS "derived-success.cbor"));
}

static void not_encrypted(void **state)
{
	struct suit_slice out;

	(void)state;
	is(open_by(file_bytes(REPORTS "derived-success-sign1.cbor"), DEVICE,
		   READER, &out), "report-not-encrypted");
	is(decrypt_by(diag(GOOD), READER, &out), "report-not-encrypted");
}

/* The key is not even read. */
static void not_signed(void **state)
{
	const char *key = private_key("reader", SG_ALG_ECDH_ES_A128KW);
	struct suit_slice bytes = encrypted(public_key("reader")), out;

	(void)state;
	is(open_by(bytes, DEVICE, key, &out), "cose-type-unsupported");
	bytes = signed_by_device(bytes);
	is(open_by(bytes, DEVICE, "/nowhere", &out), "signature-invalid");
	assert_int_equal(out.len, 0);
}

/* Who is meant is a hint, and all that may change: the signature sees that. */
static void every_bit(void **state)
{
	const char *key = private_key("reader", SG_ALG_ECDH_ES_A128KW);
	struct suit_slice bytes = encrypted(public_key("reader")), out;
	struct suit_slice kid = diag("h'%s'", hex((struct suit_slice){
			file_bytes(public_key("reader")).ptr + 5, 8 }));
	u8 *at = memmem(bytes.ptr, bytes.len, kid.ptr, kid.len);
	size_t i, bit;

	(void)state;
	assert_non_null(at);
	for (i = 0; i < bytes.len; i++) {
		bool hint = bytes.ptr + i >= at - 1 &&
			    bytes.ptr + i < at + kid.len;

		for (bit = 0; bit < 8; bit++) {
			((u8 *)bytes.ptr)[i] ^= (u8)(1 << bit);
			if (!strcmp(decrypt_by(bytes, key, &out), "ok") &&
			    !hint)
				fail_msg("byte %zu, bit %zu", i, bit);
			((u8 *)bytes.ptr)[i] ^= (u8)(1 << bit);
		}
	}
	bytes = signed_by_device(bytes);
	for (i = 0; i < bytes.len; i++) {
		((u8 *)bytes.ptr)[i] ^= 1;
		assert_string_not_equal(open_by(bytes, public_key("device"),
						key, &out), "ok");
		((u8 *)bytes.ptr)[i] ^= 1;
	}
}

static void cut(void **state)
{
	const char *key = private_key("reader", SG_ALG_ECDH_ES_A128KW);
	struct suit_slice bytes = encrypted(public_key("reader")), out;
	size_t i;

	(void)state;
	for (i = 0; i < bytes.len; i++)
		is(decrypt_by(copy_of((struct suit_slice){ bytes.ptr, i }),
			      key, &out), "cbor-truncated");
}

static void the_content(void **state)
{
	const char *key = private_key("reader", SG_ALG_ECDH_ES_A128KW);
	struct suit_slice bytes = encrypted(public_key("reader")), out;
	struct sg_report_cipher cipher;

	(void)state;
	assert_null(sg_report_cipher_decode(bytes, &cipher));
	((u8 *)cipher.text.ptr)[0] ^= 1;
	is(decrypt_by(bytes, key, &out), "report-decryption-failed");
	assert_int_equal(out.len, 0);
	((u8 *)cipher.text.ptr)[0] ^= 1;
	((u8 *)cipher.text.ptr)[cipher.text.len - 1] ^= 1;
	is(decrypt_by(bytes, key, &out), "report-decryption-failed");
	((u8 *)cipher.text.ptr)[cipher.text.len - 1] ^= 1;
	((u8 *)cipher.iv.ptr)[0] ^= 1;
	is(decrypt_by(bytes, key, &out), "report-decryption-failed");
}

/* A key is for one thing. */
static void keys(void **state)
{
	const char *reader = private_key("reader", SG_ALG_ECDH_ES_A128KW);
	const char *signer = private_key("signer", SUIT_ALG_ESP256);
	struct sg_buf plain = report_buf(diag(GOOD)), out;

	(void)state;
	assert_int_equal(sg_report_sign(&plain, reader, &out, &why), -1);
	assert_null(out.data);
	failed(sg_report_encrypt(&plain, public_key("signer"), &out, &why),
	       "is not a public key to encrypt for");
	failed(sg_report_encrypt(&plain, signer, &out, &why),
	       "is not a public key to encrypt for");
	plain = report_buf(diag("{3: []}"));
	assert_int_equal(sg_report_encrypt(&plain, public_key("reader"), &out,
					   &why), -1);
	is(why.code, "report-member-missing");
}

#define P "h'a10101'"
#define IV "{5: h'000102030405060708090a0b'}"
#define T "h'000102030405060708090a0b0c0d0e0f'"
#define W "h'000102030405060708090a0b0c0d0e0f1011121314151617'"
#define E "{-1: {1: 2, -1: 1, -2: 'x', -3: 'y'}}"
#define R "[h'a101381c', " E ", " W "]"

struct wrong {
	const char *name;
	const char *bytes;
	const char *code;
};

static const struct wrong wrongs[] = {
	{ "wrong: no point", "96([" P ", " IV ", " T ", [" R "]])",
	  "report-for-another-key" },
	{ "wrong: untagged", "[" P ", " IV ", " T ", [" R "]]",
	  "cbor-wrong-type" },
	{ "wrong: nobody", "96([" P ", " IV ", " T ", []])",
	  "report-for-another-key" },
	{ "wrong: COSE_Encrypt0", "16([" P ", " IV ", " T "])", UNSUPPORTED },
	{ "wrong: three elements", "96([" P ", " IV ", " T "])", UNSUPPORTED },
	{ "wrong: no alg", "96([h'', " IV ", " T ", [" R "]])", UNSUPPORTED },
	{ "wrong: another alg", "96([h'a10103', " IV ", " T ", [" R "]])",
	  UNSUPPORTED },
	{ "wrong: no IV", "96([" P ", {}, " T ", [" R "]])", UNSUPPORTED },
	{ "wrong: a short IV", "96([" P ", {5: h'00'}, " T ", [" R "]])",
	  UNSUPPORTED },
	{ "wrong: an IV of text", "96([" P ", {5: \"x\"}, " T ", [" R "]])",
	  "cbor-wrong-type" },
	{ "wrong: a detached text", "96([" P ", " IV ", null, [" R "]])",
	  "cbor-wrong-type" },
	{ "wrong: less than a tag", "96([" P ", " IV ", h'00', [" R "]])",
	  UNSUPPORTED },
	{ "wrong: something behind it",
	  "raw'd8608443a10101a1054c000102030405060708090a0b50"
	  "000102030405060708090a0b0c0d0e0f8000'", "cbor-trailing-bytes" },
	{ "wrong: a key that is wrapped otherwise", "96([" P ", " IV ", " T
	  ", [[h'', {1: -3}, " W "]]])", "report-for-another-key" },
	{ "wrong: recipients of recipients", "96([" P ", " IV ", " T
	  ", [[h'a101381c', " E ", " W ", []]]])", UNSUPPORTED },
	{ "wrong: a recipient that is a map", "96([" P ", " IV ", " T
	  ", [{}]])", "cbor-wrong-type" },
	{ "wrong: seventeen recipients", "96([" P ", " IV ", " T ", [" R ","
	  R "," R "," R "," R "," R "," R "," R "," R "," R "," R "," R ","
	  R "," R "," R "," R "," R "]])", UNSUPPORTED },
};

static void check_wrong(void **state)
{
	const struct wrong *row = *state;
	struct suit_slice out;

	is(decrypt_by(diag("%s", row->bytes), READER, &out), row->code);
	assert_int_equal(out.len, 0);
}

int main(void)
{
	single("encrypted and read", encrypted_and_read);
	single("of another implementation", of_somebody_else);
	single("not encrypted", not_encrypted);
	single("not signed, not decrypted", not_signed);
	single("every bit", every_bit);
	single("cut at every byte", cut);
	single("the content", the_content);
	single("a key is for one thing", keys);
	table(wrongs, check_wrong);
	return table_run("encrypted reports");
}

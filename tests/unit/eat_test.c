// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Tokens with a report among their measurements: made byte by byte, signed,
 * encrypted, and believed from nobody but the device.
 */
#include "eat_case.h"
#include "report_cipher.h"

static const struct sg_device_identity identities[] = {
	/* of a part, which is not the device */
	{ SG_IDENTITY_VENDOR, { 9 }, "firmware/acme" },
	{ SG_IDENTITY_VENDOR, { 0xfa, 0x6b, 0x4a, 0x53, 0xd5, 0xad, 0x5f, 0xdf,
				0xbe, 0x9d, 0xe6, 0x63, 0xe4, 0xd4, 0x1f,
				0xfe } },
	{ SG_IDENTITY_CLASS, { 0x14, 0x92, 0xaf, 0x14, 0x25, 0x69, 0x5e, 0x48,
			       0xbf, 0x42, 0x9b, 0x2d, 0x51, 0xf2, 0xab,
			       0x45 } },
	{ SG_IDENTITY_DEVICE, { 0x2d, 0xc1, 0x6e, 0x4a, 0x97, 0x0b, 0x4f, 0x5c,
				0x8e, 0x21, 0x53, 0xb8, 0xfa, 0x66, 0xd0,
				0x39 } },
};

static struct suit_slice claims_of(const struct sg_eat *eat)
{
	struct sg_buf plain = report_buf(diag(GOOD)), out;

	succeeded(sg_eat_encode(&plain, eat, &out, &why));
	return taken(&out);
}

static struct sg_eat whole(void)
{
	static const uint8_t nonce[] = "\x94\x8f\x88\x60\xd1\x3a\x46\x3e";
	static const struct sg_device device = {
		.identity = identities, .n_identities = COUNT(identities),
	};
	struct sg_eat eat = {
		.nonce = nonce, .n_nonce = sizeof(nonce) - 1,
		.issued = 1700000000, .booted = true, .device = &device,
		.gated = true,
		.gate = { .mode = SG_MODE_ENFORCE, .sealed = true,
			  .build_id = "c0ffee" },
	};
	size_t i;

	for (i = 0; i < sizeof(eat.boot); i++)
		eat.boot[i] = (uint8_t)i;
	return eat;
}

static void everything(void **state)
{
	struct sg_eat eat = whole();

	(void)state;
	expect_bytes(claims_of(&eat), diag(WHOLE));
}

/* What is not known is not claimed. */
static void nothing(void **state)
{
	const struct sg_device device = { .n_identities = 0 };
	struct sg_eat eat = { .n_nonce = 0 };

	(void)state;
	expect_bytes(claims_of(&eat), diag("{" MEASURED "}"));
	eat.device = &device;
	expect_bytes(claims_of(&eat), diag("{" MEASURED "}"));
	eat.gated = true;
	eat.gate.mode = SG_MODE_SETUP;
	eat.gate.break_glass = true;
	expect_bytes(claims_of(&eat),
		     diag("{266: {\"suitgate\": {270: \"suitgate\", "
			  "-71070: 1, -71071: false, -71072: true}}, "
			  MEASURED "}"));
}

/* A model is that of a maker: without one it is not told. */
static void makers(void **state)
{
	struct sg_device device = {
		.identity = identities + 2, .n_identities = 1,
	};
	struct sg_eat eat = { .device = &device };

	(void)state;
	expect_bytes(claims_of(&eat), diag("{" MEASURED "}"));
	device.pen = 42;
	expect_bytes(claims_of(&eat), diag("{258: 42, 259: h'" MODEL "', "
					   MEASURED "}"));
	device.identity = identities;
	device.n_identities = 2;
	expect_bytes(claims_of(&eat), diag("{258: 42, " MEASURED "}"));
	device.pen = 0;
	expect_bytes(claims_of(&eat), diag("{258: h'" VENDOR "', "
					   MEASURED "}"));
}

static void nonces(void **state)
{
	static const uint8_t nonce[65];
	struct sg_buf plain = report_buf(diag(GOOD)), out;
	struct sg_eat eat = { .nonce = nonce };

	(void)state;
	for (eat.n_nonce = 0; eat.n_nonce <= 65; eat.n_nonce++) {
		if (eat.n_nonce >= 8 && eat.n_nonce <= 64) {
			succeeded(sg_eat_encode(&plain, &eat, &out, &why));
			sg_buf_free(&out);
			continue;
		}
		failed(sg_eat_encode(&plain, &eat, &out, &why),
		       "has 8 to 64 bytes");
		assert_null(out.data);
	}
}

/* Only a report is wrapped: no token in a token. */
static void only_reports(void **state)
{
	struct sg_eat eat = { .n_nonce = 0 };
	struct sg_buf token = report_buf(claims_of(&eat)), out;

	(void)state;
	assert_int_equal(sg_eat_encode(&token, &eat, &out, &why), -1);
	assert_string_equal(why.code, "report-unknown-member");
	token = report_buf(diag("{3: []}"));
	assert_int_equal(sg_eat_encode(&token, &eat, &out, &why), -1);
	assert_string_equal(why.code, "report-member-missing");
}

static void this_machine(void **state)
{
	struct sg_eat eat;

	(void)state;
	succeeded(sg_eat_machine(&eat, &why));
	assert_true(eat.booted);
	assert_true(eat.issued > 1700000000);
	assert_false(eat.gated);
	assert_null(eat.device);
	assert_null(eat.nonce);
}

static struct suit_slice token(const char *key)
{
	struct sg_eat eat = whole();
	struct sg_buf claims = report_buf(claims_of(&eat)), out;

	succeeded(sg_report_sign(&claims, key, &out, &why));
	return taken(&out);
}

/* "ok", or why not. */
static const char *open_by(struct suit_slice bytes, const char *trust,
			   const char *key, struct suit_slice *out)
{
	struct sg_buf in = report_buf(bytes), inside;
	int ret = sg_report_open(&in, &trust, 1, key, &inside, &why);

	*out = taken(&inside);
	return ret < 0 ? why.code : "ok";
}

#define is(got, want) assert_string_equal(got, want)

static void verified(void **state)
{
	struct suit_slice bytes = token(private_key("device",
						SUIT_ALG_ESP256));
	struct suit_slice out, tagged;

	(void)state;
	is(open_by(bytes, public_key("device"), NULL, &out), "ok");
	expect_bytes(out, diag(WHOLE));
	tagged = diag("61(raw'%s')", hex(bytes));
	is(open_by(tagged, public_key("device"), NULL, &out), "ok");
	expect_bytes(out, diag(WHOLE));
	/* a token has to say what it is a token of */
	tagged = diag("61(raw'%s')", hex((struct suit_slice){ bytes.ptr + 1,
							bytes.len - 1 }));
	is(open_by(tagged, public_key("device"), NULL, &out),
	   "cose-type-unsupported");
	tagged = diag("62(raw'%s')", hex(bytes));
	is(open_by(tagged, public_key("device"), NULL, &out),
	   "cose-type-unsupported");
	is(open_by(diag(WHOLE), public_key("device"), NULL, &out), "unsigned");
}

static void not_by_the_device(void **state)
{
	struct suit_slice bytes = token(private_key("device",
						SUIT_ALG_ESP256)), out;
	size_t at = bytes.len - 66 - diag(WHOLE).len, i;

	(void)state;
	private_key("other", SUIT_ALG_ESP256);
	is(open_by(bytes, public_key("other"), NULL, &out),
	   "signature-invalid");
	for (i = at; i < bytes.len - 66; i++) {
		is(open_by(flipped(bytes, (long)i), public_key("device"), NULL,
			   &out), "signature-invalid");
		assert_int_equal(out.len, 0);
	}
}

/* Signed by the device: still not believed when it is none. */
static void signed_nonsense(void **state)
{
	struct sg_buf in = report_buf(diag("{273: []}")), out;

	(void)state;
	assert_int_equal(sg_report_sign(&in, "no such key", &out, &why), -1);
	is(why.code, "report-member-missing");
	assert_null(out.data);
}

static const char *fresh(const char *claims, const char *nonce)
{
	struct sg_buf in = report_buf(diag("%s", claims));
	struct suit_slice want = diag("raw'%s'", nonce);

	return sg_report_fresh(&in, want.ptr, want.len, &why) < 0 ?
		       why.code : "ok";
}

static void freshness(void **state)
{
	(void)state;
	is(fresh(WHOLE, NONCE), "ok");
	is(fresh(WHOLE, "948f8860d13a463f"), "report-not-fresh");
	is(fresh(WHOLE, "948f8860d13a46"), "report-not-fresh");
	is(fresh(WHOLE, NONCE "00"), "report-not-fresh");
	is(fresh("{" MEASURED "}", NONCE), "report-not-fresh");
	is(fresh("{10: [h'0001020304050607', h'" NONCE "'], " MEASURED "}",
		 NONCE), "ok");
	is(fresh("{10: [h'0001020304050607', h'0001020304050607'], " MEASURED
		 "}", NONCE), "report-not-fresh");
	/* the one of the report is not the token's */
	is(fresh("{273: [[60, <<{2: h'" NONCE "', 3: [], 4: true, 99: [\"u\", "
		 DIGEST "]}>>]]}", NONCE), "report-not-fresh");
	is(fresh("{2: h'" NONCE "', 3: [], 4: true, 99: [\"u\", " DIGEST "]}",
		 NONCE), "ok");
	is(fresh(GOOD, NONCE), "report-not-fresh");
	is(fresh("{3: []}", NONCE), "report-member-missing");
}

/* A key is derived for what it encrypts. */
static void encrypted(void **state)
{
	const char *reader = private_key("reader", SG_ALG_ECDH_ES_A128KW);
	const char *device = private_key("device", SUIT_ALG_ESP256);
	struct sg_buf claims = report_buf(diag(WHOLE)), secret, out;
	struct suit_slice bytes, inside;

	(void)state;
	succeeded(sg_report_encrypt(&claims, public_key("reader"), &secret,
				    &why));
	succeeded(sg_report_sign(&secret, device, &out, &why));
	sg_buf_free(&secret);
	bytes = taken(&out);
	is(open_by(bytes, public_key("device"), reader, &inside), "ok");
	expect_bytes(inside, diag(WHOLE));
	is(open_by(bytes, public_key("device"), NULL, &inside),
	   "report-encrypted");
	is(open_by(bytes, public_key("device"),
		   private_key("other", SG_ALG_ECDH_ES_A128KW), &inside),
	   "report-for-another-key");
	is(open_by(token(device), public_key("device"), reader, &inside),
	   "report-not-encrypted");
}

/* Encrypted as the one, it is not read as the other. */
static void for_one_use(void **state)
{
	const char *reader = private_key("reader", SG_ALG_ECDH_ES_A128KW);
	static const char *const plain[] = { WHOLE, GOOD };
	struct sg_buf in, secret, out;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(plain); i++) {
		in = report_buf(diag("%s", plain[i]));
		succeeded(sg_report_cipher_make(&in, i ? SG_CIPHER_EAT :
							 SG_CIPHER_REPORT,
						public_key("reader"), &secret,
						&why));
		in = report_buf(taken(&secret));
		assert_int_equal(sg_report_decrypt(&in, reader, &out, &why),
				 -1);
		is(why.code, "report-malformed");
		assert_null(out.data);
	}
}

int main(void)
{
	single("all that can be said", everything);
	single("what is not known", nothing);
	single("who made it", makers);
	single("nonces of 8 to 64 bytes", nonces);
	single("only reports are wrapped", only_reports);
	single("this machine", this_machine);
	single("signed and verified", verified);
	single("not by the device", not_by_the_device);
	single("only tokens are signed", signed_nonsense);
	single("fresh", freshness);
	single("encrypted", encrypted);
	single("encrypted for another use", for_one_use);
	return table_run("tokens");
}

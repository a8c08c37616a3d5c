// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Signed reports: nothing is believed that the device did not sign.
 */
#include "report_case.h"
#include "suitgate/trust.h"

#define DEVICE "tests/vectors/keys/suit-example-p256.pub.cosekey.cbor"

static int verify_report(struct suit_slice bytes, const char *trust,
			 struct suit_slice *out)
{
	struct sg_buf buf = report_buf(bytes), inside;
	int ret = sg_report_verify(&buf, &trust, 1, &inside, &why);

	*out = taken(&inside);
	return ret;
}

static struct suit_slice signed_report(const char *key)
{
	struct sg_buf plain = report_buf(diag(GOOD)), out;

	succeeded(sg_report_sign(&plain, key, &out, &why));
	return taken(&out);
}

static void signed_and_verified(void **state)
{
	static const s32 algs[] = {
		SUIT_ALG_ESP256, SUIT_ALG_ESP384, SUIT_ALG_ED25519,
	};
	struct suit_slice bytes, out;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(algs); i++) {
		bytes = signed_report(private_key(text("d%zu", i), algs[i]));
		succeeded(verify_report(bytes, public_key(text("d%zu", i)),
					&out));
		expect_bytes(out, diag(GOOD));
	}
	bytes = file_bytes(REPORTS "derived-success-sign1.cbor");
	succeeded(verify_report(bytes, DEVICE,
				&out));
	expect_bytes(out, file_bytes(REPORTS "derived-success.cbor"));
	/* untagged, as it may be */
	bytes.ptr++;
	bytes.len--;
	succeeded(verify_report(bytes, DEVICE,
				&out));
}

static void not_by_the_device(void **state)
{
	const char *key = private_key("device", SUIT_ALG_ESP256);
	struct suit_slice bytes = signed_report(key), out;
	struct suit_slice inside = diag(GOOD);
	size_t at, i;

	(void)state;
	private_key("other", SUIT_ALG_ESP256);
	private_key("edward", SUIT_ALG_ED25519);
	refused(verify_report(bytes, public_key("other"), &out),
		SUIT_ERR_SIGNATURE);
	refused(verify_report(bytes, public_key("edward"), &out),
		SUIT_ERR_NO_KEY);
	refused(verify_report(diag(GOOD), public_key("device"), &out),
		SUIT_ERR_AUTH_EMPTY);
	refused(verify_report(file_bytes(REPORTS "derived-success-mac0.cbor"),
			      public_key("device"), &out), SUIT_ERR_COSE_TYPE);
	at = bytes.len - 66 - inside.len;
	for (i = 0; i < inside.len; i++) {
		refused(verify_report(flipped(bytes, (long)(at + i)),
				      public_key("device"), &out),
			SUIT_ERR_SIGNATURE);
		assert_int_equal(out.len, 0);
	}
	for (i = 1; i <= 64; i++)
		refused(verify_report(flipped(bytes, -(long)i),
				      public_key("device"), &out),
			SUIT_ERR_SIGNATURE);
	refused(verify_report(copy_of((struct suit_slice){ bytes.ptr,
						bytes.len - 1 }),
			      public_key("device"), &out), SUIT_ERR_TRUNCATED);
}

/* Who may speak for firmware may not speak for a device. */
static void not_by_an_authority(void **state)
{
	struct suit_slice bytes = signed_report(private_key("acme",
							SUIT_ALG_ESP256));
	struct sg_trust trust = { .sequence = 1 };
	struct sg_trust_op *op;
	struct suit_slice out;
	struct sg_buf bundle;

	(void)state;
	op = sg_trust_append(&trust, SG_TRUST_ADD, &why);
	assert_non_null(op);
	op->authority.role = SG_ROLE_VENDOR;
	op->authority.threshold = 1;
	succeeded(sg_trust_set_name(&op->authority, "acme", &why));
	succeeded(sg_trust_add_key(&op->authority, public_key("acme"), NULL,
				   &why));
	succeeded(sg_trust_add_prefix(&op->authority, "firmware", &why));
	succeeded(sg_trust_encode(&trust, &bundle, &why));
	sg_trust_free(&trust);
	refused(verify_report(bytes,
			      scratch_file("acme.trust", taken(&bundle)), &out),
		SUIT_ERR_NOT_ENTITLED);
	succeeded(verify_report(bytes, public_key("acme"), &out));
}

/* What is no report is not signed, and not read when it was. */
static void only_reports_are_signed(void **state)
{
	struct sg_buf plain = report_buf(diag("{3: []}")), out;

	(void)state;
	assert_int_equal(sg_report_sign(&plain, "no such key", &out, &why),
			 -1);
	assert_string_equal(why.code, "report-member-missing");
	assert_null(out.data);
	plain = report_buf(diag(GOOD));
	failed(sg_report_sign(&plain, "no such key", &out, &why),
	       "no such key");
}

int main(void)
{
	single("signed and verified", signed_and_verified);
	single("not by the device", not_by_the_device);
	single("not by an authority", not_by_an_authority);
	single("only reports are signed", only_reports_are_signed);
	return table_run("signed reports");
}

// SPDX-License-Identifier: GPL-2.0-or-later
#include "cose_case.h"

#include <string.h>

static struct suit_key keys[] = {
	{ 0 },	/* 1, ESP256, kid "one" */
	{ 0 },	/* 2, ESP256, kid "two" */
	{ 0 },	/* 3, Ed25519, no kid */
	{ 0 },	/* 4, ESP256, kid "four", revoked */
	{ 0 },	/* 1 again, at another authority, no kid */
	{ 0 },	/* 1 again, for ES256 */
	{ 0 },	/* 5, ESP256, kid "two" like another */
	{ 0 },	/* 1 again, revoked */
	{ 0 },	/* 6, HSS-LMS, kid "lms": signatures of any length */
};

const struct suit_trust cose_trust = { NULL, 0, keys, COUNT(keys) };

void cose_make_keys(void)
{
	toy_reset();
	keys[0] = toy_key(1, SUIT_ALG_ESP256, "one");
	keys[1] = toy_key(2, SUIT_ALG_ESP256, "two");
	keys[2] = toy_key(3, SUIT_ALG_ED25519, "");
	keys[3] = toy_key(4, SUIT_ALG_ESP256, "four");
	keys[3].revoked = true;
	keys[4] = toy_key(1, SUIT_ALG_ESP256, "");
	keys[4].authority = 1;
	keys[5] = toy_key(1, SUIT_ALG_ES256, "");
	keys[6] = toy_key(5, SUIT_ALG_ESP256, "two");
	keys[7] = toy_key(1, SUIT_ALG_ESP256, "");
	keys[7].revoked = true;
	keys[8] = toy_key(6, SUIT_ALG_HSS_LMS, "lms");
}

const char *with(const char *format, const char *token,
		 struct suit_slice bytes)
{
	const char *at = strstr(format, token);

	if (!at)
		return format;
	return text("%.*sh'%s'%s", (int)(at - format), format, hex(bytes),
		    with(at + strlen(token), token, bytes));
}

enum suit_error cose_verify(struct suit_slice block, u64 *valid)
{
	struct suit_auth auth = { 0 };
	enum suit_error error;

	error = suit_cose_verify(block, bytes_of("payload"), bytes_of(""),
				 &cose_trust, toy_crypto(), &auth);
	*valid = auth.valid[0];
	assert_int_equal(auth.valid[1], 0);
	return error;
}

void check_sign1(void **state)
{
	const struct sign1 *row = *state;
	const char *protected = row->protected ? row->protected : "{1: -9}";
	struct suit_slice sig;
	u64 valid;

	cose_make_keys();
	sig = toy_sign1(row->signer ? row->signer : 1, protected,
			bytes_of(""), bytes_of("payload"));
	expect(cose_verify(diag("%s", with(row->block, "SIG", sig)), &valid),
	       row->error);
	assert_int_equal(valid, row->valid);
}

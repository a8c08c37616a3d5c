// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Trust bundles: what one looks like, and that a root signed it.
 */
#include "cose_case.h"

/* A root of two keys that must agree, and a vendor of one. */
static struct suit_authority authority[2];
static struct suit_key key[3];
static struct suit_trust trust;

static void make_trust(void)
{
	toy_reset();
	authority[0] = (struct suit_authority){
		.role = SUIT_ROLE_ROOT, .threshold = 2
	};
	authority[1] = (struct suit_authority){
		.role = SUIT_ROLE_VENDOR, .threshold = 1
	};
	key[0] = toy_key(1, SUIT_ALG_ESP256, "");
	key[1] = toy_key(2, SUIT_ALG_ESP256, "two");
	key[2] = toy_key(3, SUIT_ALG_ESP256, "");
	key[2].authority = 1;
	trust = (struct suit_trust){ authority, COUNT(authority), key,
				     COUNT(key) };
}

/**
 * struct bundle_row - who signed a trust bundle
 * @blocks: SIG1..: signatures for trust; FW1: for firmware, by key 1
 */
struct bundle_row {
	const char *name;
	const char *blocks;
	enum suit_error error;
};

#define BY(sig) ", <<18([<<{1: -9}>>, {}, null, " sig "])>>"
#define NAMED(kid, sig) ", <<18([<<{1: -9}>>, {4: '" kid "'}, null, " sig "])>>"

static const struct bundle_row bundles[] = {
	{ "by the root", BY("SIG1") BY("SIG2"), SUIT_OK },
	{ "by the root and others", BY("SIG9") BY("SIG1") BY("SIG3")
	  BY("SIG2"), SUIT_OK },
	{ "unsigned", "", SUIT_ERR_AUTH_EMPTY },
	{ "by half the root", BY("SIG1"), SUIT_ERR_THRESHOLD },
	{ "half the root twice", BY("SIG1") BY("SIG1"),
	  SUIT_ERR_THRESHOLD },
	{ "by a vendor", BY("SIG3"), SUIT_ERR_THRESHOLD },
	{ "by a vendor and half the root", BY("SIG3") BY("SIG1"),
	  SUIT_ERR_THRESHOLD },
	{ "by a stranger", BY("SIG9"), SUIT_ERR_SIGNATURE },
	{ "with an algorithm nobody has",
	  ", <<18([<<{1: -19}>>, {}, null, SIG1])>>", SUIT_ERR_NO_KEY },
	{ "strangers of two kinds",
	  ", <<18([<<{1: -19}>>, {}, null, SIG1])>>" BY("SIG9"),
	  SUIT_ERR_SIGNATURE },
	{ "strangers the other way round",
	  BY("SIG9") ", <<18([<<{1: -19}>>, {}, null, SIG1])>>",
	  SUIT_ERR_SIGNATURE },
	{ "by half the root, and a stranger", BY("SIG1") BY("SIG9"),
	  SUIT_ERR_THRESHOLD },
	{ "by half the root, and with an algorithm nobody has",
	  BY("SIG1") ", <<18([<<{1: -19}>>, {}, null, SIG1])>>",
	  SUIT_ERR_THRESHOLD },
	{ "signed as firmware", BY("FW1") BY("FW2"),
	  SUIT_ERR_SIGNATURE },
	{ "a lie in the name of a root key",
	  NAMED("two", "SIG9") BY("SIG1") BY("SIG2"), SUIT_ERR_SIGNATURE },
	{ "the same last", BY("SIG1") BY("SIG2") NAMED("two", "SIG9"),
	  SUIT_ERR_SIGNATURE },
	{ "a malformed block last", BY("SIG1") BY("SIG2")
	  ", 'garbage'", SUIT_ERR_COSE_TYPE },
};

static enum suit_error authenticate(const char *blocks)
{
	struct suit_slice statement = diag("{1: 1, 2: 7}");
	struct suit_slice aad = bytes_of("suitgate-trust");
	struct suit_trust_bundle bundle;
	u8 n;

	for (n = 1; n <= 9; n++) {
		blocks = with(blocks, text("SIG%u", n),
			      toy_sign1(n, "{1: -9}", aad, statement));
		blocks = with(blocks, text("FW%u", n),
			      toy_sign1(n, "{1: -9}", bytes_of(""),
					statement));
	}
	expect(suit_trust_open(diag("[h'%s'%s]", hex(statement), blocks),
			       &bundle), SUIT_OK);
	return suit_trust_authenticate(&bundle, &trust, toy_crypto());
}

static void check_bundle(void **state)
{
	const struct bundle_row *row = *state;

	make_trust();
	expect(authenticate(row->blocks), row->error);
}

static void a_retired_root(void **state)
{
	(void)state;
	make_trust();
	authority[0].retired = true;
	expect(authenticate(BY("SIG1") BY("SIG2")), SUIT_ERR_THRESHOLD);
	make_trust();
	trust.n_keys = 0;
	expect(authenticate(", 'garbage'"), SUIT_ERR_NO_KEY);
	assert_int_equal(toy.verified, 0);
}

struct open_row {
	const char *name;
	const char *bundle;
	enum suit_error error;
};

static const struct open_row opens[] = {
	{ "a statement and a block", "[<<{}>>, h'']", SUIT_OK },
	{ "an empty array", "[]", SUIT_ERR_TRUST_FORM },
	{ "no array", "{1: 1}", SUIT_ERR_TYPE },
	{ "a statement that is no bytes", "[{}, h'']",
	  SUIT_ERR_TYPE },
	{ "a block that is no bytes", "[h'', 18([])]",
	  SUIT_ERR_TYPE },
	{ "a block that is missing", "raw'8240'",
	  SUIT_ERR_TRUNCATED },
	{ "a byte after it", "raw'814000'", SUIT_ERR_TRAILING },
	{ "nothing", "nothing''", SUIT_ERR_TRUNCATED },
};

static void check_open(void **state)
{
	const struct open_row *row = *state;
	struct suit_trust_bundle bundle;

	expect(suit_trust_open(diag("%s", row->bundle), &bundle), row->error);
}

int main(void)
{
	table(bundles, check_bundle);
	single("a retired root, and no keys", a_retired_root);
	table(opens, check_open);
	return table_run("bundle");
}

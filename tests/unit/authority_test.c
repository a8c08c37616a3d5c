// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Who may speak through a manifest: an authority whose prefixes cover all of it
 * and of which enough keys agree.
 */
#include "cose_case.h"

enum { ROOT, ACME, OLD, SHARED, N_AUTHORITIES };

/*
 * Keys of cose_case.c by number: root 1 and 2, acme 3, old 4 and 5, shared 6.
 * Several authorities may have the same key.
 */
enum { MAX_KEYS = 12 };

/* and one beyond the last, which nobody may take for one */
static struct suit_authority authority[N_AUTHORITIES + 1];
static struct suit_key key[MAX_KEYS];
static struct suit_trust trust;

static void add_key(u8 number, u16 owner)
{
	assert_true(trust.n_keys < MAX_KEYS);
	key[trust.n_keys] = toy_key(number, SUIT_ALG_ESP256, "");
	key[trust.n_keys++].authority = owner;
}

static void set_authority(u32 index, u8 role, u8 threshold,
			  const char *prefixes)
{
	authority[index] = (struct suit_authority){
		.role = role,
		.threshold = threshold,
		.prefixes = diag("%s", prefixes),
	};
}

static void make_trust(void)
{
	toy_reset();
	set_authority(ROOT, SUIT_ROLE_ROOT, 2, "[]");
	set_authority(ACME, SUIT_ROLE_VENDOR, 1,
		      "[['fw', 'acme'], ['upload', 'acme']]");
	set_authority(OLD, SUIT_ROLE_VENDOR, 2, "[['fw', 'old']]");
	set_authority(SHARED, SUIT_ROLE_BASELINE, 1, "[['fw']]");
	trust = (struct suit_trust){ authority, N_AUTHORITIES, key, 0 };
	add_key(1, ROOT);
	add_key(2, ROOT);
	add_key(3, ACME);
	add_key(4, OLD);
	add_key(5, OLD);
	add_key(6, SHARED);
	add_key(7, SHARED);
}

/* Bits of the keys @numbers ("35": 3 and 5) in the snapshot. */
static struct suit_auth signed_by(const char *numbers)
{
	struct suit_auth auth = { 0 };
	u32 i;

	for (; *numbers; numbers++)
		for (i = 0; i < trust.n_keys; i++)
			if (key[i].x.ptr[0] == *numbers - '0')
				auth.valid[0] |= 1ULL << i;
	return auth;
}

/**
 * struct speaker - who speaks through a manifest
 * @signers: numbers of keys
 * @components: of the manifest, encoded ids in notation
 * @number: sequence number
 * @index: the authority, when @error is SUIT_OK
 */
struct speaker {
	const char *name;
	const char *signers;
	const char *components;
	enum suit_error error;
	u32 index;
	u64 number;
	const char *component_id;
};

static const struct speaker speakers[] = {
	{ "a vendor for its own", "3", "['fw', 'acme', 'a']", SUIT_OK, ACME },
	{ "a vendor for two prefixes", "3",
	  "['fw', 'acme', 'a'], ['upload', 'acme']", SUIT_OK, ACME },
	{ "a vendor for another's", "3", "['fw', 'other', 'a']",
	  SUIT_ERR_NOT_ENTITLED },
	{ "a vendor for one of its own and another's", "3",
	  "['fw', 'acme', 'a'], ['fw', 'other', 'a']",
	  SUIT_ERR_NOT_ENTITLED },
	{ "a vendor for a name that begins like its own", "3",
	  "['fw', 'acmeevil', 'a']", SUIT_ERR_NOT_ENTITLED },
	{ "a vendor for less than its prefix", "3", "['fw']",
	  SUIT_ERR_NOT_ENTITLED },
	{ "a vendor that stores its manifest elsewhere", "3",
	  "['fw', 'acme', 'a']", SUIT_ERR_NOT_ENTITLED, 0, 0,
	  "['fw', 'other']" },
	{ "a vendor that stores its manifest at home", "3",
	  "['fw', 'acme', 'a']", SUIT_OK, ACME, 0, "['fw', 'acme', 'm']" },
	{ "nobody", "", "['fw', 'acme', 'a']", SUIT_ERR_THRESHOLD },
	{ "one of two that are needed", "4", "['fw', 'old', 'a']",
	  SUIT_ERR_THRESHOLD },
	{ "two of two", "45", "['fw', 'old', 'a']", SUIT_OK, OLD },
	{ "one of two, and somebody else", "43", "['fw', 'old', 'a']",
	  SUIT_ERR_NOT_ENTITLED },
	{ "a root signs no firmware", "12", "['fw', 'acme', 'a']",
	  SUIT_ERR_NOT_ENTITLED },
	{ "half a root signs no firmware", "1", "['fw', 'acme', 'a']",
	  SUIT_ERR_THRESHOLD },
	{ "a root and a vendor", "123", "['fw', 'acme', 'a']", SUIT_OK,
	  ACME },
	{ "two that may: the first speaks", "36", "['fw', 'acme', 'a']",
	  SUIT_OK, ACME },
	{ "two that signed: the second covers", "36", "['fw', 'b']", SUIT_OK,
	  SHARED },
	{ "not all covered by the same one", "36",
	  "['fw', 'b'], ['upload', 'acme']", SUIT_ERR_NOT_ENTITLED },
};

static enum suit_error speak(const struct speaker *row, struct suit_auth auth,
			     u32 *index)
{
	struct suit_slice list = diag("[%s]", row->components);
	struct suit_manifest m = { .sequence_number = row->number };
	struct suit_cursor cur;

	suit_cursor_init(&cur, list);
	m.n_components = suit_cbor_array(&cur);
	m.components.ptr = cur.at;
	m.components.len = cur.left;
	if (row->component_id)
		m.component_id = diag("%s", row->component_id);
	return suit_manifest_authority(&m, &trust, &auth, index);
}

static void check_speaker(void **state)
{
	const struct speaker *row = *state;
	u32 index = 99;

	make_trust();
	expect(speak(row, signed_by(row->signers), &index), row->error);
	assert_int_equal(index, row->error == SUIT_OK ? row->index : 99);
}

static const struct speaker retirees[] = {
	{ "retired: the last number", "3", "['fw', 'acme', 'a']", SUIT_OK,
	  ACME, 41 },
	{ "retired: one more", "3", "['fw', 'acme', 'a']",
	  SUIT_ERR_NOT_ENTITLED, 0, 42 },
	{ "retired: the last number there is", "3", "['fw', 'acme', 'a']",
	  SUIT_ERR_NOT_ENTITLED, 0, UINT64_MAX },
	{ "retired: another one still speaks", "36", "['fw', 'acme', 'a']",
	  SUIT_OK, SHARED, 42 },
};

static void check_retiree(void **state)
{
	const struct speaker *row = *state;
	u32 index = 99;

	make_trust();
	authority[ACME].retired = true;
	authority[ACME].last = 41;
	expect(speak(row, signed_by(row->signers), &index), row->error);
	assert_int_equal(index, row->error == SUIT_OK ? row->index : 99);
}

static void revoked_keys_do_not_agree(void **state)
{
	struct suit_auth auth;

	(void)state;
	make_trust();
	auth = signed_by("45");
	assert_true(suit_authority_agrees(&trust, OLD, &auth));
	key[3].revoked = true;
	assert_false(suit_authority_agrees(&trust, OLD, &auth));
	assert_false(suit_authority_agrees(&trust, N_AUTHORITIES, &auth));
	assert_false(suit_authority_agrees(&trust, 0xffffffff, &auth));
}

/* A key whose authority is the one after the last speaks for nobody. */
static void a_key_of_no_authority(void **state)
{
	struct suit_auth auth;

	(void)state;
	make_trust();
	set_authority(N_AUTHORITIES, SUIT_ROLE_VENDOR, 1, "[['fw']]");
	add_key(8, N_AUTHORITIES);
	auth = signed_by("8");
	assert_int_equal(auth.valid[0], 1ULL << 7);
	assert_false(suit_authority_agrees(&trust, N_AUTHORITIES, &auth));
	trust.n_authorities++;
	assert_true(suit_authority_agrees(&trust, N_AUTHORITIES, &auth));
}

/* One public key under two algorithms, or twice, is one signer. */
static void one_signer_counts_once(void **state)
{
	struct suit_auth auth;

	(void)state;
	make_trust();
	add_key(4, OLD);
	key[trust.n_keys - 1].alg = SUIT_ALG_ES256;
	auth = signed_by("4");
	assert_int_equal(auth.valid[0], 1ULL << 3 | 1ULL << 7);
	assert_false(suit_authority_agrees(&trust, OLD, &auth));
	auth = signed_by("45");
	assert_true(suit_authority_agrees(&trust, OLD, &auth));
}

/* Two points of one x are two keys, however they are looked at. */
static void the_other_point_is_another_signer(void **state)
{
	struct suit_auth auth = { 0 };

	(void)state;
	make_trust();
	add_key(4, OLD);
	key[trust.n_keys - 1].y = bytes_of("y");
	expect(suit_cose_verify(toy_block(4, bytes_of("x")), bytes_of("x"),
				bytes_of(""), &trust, toy_crypto(), &auth),
	       SUIT_OK);
	assert_int_equal(auth.valid[0], 1ULL << 3);
	auth.valid[0] |= 1ULL << (trust.n_keys - 1);
	assert_true(suit_authority_agrees(&trust, OLD, &auth));
}

/* What is beyond the bits of a suit_auth signs nothing. */
static void keys_beyond_the_bound(void **state)
{
	static struct suit_key many[SUIT_MAX_KEYS + 1];
	struct suit_trust big = { authority, N_AUTHORITIES, many,
				  SUIT_MAX_KEYS + 1 };
	struct suit_auth auth = { 0 };
	u32 i;

	(void)state;
	make_trust();
	for (i = 0; i <= SUIT_MAX_KEYS; i++)
		many[i] = toy_key((u8)i, SUIT_ALG_ESP256, "");
	expect(suit_cose_verify(toy_block(SUIT_MAX_KEYS, bytes_of("x")),
				bytes_of("x"), bytes_of(""), &big,
				toy_crypto(), &auth), SUIT_ERR_SIGNATURE);
	assert_int_equal(toy.verified, SUIT_MAX_KEYS);
	expect(suit_cose_verify(toy_block(SUIT_MAX_KEYS - 1, bytes_of("x")),
				bytes_of("x"), bytes_of(""), &big,
				toy_crypto(), &auth), SUIT_OK);
	assert_true(auth.valid[1] == 1ULL << 63);
	many[SUIT_MAX_KEYS] = many[SUIT_MAX_KEYS - 1];
	many[SUIT_MAX_KEYS].authority = ACME;
	assert_true(suit_authority_agrees(&big, ROOT, &auth) == false);
	assert_false(suit_authority_agrees(&big, ACME, &auth));
}

static void certificates_are_signers(void **state)
{
	struct suit_auth auth = { 0 };
	u32 i;

	(void)state;
	make_trust();
	for (i = 3; i <= 4; i++) {
		key[i].form = SUIT_KEY_X509;
		key[i].x.len = 0;
		key[i].bytes = bytes_of("DER");
	}
	auth.valid[0] = 1 << 3 | 1 << 4;
	assert_false(suit_authority_agrees(&trust, OLD, &auth));
	key[4].bytes = bytes_of("DER2");
	assert_true(suit_authority_agrees(&trust, OLD, &auth));
	key[4].form = SUIT_KEY_COSE;
	assert_true(suit_authority_agrees(&trust, OLD, &auth));
}

/* Of a certificate all bytes count, whatever key is in it. */
static void another_certificate(void **state)
{
	struct suit_auth auth = { 0 };

	(void)state;
	make_trust();
	key[5].form = SUIT_KEY_X509;
	key[5].bytes = bytes_of("DER");
	key[6] = key[5];
	key[6].bytes = bytes_of("DER2");
	expect(suit_cose_verify(toy_block(6, bytes_of("x")), bytes_of("x"),
				bytes_of(""), &trust, toy_crypto(), &auth),
	       SUIT_OK);
	assert_int_equal(auth.valid[0], 1 << 5);
}

/* A threshold that was never set is not one that is always met. */
static void a_threshold_of_nothing(void **state)
{
	struct suit_auth auth = { 0 };

	(void)state;
	make_trust();
	authority[ACME].threshold = 0;
	assert_false(suit_authority_agrees(&trust, ACME, &auth));
}

static void without_prefixes(void **state)
{
	struct suit_authority nobody = { 0 };

	(void)state;
	make_trust();
	assert_false(suit_authority_covers(&nobody, diag("['fw']")));
	assert_false(suit_authority_covers(&authority[ROOT],
					   diag("['fw']")));
}

/* One public key at two authorities is marked for both when it signs. */
static void a_signature_counts_for_each_that_has_the_key(void **state)
{
	struct suit_auth auth = { 0 };

	(void)state;
	make_trust();
	key[6].form = SUIT_KEY_X509;
	key[6].bytes = bytes_of("DER");
	add_key(0, ACME);
	key[trust.n_keys - 1] = key[6];
	key[trust.n_keys - 1].authority = ACME;
	expect(suit_cose_verify(toy_block(7, bytes_of("x")), bytes_of("x"),
				bytes_of(""), &trust, toy_crypto(), &auth),
	       SUIT_OK);
	assert_true(suit_authority_agrees(&trust, ACME, &auth));
	assert_true(suit_authority_agrees(&trust, SHARED, &auth));
	assert_false(suit_authority_agrees(&trust, OLD, &auth));
}

int main(void)
{
	table(speakers, check_speaker);
	table(retirees, check_retiree);
	single("revoked keys do not agree", revoked_keys_do_not_agree);
	single("one signer counts once", one_signer_counts_once);
	single("the other point of the same x",
	       the_other_point_is_another_signer);
	single("keys beyond the bound", keys_beyond_the_bound);
	single("certificates are signers", certificates_are_signers);
	single("another certificate of the same key", another_certificate);
	single("a threshold of nothing", a_threshold_of_nothing);
	single("a key of no authority", a_key_of_no_authority);
	single("without prefixes", without_prefixes);
	single("a signature counts for each that has the key",
	       a_signature_counts_for_each_that_has_the_key);
	return table_run("authority");
}

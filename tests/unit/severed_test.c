// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What was severed of a manifest: a digest in its place, the member in the
 * envelope, or nowhere.
 */
#include <string.h>

#include "opened.h"

#define COMMON "3: <<{2: [['a']]}>>"
#define VALIDATE "7: <<[3, 15]>>"

struct severed_row {
	const char *name;
	const char *manifest;
	enum suit_error error;
	const char *members;	/* of the envelope */
};

static const struct severed_row severed[] = {
	{ "severed: of another content",
	  "{1: 1, 2: 0, " COMMON ", 20: INSTALL}", SUIT_ERR_SEVERED_DIGEST,
	  ", 20: <<[21, 14]>>" },
	{ "severed: the digest of the content without its head",
	  "{1: 1, 2: 0, " COMMON ", 20: BARE}", SUIT_ERR_SEVERED_DIGEST,
	  ", 20: <<[21, 15]>>" },
	{ "severed: not there", "{1: 1, 2: 0, " COMMON ", 20: INSTALL}",
	  SUIT_OK },
	{ "severed: and in place",
	  "{1: 1, 2: 0, " COMMON ", 20: <<[21, 15]>>}",
	  SUIT_ERR_SEVERED_UNCLAIMED, ", 20: <<[21, 15]>>" },
	{ "severed: claimed by nobody",
	  "{1: 1, 2: 0, " COMMON ", " VALIDATE "}",
	  SUIT_ERR_SEVERED_UNCLAIMED, ", 20: <<[21, 15]>>" },
	{ "severed: claimed by another member",
	  "{1: 1, 2: 0, " COMMON ", 16: INSTALL}",
	  SUIT_ERR_SEVERED_UNCLAIMED, ", 20: <<[21, 15]>>" },
	{ "severed: a digest that is none",
	  "{1: 1, 2: 0, " COMMON ", 20: []}", SUIT_ERR_DIGEST_FORM },
	{ "severed: a digest with a float",
	  "{1: 1, 2: 0, " COMMON ", 20: [raw'f90000']}",
	  SUIT_ERR_RESERVED },
	{ "severed: SHA-1", "{1: 1, 2: 0, " COMMON ","
	  " 20: [-14, h'0000000000000000000000000000000000000000']}",
	  SUIT_ERR_DIGEST_ALG },
	{ "severed: a sequence that is none, with its digest",
	  "{1: 1, 2: 0, " COMMON ", 20: EMPTY}", SUIT_ERR_SEQUENCE_FORM,
	  ", 20: <<[]>>" },
};

/* INSTALL, BARE, EMPTY: digests of <<[21, 15]>>, [21, 15], <<[]>>. */
static const char *fill(const char *manifest)
{
	static const struct {
		const char *token, *bytes;
	} digests[] = {
		{ "INSTALL", "\x43\x82\x15\x0f" },
		{ "BARE", "\x82\x15\x0f" },
		{ "EMPTY", "\x41\x80" },
	};
	size_t i;

	for (i = 0; i < COUNT(digests); i++) {
		const char *at = strstr(manifest, digests[i].token);

		if (at)
			return text("%.*sdigest'%s'%s", (int)(at - manifest),
				    manifest, digests[i].bytes,
				    at + strlen(digests[i].token));
	}
	return manifest;
}

static void check_severed(void **state)
{
	const struct severed_row *row = *state;
	const char *members = row->members ? row->members : "";
	struct opened o;

	expect(open_manifest(&o, SUIT_PROFILE_FULL, fill(row->manifest),
			     members), row->error);
}

/* Each severable member: present, absent, and what was found of it. */
static void every_severable_member(void **state)
{
	static const struct {
		unsigned int label;
		enum suit_severable member;
		enum suit_section section;	/* COUNT: no sequence */
	} rows[] = {
		{ 14, SUIT_SEVERABLE_COSWID, SUIT_SECTION_COUNT },
		{ 15, SUIT_SEVERABLE_DEPENDENCY_RESOLUTION,
		  SUIT_SECTION_DEPENDENCY_RESOLUTION },
		{ 16, SUIT_SEVERABLE_PAYLOAD_FETCH,
		  SUIT_SECTION_PAYLOAD_FETCH },
		{ 18, SUIT_SEVERABLE_CANDIDATE_VERIFICATION,
		  SUIT_SECTION_CANDIDATE_VERIFICATION },
		{ 20, SUIT_SEVERABLE_INSTALL, SUIT_SECTION_INSTALL },
		{ 23, SUIT_SEVERABLE_TEXT, SUIT_SECTION_COUNT },
	};
	struct suit_slice got;
	struct opened o;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		const char *member = text(", %u: <<[21, 15]>>",
					  rows[i].label);
		const char *manifest = text("{1: 1, 2: 0, %s, %s, %u: "
					    "digest'\x43\x82\x15\x0f'}",
					    COMMON, VALIDATE, rows[i].label);

		expect(open_manifest(&o, SUIT_PROFILE_FULL, manifest, member),
		       SUIT_OK);
		assert_int_equal(o.m.severed_absent, 0);
		got = rows[i].member == SUIT_SEVERABLE_COSWID ? o.m.coswid :
		      rows[i].member == SUIT_SEVERABLE_TEXT ? o.m.text :
		      o.m.section[rows[i].section];
		expect_bytes(got, diag("[21, 15]"));
		expect(open_manifest(&o, SUIT_PROFILE_FULL, manifest, ""),
		       SUIT_OK);
		assert_int_equal(o.m.severed_absent, 1 << rows[i].member);
	}
}

/* For display: digests and sequences are not looked at, form is. */
static void peek(void **state)
{
	struct opened o;

	(void)state;
	expect(open_manifest(&o, SUIT_PROFILE_FULL, "{1: 1, 2: 0, " COMMON
			     ", 20: digest'other'}", ", 20: 'sequence'"),
	       SUIT_ERR_SEVERED_DIGEST);
	expect(suit_manifest_peek(&o.m, &o.env), SUIT_OK);
	expect_bytes(o.m.section[SUIT_SECTION_INSTALL], bytes_of("sequence"));
	expect(open_manifest(&o, SUIT_PROFILE_FULL, "{1: 2}", ""),
	       SUIT_ERR_MANIFEST_VERSION);
	expect(suit_manifest_peek(&o.m, &o.env), SUIT_ERR_MANIFEST_VERSION);
}

static void hashing_fails(void **state)
{
	struct opened o;

	(void)state;
	expect(open_manifest(&o, SUIT_PROFILE_FULL,
			     fill("{1: 1, 2: 0, " COMMON ", 20: INSTALL}"),
			     ", 20: <<[21, 15]>>"), SUIT_OK);
	toy.digest_error = SUIT_ERR_CRYPTO;
	expect(suit_manifest_open(&o.m, &o.env, toy_crypto(),
				  SUIT_PROFILE_FULL), SUIT_ERR_CRYPTO);
	assert_int_equal(o.m.profile, 0);
}

int main(void)
{
	table(severed, check_severed);
	single("every severable member", every_severable_member);
	single("peek is for display", peek);
	single("hashing fails", hashing_fails);
	return table_run("severed");
}

// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The bounds of suit_limits.h: encoding, envelopes, COSE, trust. Those of
 * manifests are in limits_manifest_test.c; no bound is forgotten.
 */
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cose_case.h"
#include "limit.h"
#include "opened.h"

static enum suit_error envelope_bytes(unsigned int more)
{
	struct suit_slice manifest = diag("%s", manifest_of(1, "",
							    ", 7: <<[3, 15]>>"));
	struct opened o;

	return open_envelope(&o, filled(envelope_of(manifest, ", \"#a\": h''"),
					SUIT_MAX_ENVELOPE + more),
			     SUIT_PROFILE_FULL);
}

static enum suit_error id_bytes(unsigned int more)
{
	/* 81, 59 and two bytes of length */
	return suit_component_check(diag("['%s']", repeat("x",
		SUIT_MAX_COMPONENT_ID - 4 + more, "")));
}

static enum suit_error id_bytes_encoded(unsigned int more)
{
	u8 buf[SUIT_MAX_COMPONENT_ID + 16];
	struct suit_slice out;

	/* and 62 'f' 'w' */
	return suit_component_encode(bytes_of("fw"), bytes_of(repeat("x",
		SUIT_MAX_COMPONENT_ID - 7 + more, "")), buf, sizeof(buf),
		&out);
}

/* A segment alone may be too long, whatever the buffer. */
static enum suit_error type_bytes_encoded(unsigned int more)
{
	u8 buf[2 * SUIT_MAX_COMPONENT_ID];
	struct suit_slice out;

	return suit_component_encode(bytes_of(repeat("x",
		SUIT_MAX_COMPONENT_ID - 6 + more, "")), bytes_of("a"), buf,
		sizeof(buf), &out);
}

static enum suit_error id_segments(unsigned int more)
{
	return suit_component_check(diag("[%s]", each(SUIT_MAX_SEGMENTS + more,
						      "'#'")));
}

static enum suit_error id_segments_encoded(unsigned int more)
{
	u8 buf[SUIT_MAX_COMPONENT_ID];
	struct suit_slice out;

	return suit_component_encode(bytes_of("fw"), bytes_of(repeat("x",
		SUIT_MAX_SEGMENTS - 1 + more, "/")), buf, sizeof(buf), &out);
}

static enum suit_error auth_blocks(unsigned int more)
{
	struct suit_slice manifest = diag("%s", manifest_of(1, "",
							    ", 7: <<[3, 15]>>"));
	u8 signers[SUIT_MAX_AUTH_BLOCKS + 2] = { 0 };
	struct opened o;

	memset(signers, 1, SUIT_MAX_AUTH_BLOCKS + more);
	return open_envelope(&o, diag("{2: h'%s', 3: h'%s'}",
				      hex(wrapper_of(manifest, signers)),
				      hex(manifest)), SUIT_PROFILE_FULL);
}

static enum suit_error blocks_of_trust(unsigned int more)
{
	struct suit_trust_bundle bundle;

	return suit_trust_open(diag("[h'', %s]", repeat("h''",
		SUIT_MAX_AUTH_BLOCKS + more, ", ")), &bundle);
}

static enum suit_error signatures(unsigned int more)
{
	struct suit_slice sig;
	u64 valid;

	cose_make_keys();
	sig = toy_signature(1, diag("[\"Signature\", h'', <<{1: -9}>>, h'',"
				    " 'payload']"));
	return cose_verify(diag("98([h'', {}, null, [%s]])", repeat(
		text("[<<{1: -9}>>, {}, h'%s']", hex(sig)),
		SUIT_MAX_SIGNATURES + more, ", ")), &valid);
}

/* A block by key 1 with this protected header. */
static enum suit_error with_protected(const char *protected)
{
	struct suit_slice sig;
	u64 valid;

	cose_make_keys();
	sig = toy_sign1(1, protected, bytes_of(""), bytes_of("payload"));
	return cose_verify(diag("18([<<%s>>, {}, null, h'%s'])", protected,
				hex(sig)), &valid);
}

static enum suit_error protected_bytes(unsigned int more)
{
	/* a2 01 28 05 58 and a length */
	return with_protected(text("{1: -9, 5: h'%s'}", repeat("00",
		SUIT_MAX_PROTECTED - 6 + more, "")));
}

static enum suit_error critical_labels(unsigned int more)
{
	return with_protected(text("{1: -9, 2: [%s]}", repeat("1",
		SUIT_MAX_CRIT + more, ", ")));
}

static enum suit_error cbor_depth(unsigned int more)
{
	return suit_cbor_check(diag("%s0%s",
		repeat("[", SUIT_MAX_CBOR_DEPTH + more, ""),
		repeat("]", SUIT_MAX_CBOR_DEPTH + more, "")));
}

static enum suit_error envelope_members(unsigned int more)
{
	struct suit_envelope env;

	return suit_envelope_open(&env, diag(
		"{2: <<[<<digest''>>]>>, 3: h'', 14: h'', %s}",
		each(SUIT_MAX_ENVELOPE_MEMBERS - 1 + more, "\"#\": h''")));
}

static enum suit_error trust_with(const char *operations)
{
	struct suit_trust_bundle bundle;
	enum suit_error error;

	error = suit_trust_open(diag("[<<{1: 1, 2: 7, 3: [%s]}>>]",
				     operations), &bundle);
	return error == SUIT_OK ? suit_trust_decode(&bundle) : error;
}

static enum suit_error authorities(unsigned int more)
{
	return trust_with(text("[2, \"old\", 7], %s", each(
		SUIT_MAX_AUTHORITIES + more, "[1, {1: \"#\", 2: 2,"
		" 3: [['DER', -9]], 4: [['fw']]}]")));
}

static enum suit_error keys(unsigned int more)
{
	return trust_with(text("[1, {1: \"acme\", 2: 2, 3: [%s],"
			       " 4: [['fw']]}]", each(SUIT_MAX_KEYS + more,
						      "['DER #', -9]")));
}

static enum suit_error prefixes(unsigned int more)
{
	return trust_with(text("[1, {1: \"acme\", 2: 2, 3: [['DER', -9]],"
			       " 4: [%s]}]", each(SUIT_MAX_PREFIXES + more,
						  "['fw', '#']")));
}

static enum suit_error authority_name(unsigned int more)
{
	return trust_with(text("[1, {1: \"%s\", 2: 2, 3: [['DER', -9]],"
			       " 4: [['fw']]}]", repeat("x",
		SUIT_MAX_AUTHORITY_NAME + more, "")));
}

static enum suit_error trust_bytes(unsigned int more)
{
	struct suit_trust_bundle bundle;

	/* 82 40 and a byte string of 59 and two bytes of length */
	return suit_trust_open(diag("[h'', h'%s']", repeat("00",
		SUIT_MAX_TRUST - 5 + more, "")), &bundle);
}

static const struct limit limits[] = {
	{ "SUIT_MAX_ENVELOPE", envelope_bytes, SUIT_ERR_ENVELOPE_SIZE },
	{ "SUIT_MAX_COMPONENT_ID", id_bytes, SUIT_ERR_COMPONENT_SIZE },
	{ "SUIT_MAX_COMPONENT_ID of a path", id_bytes_encoded,
	  SUIT_ERR_COMPONENT_SIZE },
	{ "SUIT_MAX_COMPONENT_ID of a type", type_bytes_encoded,
	  SUIT_ERR_COMPONENT_SIZE },
	{ "SUIT_MAX_SEGMENTS", id_segments, SUIT_ERR_COMPONENT_SIZE },
	{ "SUIT_MAX_SEGMENTS of a path", id_segments_encoded,
	  SUIT_ERR_COMPONENT_SIZE },
	{ "SUIT_MAX_AUTH_BLOCKS", auth_blocks, SUIT_ERR_AUTH_BLOCKS },
	{ "SUIT_MAX_AUTH_BLOCKS of a trust bundle", blocks_of_trust,
	  SUIT_ERR_AUTH_BLOCKS },
	{ "SUIT_MAX_SIGNATURES", signatures, SUIT_ERR_COSE_SIGNATURES },
	{ "SUIT_MAX_PROTECTED", protected_bytes, SUIT_ERR_COSE_HEADER_SIZE },
	{ "SUIT_MAX_CRIT", critical_labels, SUIT_ERR_COSE_HEADER_SIZE },
	{ "SUIT_MAX_CBOR_DEPTH", cbor_depth, SUIT_ERR_DEPTH },
	{ "SUIT_MAX_ENVELOPE_MEMBERS", envelope_members,
	  SUIT_ERR_ENVELOPE_MEMBERS },
	{ "SUIT_MAX_AUTHORITIES", authorities, SUIT_ERR_TRUST_SIZE },
	{ "SUIT_MAX_KEYS", keys, SUIT_ERR_TRUST_SIZE },
	{ "SUIT_MAX_PREFIXES", prefixes, SUIT_ERR_TRUST_SIZE },
	{ "SUIT_MAX_AUTHORITY_NAME", authority_name, SUIT_ERR_TRUST_SIZE },
	{ "SUIT_MAX_TRUST", trust_bytes, SUIT_ERR_TRUST_SIZE },
};

/* All of the limits tests, as text. */
static char *read_tests(void)
{
	char *all = NULL;
	size_t len = 0, i;
	glob_t found;
	FILE *out = open_memstream(&all, &len);
	int c;

	assert_int_equal(glob("tests/unit/limits*_test.c", 0, NULL, &found),
			 0);
	for (i = 0; i < found.gl_pathc; i++) {
		FILE *in = fopen(found.gl_pathv[i], "r");

		while ((c = fgetc(in)) != EOF)
			fputc(c, out);
		fclose(in);
	}
	globfree(&found);
	fclose(out);
	return all;
}

/* Every name that the header defines is a row somewhere. */
static void no_bound_is_forgotten(void **state)
{
	FILE *header = fopen("kmod/core/suit_limits.h", "r");
	char *all = read_tests(), line[256], name[64];
	unsigned int n = 0;

	(void)state;
	assert_non_null(header);
	while (fgets(line, sizeof(line), header)) {
		if (sscanf(line, " SUIT_MAX_%40[A-Z_] =", name) != 1)
			continue;
		n++;
		if (!strstr(all, text("{ \"SUIT_MAX_%s\"", name)) &&
		    !strstr(all, text("{ \"SUIT_MAX_%s of", name)))
			fail_msg("SUIT_MAX_%s has no test", name);
	}
	fclose(header);
	free(all);
	assert_true(n > 20);
}

int main(void)
{
	table(limits, check_limit);
	single("no bound is forgotten", no_bound_is_forgotten);
	return table_run("limits");
}

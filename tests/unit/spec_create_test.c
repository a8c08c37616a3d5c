// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Descriptions that people write, and what is made of them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "crypto.h"
#include "spec_case.h"

/* A manifest of one component, and more members in JSON and as CBOR. */
#define ONE(json) "'common': {'components': ['firmware/x.fw']}, " json
#define CBOR_ONE(cbor) "3: <<{2: [['firmware', 'x.fw']]}>>, " cbor
#define TWO(json) "'common': {'components': ['a/b', 'c/d']}, " json
#define CBOR_TWO(cbor) "3: <<{2: [['a', 'b'], ['c', 'd']]}>>, " cbor
/* Commands and parameters of its install. */
#define INSTALL(json) ONE("'install': [" json "]")
#define CBOR_INSTALL(cbor) CBOR_ONE("20: <<[" cbor "]>>")
#define PARAM(json) \
	INSTALL("{'directive-override-parameters': {" json "}}," \
		"'directive-fetch'")
#define CBOR_PARAM(cbor) CBOR_INSTALL("20, {" cbor "}, 21, 2")

#define DIGITS_64 \
	"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define DIGITS_96 DIGITS_64 "00112233445566778899aabbccddeeff"

#define SHA256_OF_FIRMWARE \
	"c3bf47ea1f4a4a605470313cacb3a44f4a461f68c6faeab07e737610cb5ac835"

/* UUIDs of "arm.com" and its "suit", as the standard's examples have them. */
#define ARM "h'fa6b4a53d5ad5fdfbe9de663e4d41ffe'"
#define SUIT "h'1492af1425695e48bf429b2d51f2ab45'"

/**
 * struct written - a description, and what is made of it
 * @manifest: what follows "version" and "sequence-number", in JSON
 * @cbor: the same in the notation of diag.h
 */
struct written {
	const char *name;
	const char *manifest;
	const char *cbor;
};

/* Manifests that a verifier can use. */
static const struct written usable[] = {
	{ "one file for one vendor and class",
	  "'common': {'components': ['firmware/x.fw'], 'shared-sequence': ["
	  "{'directive-override-parameters': {"
	  "'vendor-identifier': {'vendor': 'arm.com'},"
	  "'class-identifier': {'vendor': 'arm.com', 'class': 'suit'},"
	  "'image-digest': {'file': 'x.fw'}, 'image-size': {'file': 'x.fw'}}},"
	  "'condition-vendor-identifier', 'condition-class-identifier']},"
	  "'validate': ['condition-image-match']",
	  "3: <<{2: [['firmware', 'x.fw']], 4: <<[20, {1: " ARM ", 2: " SUIT
	  ", 3: <<digest'firmware'>>, 14: 8}, 1, 15, 2, 15]>>}>>, 7: <<[3, 15]>>" },
	{ "members in any order, and by number",
	  "'install': [{'21': 2}], '7': {'hex': '82030f'}, "
	  "'common': {'2': [[{'hex': '61'}, {'hex': '62'}]]}",
	  "3: <<{2: [['a', 'b']]}>>, 7: <<[3, 15]>>, 20: <<[21, 2]>>" },
	{ "what is not shown in parts",
	  ONE("'validate': {'raw': '4382030f'}"),
	  CBOR_ONE("7: <<[3, 15]>>") },
	{ "a policy of one's own",
	  INSTALL("{'condition-image-match': 4}, 'directive-fetch'"),
	  CBOR_INSTALL("3, 4, 21, 2") },
	{ "several components",
	  TWO("'install': [{'directive-set-component-index': 1},"
	      "{'directive-set-component-index': true},"
	      "{'directive-set-component-index': [0, 1]}, 'directive-fetch']"),
	  CBOR_TWO("20: <<[12, 1, 12, true, 12, [0, 1], 21, 2]>>") },
	{ "an alternative that may do nothing",
	  INSTALL("{'directive-try-each': [['condition-component-slot'],"
		  "['condition-abort'], null]}"),
	  CBOR_INSTALL("15, [<<[5, 15]>>, <<[14, 15]>>, null]") },
	{ "a sequence inside",
	  INSTALL("{'directive-run-sequence': [{'directive-run-sequence': "
		  "['condition-abort']}]}"),
	  CBOR_INSTALL("32, <<[32, <<[14, 15]>>]>>") },
	{ "a UUID as it is written",
	  PARAM("'device-identifier': 'fa6b4a53-d5ad-5fdf-be9d-e663e4d41ffe'"),
	  CBOR_PARAM("24: " ARM) },
	{ "a class of a vendor that is a UUID",
	  PARAM("'class-identifier': {'vendor': "
		"'fa6b4a53-d5ad-5fdf-be9d-e663e4d41ffe', 'class': 'suit'}"),
	  CBOR_PARAM("2: " SUIT) },
	{ "a digest by another algorithm",
	  PARAM("'image-digest': {'alg': 'sha-384', 'value': '" DIGITS_96 "'}"),
	  CBOR_PARAM("3: <<[-43, h'" DIGITS_96 "']>>") },
	{ "numbers as digits",
	  PARAM("'image-size': '18446744073709551615', 'use-before': '7',"
		"'update-priority': '-9223372036854775808'"),
	  CBOR_PARAM("4: 7, 14: 18446744073709551615,"
		     "27: -9223372036854775808") },
	{ "bytes from hex, text and a file",
	  INSTALL("{'directive-override-parameters': {'content': '00Ff'}},"
		  "{'directive-override-parameters': {'content': {'text': 'a'},"
		  "'invoke-args': {'file': 'x.fw'}}}, 'directive-write'"),
	  CBOR_INSTALL("20, {18: h'00ff'}, 20, {18: 'a', 23: 'firmware'},"
		       "18, 2") },
	{ "flags and text",
	  PARAM("'strict-order': false, 'soft-failure': true, 'uri': '\xc3\xa4'"),
	  CBOR_PARAM("12: false, 13: true, 21: \"\xc3\xa4\"") },
	{ "versions to compare",
	  INSTALL("{'directive-override-parameters': {'version': "
		  "{'greater-equal': '1.2.3-alpha.4'}}},"
		  "{'directive-override-parameters': {'version': "
		  "{'lesser': [2, 0]}}}, 'directive-fetch'"),
	  CBOR_INSTALL("20, {28: <<[2, [1, 2, 3, -3, 4]]>>},"
		       "20, {28: <<[5, [2, 0]]>>}, 21, 2") },
	{ "what to wait for",
	  PARAM("'wait-info': {'day-of-week-utc': 6, 'time': 1700000000,"
		"'authorization': -1}"),
	  CBOR_PARAM("29: <<{1: -1, 5: 1700000000, 9: 6}>>") },
	{ "metadata of a component",
	  PARAM("'component-metadata': {'file-type': 1, 'default-permissions': 3"
		", 'modification-time': {'tag': 1, 'value': 1700000000}}"),
	  CBOR_PARAM("30: <<{1: 3, 5: 1, 6: 1(1700000000)}>>") },
	{ "where the manifest goes, and its version",
	  ONE("'component-id': 'manifest/x', 'set-version': '1.2.3',"
	      "'reference-uri': 'https://example.com/x',"
	      "'validate': ['condition-image-match']"),
	  CBOR_ONE("4: \"https://example.com/x\", 5: ['manifest', 'x'],"
		   "6: <<[1, 2, 3]>>, 7: <<[3, 15]>>") },
	{ "parameters of several components",
	  TWO("'install': [{'directive-set-component-index': 0},"
	      "{'directive-override-multiple': {'1': {'uri': 'b'}, '0': {}}},"
	      "{'directive-copy-params': {'1': ['uri', 'image-size']}},"
	      "'directive-fetch']"),
	  CBOR_TWO("20: <<[12, 0, 34, {0: {}, 1: {21: \"b\"}},"
		   "35, {1: [21, 14]}, 21, 2]>>") },
	{ "a software tag of the file, severed or not",
	  ONE("'coswid': {'tag-id': 'acme.example/x-1.2', 'tag-version': 0,"
	      "'software-name': 'x', 'software-version': '1.2',"
	      "'version-scheme': 'multipartnumeric', 'entity': {'entity-name':"
	      "'Acme', 'reg-id': 'https://acme.example', 'role': "
	      "['tag-creator', 'software-creator']}, 'payload': {'file': "
	      "{'fs-name': 'x.fw', 'size': {'file': 'x.fw'},"
	      "'hash': {'file': 'x.fw'}}}},"
	      "'validate': ['condition-image-match']"),
	  CBOR_ONE("7: <<[3, 15]>>, 14: <<{0: \"acme.example/x-1.2\", 1: \"x\","
		   "2: {31: \"Acme\", 32: 32(\"https://acme.example\"),"
		   "33: [1, 2]}, 6: {17: {7: [1, h'" SHA256_OF_FIRMWARE "'],"
		   "20: 8, 24: \"x.fw\"}}, 12: 0, 13: \"1.2\", 14: 1}>>") },
	{ "what no row expects",
	  INSTALL("{'directive-override-parameters': {'uri': {'raw': '6161'},"
		  "'vendor-identifier': {'cbor': {'tag': 112, 'value': "
		  "{'hex': '00'}}}}}, 'directive-fetch'"),
	  CBOR_INSTALL("20, {1: 112(h'00'), 21: \"a\"}, 21, 2") },
	{ "texts in several languages",
	  ONE("'text': {'en': {'manifest-description': 'm', 'components': "
	      "[{'id': 'firmware/x.fw', 'version-required': 'r',"
	      "'vendor-name': 'v'}]}, 'de': {'update-description': 'u'}},"
	      "'validate': ['condition-image-match']"),
	  CBOR_ONE("7: <<[3, 15]>>, 23: <<{\"de\": {2: \"u\"}, \"en\": {1: \"m\", "
		   "['firmware', 'x.fw']: {1: \"v\", 7: \"r\"}}}>>") },
};

/* What verifiers refuse is made as well when nobody asks them. */
static const struct written strange[] = {
	{ "any item, in parts and from a file",
	  INSTALL("{'directive-override-parameters': {'encryption-info': "
		  "{'tag': 96, 'value': [{'hex': ''}, {'map': [[4, null], "
		  "[1, 'a'], ['b', {'int': '-9007199254740993'}]]}, "
		  "{'int': '18446744073709551615'}, -1, true]}}},"
		  "{'directive-override-parameters': {'encryption-info': "
		  "{'file': 'one.cbor'}}}"),
	  CBOR_INSTALL("20, {19: <<96([h'', {1: \"a\", 4: null, "
		       "\"b\": -9007199254740993}, 18446744073709551615, "
		       "-1, true])>>}, 20, {19: <<[1]>>}") },
	{ "a component of bytes", "'common': {'components': "
	  "[[{'hex': '00ff'}, 'x/y'], []]}",
	  "3: <<{2: [[h'00ff', 'x/y'], []]}>>" },
	{ "a policy that has no bits", INSTALL("{'condition-abort': 99}"),
	  CBOR_INSTALL("14, 99") },
	{ "an identifier that is no UUID",
	  PARAM("'vendor-identifier': '00', "
		"'class-identifier': {'raw': 'd8704100'}"),
	  CBOR_PARAM("1: h'00', 2: 112(h'00')") },
	{ "commands, parameters and members of somebody else",
	  ONE("'-1': 'x', 'install': [{'-2': {'hex': '01'}},"
	      "{'directive-override-parameters': {'-3': [1]}}]"),
	  CBOR_ONE("20: <<[-2, h'01', 20, {-3: [1]}]>>, -1: \"x\"") },
	{ "empty sequences and maps",
	  ONE("'install': [], 'load': [{'directive-try-each': []},"
	      "{'directive-set-parameters': {}}], 'text': {}"),
	  CBOR_ONE("8: <<[15, [], 19, {}]>>, 20: <<[]>>, 23: <<{}>>") },
	{ "a component that is not there",
	  INSTALL("{'directive-set-component-index': 3}"),
	  CBOR_INSTALL("12, 3") },
	{ "what to wait for on another device",
	  PARAM("'wait-info': {'other-device-version': [{'hex': '01'},"
		"[[2, [1]]]]}"),
	  CBOR_PARAM("29: <<{4: [h'01', [[2, [1]]]]}>>") },
};

static sd_json_variant *description_of(const char *manifest,
				       const char *members)
{
	return spec_parse(text("{'manifest': {'version': 1, "
			       "'sequence-number': 7, %s}%s}", manifest,
			       members));
}

static struct suit_slice envelope_of(const char *cbor, const char *members)
{
	return spec_envelope(text("{1: 1, 2: 7, %s}", cbor), members);
}

static void check(const struct written *w, bool checked)
{
	sd_json_variant *spec = description_of(w->manifest, "");

	expect_bytes(spec_made(spec, checked), envelope_of(w->cbor, ""));
	sd_json_variant_unref(spec);
}

static void is_usable(void **state)
{
	check(*state, true);
}

static void is_made(void **state)
{
	check(*state, false);
}

/* What is made of it comes back when it is shown, too. */
static void payloads_are_bytes_and_envelopes(void **state)
{
	sd_json_variant *spec = description_of(
		ONE("'install': ['directive-fetch']"),
		", 'payloads': {'#long': '00ff', '#t': {'text': 'T'}, '#f': "
		"{'file': 'x.fw'}, '#e': {'envelope': {'tagged': false,"
		"'manifest': {'raw': '6162'}}}}");
	struct suit_slice inner = spec_envelope("raw'6162'", ""), made;

	(void)state;
	/* the tag's head is two bytes */
	inner.ptr += 2;
	inner.len -= 2;
	made = spec_made(spec, true);
	expect_bytes(made, envelope_of(CBOR_INSTALL("21, 2"),
				       text("\"#e\": h'%s', \"#f\": 'firmware', "
					    "\"#t\": 'T', \"#long\": h'00ff'",
					    hex(inner))));
	sd_json_variant_unref(spec);
	spec = spec_shown(made);
	expect_bytes(spec_made(spec, true), made);
	sd_json_variant_unref(spec);
}

static const char *digest_of(struct suit_slice bytes)
{
	const struct suit_crypto *crypto = sg_crypto();
	u8 value[SUIT_MAX_DIGEST];

	assert_int_equal(crypto->ops->digest(crypto->ctx, SUIT_ALG_SHA256,
					     &bytes, 1, value), SUIT_OK);
	return hex((struct suit_slice){ value, 32 });
}

static void severed_members_go_into_the_envelope(void **state)
{
	static const char install[] = "<<[21, 2]>>";
	static const char about[] = "<<{\"en\": {1: \"m\"}}>>";
	sd_json_variant *spec = description_of(
		ONE("'text': {'severed': true, 'value': {'en': "
		    "{'manifest-description': 'm'}}}, 'install': "
		    "{'severed': true, 'value': ['directive-fetch']}"), "");
	struct suit_slice made = spec_made(spec, true);

	(void)state;
	expect_bytes(made, envelope_of(
		text(CBOR_ONE("20: [-16, h'%s'], 23: [-16, h'%s']"),
		     digest_of(diag(install)), digest_of(diag(about))),
		text("20: %s, 23: %s", install, about)));
	sd_json_variant_unref(spec);
}

static void a_severed_member_may_be_elsewhere(void **state)
{
	sd_json_variant *spec = description_of(
		ONE("'install': {'severed': true, 'digest': {'alg': 'sha-256',"
		    "'value': '" DIGITS_64 "'}}"), "");

	(void)state;
	expect_bytes(spec_made(spec, true), envelope_of(
		CBOR_ONE("20: [-16, h'" DIGITS_64 "']"), ""));
	sd_json_variant_unref(spec);
}

static void put(const char *path, struct suit_slice bytes)
{
	struct sg_error err;

	if (sg_file_write(path, bytes.ptr, bytes.len, 0600, &err) < 0)
		fail_msg("%s", err.message);
}

static void a_dependency_goes_by_its_manifest(void **state)
{
	struct suit_slice manifest = diag("<<{1: 1, 2: 7, %s}>>",
					  CBOR_INSTALL("21, 2"));
	struct suit_slice inner = envelope_of(CBOR_INSTALL("21, 2"), "");
	sd_json_variant *spec;

	(void)state;
	put("dep.suit", inner);
	spec = description_of("'common': {'components': ['a/b'], 'dependencies'"
		": {'1': {'prefix': 'dep.suit'}}}, 'install': ["
		"{'directive-set-component-index': 1}, "
		"{'directive-override-parameters': {'image-digest': "
		"{'envelope': 'dep.suit'}, 'image-size': {'file': 'dep.suit'},"
		"'uri': '#d'}}, 'directive-fetch',"
		"'condition-dependency-integrity', "
		"'directive-process-dependency']",
		", 'payloads': {'#d': {'file': 'dep.suit'}}");
	expect_bytes(spec_made(spec, true), envelope_of(
		text("3: <<{1: {1: {1: ['dep.suit']}}, 2: [['a', 'b']]}>>, "
		     "20: <<[12, 1, 20, {3: <<[-16, h'%s']>>, 14: %zu, "
		     "21: \"#d\"}, 21, 2, 7, 15, 11, 2]>>",
		     digest_of(manifest), inner.len),
		text("\"#d\": h'%s'", hex(inner))));
	sd_json_variant_unref(spec);
}

static char *key;

/* Signatures are of the manifest that was, so a key replaces them. */
static void a_key_signs_anew(void **state)
{
	struct suit_slice old = diag("107({2: <<[<<[-16, h'%s']>>, <<18([h'', "
				     "{}, null, h'00'])>>]>>, 3: <<{1: 1, "
				     "2: 7, %s}>>})", DIGITS_64,
				     CBOR_INSTALL("21, 2"));
	struct suit_slice unsigned_one = envelope_of(CBOR_INSTALL("21, 2"), "");
	sd_json_variant *spec = spec_shown(old);
	struct suit_envelope before, after;
	struct sg_error err;
	struct sg_buf out;

	(void)state;
	expect_bytes(spec_made(spec, false), old);
	if (sg_spec_create(spec, key, true, &out, &err) < 0)
		fail_msg("%s", err.message);
	expect(suit_envelope_open(&before, unsigned_one), SUIT_OK);
	expect(suit_envelope_open(&after, (struct suit_slice){
					  out.data, out.len }), SUIT_OK);
	expect_bytes(after.digest, before.digest);
	expect_bytes(after.manifest, before.manifest);
	assert_int_equal(after.n_blocks, 1);
	sg_buf_free(&out);
	sd_json_variant_unref(spec);
}

static char dir[] = "/tmp/suitgate-spec.XXXXXX";

static int leave_dir(void)
{
	static const char *const files[] = { "x.fw", "one.cbor", "dep.suit" };
	size_t i;

	for (i = 0; i < COUNT(files); i++)
		unlink(files[i]);
	return rmdir(dir);
}

int main(void)
{
	int failed;

	key = realpath("tests/vectors/keys/suit-example-p256.priv.pem", NULL);
	if (!key || !mkdtemp(dir) || chdir(dir) < 0) {
		printf("Bail out! no test vectors, or no temporary folder\n");
		return 1;
	}
	put("x.fw", bytes_of("firmware"));
	put("one.cbor", diag("[1]"));
	table(usable, is_usable);
	table(strange, is_made);
	single("payloads are bytes, text, files and envelopes",
	       payloads_are_bytes_and_envelopes);
	single("severed members go into the envelope, with their digest",
	       severed_members_go_into_the_envelope);
	single("a severed member may be elsewhere",
	       a_severed_member_may_be_elsewhere);
	single("a dependency goes by the digest of its manifest",
	       a_dependency_goes_by_its_manifest);
	single("a key signs anew", a_key_signs_anew);
	failed = table_run("spec_create");
	free(key);
	return leave_dir() || failed;
}

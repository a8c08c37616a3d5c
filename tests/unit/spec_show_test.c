// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What an envelope has, in JSON: whatever it is, it is shown and comes back,
 * and it never reads files.
 */
#include <stdlib.h>

#include "crypto.h"
#include "spec_case.h"

#define PARAM(cbor) "{20: <<[20, {" cbor "}]>>}"
#define JSON_PARAM(json) \
	"{'install': [{'directive-override-parameters': {" json "}}]}"
#define ZEROS "00000000000000000000000000000000"

/* A manifest, and how it is shown. */
static const struct shown {
	const char *name;
	const char *manifest;
	const char *json;
} manifests[] = {
	{ "a manifest that is no map", "[1]", "{'cbor': [1]}" },
	{ "a manifest with keys that are text", "{\"a\": 1}",
	  "{'cbor': {'map': [['a', 1]]}}" },
	{ "a section that is no sequence", "{7: <<{}>>, 8: <<[1]>>, 9: 1}",
	  "{'validate': {'cbor': {'map': []}}, 'load': {'cbor': [1]},"
	  "'invoke': {'raw': '01'}}" },
	{ "a section with something after it", "{7: h'8000', 8: h''}",
	  "{'validate': {'raw': '428000'}, 'load': {'raw': '40'}}" },
	{ "a section that is not deterministic", "{7: h'820318ff0f', 8: h'98020300'}",
	  "{'validate': {'raw': '45820318ff0f'},"
	  "'load': {'raw': '4498020300'}}" },
	{ "numbers of any size",
	  PARAM("4: 9007199254740992, 14: 9007199254740993, "
		"27: -9007199254740993"),
	  JSON_PARAM("'use-before': 9007199254740992, "
		     "'image-size': '9007199254740993', "
		     "'update-priority': '-9007199254740993'") },
	{ "an integer beyond 64 bits with a sign",
	  PARAM("27: 18446744073709551615, -1: -18446744073709551615"),
	  JSON_PARAM("'update-priority': {'cbor': {'int': "
		     "'18446744073709551615'}}, "
		     "'-1': {'raw': '3bfffffffffffffffe'}") },
	{ "identifiers of all lengths",
	  PARAM("1: h'" ZEROS "', 2: h'00', 24: 112(h'00')"),
	  JSON_PARAM("'vendor-identifier': "
		     "'00000000-0000-0000-0000-000000000000',"
		     "'class-identifier': '00', "
		     "'device-identifier': {'cbor': {'tag': 112, "
		     "'value': {'hex': '00'}}}") },
	{ "a digest with an extension, and one without a value",
	  PARAM("3: <<[-16, h'00', 1]>>"),
	  JSON_PARAM("'image-digest': {'cbor': [-16, {'hex': '00'}, "
		     "1]}") },
	{ "a digest by an unknown algorithm", PARAM("3: <<[-18, h'00']>>"),
	  JSON_PARAM("'image-digest': {'alg': -18, 'value': '00'}") },
	{ "text with controls",
	  PARAM("21: \"\x1b\n\xc3\xa4\xc2\xa0\", -1: raw'6100', "
		"-2: raw'617f', -3: raw'62c29b', -4: raw'63efbfbf'"),
	  JSON_PARAM("'uri': '\\u001b\\n\xc3\xa4\xc2\xa0', '-1': {'raw': '6100'}, "
		     "'-2': {'raw': '617f'}, '-3': '\xc2\x9b', "
		     "'-4': {'raw': '63efbfbf'}") },
	{ "text that looks like a file", PARAM("18: '{\"file\": 1}', 21: \"/x\""),
	  JSON_PARAM("'content': '7b2266696c65223a20317d', 'uri': '/x'") },
	{ "languages that are called as JSON is",
	  "{23: <<{\"file\": {1: \"a\"}, \"severed\": {}}>>}",
	  "{'text': {'file': {'manifest-description': 'a'}, 'severed': {}}}" },
	{ "a language called cbor, alone", "{23: <<{\"cbor\": {}}>>}",
	  "{'text': {'cbor': {'map': [['cbor', {'map': []}]]}}}" },
	{ "a language called raw, alone", "{23: <<{\"raw\": {}}>>}",
	  "{'text': {'raw': {}}}" },
	{ "text about components that is not as it should be",
	  "{23: <<{\"a\": {1: 1, 9: true, ['c', h'ff']: {1: \"v\", 99: 1}}}>>}",
	  "{'text': {'a': {'manifest-description': {'cbor': 1}, '9': true, "
	  "'components': [{'id': ['c', {'hex': 'ff'}], 'vendor-name': 'v', "
	  "'99': 1}]}}}" },
	{ "a component as a path, or in segments",
	  "{3: <<{2: [['a', 'b c'], ['a', 'b/c'], ['a', '..'], ['a', ''], "
	  "['a', h'00'], []]}>>}",
	  "{'common': {'components': ['a/b c', ['a', 'b/c'], ['a', '..'], "
	  "['a', ''], ['a', {'hex': '00'}], []]}}" },
	{ "a component that is none", "{3: <<{2: [1, 'a']}>>}",
	  "{'common': {'components': [{'cbor': 1}, {'cbor': {'hex': '61'}}]}}" },
	{ "versions that go by text, and that do not",
	  PARAM("28: <<[1, [1, 2, -1]]>>, -1: 1, -2: [1, -9]"),
	  JSON_PARAM("'version': {'greater': '1.2-rc'}, '-1': 1, "
		     "'-2': [1, -9]") },
	{ "a version to compare by an unknown operator",
	  PARAM("28: <<[9, [1]]>>"),
	  JSON_PARAM("'version': {'cbor': [9, [1]]}") },
	{ "a version with an unknown pre-release", PARAM("28: <<[1, [1, -9]]>>"),
	  JSON_PARAM("'version': {'greater': [1, -9]}") },
	{ "components by index", "{20: <<[12, 0, 12, true, 12, [0, 1], 12, false]>>}",
	  "{'install': [{'directive-set-component-index': 0}, "
	  "{'directive-set-component-index': true}, "
	  "{'directive-set-component-index': [0, 1]}, "
	  "{'directive-set-component-index': {'cbor': false}}]}" },
	{ "alternatives that are none", "{20: <<[15, [1, null, <<[]>>]]>>}",
	  "{'install': [{'directive-try-each': [{'raw': '01'}, null, []]}]}" },
	{ "parameters of no component", "{20: <<[34, {\"a\": 1}, 35, {0: [1, 99]}]>>}",
	  "{'install': [{'directive-override-multiple': {'cbor': "
	  "{'map': [['a', 1]]}}}, "
	  "{'directive-copy-params': {'0': ['vendor-identifier', '99']}}]}" },
	{ "a member that is severed", "{20: [-16, h'00'], 23: [1]}",
	  "{'install': {'severed': true, "
	  "'digest': {'alg': 'sha-256', 'value': '00'}}, 'text': "
	  "{'severed': true, 'digest': {'cbor': [1]}}}" },
	{ "a software tag, as its tables have it",
	  "{14: <<{0: h'00', 1: \"s\", 2: [{31: \"a\", 33: [1, 99]}, "
	  "{31: \"b\", 32: 32(\"u\"), 33: 2, 34: [1, h'00']}], 14: 16384}>>}",
	  "{'coswid': {'tag-id': {'hex': '00'}, 'software-name': 's', 'entity': "
	  "[{'entity-name': 'a', 'role': ['tag-creator', 99]}, {'entity-name': "
	  "'b', 'reg-id': 'u', 'role': 'software-creator', 'thumbprint': "
	  "{'alg': 'sha-256', 'value': '00'}}], 'version-scheme': 'semver'}}" },
	{ "a software tag of another kind",
	  "{14: <<1398229316({0: \"t\", 2: {33: \"role\"}})>>}",
	  "{'coswid': {'cbor': {'tag': 1398229316, 'value': {'map': "
	  "[[0, 't'], [2, {'map': [[33, 'role']]}]]}}}}" },
	{ "a software tag with values of another kind",
	  "{14: <<{1: 1, 2: {32: \"u\", 33: \"role\"}, 14: []}>>}",
	  "{'coswid': {'software-name': {'cbor': 1}, 'entity': {'reg-id': "
	  "{'cbor': 'u'}, 'role': {'cbor': 'role'}}, 'version-scheme': []}}" },
	{ "any item", PARAM("-1: [h'00', \"a\", {1: 2, \"b\": null}, 1(true), "
			    "9007199254740993, false, -1, {}]"),
	  JSON_PARAM("'-1': [{'hex': '00'}, 'a', {'map': [[1, 2], "
		     "['b', null]]}, {'tag': 1, 'value': true}, "
		     "{'int': '9007199254740993'}, false, -1, {'map': []}]") },
};

static void same_json(sd_json_variant *got, const char *json)
{
	sd_json_variant *wanted = spec_parse(json);
	char *a, *b;

	assert_true(sd_json_variant_format(got, 0, &a) >= 0);
	assert_true(sd_json_variant_format(wanted, 0, &b) >= 0);
	assert_string_equal(a, b);
	free(a);
	free(b);
	sd_json_variant_unref(wanted);
}

/* It comes back, and JSON for @member of it is as it should be. */
static void check(struct suit_slice envelope, const char *member,
		  const char *json)
{
	sd_json_variant *spec = spec_shown(envelope);

	expect_bytes(spec_made(spec, false), envelope);
	same_json(member ? sd_json_variant_by_key(spec, member) : spec, json);
	sd_json_variant_unref(spec);
}

static void manifest_is_shown(void **state)
{
	const struct shown *s = *state;

	check(spec_envelope(s->manifest, ""), "manifest", s->json);
}

/* Of an envelope for the manifest {}, the members that it is shown with. */
static const struct shown envelopes[] = {
	{ "payloads, of which one is an envelope",
	  "\"a\": h'00', \"b\": h'', \"in\": <<{2: <<[<<[-16, h'" ZEROS ZEROS
	  "']>>]>>, 3: h'ff'}>>",
	  ", 'payloads': {'a': '00', 'b': '', 'in': {'envelope': {'tagged': "
	  "false, 'authentication': {'digest': {'alg': 'sha-256', 'value': '"
	  ZEROS ZEROS "'}, 'blocks': []}, 'manifest': {'raw': 'ff'}}}}" },
	{ "payloads that are almost an envelope",
	  "\"a\": <<107({})>>, \"b\": <<{2: <<[]>>, 3: h''}>>",
	  ", 'payloads': {'a': 'd86ba0', 'b': 'a20241800340'}" },
	{ "a member that the manifest says nothing of",
	  "20: <<[21, 2]>>, 23: h'ff'",
	  NULL },
};

/* {} has the digest of the byte string h'a0'. */
static void envelope_is_shown(void **state)
{
	const struct shown *s = *state;
	struct suit_slice envelope = spec_envelope("{}", s->manifest);
	struct suit_envelope env;

	if (!s->json) {
		check(envelope, "unclaimed",
		      "{'install': [{'directive-fetch': 2}], "
		      "'text': {'raw': '41ff'}}");
		return;
	}
	expect(suit_envelope_open(&env, envelope), SUIT_OK);
	check(envelope, NULL,
	      text("{'authentication': {'digest': {'alg': 'sha-256', 'value': "
		   "'%s'}, 'blocks': []}, 'manifest': {}%s}",
		   hex((struct suit_slice){ env.digest.ptr + 4, 32 }),
		   s->json));
}

/* A block, and how it is shown before its bytes. */
static const struct shown blocks[] = {
	{ "a signature", "<<18([<<{1: -9, 4: 'k1'}>>, {}, null, h'00'])>>",
	  "'type': 'COSE_Sign1', 'signatures': [{'alg': 'esp256', "
	  "'kid': '6b31'}], " },
	{ "a signature whose key id is not protected",
	  "<<18([<<{1: -9}>>, {4: h''}, null, h'00'])>>",
	  "'type': 'COSE_Sign1', 'signatures': [{'alg': 'esp256', "
	  "'kid': ''}], " },
	{ "what is protected counts",
	  "<<18([<<{1: -9, 4: 'a'}>>, {1: -7, 4: 'b', \"x\": 1}, null, h''])>>",
	  "'type': 'COSE_Sign1', 'signatures': [{'alg': 'esp256', "
	  "'kid': '61'}], " },
	{ "several signatures",
	  "<<98([h'', {}, null, [[<<{1: -9}>>, {}, h'00'], "
	  "[<<{1: -19}>>, {4: '2'}, h'00']]])>>",
	  "'type': 'COSE_Sign', 'signatures': [{'alg': 'esp256'}, "
	  "{'alg': 'ed25519', 'kid': '32'}], " },
	{ "a code by a shared key", "<<17([<<{1: 5}>>, {}, null, h'00'])>>",
	  "'type': 'COSE_Mac0', 'signatures': [{'alg': 'hmac-256'}], " },
	{ "a code for several", "<<97([<<{1: 5}>>, {}, null, h'00', []])>>",
	  "'type': 'COSE_Mac', 'signatures': [{'alg': 'hmac-256'}], " },
	{ "an unknown algorithm, and one by text",
	  "<<98([h'', {}, null, [[<<{1: -99}>>, {}, h''], "
	  "[<<{1: \"a\"}>>, {}, h'']]])>>",
	  "'type': 'COSE_Sign', 'signatures': [{'alg': -99}, {}], " },
	{ "headers that are none", "<<18([1, 2, 3, 4])>>",
	  "'type': 'COSE_Sign1', 'signatures': [{}], " },
	{ "headers that are cut off", "<<18([h'a101', {}, null, h''])>>",
	  "'type': 'COSE_Sign1', 'signatures': [{}], " },
	{ "no array", "<<18(1)>>", "" },
	{ "another tag", "<<96([h'', {}, null, h''])>>", "" },
	{ "no tag", "<<[h'', {}, null, h'']>>", "" },
	{ "no CBOR", "h'ff'", "" },
	{ "nothing", "h''", "" },
};

static void block_is_shown(void **state)
{
	const struct shown *s = *state;
	struct suit_slice block = diag("%s", s->manifest), envelope;
	struct suit_cursor cur;

	suit_cursor_init(&cur, block);
	envelope = diag("107({2: <<[<<[-16, h'" ZEROS ZEROS "']>>, %s]>>, "
			"3: <<{}>>})", s->manifest);
	check(envelope, "authentication",
	      text("{'digest': {'alg': 'sha-256', 'value': '" ZEROS ZEROS "'}, "
		   "'blocks': [{%s'raw': '%s'}]}", s->json,
		   hex(suit_cbor_bstr(&cur))));
}

/* JSON has no NUL in its names. */
static void what_json_cannot_have_is_raw(void **state)
{
	struct suit_slice envelope = spec_envelope("{}", "raw'6100': h'00'");

	(void)state;
	check(envelope, NULL, text("{'raw': '%s'}", hex(envelope)));
}

/* Sequences deeper than the view goes are bytes. */
static void deep_sequences_end_as_bytes(void **state)
{
	const char *deep = text("{20: %s<<[14, 15]>>%s}",
				repeat("<<[32, ", 60, ""),
				repeat("]>>", 60, ""));
	struct suit_slice envelope = spec_envelope(deep, "");
	sd_json_variant *spec = spec_shown(envelope);

	(void)state;
	expect_bytes(spec_made(spec, false), envelope);
	sd_json_variant_unref(spec);
}

static void deep_envelopes_end_as_bytes(void **state)
{
	struct suit_slice envelope = spec_envelope("{}", "");
	sd_json_variant *spec;
	int i;

	(void)state;
	for (i = 0; i < 60; i++)
		envelope = spec_envelope("{}", text("\"in\": h'%s'",
						    hex(envelope)));
	spec = spec_shown(envelope);
	expect_bytes(spec_made(spec, false), envelope);
	sd_json_variant_unref(spec);
}

int main(void)
{
	table(manifests, manifest_is_shown);
	table(envelopes, envelope_is_shown);
	table(blocks, block_is_shown);
	single("what JSON cannot have is raw", what_json_cannot_have_is_raw);
	single("deep sequences end as bytes", deep_sequences_end_as_bytes);
	single("deep envelopes end as bytes", deep_envelopes_end_as_bytes);
	return table_run("spec_show");
}

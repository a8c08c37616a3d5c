// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What is wrong with a description, where, and what was expected.
 */
#include <stdio.h>
#include <string.h>

#include "spec_case.h"

#define HEAD "'version': 1, 'sequence-number': 7, "
#define COMMON "'common': {'components': ['firmware/x.fw']}"
#define MANIFEST(json) "{'manifest': {" HEAD json "}}"
#define MEMBER(json) MANIFEST(COMMON ", " json)
#define INSTALL(json) MEMBER("'install': [" json "]")
#define PARAM(json) INSTALL("{'directive-override-parameters': {" json "}}")
#define AT_PARAM "manifest.install[0].directive-override-parameters."
#define DIGEST "{'alg': 'sha-256', 'value': '" DIGITS "'}"
#define DIGITS \
	"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define UNSIGNED "{2: <<[<<[-16, h'" DIGITS "']>>]>>, 3: <<{}>>}"

#define UINT "expected a whole number from 0 to 2^64 - 1"
#define INT "expected a whole number from -2^63 to 2^63 - 1"
#define HEX "expected bytes as pairs of hexadecimal digits"
#define BY_NUMBER "what has no name goes by its number"

/* A description, and what is said about it. */
static const struct wrong {
	const char *name;
	const char *json;
	const char *message;
} wrongs[] = {
	/* envelope */
	{ "no object", "[]", "expected an object" },
	{ "an unknown member", "{'manifesto': {}}",
	  "unknown member \"manifesto\"" },
	{ "a member twice", "{'manifest': {}, 'manifest': {}}",
	  "the same member twice: \"manifest\"" },
	{ "no manifest", "{}", "manifest: an envelope has a manifest" },
	{ "a tag that is neither there nor not", "{'tagged': 1}",
	  "tagged: expected true or false" },
	{ "raw bytes that are none", "{'raw': 'xy'}", HEX },
	{ "authentication without a digest", "{'authentication': {}}",
	  "authentication.digest: expected {\"file\": path}, {\"envelope\": "
	  "path} or {\"alg\": ..., \"value\": hex}" },
	{ "authentication without blocks",
	  "{'authentication': {'digest': " DIGEST "}}",
	  "authentication.blocks: expected an array" },
	{ "a block without bytes", "{'authentication': {'digest': " DIGEST
	  ", 'blocks': [{'type': 'COSE_Sign1'}]}}",
	  "authentication.blocks[0]: " HEX },
	{ "authentication of something else", "{'authentication': {'digest': "
	  DIGEST ", 'blocks': []}, 'manifest': {'raw': '00'}}",
	  "authentication: of another manifest than this one; leave it out, or "
	  "sign anew with a key" },
	{ "an unclaimed member that is none",
	  "{'unclaimed': {'common': {}}, 'manifest': {'raw': '00'}}",
	  "unclaimed.common: no member of an envelope" },
	{ "a payload that is no bytes",
	  "{'payloads': {'http://a/b': 1}, 'manifest': {'raw': '00'}}",
	  "payloads[\"http://a/b\"]: " HEX },
	{ "a payload twice", "{'payloads': {'a': '', 'a': ''}, "
	  "'manifest': {'raw': '00'}}", "the same payload, or severed member, twice" },
	{ "an envelope inside without a manifest",
	  "{'payloads': {'a': {'envelope': {}}}, 'manifest': {'raw': '00'}}",
	  "payloads[\"a\"].envelope.manifest: an envelope has a manifest" },
	{ "authentication of something else inside",
	  "{'payloads': {'a': {'envelope': {'authentication': {'digest': "
	  DIGEST ", 'blocks': []}, 'manifest': {'raw': '00'}}}}, "
	  "'manifest': {'raw': '00'}}",
	  "payloads[\"a\"].envelope.authentication: of another manifest than "
	  "this one; leave it out, or sign anew with a key" },

	/* members */
	{ "a manifest that is no object", "{'manifest': []}",
	  "manifest: expected an object" },
	{ "a member nobody knows", MEMBER("'frob': 1"),
	  "manifest.frob: not known in \"manifest\"; " BY_NUMBER },
	{ "a member that is almost known", MEMBER("'instal': []"),
	  "manifest.instal: not known in \"manifest\"; did you mean "
	  "\"install\"?" },
	{ "a number that is none", MEMBER("'1x': 1"),
	  "manifest.1x: not known in \"manifest\"; " BY_NUMBER },
	{ "a member of the manifest twice",
	  MEMBER("'install': [], 'install': []"),
	  "manifest.install: the same member twice" },
	{ "a member by name and by number", MEMBER("'install': [], '20': 1"),
	  "manifest: the same member twice" },
	{ "raw that is no item", MEMBER("'install': {'raw': '0000'}"),
	  "manifest.install: expected one CBOR item in deterministic encoding" },
	{ "raw that is not deterministic", MEMBER("'install': {'raw': '1800'}"),
	  "manifest.install: expected one CBOR item in deterministic encoding" },
	{ "severed that is not", MEMBER("'install': {'severed': false}"),
	  "manifest.install: \"severed\" is true, or left out together with "
	  "\"value\"" },
	{ "severed, but nothing of it", MEMBER("'text': {'severed': true}"),
	  "manifest.text: expected a \"value\", or its \"digest\"" },
	{ "severed, and more", MEMBER("'text': {'severed': true, 'x': 1}"),
	  "manifest.text: unknown member \"x\"" },
	{ "a digest of another value", MEMBER("'install': {'severed': true, "
	  "'digest': " DIGEST ", 'value': ['directive-fetch']}"),
	  "manifest.install.digest: not that of \"value\"; it is computed when "
	  "it is left out" },
	{ "a severed value that is wrong",
	  MEMBER("'install': {'severed': true, 'value': 1}"),
	  "manifest.install.value: expected an array" },

	/* components */
	{ "a component that is no path",
	  MANIFEST("'common': {'components': ['firmware/x.fw', '/']}"),
	  "manifest.common.components[1]: \"/\" is not a component: write "
	  "TYPE/NAME, for example firmware/regulatory.db, without empty, "
	  "\".\" or \"..\" parts" },
	{ "a component that is a number",
	  MANIFEST("'common': {'components': [7]}"),
	  "manifest.common.components[0]: expected a component, for example "
	  "\"firmware/acme/x.fw\", or an array of segments" },
	{ "a segment that is a number",
	  MANIFEST("'common': {'components': [['a', 7]]}"),
	  "manifest.common.components[0][1]: expected text or {\"hex\": ...}" },
	{ "a segment of half a byte",
	  MANIFEST("'common': {'components': [[{'hex': '0'}]]}"),
	  "manifest.common.components[0][0]: " HEX },
	{ "components that are no array",
	  MANIFEST("'common': {'components': 'a/b'}"),
	  "manifest.common.components: expected an array" },
	{ "a dependency that is no number",
	  MANIFEST("'common': {'dependencies': {'a': {}}}"),
	  "manifest.common.dependencies.a: " UINT },
	{ "an index that no component has",
	  INSTALL("{'directive-set-component-index': 1}"),
	  "manifest.install[0].directive-set-component-index: there is no "
	  "component 1: \"components\" has 1, and the first is 0" },
	{ "one of several indices that no component has",
	  INSTALL("{'directive-set-component-index': [0, 9]}"),
	  "manifest.install[0].directive-set-component-index[1]: there is no "
	  "component 9: \"components\" has 1, and the first is 0" },
	{ "a source that no component has", PARAM("'source-component': 1"),
	  AT_PARAM "source-component: there is no component 1: \"components\" "
	  "has 1, and the first is 0" },
	{ "no component at all",
	  INSTALL("{'directive-set-component-index': false}"),
	  "manifest.install[0].directive-set-component-index: " UINT },

	/* commands */
	{ "a sequence that is no array", MEMBER("'install': {}"),
	  "manifest.install: expected an array" },
	{ "two commands in one",
	  INSTALL("{'directive-fetch': 2, 'directive-copy': 2}"),
	  "manifest.install[0]: expected {\"command\": argument}, or a command "
	  "that needs none" },
	{ "a command that is almost known", INSTALL("'fetch'"),
	  "manifest.install[0]: not known in \"commands\"; did you mean "
	  "\"directive-fetch\"?" },
	{ "a command nobody knows", INSTALL("{'frob': 1}"),
	  "manifest.install[0].frob: not known in \"commands\"; " BY_NUMBER },
	{ "a command without the argument it needs",
	  INSTALL("'directive-try-each'"),
	  "manifest.install[0]: \"directive-try-each\" needs an argument: "
	  "{\"directive-try-each\": ...}" },
	{ "an alternative that is no sequence",
	  INSTALL("{'directive-try-each': [[], 7]}"),
	  "manifest.install[0].directive-try-each[1]: expected an array" },
	{ "a command inside that is wrong", INSTALL("{'directive-try-each': "
	  "[[{'directive-run-sequence': ['condition-abort', 1]}], []]}"),
	  "manifest.install[0].directive-try-each[0][0].directive-run-sequence"
	  "[1]: expected {\"command\": argument}, or a command that needs "
	  "none" },
	{ "a policy that is no number", INSTALL("{'condition-abort': true}"),
	  "manifest.install[0].condition-abort: " UINT },

	/* parameters */
	{ "a parameter that is almost known", PARAM("'digest': 1"),
	  AT_PARAM "digest: not known in \"parameters\"; did you mean "
	  "\"image-digest\"?" },
	{ "a negative number", PARAM("'image-size': -1"),
	  AT_PARAM "image-size: " UINT },
	{ "a fraction", PARAM("'image-size': 1.5"),
	  AT_PARAM "image-size: " UINT },
	{ "a number that is too big", PARAM("'image-size': "
					    "'18446744073709551616'"),
	  AT_PARAM "image-size: " UINT },
	{ "a number that is text", PARAM("'image-size': '1k'"),
	  AT_PARAM "image-size: " UINT },
	{ "an integer that is too small",
	  PARAM("'update-priority': '-9223372036854775809'"),
	  AT_PARAM "update-priority: " INT },
	{ "a flag that is a number", PARAM("'strict-order': 0"),
	  AT_PARAM "strict-order: expected true or false" },
	{ "text that is a number", PARAM("'uri': 7"),
	  AT_PARAM "uri: expected a string" },
	{ "bytes of odd length", PARAM("'content': '001'"),
	  AT_PARAM "content: " HEX },
	{ "bytes of other letters", PARAM("'content': 'zz'"),
	  AT_PARAM "content: " HEX },
	{ "a file that is not there",
	  PARAM("'content': {'file': '/nonexistent/x'}"),
	  AT_PARAM "content: cannot open /nonexistent/x: "
	  "No such file or directory" },
	{ "a digest of a file that is not there",
	  PARAM("'image-digest': {'file': '/nonexistent/x'}"),
	  AT_PARAM "image-digest: cannot open /nonexistent/x: "
	  "No such file or directory" },
	{ "a size of something that is no file",
	  PARAM("'image-size': {'file': '/dev/null'}"),
	  AT_PARAM "image-size: /dev/null is not a regular file" },
	{ "a digest of an envelope that is none",
	  PARAM("'image-digest': {'envelope': 'Makefile'}"),
	  AT_PARAM "image-digest: Makefile: malformed [cbor-wrong-type]" },
	{ "a digest by an unknown algorithm",
	  PARAM("'image-digest': {'alg': 'md5', 'value': ''}"),
	  AT_PARAM "image-digest.alg: expected an algorithm, for example "
	  "\"sha-256\"" },
	{ "a digest without a value", PARAM("'image-digest': {'alg': -16}"),
	  AT_PARAM "image-digest.value: " HEX },
	{ "a digest with more",
	  PARAM("'image-digest': {'alg': -16, 'value': '', 'x': 1}"),
	  AT_PARAM "image-digest: unknown member \"x\"" },
	{ "a vendor that is no domain",
	  PARAM("'vendor-identifier': {'vendor': 'acme'}"),
	  AT_PARAM "vendor-identifier: vendor \"acme\": expected a domain name "
	  "or a UUID" },
	{ "a class without a vendor",
	  PARAM("'class-identifier': {'class': 'x'}"),
	  AT_PARAM "class-identifier: expected a \"vendor\", a domain name or "
	  "a UUID" },
	{ "an identifier that is neither",
	  PARAM("'vendor-identifier': 'example.com'"),
	  AT_PARAM "vendor-identifier: expected a UUID, {\"vendor\": "
	  "\"example.com\"} or {\"vendor\": ..., \"class\": \"name\"}" },
	{ "versions to compare without an operator",
	  PARAM("'version': '1.2.3'"),
	  AT_PARAM "version: expected {\"greater-equal\": \"1.2.3\"}, or "
	  "\"greater\", \"equal\", \"lesser-equal\", \"lesser\"" },
	{ "a version that is none", PARAM("'version': {'equal': '1.2-dev'}"),
	  AT_PARAM "version.equal: expected a version, for example \"1.2.3\" "
	  "or \"1.2.3-rc.1\", or an array of numbers" },
	{ "a parameter to copy that is none",
	  INSTALL("{'directive-copy-params': {'0': ['digest']}}"),
	  "manifest.install[0].directive-copy-params.0[0]: not known in "
	  "\"parameters\"; did you mean \"image-digest\"?" },

	/* any item */
	{ "an object that is no item", PARAM("'encryption-info': {'a': 1}"),
	  AT_PARAM "encryption-info: expected an object with \"hex\", \"map\", "
	  "\"int\", \"tag\" and \"value\", \"file\" or \"raw\"" },
	{ "a tag of nothing", PARAM("'encryption-info': {'tag': 1}"),
	  AT_PARAM "encryption-info: expected {\"tag\": number, \"value\": "
	  "item}" },
	{ "a pair of one", PARAM("'encryption-info': {'map': [[1]]}"),
	  AT_PARAM "encryption-info[0]: expected [key, value]" },
	{ "a key twice", PARAM("'encryption-info': {'map': [[1, 2], [1, 3]]}"),
	  AT_PARAM "encryption-info: the same member twice" },
	{ "a fraction inside", PARAM("'encryption-info': [1, 0.5]"),
	  AT_PARAM "encryption-info[1]: " UINT },
	{ "a file that is no item",
	  PARAM("'encryption-info': {'file': 'Makefile'}"),
	  AT_PARAM "encryption-info: Makefile is not one CBOR item in "
	  "deterministic encoding" },

	{ "a known place with something else inside",
	  MEMBER("'install': {'cbor': [0.5]}"),
	  "manifest.install.cbor[0]: " UINT },
	{ "a name that stands for no number",
	  MEMBER("'coswid': {'entity': [{'role': ['boss']}]}"),
	  "manifest.coswid.entity[0].role[0]: expected a number, or a name for "
	  "one, for example \"tag-creator\"" },
	{ "a member of a software tag that is almost known",
	  MEMBER("'coswid': {'name': 'x'}"),
	  "manifest.coswid.name: not known in \"coswid\"; did you mean "
	  "\"software-name\"?" },

	/* texts */
	{ "text without a language", MEMBER("'text': {'vendor-name': 'x'}"),
	  "manifest.text.vendor-name: expected an object" },
	{ "text of a component in the wrong place",
	  MEMBER("'text': {'en': {'vendor-name': 'x'}}"),
	  "manifest.text.en.vendor-name: not known in \"text\"; " BY_NUMBER },
	{ "text about nothing",
	  MEMBER("'text': {'en': {'components': [{'vendor-name': 'x'}]}}"),
	  "manifest.text.en.components[0]: expected an object with the \"id\" "
	  "of a component" },
	{ "text about a component twice",
	  MEMBER("'text': {'en': {'components': [{'id': 'a/b'}, "
		 "{'id': 'a/b'}]}}"),
	  "manifest.text.en: the same member twice" },

	/* what the verifier says */
	{ "a version nobody knows", "{'manifest': {'version': 2}}",
	  "the manifest: asks for something that is not supported "
	  "[manifest-version-unsupported]" },
};

static const char *complaint(const char *json)
{
	sd_json_variant *spec = spec_parse(json);
	struct sg_error err = { 0 };
	struct sg_buf out;

	assert_int_equal(sg_spec_create(spec, NULL, true, &out, &err), -1);
	assert_null(out.data);
	sd_json_variant_unref(spec);
	return text("%s", err.message);
}

static void is_refused(void **state)
{
	const struct wrong *wrong = *state;

	assert_string_equal(complaint(wrong->json), wrong->message);
}

/* More levels than anybody needs, and than the stack has to bear. */
static void depth_is_bounded(void **state)
{
	const char *deep = text("{'manifest': {'99': %s1%s}}",
				repeat("[", 1000, ""), repeat("]", 1000, ""));
	const char *message = complaint(deep);

	(void)state;
	assert_non_null(strstr(message, "manifest.99[0][0][0]"));
	assert_non_null(strstr(message, ": nested too deeply"));
}

int main(void)
{
	table(wrongs, is_refused);
	single("depth is bounded", depth_is_bounded);
	return table_run("spec_error");
}

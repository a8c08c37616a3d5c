// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What is wrong with the parts of a description, where, and what was expected.
 */
#include <string.h>

#include "spec_wrong.h"

static const struct wrong wrongs[] = {
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
	  "authentication.digest: " DIGEST_FORM },
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

	{ "text that is no list of components",
	  MEMBER("'text': {'en': {'components': {}}}"),
	  "manifest.text.en.components: expected an array" },
	{ "text about no component",
	  MEMBER("'text': {'en': {'components': [{'id': 7}]}}"),
	  "manifest.text.en.components[0].id: expected a component, for example "
	  "\"firmware/acme/x.fw\", or an array of segments" },
	{ "text about a component that is none",
	  MEMBER("'text': {'en': {'components': [{'id': 'a/b', "
		 "'vendor-name': 7}]}}"),
	  "manifest.text.en.components[0].vendor-name: expected a string" },

	/* what the verifier says */
	{ "a version nobody knows", "{'manifest': {'version': 2}}",
	  "the manifest: asks for something that is not supported "
	  "[manifest-version-unsupported]" },
};

/* More levels than anybody needs, and than the stack has to bear. */
static void depth_is_bounded(void **state)
{
	const char *deep = text("{'manifest': {'99': %s1%s}}",
				repeat("[", 1000, ""), repeat("]", 1000, ""));
	const char *message = spec_complaint(deep);

	(void)state;
	assert_non_null(strstr(message, "manifest.99[0][0][0]"));
	assert_non_null(strstr(message, ": nested too deeply"));
}

int main(void)
{
	table(wrongs, spec_is_refused);
	single("depth is bounded", depth_is_bounded);
	return table_run("spec_error");
}

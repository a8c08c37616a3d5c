// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What is wrong with a value in a description, and what was expected.
 */
#include "spec_wrong.h"

static const struct wrong wrongs[] = {
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
	  AT_PARAM "version.equal: " VERSION },
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

	{ "a number inside that is none",
	  PARAM("'encryption-info': {'int': '1x'}"),
	  AT_PARAM "encryption-info: " UINT },
	{ "a negative number inside that is none",
	  PARAM("'encryption-info': {'int': '-1x'}"),
	  AT_PARAM "encryption-info: " INT },
	{ "bytes inside that are none",
	  PARAM("'encryption-info': [{'hex': 0}]"),
	  AT_PARAM "encryption-info[0]: " HEX },
	{ "a tag inside that is none",
	  PARAM("'encryption-info': {'tag': 'a', 'value': 1}"),
	  AT_PARAM "encryption-info: " UINT },
	{ "a tag with more", PARAM("'encryption-info': {'tag': 1, 'x': 1}"),
	  AT_PARAM "encryption-info: unknown member \"x\"" },
	{ "a map inside that is none", PARAM("'encryption-info': {'map': 1}"),
	  AT_PARAM "encryption-info: expected an array" },
	{ "a file inside that is not there",
	  PARAM("'encryption-info': {'file': '/nonexistent/x'}"),
	  AT_PARAM "encryption-info: cannot open /nonexistent/x: "
	  "No such file or directory" },
	{ "a file that is a number", PARAM("'content': {'file': 7}"),
	  AT_PARAM "content: expected a string" },
	{ "text for bytes that is a number", PARAM("'content': {'text': 7}"),
	  AT_PARAM "content: expected a string" },
	{ "an envelope that is not there",
	  PARAM("'image-digest': {'envelope': '/nonexistent/x'}"),
	  AT_PARAM "image-digest: cannot open /nonexistent/x: "
	  "No such file or directory" },
	{ "a vendor that is a number",
	  PARAM("'vendor-identifier': {'vendor': 7}"),
	  AT_PARAM "vendor-identifier: expected a string" },
	{ "a class that is a number", PARAM("'class-identifier': "
	  "{'vendor': 'a.example', 'class': 7}"),
	  AT_PARAM "class-identifier: expected a string" },
	{ "an identifier with more",
	  PARAM("'class-identifier': {'vendor': 'a.example', 'x': 7}"),
	  AT_PARAM "class-identifier: unknown member \"x\"" },
	{ "a URI that is a number",
	  MEMBER("'coswid': {'entity': {'reg-id': 7}}"),
	  "manifest.coswid.entity.reg-id: expected a string" },
	{ "a version of too many numbers", MEMBER("'set-version': "
	  "'0.1.2.3.4.5.6.7.8.9.10.11.12.13.14.15.16'"),
	  "manifest.set-version: " VERSION },
	{ "a version that begins with a word", MEMBER("'set-version': 'v1'"),
	  "manifest.set-version: " VERSION },
	{ "a version with a sign", MEMBER("'set-version': '1+2'"),
	  "manifest.set-version: " VERSION },
	{ "a version beyond 64 bits",
	  MEMBER("'set-version': '1.9223372036854775808'"),
	  "manifest.set-version: " VERSION },
	{ "parameters to copy that are no list",
	  INSTALL("{'directive-copy-params': {'0': 1}}"),
	  "manifest.install[0].directive-copy-params.0: expected an array" },
	{ "an unclaimed member that is wrong",
	  "{'unclaimed': {'install': 1}, 'manifest': {'raw': '00'}}",
	  "unclaimed.install: expected an array" },
	{ "unclaimed members that are none",
	  "{'unclaimed': [], 'manifest': {'raw': '00'}}",
	  "unclaimed: expected an object" },
	{ "payloads that are none",
	  "{'payloads': [], 'manifest': {'raw': '00'}}",
	  "payloads: expected an object" },
	{ "a manifest of bytes that are none", "{'manifest': {'raw': 'x'}}",
	  "manifest: " HEX },
	{ "a severed digest that is none",
	  MEMBER("'text': {'severed': true, 'digest': 7, 'value': {}}"),
	  "manifest.text.digest: " DIGEST_FORM },
};

int main(void)
{
	table(wrongs, spec_is_refused);
	return table_run("spec_value");
}

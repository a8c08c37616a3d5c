// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The page that people read.
 */
#include <stdlib.h>
#include <string.h>

#include "spec_case.h"

#define PARAM(cbor) "{20: <<[20, {" cbor "}]>>}"
#define PARAM_PAGE(page) \
	"  install:\n    directive-override-parameters:\n" page
#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"

/* A manifest, and what is below "manifest:". */
static const struct page {
	const char *name;
	const char *manifest;
	const char *page;
} pages[] = {
	{ "one file",
	  "{1: 1, 2: 7, 3: <<{2: [['firmware', 'x.fw']], 4: <<[20, "
	  "{1: h'fa6b4a53d5ad5fdfbe9de663e4d41ffe', 3: <<[-16, h'" ZEROS
	  "']>>, 14: 8}, 1, 15]>>}>>, 7: <<[3, 15]>>}",
	  "  version: 1\n"
	  "  sequence-number: 7\n"
	  "  common:\n"
	  "    components:\n"
	  "      0: firmware/x.fw\n"
	  "    shared-sequence:\n"
	  "      directive-override-parameters:\n"
	  "        vendor-identifier: fa6b4a53-d5ad-5fdf-be9d-e663e4d41ffe\n"
	  "        image-digest: sha-256 " ZEROS "\n"
	  "        image-size: 8\n"
	  "      condition-vendor-identifier (reporting policy 15)\n"
	  "  validate:\n"
	  "    condition-image-match (reporting policy 15)\n" },
	{ "severed members, here and elsewhere",
	  "{20: [-16, h'00'], 23: [-16, h'01']}",
	  "  install: severed, sha-256 00, in this envelope:\n"
	  "    directive-fetch (reporting policy 2)\n"
	  "  text: severed, sha-256 01, not in this envelope\n" },
	{ "alternatives, and a sequence inside",
	  "{8: <<[15, [<<[14, 15]>>, <<[32, <<[12, [0, 1]]>>]>>, null]]>>}",
	  "  load:\n"
	  "    directive-try-each:\n"
	  "      try:\n"
	  "        condition-abort (reporting policy 15)\n"
	  "      else:\n"
	  "        directive-run-sequence:\n"
	  "          directive-set-component-index: [0, 1]\n"
	  "      else nothing\n" },
	{ "components, dependencies, a place for the manifest",
	  "{3: <<{1: {1: {1: ['d']}, 2: {}}, 2: [[h'00', 'a/b'], []]}>>, "
	  "5: ['a', 'b']}",
	  "  common:\n"
	  "    dependencies:\n"
	  "      1:\n"
	  "        prefix: d\n"
	  "      2:\n"
	  "    components:\n"
	  "      0: h'00'/a/b\n"
	  "      1: []\n"
	  "  component-id: a/b\n" },
	{ "texts, of one line and of several",
	  "{23: <<{\"en\": {1: \"one\", 2: \"two\nlines\n\", ['a', 'b']: "
	  "{1: \"v\", 6: \"1.0\"}}}>>}",
	  "  text:\n"
	  "    en:\n"
	  "      manifest-description: one\n"
	  "      update-description:\n"
	  "        | two\n"
	  "        | lines\n"
	  "      component a/b:\n"
	  "        vendor-name: v\n"
	  "        component-version: 1.0\n" },
	{ "text that would take over the terminal",
	  PARAM("21: \"\x1b[2J\r\\\xc2\xad\xe2\x80\xae\xef\xbb\xbf"
		"\xf3\xa0\x81\x81 \xc3\xa4\""),
	  PARAM_PAGE("      uri: \\u001b[2J\\u000d\\\\\\u00ad\\u202e\\ufeff"
		     "\\ue0041 \xc3\xa4\n") },
	{ "lines that pretend to be of the page",
	  "{23: <<{\"en\": {1: \"x\n  install:\x1b[0m\n\n\"}}>>}",
	  "  text:\n"
	  "    en:\n"
	  "      manifest-description:\n"
	  "        | x\n"
	  "        |   install:\\u001b[0m\n"
	  "        |\n" },
	{ "bytes, short and long",
	  PARAM("18: 'abc', 23: h'00', 25: h'" ZEROS ZEROS "ff'"),
	  PARAM_PAGE("      content: 616263 (\"abc\")\n"
		     "      invoke-args: 00\n"
		     "      fetch-arguments: " ZEROS "... (65 bytes)\n") },
	{ "any item",
	  PARAM("19: <<96([h'', {1: [2], \"a\": {}}, null])>>, 28: <<[2, "
		"[1, 2]]>>, -1: 18446744073709551615, -2: true"),
	  PARAM_PAGE("      encryption-info:\n"
		     "        tag: 96\n"
		     "        value:\n"
		     "          0: h''\n"
		     "          1:\n"
		     "            1: [2]\n"
		     "            a:\n"
		     "          2: null\n"
		     "      version: greater-equal 1.2\n"
		     "      -1: 18446744073709551615\n"
		     "      -2: true\n") },
	{ "a software tag",
	  "{14: <<{1: \"s\", 2: {31: \"a\", 33: [1, 2]}, 6: {17: [{24: \"f\"}, "
	  "{7: [1, h'00'], 24: \"g\"}]}}>>}",
	  "  coswid:\n"
	  "    software-name: s\n"
	  "    entity:\n"
	  "      entity-name: a\n"
	  "      role: [tag-creator, software-creator]\n"
	  "    payload:\n"
	  "      file:\n"
	  "        0:\n"
	  "          fs-name: f\n"
	  "        1:\n"
	  "          hash: sha-256 00\n"
	  "          fs-name: g\n" },
	{ "what is not as it should be",
	  "{7: 1, 20: <<[20, 1, 3, \"x\", 99, {1: 2}]>>}",
	  "  validate: CBOR h'01'\n"
	  "  install:\n"
	  "    directive-override-parameters: 1\n"
	  "    condition-image-match: x\n"
	  "    99:\n"
	  "      1: 2\n" },
	{ "a language called raw", "{23: <<{\"raw\": {1: \"x\"}}>>}",
	  "  text:\n    raw:\n      manifest-description: x\n" },
	{ "parameters of several components",
	  "{20: <<[34, {0: {}, 1: {21: \"u\"}}, 35, {0: [21, 14]}]>>}",
	  "  install:\n"
	  "    directive-override-multiple:\n"
	  "      0:\n"
	  "      1:\n"
	  "        uri: u\n"
	  "    directive-copy-params:\n"
	  "      0: [uri, image-size]\n" },
};

static const char *page_of(struct suit_slice envelope)
{
	sd_json_variant *spec = spec_shown(envelope);
	const char *copy;
	struct sg_error err;
	size_t len;
	char *page;
	FILE *out = open_memstream(&page, &len);

	assert_non_null(out);
	assert_int_equal(sg_spec_print(spec, out, &err), 0);
	fclose(out);
	copy = text("%s", page);
	free(page);
	sd_json_variant_unref(spec);
	return copy;
}

static void manifest_is_printed(void **state)
{
	static const char marker[] = "\nmanifest:\n";
	const struct page *p = *state;
	const char *page = page_of(spec_envelope(p->manifest,
		strstr(p->page, "in this envelope:") ? "20: <<[21, 2]>>" : ""));
	const char *below = strstr(page, marker);

	assert_int_equal(strncmp(page, "not signed\ndigest: sha-256 ", 27), 0);
	assert_non_null(below);
	assert_string_equal(below + strlen(marker), p->page);
}

static void envelope_is_printed(void **state)
{
	(void)state;
	assert_string_equal(page_of(diag(
		"107({2: <<[<<[-16, h'" ZEROS "']>>, "
		"<<18([<<{1: -9, 4: 'k1'}>>, {}, null, h'00'])>>, "
		"<<98([h'', {}, null, [[<<{1: -99, 4: h'00'}>>, {}, h'00'], "
		"[h'', {}, h'00']]])>>, 'x']>>, 3: h'ff', 20: <<[21, 2]>>, "
		"\"a\x1b\": 'four', \"in\": <<{2: <<[<<[-16, h'" ZEROS "']>>]>>,"
		" 3: <<{2: 1}>>}>>})")),
		"signed, not verified: COSE_Sign1, esp256, key id 6b31 (\"k1\")\n"
		"signed, not verified: COSE_Sign, -99, key id 00\n"
		"signed, not verified: COSE_Sign\n"
		"signed, not verified: in a way that is not known\n"
		"digest: sha-256 " ZEROS "\n"
		"manifest: CBOR h'ff'\n"
		"members that the manifest says nothing of:\n"
		"  install:\n"
		"    directive-fetch (reporting policy 2)\n"
		"payloads:\n"
		"  a\\u001b: 4 bytes\n"
		"  in:\n"
		"    not signed\n"
		"    digest: sha-256 " ZEROS "\n"
		"    manifest:\n"
		"      sequence-number: 1\n");
}

static void what_json_cannot_have_is_printed_raw(void **state)
{
	struct suit_slice envelope = spec_envelope("{}", "raw'6100': h''");

	(void)state;
	assert_string_equal(page_of(envelope),
			    text("envelope: CBOR h'%s'\n", hex(envelope)));
}

/* A full disk is no success. */
static void writing_may_fail(void **state)
{
	sd_json_variant *spec = spec_shown(spec_envelope("{}", ""));
	FILE *full = fopen("/dev/full", "w");
	struct sg_error err;

	(void)state;
	assert_non_null(full);
	assert_int_equal(sg_spec_print(spec, full, &err), -1);
	assert_string_equal(err.message,
			    "cannot write: No space left on device");
	fclose(full);
	sd_json_variant_unref(spec);
}

int main(void)
{
	table(pages, manifest_is_printed);
	single("an envelope and one inside", envelope_is_printed);
	single("what JSON cannot have is printed raw",
	       what_json_cannot_have_is_printed_raw);
	single("writing may fail", writing_may_fail);
	return table_run("spec_print");
}

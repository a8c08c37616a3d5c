// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The manifest: its members, common, components.
 */
#include "opened.h"

#define COMMON "3: <<{2: [['a']]}>>"
#define VALIDATE "7: <<[3, 15]>>"

struct manifest_row {
	const char *name;
	const char *manifest;
	enum suit_error error;
};

static void check_manifest(void **state)
{
	const struct manifest_row *row = *state;
	struct opened o;

	expect(open_manifest(&o, SUIT_PROFILE_FULL, row->manifest, ""),
	       row->error);
	assert_int_equal(o.m.profile,
			 row->error == SUIT_OK ? SUIT_PROFILE_FULL : 0);
}

static const struct manifest_row plain[] = {
	{ "the least there is", "{1: 1, 2: 0, " COMMON ", " VALIDATE "}",
	  SUIT_OK },
	{ "every member",
	  "{1: 1, 2: 0, " COMMON ", 4: \"https://example.com\", 5: ['m'],"
	  " 6: <<[1, 2, -1]>>, " VALIDATE ", 8: <<[3, 15]>>,"
	  " 9: <<[23, 15]>>, 14: h'', 15: <<[21, 15]>>, 16: <<[21, 15]>>,"
	  " 18: <<[3, 15]>>, 20: <<[21, 15]>>, 23: h'', 24: <<[33, 15]>>}",
	  SUIT_OK },
	{ "the last sequence number there is",
	  "{1: 1, 2: 18446744073709551615, " COMMON ", " VALIDATE "}",
	  SUIT_OK },
	{ "version 2", "{1: 2, 2: 0, " COMMON ", " VALIDATE "}",
	  SUIT_ERR_MANIFEST_VERSION },
	{ "version 0", "{1: 0, 2: 0, " COMMON ", " VALIDATE "}",
	  SUIT_ERR_MANIFEST_VERSION },
	{ "version 1 in 32 bits",
	  "{1: 4294967297, 2: 0, " COMMON ", " VALIDATE "}",
	  SUIT_ERR_MANIFEST_VERSION },
	{ "another version and nonsense", "{1: 2, 2: \"x\", 99: null}",
	  SUIT_ERR_MANIFEST_VERSION },
	{ "a version that is text",
	  "{1: \"1\", 2: 0, " COMMON ", " VALIDATE "}", SUIT_ERR_TYPE },
	{ "no version", "{2: 0, " COMMON ", " VALIDATE "}",
	  SUIT_ERR_MANIFEST_MISSING },
	{ "member 0 first", "{0: 0, 1: 1, 2: 0, " COMMON ", " VALIDATE "}",
	  SUIT_ERR_MANIFEST_MISSING },
	{ "the version not first", "{2: 0, 1: 1, " COMMON ", " VALIDATE "}",
	  SUIT_ERR_MANIFEST_MISSING },
	{ "no sequence number", "{1: 1, " COMMON ", " VALIDATE "}",
	  SUIT_ERR_MANIFEST_MISSING },
	{ "no common", "{1: 1, 2: 0, " VALIDATE "}",
	  SUIT_ERR_MANIFEST_MISSING },
	{ "an empty map", "{}", SUIT_ERR_MANIFEST_MISSING },
	{ "nothing", "nothing''", SUIT_ERR_TRUNCATED },
	{ "no map", "[1, 1]", SUIT_ERR_TYPE },
	{ "a tagged manifest",
	  "1070({1: 1, 2: 0, " COMMON ", " VALIDATE "})", SUIT_ERR_TYPE },
	{ "a text member",
	  "{1: 1, 2: 0, " COMMON ", " VALIDATE ", \"x\": 0}",
	  SUIT_ERR_TYPE },
	{ "a text member first", "{\"x\": 0}", SUIT_ERR_TYPE },
	{ "member 19", "{1: 1, 2: 0, " COMMON ", " VALIDATE ", 19: h''}",
	  SUIT_ERR_MANIFEST_MEMBER },
	{ "member 21", "{1: 1, 2: 0, " COMMON ", " VALIDATE ", 21: h''}",
	  SUIT_ERR_MANIFEST_MEMBER },
	{ "member 25", "{1: 1, 2: 0, " COMMON ", " VALIDATE ", 25: h''}",
	  SUIT_ERR_MANIFEST_MEMBER },
	{ "a custom member", "{1: 1, 2: 0, " COMMON ", " VALIDATE ", -1: 0}",
	  SUIT_ERR_MANIFEST_MEMBER },
	{ "a member that is validate in 32 bits",
	  "{1: 1, 2: 0, " COMMON ", 4294967303: h''}",
	  SUIT_ERR_MANIFEST_MEMBER },
	{ "validate of drafts before -18",
	  "{1: 1, 2: 0, " COMMON ", 10: <<[3, 15]>>}",
	  SUIT_ERR_MANIFEST_EPOCH },
	{ "load of drafts before -18",
	  "{1: 1, 2: 0, " COMMON ", 11: <<[3, 15]>>}",
	  SUIT_ERR_MANIFEST_EPOCH },
	{ "invoke of drafts before -18",
	  "{1: 1, 2: 0, " COMMON ", 12: <<[3, 15]>>}",
	  SUIT_ERR_MANIFEST_EPOCH },
	{ "text of drafts before -18",
	  "{1: 1, 2: 0, " COMMON ", 13: <<[3, 15]>>}",
	  SUIT_ERR_MANIFEST_EPOCH },
	{ "install of drafts before -28",
	  "{1: 1, 2: 0, " COMMON ", " VALIDATE ", 17: <<[21, 15]>>}",
	  SUIT_ERR_MANIFEST_EPOCH },
	{ "a member twice", "{1: 1, 2: 0, 2: 1, " COMMON ", " VALIDATE "}",
	  SUIT_ERR_MAP_DUPLICATE },
	{ "the version twice", "{1: 1, 1: 1, " COMMON ", " VALIDATE "}",
	  SUIT_ERR_MAP_DUPLICATE },
	{ "two validates",
	  "{1: 1, 2: 0, " COMMON ", " VALIDATE ", " VALIDATE "}",
	  SUIT_ERR_MAP_DUPLICATE },
	{ "members out of order", "{1: 1, " COMMON ", 2: 0, " VALIDATE "}",
	  SUIT_ERR_MAP_ORDER },
	{ "a sequence number below 0",
	  "{1: 1, 2: -1, " COMMON ", " VALIDATE "}", SUIT_ERR_TYPE },
	{ "a sequence number that is text",
	  "{1: 1, 2: \"0\", " COMMON ", " VALIDATE "}", SUIT_ERR_TYPE },
	{ "a common that is no bytes",
	  "{1: 1, 2: 0, 3: {2: [['a']]}, " VALIDATE "}", SUIT_ERR_TYPE },
	{ "a reference URI that is bytes",
	  "{1: 1, 2: 0, " COMMON ", 4: 'x', " VALIDATE "}", SUIT_ERR_TYPE },
	{ "a reference URI that is no UTF-8",
	  "{1: 1, 2: 0, " COMMON ", 4: raw'61ff', " VALIDATE "}",
	  SUIT_ERR_UTF8 },
	{ "an empty id of the manifest",
	  "{1: 1, 2: 0, " COMMON ", 5: [], " VALIDATE "}",
	  SUIT_ERR_COMPONENT_ID },
	{ "an id of the manifest that is text",
	  "{1: 1, 2: 0, " COMMON ", 5: \"m\", " VALIDATE "}",
	  SUIT_ERR_COMPONENT_ID },
	{ "an id of the manifest that is no CBOR",
	  "{1: 1, 2: 0, " COMMON ", 5: raw'f7', " VALIDATE "}",
	  SUIT_ERR_RESERVED },
	{ "a version set to nothing",
	  "{1: 1, 2: 0, " COMMON ", 6: <<[]>>, " VALIDATE "}",
	  SUIT_ERR_PARAMETER_FORM },
	{ "a version set to no bytes",
	  "{1: 1, 2: 0, " COMMON ", 6: h'', " VALIDATE "}",
	  SUIT_ERR_TRUNCATED },
	{ "a version set to text and a number",
	  "{1: 1, 2: 0, " COMMON ", 6: <<[\"1\", 2]>>, " VALIDATE "}",
	  SUIT_ERR_TYPE },
	{ "a version set to text",
	  "{1: 1, 2: 0, " COMMON ", 6: <<[\"1\"]>>, " VALIDATE "}",
	  SUIT_ERR_TYPE },
	{ "a version that is no bytes",
	  "{1: 1, 2: 0, " COMMON ", 6: [1], " VALIDATE "}", SUIT_ERR_TYPE },
	{ "a version and more",
	  "{1: 1, 2: 0, " COMMON ", 6: <<[1], 0>>, " VALIDATE "}",
	  SUIT_ERR_TRAILING },
	{ "validate that is no bytes",
	  "{1: 1, 2: 0, " COMMON ", 7: [3, 15]}", SUIT_ERR_TYPE },
	{ "validate as a digest",
	  "{1: 1, 2: 0, " COMMON ", 7: digest'x'}", SUIT_ERR_TYPE },
	{ "install that is a map",
	  "{1: 1, 2: 0, " COMMON ", " VALIDATE ", 20: {1: 2}}",
	  SUIT_ERR_TYPE },
	{ "no section at all", "{1: 1, 2: 0, " COMMON "}",
	  SUIT_ERR_MANIFEST_INERT },
	{ "only a text", "{1: 1, 2: 0, " COMMON ", 23: h''}",
	  SUIT_ERR_MANIFEST_INERT },
	{ "only uninstall", "{1: 1, 2: 0, " COMMON ", 24: <<[33, 15]>>}",
	  SUIT_OK },
	{ "only shared", "{1: 1, 2: 0, 3: <<{2: [['a']], 4: <<[3, 15]>>}>>}",
	  SUIT_ERR_MANIFEST_INERT },
};

#define WITH_COMMON(common) "{1: 1, 2: 0, 3: <<" common ">>, " VALIDATE "}"

static const struct manifest_row commons[] = {
	{ "common: a shared sequence",
	  WITH_COMMON("{2: [['a']], 4: <<[1, 15]>>}"), SUIT_OK },
	{ "common: empty", WITH_COMMON("{}"), SUIT_ERR_COMPONENTS_NONE },
	{ "common: no components", WITH_COMMON("{4: <<[1, 15]>>}"),
	  SUIT_ERR_COMPONENTS_NONE },
	{ "common: a list of none", WITH_COMMON("{2: []}"),
	  SUIT_ERR_COMPONENTS_NONE },
	{ "common: components that are a map", WITH_COMMON("{2: {}}"),
	  SUIT_ERR_TYPE },
	{ "common: components in bytes, as in draft -05",
	  WITH_COMMON("{2: <<[['a']]>>}"), SUIT_ERR_TYPE },
	{ "common: an empty id", WITH_COMMON("{2: [[]]}"),
	  SUIT_ERR_COMPONENT_ID },
	{ "common: a text id", WITH_COMMON("{2: [\"a\"]}"),
	  SUIT_ERR_COMPONENT_ID },
	{ "common: a component twice",
	  WITH_COMMON("{2: [['a'], ['b'], ['a']]}"),
	  SUIT_ERR_COMPONENT_DUPLICATE },
	{ "common: an id that is no CBOR", WITH_COMMON("{2: [raw'9fff']}"),
	  SUIT_ERR_INDEFINITE },
	{ "common: more components than bytes",
	  WITH_COMMON("raw'a10299ffff8141'"), SUIT_ERR_TRUNCATED },
	{ "common: member 0", WITH_COMMON("{0: 0, 2: [['a']]}"),
	  SUIT_ERR_COMMON_MEMBER },
	{ "common: member 3", WITH_COMMON("{2: [['a']], 3: h''}"),
	  SUIT_ERR_COMMON_MEMBER },
	{ "common: member 5", WITH_COMMON("{2: [['a']], 5: h''}"),
	  SUIT_ERR_COMMON_MEMBER },
	{ "common: a custom member", WITH_COMMON("{2: [['a']], -1: h''}"),
	  SUIT_ERR_COMMON_MEMBER },
	{ "common: a text member", WITH_COMMON("{2: [['a']], \"x\": 0}"),
	  SUIT_ERR_TYPE },
	{ "common: a member twice", WITH_COMMON("{2: [['a']], 2: [['b']]}"),
	  SUIT_ERR_MAP_DUPLICATE },
	{ "common: out of order", WITH_COMMON("{4: <<[1, 15]>>, 2: [['a']]}"),
	  SUIT_ERR_MAP_ORDER },
	{ "common: no map", WITH_COMMON("[2, [['a']]]"), SUIT_ERR_TYPE },
	{ "common: no bytes in it", WITH_COMMON("nothing''"),
	  SUIT_ERR_TRUNCATED },
	{ "common: something after it", WITH_COMMON("{2: [['a']]}, 0"),
	  SUIT_ERR_TRAILING },
	{ "common: a shared sequence that is no bytes",
	  WITH_COMMON("{2: [['a']], 4: [1, 15]}"), SUIT_ERR_TYPE },
	{ "common: dependencies of none", WITH_COMMON("{1: {}, 2: [['a']]}"),
	  SUIT_ERR_DEPENDENCY_FORM },
	{ "common: a dependency below 0",
	  WITH_COMMON("{1: {-1: {}}, 2: [['a']]}"), SUIT_ERR_DEPENDENCY_FORM },
	{ "common: a dependency that is no map",
	  WITH_COMMON("{1: {1: h''}, 2: [['a']]}"), SUIT_ERR_DEPENDENCY_FORM },
	{ "common: dependencies that are a list",
	  WITH_COMMON("{1: [{}], 2: [['a']]}"), SUIT_ERR_TYPE },
	{ "common: a dependency twice",
	  WITH_COMMON("{1: {1: {}, 1: {}}, 2: [['a']]}"),
	  SUIT_ERR_MAP_DUPLICATE },
	{ "common: dependencies that are no CBOR",
	  WITH_COMMON("{1: raw'bfff', 2: [['a']]}"), SUIT_ERR_INDEFINITE },
	{ "common: the last index a dependency may have",
	  WITH_COMMON("{1: {65535: {1: ['d']}}, 2: [['a']]}"),
	  SUIT_ERR_SEQUENCE_INDEX },
	{ "common: an index that is too big for one",
	  WITH_COMMON("{1: {65536: {1: ['d']}}, 2: [['a']]}"),
	  SUIT_ERR_DEPENDENCY_FORM },
	{ "common: a dependency named by text",
	  WITH_COMMON("{1: {\"x\": {}}, 2: [['a']]}"),
	  SUIT_ERR_DEPENDENCY_FORM },
};

static void cut_at_every_byte(void **state)
{
	struct suit_slice whole = diag("{1: 1, 2: 24, 3: <<{2: [['a']],"
				       " 4: <<[1, 15]>>}>>, 4: \"u\","
				       " 5: ['m'], 6: <<[1]>>, 7: <<[3, 15]>>,"
				       " 20: digest'x', 23: h'00'}");
	struct opened o;
	size_t len = whole.len;

	(void)state;
	expect(open_envelope(&o, envelope_of(whole, ""), SUIT_PROFILE_FULL),
	       SUIT_OK);
	expect(open_envelope(&o, envelope_of(diag("raw'%s00'", hex(whole)),
					     ""), SUIT_PROFILE_FULL),
	       SUIT_ERR_TRAILING);
	for (whole.len = 0; whole.len < len; whole.len++)
		expect(open_envelope(&o, envelope_of(copy_of(whole), ""),
				     SUIT_PROFILE_FULL), SUIT_ERR_TRUNCATED);
}

static void what_is_found(void **state)
{
	struct suit_slice id;
	struct opened o;
	u32 index = 99;

	(void)state;
	expect(open_manifest(&o, SUIT_PROFILE_FULL,
			     "{1: 1, 2: 4294967296, 3: <<{2: [['a', 'b'],"
			     " ['c'], ['']], 4: <<[12, 0, 1, 15]>>}>>,"
			     " 4: \"https://example.com\", 5: ['m', 'n'],"
			     " 6: <<[1, -2]>>, 7: <<[12, 2, 3, 15]>>,"
			     " 23: 'text'}", ""), SUIT_OK);
	assert_ptr_equal(o.m.env, &o.env);
	assert_true(o.m.sequence_number == 4294967296);
	assert_int_equal(o.m.n_components, 3);
	assert_false(o.m.catalogue);
	expect_bytes(o.m.component_id, diag("['m', 'n']"));
	expect_bytes(o.m.reference_uri, bytes_of("https://example.com"));
	expect_bytes(o.m.set_version, diag("[1, -2]"));
	expect_bytes(o.m.text, bytes_of("text"));
	assert_null(o.m.coswid.ptr);
	assert_null(o.m.dependencies.ptr);
	expect_bytes(o.m.section[SUIT_SECTION_SHARED],
		     diag("[12, 0, 1, 15]"));
	expect_bytes(o.m.section[SUIT_SECTION_VALIDATE],
		     diag("[12, 2, 3, 15]"));
	assert_null(o.m.section[SUIT_SECTION_INSTALL].ptr);
	expect(suit_manifest_component(&o.m, 0, &id), SUIT_OK);
	expect_bytes(id, diag("['a', 'b']"));
	expect(suit_manifest_component(&o.m, 2, &id), SUIT_OK);
	expect_bytes(id, diag("['']"));
	expect(suit_manifest_component(&o.m, 3, &id),
	       SUIT_ERR_COMPONENT_INDEX);
	expect(suit_manifest_component(&o.m, 0xffffffff, &id),
	       SUIT_ERR_COMPONENT_INDEX);
	expect(suit_manifest_find(&o.m, diag("['c']"), &index), SUIT_OK);
	assert_int_equal(index, 1);
	expect(suit_manifest_find(&o.m, diag("['a']"), &index),
	       SUIT_ERR_COMPONENT_ABSENT);
	assert_int_equal(index, 1);
}

/* Nothing but authentication makes a manifest that decides. */
static void not_authenticated(void **state)
{
	struct opened o;

	(void)state;
	expect(open_manifest(&o, SUIT_PROFILE_FULL, "{1: 1, 2: 0, " COMMON
			     ", " VALIDATE "}", ""), SUIT_OK);
	o.env.authenticated = false;
	expect(suit_manifest_open(&o.m, &o.env, toy_crypto(),
				  SUIT_PROFILE_FULL), SUIT_ERR_NO_KEY);
	assert_int_equal(o.m.profile, 0);
	expect(suit_manifest_peek(&o.m, &o.env), SUIT_OK);
	assert_int_equal(o.m.profile, 0);
	assert_int_equal(o.m.n_components, 1);
}

static void names_of_sections(void **state)
{
	static const char *const names[] = {
		"shared-sequence", "dependency-resolution", "payload-fetch",
		"candidate-verification", "install", "validate", "load",
		"invoke", "uninstall", "unknown",
	};
	static const u8 labels[] = { 4, 15, 16, 18, 20, 7, 8, 9, 24 };
	u32 i;

	(void)state;
	for (i = 0; i < COUNT(labels); i++)
		assert_int_equal(suit_section_label((enum suit_section)i),
				 labels[i]);
	for (i = 0; i <= SUIT_SECTION_COUNT; i++)
		assert_string_equal(suit_section_name((enum suit_section)i),
				    names[i]);
	assert_string_equal(suit_section_name((enum suit_section)-1),
			    "unknown");
}

int main(void)
{
	table(plain, check_manifest);
	table(commons, check_manifest);
	single("cut at every byte", cut_at_every_byte);
	single("what is found", what_is_found);
	single("not authenticated", not_authenticated);
	single("names of sections", names_of_sections);
	return table_run("manifest");
}

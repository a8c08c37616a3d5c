// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a file system keeps beside a component (update management 4.6).
 */
#include "table.h"

#define UUID "h'00112233445566778899aabbccddeeff'"

struct metadata_row {
	const char *name;
	const char *metadata;
	enum suit_error error;
};

static const struct metadata_row rows[] = {
	{ "every member", "{1: 16383, 2: {0: 7, -1: 1, 'id': 2, \"root\": 3,"
	  " 37(" UUID "): 4}, 3: {\"wheel\": 1}, 4: {\"admin\": 1}, 5: 3,"
	  " 6: 1(1700000000), 7: 1(0), 8: \"acme\"}", SUIT_OK },
	{ "no member", "{}", SUIT_OK },
	{ "member 0", "{0: 0}", SUIT_ERR_PARAMETER_FORM },
	{ "member 9", "{9: 0}", SUIT_ERR_PARAMETER_FORM },
	{ "a custom member", "{-1: 0}", SUIT_ERR_PARAMETER_FORM },
	{ "the file type in 32 bits", "{4294967301: 1}",
	  SUIT_ERR_PARAMETER_FORM },
	{ "a member twice", "{5: 1, 5: 1}", SUIT_ERR_MAP_DUPLICATE },
	{ "members out of order", "{5: 1, 1: 0}", SUIT_ERR_MAP_ORDER },
	{ "a member by name", "{\"mode\": 0}", SUIT_ERR_TYPE },
	{ "no map", "[5, 1]", SUIT_ERR_TYPE },
	{ "nothing", "nothing''", SUIT_ERR_TRUNCATED },
	{ "a byte after it", "raw'a1050100'", SUIT_ERR_TRAILING },
	{ "permissions: a bit nobody knows", "{1: 16384}",
	  SUIT_ERR_PARAMETER_FORM },
	{ "permissions: none in 16 bits", "{1: 65536}",
	  SUIT_ERR_PARAMETER_FORM },
	{ "permissions: text", "{1: \"rwx\"}", SUIT_ERR_TYPE },
	{ "users: no map", "{2: 7}", SUIT_ERR_TYPE },
	{ "users: none", "{2: {}}", SUIT_ERR_PARAMETER_FORM },
	{ "users: a bit nobody knows", "{2: {0: 16384}}",
	  SUIT_ERR_PARAMETER_FORM },
	{ "users: permissions that are text", "{2: {0: \"r\"}}",
	  SUIT_ERR_TYPE },
	{ "users: a second one with a bit nobody knows",
	  "{2: {0: 1, 1: 16384}}", SUIT_ERR_PARAMETER_FORM },
	{ "users: one twice", "{2: {0: 1, 0: 2}}", SUIT_ERR_MAP_DUPLICATE },
	{ "users: an array for a user", "{2: {[0]: 1}}", SUIT_ERR_TYPE },
	{ "groups: none", "{3: {}}", SUIT_ERR_PARAMETER_FORM },
	{ "roles: none", "{4: {}}", SUIT_ERR_PARAMETER_FORM },
	{ "a name that is empty", "{2: {\"\": 1}}",
	  SUIT_ERR_PARAMETER_FORM },
	{ "a name with a new line", "{2: {\"a\nb\": 1}}",
	  SUIT_ERR_PARAMETER_FORM },
	{ "a name with DEL", "{2: {\"a\x7f\": 1}}",
	  SUIT_ERR_PARAMETER_FORM },
	{ "a name with U+009B", "{2: {\"a\xc2\x9b\": 1}}",
	  SUIT_ERR_PARAMETER_FORM },
	{ "a name with U+00A0", "{2: {\"a\xc2\xa0\": 1}}", SUIT_OK },
	{ "a name that is no UTF-8", "{2: {raw'61ff': 1}}",
	  SUIT_ERR_UTF8 },
	{ "a UUID of 15 bytes",
	  "{2: {37(h'00112233445566778899aabbccddee'): 1}}",
	  SUIT_ERR_PARAMETER_FORM },
	{ "a UUID that is text", "{2: {37(\"x\"): 1}}",
	  SUIT_ERR_TYPE },
	{ "a UUID under another tag", "{2: {38(" UUID "): 1}}",
	  SUIT_ERR_PARAMETER_FORM },
	{ "file type 0", "{5: 0}", SUIT_ERR_PARAMETER_FORM },
	{ "file type 4", "{5: 4}", SUIT_ERR_PARAMETER_FORM },
	{ "a file type in 8 bits", "{5: 257}", SUIT_ERR_PARAMETER_FORM },
	{ "a file type that is text", "{5: \"dir\"}", SUIT_ERR_TYPE },
	{ "a time without its tag", "{6: 1700000000}",
	  SUIT_ERR_PARAMETER_FORM },
	{ "a time under another tag", "{6: 0(1700000000)}",
	  SUIT_ERR_PARAMETER_FORM },
	{ "a time below 0", "{7: 1(-1)}", SUIT_ERR_TYPE },
	{ "a time that is a float", "{7: 1(raw'f90000')}", SUIT_ERR_TYPE },
	{ "a creator that is null", "{8: null}", SUIT_ERR_TYPE },
	{ "a creator that is an array", "{8: []}", SUIT_ERR_TYPE },
};

static void check_metadata(void **state)
{
	const struct metadata_row *row = *state;
	struct suit_metadata metadata;

	expect(suit_metadata_decode(diag("%s", row->metadata), &metadata),
	       row->error);
}

static void what_is_decoded(void **state)
{
	static const u8 kinds[] = {
		SUIT_ACTOR_NUMBER, SUIT_ACTOR_NUMBER, SUIT_ACTOR_BYTES,
		SUIT_ACTOR_NAME, SUIT_ACTOR_UUID,
	};
	struct suit_metadata metadata;
	struct suit_actor actor;
	struct suit_cursor cur;
	u16 permissions;
	size_t i;

	(void)state;
	expect(suit_metadata_decode(diag("%s", rows[0].metadata), &metadata),
	       SUIT_OK);
	assert_int_equal(metadata.members, 0x1fe);
	assert_int_equal(metadata.permissions, SUIT_PERMISSION_ALL);
	assert_int_equal(metadata.file_type, SUIT_FILE_SYMLINK);
	assert_int_equal(metadata.modified, 1700000000);
	assert_int_equal(metadata.created, 0);
	assert_int_equal(metadata.creator.kind, SUIT_ACTOR_NAME);
	expect_bytes(metadata.creator.bytes, bytes_of("acme"));
	suit_cursor_init(&cur, metadata.users);
	for (i = 0; i < COUNT(kinds); i++) {
		assert_true(suit_metadata_actor_next(&cur, &actor,
						     &permissions));
		assert_int_equal(actor.kind, kinds[i]);
		assert_int_equal(actor.number, i == 1 ? -1 : 0);
	}
	assert_int_equal(permissions, 4);
	expect_bytes(actor.bytes, diag("raw%s", UUID + 1));
	assert_false(suit_metadata_actor_next(&cur, &actor, &permissions));
}

static void what_is_not_said(void **state)
{
	struct suit_metadata metadata;

	(void)state;
	expect(suit_metadata_decode(diag("{8: -5}"), &metadata), SUIT_OK);
	assert_int_equal(metadata.members, 1 << 8);
	assert_int_equal(metadata.file_type, SUIT_FILE_REGULAR);
	assert_int_equal(metadata.creator.kind, SUIT_ACTOR_NUMBER);
	assert_int_equal(metadata.creator.number, -5);
	assert_int_equal(metadata.users.len, 0);
	expect(suit_metadata_decode(diag("{5: 2}"), &metadata), SUIT_OK);
	assert_int_equal(metadata.creator.kind, SUIT_ACTOR_NONE);
}

static void cut_at_every_byte(void **state)
{
	struct suit_slice whole = diag("{1: 16383, 2: {0: 7, \"root\": 3,"
				       " 37(" UUID "): 4}, 5: 3, 8: 24}");
	struct suit_metadata metadata;
	size_t len = whole.len;

	(void)state;
	for (whole.len = 0; whole.len < len; whole.len++)
		expect(suit_metadata_decode(copy_of(whole), &metadata),
		       SUIT_ERR_TRUNCATED);
}

/* Actors nobody decoded before: the end, as soon as one is none. */
static void actors_that_are_none(void **state)
{
	static const char *const pairs[] = { "81018101", "0781", "078101" };
	struct suit_actor actor;
	struct suit_cursor cur;
	u16 permissions;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(pairs); i++) {
		suit_cursor_init(&cur, diag("raw'%s'", pairs[i]));
		assert_false(suit_metadata_actor_next(&cur, &actor,
						      &permissions));
	}
}

int main(void)
{
	table(rows, check_metadata);
	single("what is decoded", what_is_decoded);
	single("what is not said", what_is_not_said);
	single("cut at every byte", cut_at_every_byte);
	single("actors that are none", actors_that_are_none);
	return table_run("metadata");
}

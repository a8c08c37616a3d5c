// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Capability reports: what the processor's tables have, and no more.
 */
#include <string.h>

#include "crypto.h"
#include "gadget.h"
#include "report_case.h"

/* Every row of the processor's tables is in the list, and nothing more. */
static void expect_list(struct suit_cursor *cur, enum suit_capability what,
			const struct suit_platform_ops *ops)
{
	u32 row = 0, n;
	s64 label;

	assert_int_equal(suit_cbor_uint(cur), what);
	n = suit_cbor_array(cur);
	for (; suit_capability_next(what, ops, sg_crypto(), &row, &label); n--)
		assert_int_equal(suit_cbor_int(cur), label);
	assert_int_equal(n, 0);
	expect(cur->error, SUIT_OK);
}

static struct suit_slice capability_of(const struct suit_platform_ops *ops)
{
	struct sg_report_component components[] = {
		{ diag("['firmware']"), true },
		{ diag("['config', h'f5']"), false },
	};
	struct sg_buf out;

	succeeded(sg_report_capability(ops, sg_crypto(), components, 2, &out,
				       &why));
	return taken(&out);
}

static void capability_is_the_tables(void **state)
{
	struct suit_slice bytes = capability_of(&gadget_ops);
	struct sg_report r = report_plain();
	struct suit_cursor cur;
	const char *json;

	(void)state;
	suit_cursor_init(&cur, bytes);
	assert_int_equal(suit_cbor_map(&cur), 8);
	assert_int_equal(suit_cbor_uint(&cur), 1);
	expect_bytes(suit_cbor_item(&cur),
		     diag("[['firmware', true], ['config', h'f5']]"));
	expect_list(&cur, SUIT_CAPABILITY_COMMANDS, &gadget_ops);
	expect_list(&cur, SUIT_CAPABILITY_PARAMETERS, &gadget_ops);
	expect_list(&cur, SUIT_CAPABILITY_ALGORITHMS, &gadget_ops);
	expect_list(&cur, SUIT_CAPABILITY_ENVELOPE, &gadget_ops);
	expect_list(&cur, SUIT_CAPABILITY_MANIFEST, &gadget_ops);
	expect_list(&cur, SUIT_CAPABILITY_COMMON, &gadget_ops);
	expect_list(&cur, SUIT_CAPABILITY_DEPENDENCY, &gadget_ops);
	expect(suit_cursor_end(&cur), SUIT_OK);
	r.capability = bytes;
	json = report_shown(report_encoded(&r));
	assert_non_null(strstr(json, "\"components\":[{\"id\":\"firmware\","
				     "\"prefix\":true},"));
	assert_non_null(strstr(json, "\"prefix\":false}]"));
	assert_non_null(strstr(json, "\"esp256\""));
}

static void capability_of_nothing(void **state)
{
	static const struct suit_platform_ops nothing;
	struct suit_slice bytes = capability_of(&nothing);
	struct suit_cursor cur;

	(void)state;
	suit_cursor_init(&cur, bytes);
	assert_int_equal(suit_cbor_map(&cur), 7);
	suit_cbor_uint(&cur);
	suit_cbor_item(&cur);
	expect_list(&cur, SUIT_CAPABILITY_COMMANDS, &nothing);
}

int main(void)
{
	single("a capability report is the tables", capability_is_the_tables);
	single("a capability report of nothing", capability_of_nothing);
	return table_run("capability reports");
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Maps, sequences and texts as JSON.
 */
#include <inttypes.h>
#include <stdio.h>

#include "spec_show.h"

enum { DIGITS = 24 };

/* @code by the name of its row; by its number without one. */
static sd_json_variant *member_name(const struct sg_spec_table *table,
				    int64_t code)
{
	const struct sg_spec_row *row = sg_spec_by_code(table, code);
	char digits[DIGITS];

	snprintf(digits, sizeof(digits), "%" PRId64, code);
	return sg_json_string(row ? row->name : digits);
}

static void push_member(struct sg_json_list *object,
			const struct sg_spec_view *view,
			const struct sg_spec_table *table, int64_t code,
			struct suit_slice value)
{
	const struct sg_spec_row *row = sg_spec_by_code(table, code);

	sg_json_push(object, member_name(table, code));
	sg_json_push(object, sg_spec_show_item(view, row ? row : &sg_spec_any,
					       value));
}

/* The members that a map of numbered ones has left. */
static void push_members(struct sg_json_list *object,
			 const struct sg_spec_view *view,
			 const struct sg_spec_table *table,
			 struct suit_cursor *cur, uint32_t n)
{
	struct suit_slice value;
	int64_t code;

	while (n--) {
		code = suit_cbor_int(cur);
		value = suit_cbor_item(cur);
		if (cur->error != SUIT_OK)
			break;
		push_member(object, view, table, code, value);
	}
}

sd_json_variant *sg_spec_show_map(const struct sg_spec_view *view,
				  const struct sg_spec_row *row,
				  struct suit_slice item)
{
	struct sg_json_list object = { 0 };
	struct suit_cursor cur;
	uint32_t n;

	suit_cursor_init(&cur, item);
	n = suit_cbor_map(&cur);
	push_members(&object, view, row->table, &cur, n);
	return sg_spec_complete(&cur, sg_json_object(&object));
}

sd_json_variant *sg_spec_show_map_list(const struct sg_spec_view *view,
				       const struct sg_spec_row *row,
				       struct suit_slice item)
{
	const struct sg_spec_row each = {
		.kind = SG_SPEC_MAP, .table = row->table
	};

	if (item.ptr[0] >> 5 == SUIT_CBOR_ARRAY)
		return sg_spec_show_each(view, &each, item);
	return sg_spec_show_map(view, row, item);
}

sd_json_variant *sg_spec_show_maps(const struct sg_spec_view *view,
				   const struct sg_spec_row *row,
				   struct suit_slice item)
{
	const struct sg_spec_row each = {
		.kind = row->kind == SG_SPEC_MAPS ? SG_SPEC_MAP : SG_SPEC_NAMES,
		.table = row->table,
	};
	struct sg_json_list object = { 0 };
	struct suit_slice value;
	struct suit_cursor cur;
	char digits[DIGITS];
	uint32_t n;

	suit_cursor_init(&cur, item);
	n = suit_cbor_map(&cur);
	while (n--) {
		snprintf(digits, sizeof(digits), "%" PRIu64,
			 (uint64_t)suit_cbor_uint(&cur));
		value = suit_cbor_item(&cur);
		if (cur.error != SUIT_OK)
			break;
		sg_json_member(&object, digits,
			       sg_spec_show_item(view, &each, value));
	}
	return sg_spec_complete(&cur, sg_json_object(&object));
}

/* [ + code ] as names */
sd_json_variant *sg_spec_show_names(const struct sg_spec_view *view,
				    const struct sg_spec_row *row,
				    struct suit_slice item)
{
	struct sg_json_list names = { 0 };
	struct suit_cursor cur;
	uint32_t n;

	(void)view;
	suit_cursor_init(&cur, item);
	n = suit_cbor_array(&cur);
	while (n-- && cur.error == SUIT_OK)
		sg_json_push(&names,
			     member_name(row->table, suit_cbor_int(&cur)));
	return sg_spec_complete(&cur, sg_json_array(&names));
}

/* [ code, argument, ... ] as [ {"name": argument}, ... ] */
sd_json_variant *sg_spec_show_sequence(const struct sg_spec_view *view,
				       const struct sg_spec_row *row,
				       struct suit_slice item)
{
	struct sg_json_list commands = { 0 }, command = { 0 };
	struct suit_slice argument;
	struct suit_cursor cur;
	int64_t code;
	uint32_t n;

	(void)row;
	suit_cursor_init(&cur, item);
	n = suit_cbor_array(&cur);
	if (n % 2)
		return NULL;
	for (; n; n -= 2) {
		code = suit_cbor_int(&cur);
		argument = suit_cbor_item(&cur);
		if (cur.error != SUIT_OK)
			break;
		push_member(&command, view, &sg_spec_commands, code, argument);
		sg_json_push(&commands, sg_json_object(&command));
	}
	return sg_spec_complete(&cur, sg_json_array(&commands));
}

/* [ 2* sequence, ? nil ] */
sd_json_variant *sg_spec_show_try_each(const struct sg_spec_view *view,
				       const struct sg_spec_row *row,
				       struct suit_slice item)
{
	struct sg_json_list alternatives = { 0 };
	struct suit_cursor cur;
	uint32_t n;

	(void)row;
	suit_cursor_init(&cur, item);
	n = suit_cbor_array(&cur);
	while (n-- && cur.error == SUIT_OK) {
		if (!suit_cbor_peek_simple(&cur, SUIT_CBOR_NULL)) {
			sg_json_push(&alternatives,
				     sg_spec_show_item(view, &sg_spec_sequence,
						       suit_cbor_item(&cur)));
			continue;
		}
		suit_cbor_null(&cur);
		sg_json_push(&alternatives, sg_json_null());
	}
	return sg_spec_complete(&cur, sg_json_array(&alternatives));
}

/* {"id": ..., "vendor-name": ...} */
static sd_json_variant *show_component_text(const struct sg_spec_view *view,
					    struct suit_slice id,
					    struct suit_slice item)
{
	struct sg_json_list object = { 0 };
	struct suit_cursor cur;
	uint32_t n;

	sg_json_member(&object, "id",
		       sg_spec_show_item(view, &sg_spec_component, id));
	suit_cursor_init(&cur, item);
	n = suit_cbor_map(&cur);
	push_members(&object, view, &sg_spec_component_texts, &cur, n);
	return sg_spec_complete(&cur, sg_json_object(&object));
}

/* Text in one language: numbered members, then component ids. */
static sd_json_variant *show_language(const struct sg_spec_view *view,
				      struct suit_slice item)
{
	struct sg_json_list object = { 0 }, components = { 0 };
	struct suit_slice key, value;
	struct suit_cursor cur;
	uint32_t n;

	suit_cursor_init(&cur, item);
	n = suit_cbor_map(&cur);
	while (n-- && cur.error == SUIT_OK) {
		if (suit_cbor_peek(&cur) != SUIT_CBOR_ARRAY) {
			push_members(&object, view, &sg_spec_texts, &cur, 1);
			continue;
		}
		key = suit_cbor_item(&cur);
		value = suit_cbor_item(&cur);
		sg_json_push(&components, show_component_text(view, key,
							      value));
	}
	if (components.n || components.failed)
		sg_json_member(&object, "components",
			       sg_json_array(&components));
	return sg_spec_complete(&cur, sg_json_object(&object));
}

sd_json_variant *sg_spec_show_texts(const struct sg_spec_view *view,
				    const struct sg_spec_row *row,
				    struct suit_slice item)
{
	struct sg_json_list object = { 0 };
	struct suit_slice value;
	struct suit_cursor cur;
	uint32_t n;

	(void)row;
	suit_cursor_init(&cur, item);
	n = suit_cbor_map(&cur);
	while (n-- && cur.error == SUIT_OK) {
		sg_json_push(&object, sg_json_text(suit_cbor_tstr(&cur)));
		value = suit_cbor_item(&cur);
		sg_json_push(&object, show_language(view, value));
	}
	return sg_spec_complete(&cur, sg_json_object(&object));
}

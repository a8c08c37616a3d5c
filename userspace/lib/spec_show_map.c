// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Maps, sequences and anything else that has parts, as JSON.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "spec_private.h"

enum { DIGITS = 24 };

/* A member by the name of its row, or by its number. */
static void push_member(struct sg_json_list *object,
			const struct suit_envelope *env,
			const struct sg_spec_table *table, int64_t code,
			struct suit_slice value, unsigned int depth)
{
	const struct sg_spec_row *row = sg_spec_by_code(table, code);
	char digits[DIGITS];

	snprintf(digits, sizeof(digits), "%" PRId64, code);
	sg_json_member(object, row ? row->name : digits,
		       sg_spec_show_item(env, row, value, depth));
}

/* @v, or NULL when the item was not read to its end. */
static sd_json_variant *complete(const struct suit_cursor *cur,
				 sd_json_variant *v)
{
	if (suit_cursor_end(cur) == SUIT_OK)
		return v;
	sd_json_variant_unref(v);
	return NULL;
}

sd_json_variant *sg_spec_show_map(const struct suit_envelope *env,
				  const struct sg_spec_row *row,
				  struct suit_slice item, unsigned int depth)
{
	struct sg_json_list object = { 0 };
	struct suit_slice value;
	struct suit_cursor cur;
	int64_t code;
	uint32_t n;

	suit_cursor_init(&cur, item);
	n = suit_cbor_map(&cur);
	while (n--) {
		code = suit_cbor_int(&cur);
		value = suit_cbor_item(&cur);
		if (cur.error != SUIT_OK)
			break;
		push_member(&object, env, row->table, code, value, depth);
	}
	return complete(&cur, sg_json_object(&object));
}

sd_json_variant *sg_spec_show_maps(const struct suit_envelope *env,
				   const struct sg_spec_row *row,
				   struct suit_slice item, unsigned int depth)
{
	const struct sg_spec_row map = {
		.kind = SG_SPEC_MAP, .table = row->table
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
			       sg_spec_show_item(env, &map, value, depth));
	}
	return complete(&cur, sg_json_object(&object));
}

/* [ code, argument, ... ] as [ {"name": argument}, ... ] */
sd_json_variant *sg_spec_show_sequence(const struct suit_envelope *env,
				       const struct sg_spec_row *row,
				       struct suit_slice item,
				       unsigned int depth)
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
		push_member(&command, env, &sg_spec_commands, code, argument,
			    depth);
		sg_json_push(&commands, sg_json_object(&command));
	}
	return complete(&cur, sg_json_array(&commands));
}

/* [ 2* sequence, ? nil ] */
sd_json_variant *sg_spec_show_try_each(const struct suit_envelope *env,
				       const struct sg_spec_row *row,
				       struct suit_slice item,
				       unsigned int depth)
{
	struct sg_json_list alternatives = { 0 };
	sd_json_variant *null;
	struct suit_cursor cur;
	uint32_t n;

	(void)row;
	suit_cursor_init(&cur, item);
	n = suit_cbor_array(&cur);
	while (n-- && cur.error == SUIT_OK) {
		if (!suit_cbor_peek_simple(&cur, SUIT_CBOR_NULL)) {
			sg_json_push(&alternatives,
				     sg_spec_show_item(env, &sg_spec_sequence,
						       suit_cbor_item(&cur),
						       depth));
			continue;
		}
		suit_cbor_null(&cur);
		null = NULL;
		sd_json_variant_new_null(&null);
		sg_json_push(&alternatives, null);
	}
	return complete(&cur, sg_json_array(&alternatives));
}

/* {"id": [...], "vendor-name": ...} */
static sd_json_variant *show_component_text(const struct suit_envelope *env,
					    struct suit_slice id,
					    struct suit_slice item,
					    unsigned int depth)
{
	static const struct sg_spec_row component = {
		.kind = SG_SPEC_COMPONENT
	};
	struct sg_json_list object = { 0 };
	struct suit_slice value;
	struct suit_cursor cur;
	int64_t code;
	uint32_t n;

	sg_json_member(&object, "id",
		       sg_spec_show_item(env, &component, id, depth));
	suit_cursor_init(&cur, item);
	n = suit_cbor_map(&cur);
	while (n--) {
		code = suit_cbor_int(&cur);
		value = suit_cbor_item(&cur);
		if (cur.error != SUIT_OK)
			break;
		push_member(&object, env, &sg_spec_component_texts, code,
			    value, depth);
	}
	return complete(&cur, sg_json_object(&object));
}

/* Text in one language: numbered members, then component ids. */
static sd_json_variant *show_language(const struct suit_envelope *env,
				      struct suit_slice item,
				      unsigned int depth)
{
	struct sg_json_list object = { 0 }, components = { 0 };
	struct suit_slice key, value;
	struct suit_cursor cur;
	int64_t code;
	uint32_t n;

	suit_cursor_init(&cur, item);
	n = suit_cbor_map(&cur);
	while (n-- && cur.error == SUIT_OK) {
		if (suit_cbor_peek(&cur) == SUIT_CBOR_ARRAY) {
			key = suit_cbor_item(&cur);
			value = suit_cbor_item(&cur);
			sg_json_push(&components,
				     show_component_text(env, key, value,
							 depth));
			continue;
		}
		code = suit_cbor_int(&cur);
		value = suit_cbor_item(&cur);
		if (cur.error == SUIT_OK)
			push_member(&object, env, &sg_spec_texts, code, value,
				    depth);
	}
	if (components.n || components.failed)
		sg_json_member(&object, "components",
			       sg_json_array(&components));
	return complete(&cur, sg_json_object(&object));
}

sd_json_variant *sg_spec_show_texts(const struct suit_envelope *env,
				    const struct sg_spec_row *row,
				    struct suit_slice item, unsigned int depth)
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
		sg_json_push(&object, show_language(env, value, depth));
	}
	return complete(&cur, sg_json_object(&object));
}

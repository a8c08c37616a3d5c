// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * A SUIT_Capability_Report as JSON.
 */
#include "cbor_write.h"
#include "report_encode.h"
#include "report_show.h"
#include "spec_show.h"

static const struct sg_spec_view nowhere;

const struct sg_spec_table *sg_report_parameters(void)
{
	return sg_spec_by_code(&sg_spec_commands,
			       SUIT_DIR_OVERRIDE_PARAMETERS)->table;
}

/* What the numbers of a list are called; those without a row have no names. */
static struct sg_spec_row row_of(uint64_t member)
{
	struct sg_spec_row row = { .kind = SG_SPEC_NAMES };

	switch (member) {
	case SUIT_CAPABILITY_COMMANDS:
		row.table = &sg_spec_commands;
		break;
	case SUIT_CAPABILITY_PARAMETERS:
		row.table = sg_report_parameters();
		break;
	case SUIT_CAPABILITY_ALGORITHMS:
		row.kind = SG_SPEC_CODES;
		row.names = sg_spec_algs;
		break;
	case SUIT_CAPABILITY_MANIFEST:
		row.table = sg_spec_manifest.table;
		break;
	default:
		row.kind = SG_SPEC_ANY;
	}
	return row;
}

/* Is the last of @n items true? */
static bool is_prefix(struct suit_cursor cur, uint32_t n)
{
	for (; n > 1; n--)
		suit_cbor_item(&cur);
	return suit_cbor_peek_simple(&cur, SUIT_CBOR_TRUE);
}

/* The id by its own name: without the true that makes it a prefix. */
static sd_json_variant *show_component(struct suit_slice pattern)
{
	struct sg_json_list object = { 0 };
	struct sg_cbor_writer w = { 0 };
	struct suit_cursor cur;
	struct sg_buf id;
	struct sg_error err;
	bool prefix;
	uint32_t n;

	suit_cursor_init(&cur, pattern);
	n = suit_cbor_array(&cur);
	prefix = is_prefix(cur, n);
	sg_cbor_write_array(&w, n - prefix);
	sg_cbor_write_raw(&w, cur.at, cur.left - prefix);
	if (sg_cbor_write_end(&w, &id, &err) < 0)
		return NULL;
	sg_json_member(&object, "id",
		       sg_spec_show_item(&nowhere, &sg_spec_component,
					 (struct suit_slice){ id.data,
							      id.len }));
	sg_json_member(&object, "prefix", sg_json_bool(prefix));
	sg_buf_free(&id);
	return sg_json_object(&object);
}

static sd_json_variant *show_components(struct suit_slice item)
{
	struct sg_json_list list = { 0 };
	struct suit_cursor cur;
	uint32_t n;

	suit_cursor_init(&cur, item);
	for (n = suit_cbor_array(&cur); n && !list.failed; n--)
		sg_json_push(&list, show_component(suit_cbor_item(&cur)));
	return sg_json_array(&list);
}

static void show_list(struct sg_json_list *object, uint64_t member,
		      struct suit_slice item)
{
	static const char *const names[SG_REPORT_CAPABILITY_LAST + 1] = {
		NULL, "components", "commands", "parameters", "algorithms",
		"envelope", "manifest", "common", "text", "component-text",
		"dependency",
	};
	const struct sg_spec_row row = row_of(member);

	if (member == SG_REPORT_CAPABILITY_COMPONENTS)
		sg_json_member(object, names[member], show_components(item));
	else
		sg_json_member(object, names[member],
			       sg_spec_show_item(&nowhere, &row, item));
}

/* What is supported at other places, by the path to each. */
static void show_path(struct sg_json_list *paths, struct suit_slice path,
		      struct suit_slice item)
{
	struct sg_json_list object = { 0 };

	sg_json_member(&object, "path",
		       sg_spec_show_item(&nowhere, &sg_spec_any, path));
	sg_json_member(&object, "labels",
		       sg_spec_show_item(&nowhere, &sg_spec_any, item));
	sg_json_push(paths, sg_json_object(&object));
}

sd_json_variant *sg_report_capability_show(struct suit_slice bytes)
{
	struct sg_json_list object = { 0 }, paths = { 0 };
	struct suit_slice key, item;
	struct suit_cursor cur, number;
	uint32_t n;

	suit_cursor_init(&cur, bytes);
	for (n = suit_cbor_map(&cur); n; n--) {
		key = suit_cbor_item(&cur);
		item = suit_cbor_item(&cur);
		suit_cursor_init(&number, key);
		if (suit_cbor_peek(&number) == SUIT_CBOR_UINT)
			show_list(&object, suit_cbor_uint(&number), item);
		else
			show_path(&paths, key, item);
	}
	if (paths.n || paths.failed)
		sg_json_member(&object, "paths", sg_json_array(&paths));
	return sg_spec_complete(&cur, sg_json_object(&object));
}

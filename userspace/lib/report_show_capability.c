// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Capability reports as JSON.
 */
#include "cbor_write.h"
#include "report_label.h"
#include "report_show.h"
#include "spec_show.h"

static const struct sg_spec_view view;

/* Lists by number. */
static const struct list {
	s64 label;
	const char *name;
} lists[] = {
	{ SUIT_CAPABILITY_COMMANDS, "commands" },
	{ SUIT_CAPABILITY_PARAMETERS, "parameters" },
	{ SUIT_CAPABILITY_ALGORITHMS, "algorithms" },
	{ SUIT_CAPABILITY_ENVELOPE, "envelope" },
	{ SUIT_CAPABILITY_MANIFEST, "manifest" },
	{ SUIT_CAPABILITY_COMMON, "common" },
	{ 8, "text" },
	{ 9, "component-text" },
	{ SUIT_CAPABILITY_DEPENDENCY, "dependency" },
};

enum { N_LISTS = sizeof(lists) / sizeof(lists[0]) };

static const struct list *list_of(s64 label)
{
	size_t i;

	for (i = 0; i < N_LISTS; i++)
		if (lists[i].label == label)
			return &lists[i];
	return NULL;
}

/* Names of the elements, where there are any. */
static const struct sg_spec_table *table_of(const struct list *list)
{
	switch (list->label) {
	case SUIT_CAPABILITY_COMMANDS:
		return &sg_spec_commands;
	case SUIT_CAPABILITY_PARAMETERS:
		return sg_spec_parameters.table;
	case SUIT_CAPABILITY_MANIFEST:
		return sg_spec_manifest.table;
	default:
		return NULL;
	}
}

static sd_json_variant *show_label(const struct list *list, s64 label)
{
	const struct sg_spec_table *table = table_of(list);
	const struct sg_spec_row *row = NULL;

	if (list->label == SUIT_CAPABILITY_ALGORITHMS)
		return sg_spec_show_name(sg_spec_algs, label);
	if (table)
		row = sg_spec_by_code(table, label);
	return row ? sg_json_string(row->name) : sg_json_int(label);
}

/* An element that is no number is one of an extension: its bytes. */
static sd_json_variant *show_element(const struct list *list,
				     struct suit_cursor *cur)
{
	int type = suit_cbor_peek(cur);

	if (type == SUIT_CBOR_UINT || type == SUIT_CBOR_NINT)
		return show_label(list, suit_cbor_int(cur));
	return sg_json_named_hex("cbor", suit_cbor_item(cur));
}

static sd_json_variant *show_list(const struct list *list,
				  struct suit_cursor *cur)
{
	struct sg_json_list out = { 0 };
	u32 n = suit_cbor_array(cur);

	while (n-- && cur->error == SUIT_OK)
		sg_json_push(&out, show_element(list, cur));
	return sg_json_array(&out);
}

static sd_json_variant *show_id(struct suit_slice segments, u32 n)
{
	struct sg_cbor_writer w = { 0 };
	sd_json_variant *v = NULL;
	struct sg_error ignored;
	struct sg_buf id;

	sg_cbor_write_array(&w, n);
	sg_cbor_write_raw(&w, segments.ptr, segments.len);
	if (sg_cbor_write_end(&w, &id, &ignored) == 0)
		v = sg_spec_show_item(&view, &sg_spec_component,
				      (struct suit_slice){ id.data, id.len });
	sg_buf_free(&id);
	return v;
}

/* [ + bstr, ? true ]: a component, or all that begin so. */
static sd_json_variant *show_component(struct suit_cursor *cur)
{
	struct sg_json_list out = { 0 };
	u32 n = suit_cbor_array(cur), left;
	struct suit_slice segments = { cur->at, 0 };
	bool all = false;

	for (left = n; left && cur->error == SUIT_OK; left--) {
		all = left == 1 && suit_cbor_peek_simple(cur, SUIT_CBOR_TRUE);
		if (all)
			suit_cbor_bool(cur);
		else
			segments.len += suit_cbor_item(cur).len;
	}
	if (cur->error != SUIT_OK)
		return NULL;
	sg_json_member(&out, "component", show_id(segments, n - all));
	sg_json_member(&out, "all-below", sg_json_bool(all));
	return sg_json_object(&out);
}

static sd_json_variant *show_components(struct suit_cursor *cur)
{
	struct sg_json_list out = { 0 };
	u32 n = suit_cbor_array(cur);

	while (n-- && cur->error == SUIT_OK)
		sg_json_push(&out, show_component(cur));
	return sg_json_array(&out);
}

sd_json_variant *sg_report_show_capabilities(struct suit_cursor *cur)
{
	struct sg_json_list out = { 0 };
	struct suit_cbor_key order = { 0 };
	const struct list *list;
	u32 n = suit_cbor_map(cur);
	struct suit_cursor key;
	s64 label;

	while (n-- && cur->error == SUIT_OK) {
		suit_cursor_init(&key, suit_cbor_key_next(cur, &order));
		label = suit_cbor_int(&key);
		list = key.error == SUIT_OK ? list_of(label) : NULL;
		if (key.error == SUIT_OK && label == SG_REPORT_COMPONENTS)
			sg_json_member(&out, "components",
				       show_components(cur));
		else if (list)
			sg_json_member(&out, list->name, show_list(list, cur));
		else
			/* of an extension: a path into what is described */
			suit_cbor_item(cur);
	}
	return sg_json_object(&out);
}

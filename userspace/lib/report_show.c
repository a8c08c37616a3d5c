// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Reports as JSON. Nobody has to have signed them: everything is checked for
 * form, and nothing believed.
 */
#include "cbor_write.h"
#include "report_label.h"
#include "report_private.h"
#include "report_show.h"
#include "spec_show.h"

static const char *const reasons[SG_REPORT_REASONS] = {
	"ok", "cbor", "cose", "algorithm unsupported", "authentication failed",
	"command unsupported", "component unsupported",
	"component unauthorised", "parameter unsupported",
	"severing unsupported", "condition failed", "operation failed",
	"invoke pending",
};

static const struct sg_spec_view view;

/* What is not as a report has it ends the whole. */
static void want(struct suit_cursor *cur, bool good)
{
	if (!good)
		suit_cursor_fail(cur, SUIT_ERR_TYPE);
}

static sd_json_variant *show_section(u64 section)
{
	const struct sg_spec_row *row = NULL;

	if (section <= INT16_MAX)
		row = sg_spec_by_code(sg_spec_manifest.table,
				      (int64_t)section);
	return row ? sg_json_string(row->name) : sg_json_uint(section);
}

/* Parameters of what was measured. */
static sd_json_variant *show_properties(struct suit_cursor *cur)
{
	struct suit_slice item = suit_cbor_item(cur);

	if (cur->error != SUIT_OK)
		return NULL;
	return sg_spec_show_item(&view, &sg_spec_parameters, item);
}

/* [ * uint ] */
static sd_json_variant *show_path(struct suit_cursor *cur)
{
	struct sg_json_list path = { 0 };
	u32 n = suit_cbor_array(cur);

	while (n-- && cur->error == SUIT_OK)
		sg_json_push(&path, sg_json_uint(suit_cbor_uint(cur)));
	return sg_json_array(&path);
}

/* [ manifest, section, offset, component, properties, * any ] */
static sd_json_variant *show_record(struct suit_cursor *cur)
{
	struct sg_json_list record = { 0 };
	u32 n = suit_cbor_array(cur);

	want(cur, n >= 5);
	sg_json_member(&record, "manifest", show_path(cur));
	sg_json_member(&record, "section", show_section(suit_cbor_uint(cur)));
	sg_json_member(&record, "offset", sg_json_uint(suit_cbor_uint(cur)));
	sg_json_member(&record, "component", sg_json_uint(suit_cbor_uint(cur)));
	sg_json_member(&record, "properties", show_properties(cur));
	for (; n > 5 && cur->error == SUIT_OK; n--)
		suit_cbor_item(cur);
	return sg_json_object(&record);
}

/* The parameters of a claims map, as a map of their own. */
static sd_json_variant *show_claimed(struct suit_slice rest, u32 n)
{
	struct sg_cbor_writer w = { 0 };
	sd_json_variant *v = NULL;
	struct sg_error ignored;
	struct sg_buf map;

	sg_cbor_write_map(&w, n);
	sg_cbor_write_raw(&w, rest.ptr, rest.len);
	if (sg_cbor_write_end(&w, &map, &ignored) == 0)
		v = sg_spec_show_item(&view, &sg_spec_parameters,
				      (struct suit_slice){ map.data,
							   map.len });
	sg_buf_free(&map);
	return v;
}

/* { 0: component-id, + parameter } */
static sd_json_variant *show_claims(struct suit_cursor *cur)
{
	struct suit_slice item = suit_cbor_item(cur), rest, id;
	struct sg_json_list claims = { 0 };
	struct suit_cursor in;
	u32 n;

	suit_cursor_init(&in, item);
	n = suit_cbor_map(&in);
	want(&in, n && suit_cbor_uint(&in) == SG_REPORT_CLAIM_COMPONENT);
	id = suit_cbor_item(&in);
	if (in.error == SUIT_OK)
		suit_cursor_fail(&in, suit_component_check(id));
	if (in.error != SUIT_OK) {
		suit_cursor_fail(cur, in.error);
		return NULL;
	}
	rest = (struct suit_slice){ in.at, in.left };
	sg_json_member(&claims, "component-id",
		       sg_spec_show_item(&view, &sg_spec_component, id));
	sg_json_member(&claims, "properties", show_claimed(rest, n - 1));
	return sg_json_object(&claims);
}

static sd_json_variant *show_records(struct suit_cursor *cur)
{
	struct sg_json_list records = { 0 };
	u32 n = suit_cbor_array(cur);

	while (n-- && cur->error == SUIT_OK)
		sg_json_push(&records, suit_cbor_peek(cur) == SUIT_CBOR_MAP ?
					       show_claims(cur) :
					       show_record(cur));
	return sg_json_array(&records);
}

/* { 5: code, 6: record, 7: reason } */
static sd_json_variant *show_failure(struct suit_cursor *cur)
{
	struct sg_json_list result = { 0 };
	struct suit_cbor_key order = { 0 };
	u64 reason;

	want(cur, suit_cbor_map(cur) == 3);
	want(cur, suit_cbor_key_int(cur, &order) == SG_REPORT_RESULT_CODE);
	sg_json_member(&result, "code", sg_json_int(suit_cbor_int(cur)));
	want(cur, suit_cbor_key_int(cur, &order) == SG_REPORT_RESULT_RECORD);
	sg_json_member(&result, "record", show_record(cur));
	want(cur, suit_cbor_key_int(cur, &order) == SG_REPORT_RESULT_REASON);
	reason = suit_cbor_uint(cur);
	sg_json_member(&result, "reason", sg_json_uint(reason));
	sg_json_member(&result, "meaning",
		       sg_json_string(reason < SG_REPORT_REASONS ?
				      reasons[reason] : "unknown"));
	return sg_json_object(&result);
}

static sd_json_variant *show_result(struct suit_cursor *cur)
{
	if (suit_cbor_peek(cur) == SUIT_CBOR_MAP)
		return show_failure(cur);
	want(cur, suit_cbor_bool(cur));
	return sg_json_bool(true);
}

/* [ uri, digest ] */
static sd_json_variant *show_reference(struct suit_cursor *cur)
{
	struct sg_json_list reference = { 0 };
	struct suit_slice uri, digest;
	sd_json_variant *text;

	want(cur, suit_cbor_array(cur) == 2);
	uri = suit_cbor_tstr(cur);
	text = sg_json_text(uri);
	sg_json_member(&reference, "uri", text ? text :
					  sg_json_named_hex("hex", uri));
	digest = suit_cbor_item(cur);
	sg_json_member(&reference, "digest",
		       sg_spec_show_item(&view, &sg_spec_digest, digest));
	return sg_json_object(&reference);
}

static void show_member(struct suit_cursor *cur, s64 label,
			struct sg_json_list *out)
{
	switch (label) {
	case SG_REPORT_NONCE:
		sg_json_member(out, "nonce",
			       sg_json_hex(suit_cbor_bstr(cur)));
		break;
	case SG_REPORT_RECORDS:
		sg_json_member(out, "records", show_records(cur));
		break;
	case SG_REPORT_RESULT:
		sg_json_member(out, "result", show_result(cur));
		break;
	case SG_REPORT_CAPABILITIES:
		sg_json_member(out, "capabilities",
			       sg_report_show_capabilities(cur));
		break;
	case SG_REPORT_REFERENCE:
		sg_json_member(out, "reference", show_reference(cur));
		break;
	default:
		/* of an extension, or of drafts before 2022-11 */
		want(cur, false);
	}
}

static enum suit_error show(struct suit_slice report, bool covered,
			    sd_json_variant **out)
{
	const u32 needed = 1U << SG_REPORT_RECORDS | 1U << SG_REPORT_RESULT;
	struct sg_json_list object = { 0 };
	struct suit_cbor_key order = { 0 };
	struct suit_cursor cur;
	bool reference = false;
	u32 n, seen = 0;
	s64 label;

	suit_cursor_init(&cur, report);
	sg_json_member(&object, "signed", sg_json_bool(covered));
	for (n = suit_cbor_map(&cur); n && cur.error == SUIT_OK; n--) {
		label = suit_cbor_key_int(&cur, &order);
		if (cur.error != SUIT_OK)
			break;
		show_member(&cur, label, &object);
		reference |= label == SG_REPORT_REFERENCE;
		seen |= label >= 0 && label < 32 ? 1U << label : 0;
	}
	want(&cur, (seen & needed) == needed && reference);
	*out = sg_json_object(&object);
	if (suit_cursor_end(&cur) != SUIT_OK) {
		sd_json_variant_unref(*out);
		*out = NULL;
		return suit_cursor_end(&cur);
	}
	return *out ? SUIT_OK : SUIT_ERR_MEMORY;
}

int sg_report_show(const struct sg_buf *bytes, sd_json_variant **out,
		   struct sg_error *err)
{
	struct sg_report_cover cover;
	enum suit_error error;

	*out = NULL;
	error = sg_report_uncover(bytes, &cover);
	if (error == SUIT_OK)
		error = show(cover.report, cover.block.data, out);
	sg_buf_free(&cover.block);
	return error == SUIT_OK ? 0 :
		sg_refuse(err, (int)error, "not a report as draft-ietf-suit-report-18 has it");
}

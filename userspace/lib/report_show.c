// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Reports as JSON, by the names that descriptions of manifests have.
 */
#include "cbor_write.h"
#include "eat.h"
#include "report_cipher.h"
#include "report_decode.h"
#include "report_show.h"
#include "spec_print.h"
#include "spec_show.h"

static const struct sg_spec_view nowhere;

const char *sg_report_reason_name(uint64_t reason)
{
	static const char *const names[] = {
		"ok", "cbor-parse", "cose-unsupported", "alg-unsupported",
		"unauthorised", "command-unsupported", "component-unsupported",
		"component-unauthorised", "parameter-unsupported",
		"severing-unsupported", "condition-failed", "operation-failed",
		"invoke-pending",
	};

	return reason < sizeof(names) / sizeof(names[0]) ? names[reason] :
							   NULL;
}

static sd_json_variant *show_section(uint64_t label)
{
	const struct sg_spec_row *row = NULL;

	if (label <= INT16_MAX)
		row = sg_spec_by_code(sg_spec_manifest.table, (int64_t)label);
	return row ? sg_json_string(row->name) : sg_json_uint(label);
}

static sd_json_variant *show_properties(struct suit_slice map)
{
	const struct sg_spec_row row = {
		.kind = SG_SPEC_MAP, .table = sg_report_parameters()
	};

	return sg_spec_show_item(&nowhere, &row, map);
}

/* Of claims, without the id, which is the first. */
static sd_json_variant *show_claims(struct suit_slice map)
{
	struct sg_cbor_writer w = { 0 };
	sd_json_variant *v = NULL;
	struct suit_cursor cur;
	struct sg_error err;
	struct sg_buf rest;
	uint32_t n;

	suit_cursor_init(&cur, map);
	n = suit_cbor_map(&cur);
	suit_cbor_int(&cur);
	suit_cbor_item(&cur);
	sg_cbor_write_map(&w, n - 1);
	sg_cbor_write_raw(&w, cur.at, cur.left);
	if (!sg_cbor_write_end(&w, &rest, &err))
		v = show_properties((struct suit_slice){ rest.data,
							 rest.len });
	sg_buf_free(&rest);
	return v;
}

static sd_json_variant *show_record(struct suit_cursor *cur)
{
	struct sg_json_list object = { 0 };
	struct sg_report_record record;

	if (sg_report_record_next(cur, &record))
		return NULL;
	if (record.claims) {
		sg_json_member(&object, "id",
			       sg_spec_show_item(&nowhere, &sg_spec_component,
						 record.id));
	} else {
		sg_json_member(&object, "manifest",
			       sg_spec_show_item(&nowhere, &sg_spec_any,
						 record.path));
		sg_json_member(&object, "section",
			       show_section(record.section));
		sg_json_member(&object, "offset", sg_json_uint(record.offset));
		sg_json_member(&object, "component",
			       sg_json_uint(record.component));
	}
	sg_json_member(&object, "properties",
		       record.claims ? show_claims(record.properties) :
				       show_properties(record.properties));
	return sg_json_object(&object);
}

static sd_json_variant *show_records(const struct sg_report_view *view)
{
	struct sg_json_list records = { 0 };
	struct suit_cursor cur;
	uint32_t i;

	suit_cursor_init(&cur, view->records);
	for (i = 0; i < view->n_records && !records.failed; i++)
		sg_json_push(&records, show_record(&cur));
	return sg_json_array(&records);
}

static sd_json_variant *show_result(const struct sg_report_view *view)
{
	const char *reason = sg_report_reason_name(view->reason);
	struct sg_json_list object = { 0 };
	struct suit_cursor cur;

	if (view->success)
		return sg_json_bool(true);
	suit_cursor_init(&cur, view->at);
	sg_json_member(&object, "reason", reason ? sg_json_string(reason) :
						   sg_json_uint(view->reason));
	sg_json_member(&object, "code", sg_json_int(view->code));
	sg_json_member(&object, "record", show_record(&cur));
	return sg_json_object(&object);
}

static sd_json_variant *show_reference(const struct sg_report_view *view)
{
	const struct sg_spec_row text = { .kind = SG_SPEC_TEXT };
	struct sg_json_list object = { 0 };

	sg_json_member(&object, "uri",
		       sg_spec_show_item(&nowhere, &text, view->uri));
	sg_json_member(&object, "digest",
		       sg_spec_show_item(&nowhere, &sg_spec_digest,
					 view->digest));
	return sg_json_object(&object);
}

/* @claims of its token are empty without one. */
static sd_json_variant *show_view(const struct sg_report_view *view,
				  struct suit_slice claims)
{
	struct sg_json_list object = { 0 };

	if (claims.ptr)
		sg_json_member(&object, "token", sg_eat_show(claims));
	sg_json_member(&object, "reference", show_reference(view));
	if (view->nonce.ptr)
		sg_json_member(&object, "nonce", sg_json_hex(view->nonce));
	sg_json_member(&object, "result", show_result(view));
	sg_json_member(&object, "records", show_records(view));
	if (view->capability.ptr)
		sg_json_member(&object, "capability",
			       sg_report_capability_show(view->capability));
	return sg_json_object(&object);
}

static const char *show_inside(struct suit_slice bytes, sd_json_variant **out)
{
	struct suit_slice claims = { 0 };
	struct sg_report_view view;
	struct sg_eat_view token;
	const char *code = NULL;

	if (sg_eat_is(bytes)) {
		claims = bytes;
		code = sg_eat_decode(claims, &token);
		bytes = token.report;
	}
	if (!code)
		code = sg_report_decode(bytes, &view);
	if (!code)
		*out = show_view(&view, claims);
	return code;
}

int sg_report_show(const struct sg_buf *bytes, struct sd_json_variant **out,
		   struct sg_error *err)
{
	struct suit_slice report = { bytes->data, bytes->len };
	struct sg_report_block block;
	enum suit_error error;
	const char *code;

	*out = NULL;
	error = bytes->len > SG_MAX_REPORT ?
			SUIT_ERR_ENVELOPE_SIZE :
			sg_report_block_open(report, &block);
	if (error != SUIT_OK && error != SUIT_ERR_AUTH_EMPTY)
		return sg_refuse(err, (int)error, "the report");
	if (error == SUIT_OK)
		report = block.payload;
	code = error == SUIT_OK && sg_report_is_cipher(report) ?
		       "report-encrypted" : show_inside(report, out);
	if (code)
		return sg_report_refuse(err, code);
	return *out ? 0 : sg_fail(err, "out of memory");
}

int sg_report_print(struct sd_json_variant *report, FILE *out,
		    struct sg_error *err)
{
	struct sg_page p = { .out = out };
	size_t i, n = sd_json_variant_elements(report);

	for (i = 0; i < n; i += 2)
		sg_print_member(&p, &sg_spec_any,
				sd_json_variant_string(
					sd_json_variant_by_index(report, i)),
				sd_json_variant_by_index(report, i + 1));
	if (fflush(out) || ferror(out))
		return sg_fail(err, "cannot write: %m");
	return 0;
}

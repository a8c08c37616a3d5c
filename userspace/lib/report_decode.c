// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Reports, checked to the last byte before anything of them is shown. The
 * number of records and their size are bounded by that of the report.
 */
#include "report_decode.h"

#include <string.h>

#include "report_encode.h"

static const char malformed[] = "report-malformed";
static const char missing[] = "report-member-missing";
static const char unknown[] = "report-unknown-member";
static const char old_draft[] = "report-of-old-draft";

/* What the reader found, else what its user did. */
static const char *first(const struct suit_cursor *cur, const char *code)
{
	return cur->error == SUIT_OK ? code : suit_error_name(cur->error);
}

/* Read to the end? */
static const char *end(const struct suit_cursor *cur)
{
	enum suit_error error = suit_cursor_end(cur);

	return error == SUIT_OK ? NULL : suit_error_name(error);
}

/* Parameters by number; the values are only shown. Claims have an id first. */
static const char *check_properties(struct suit_slice map, bool claims,
				    struct suit_slice *id)
{
	struct suit_cbor_key order = { 0 };
	struct suit_slice value;
	struct suit_cursor cur;
	bool identified = false;
	uint32_t n;
	int64_t key;

	suit_cursor_init(&cur, map);
	for (n = suit_cbor_map(&cur); n; n--) {
		key = suit_cbor_key_int(&cur, &order);
		value = suit_cbor_item(&cur);
		if (cur.error != SUIT_OK)
			break;
		if (key)
			continue;
		if (!claims || suit_component_check(value) != SUIT_OK)
			return malformed;
		identified = true;
		*id = value;
	}
	if (cur.error == SUIT_OK && claims && !identified)
		return missing;
	return end(&cur);
}

static const char *check_path(struct suit_slice path)
{
	struct suit_cursor cur;
	uint32_t n;

	suit_cursor_init(&cur, path);
	for (n = suit_cbor_array(&cur); n && cur.error == SUIT_OK; n--)
		suit_cbor_uint(&cur);
	return end(&cur);
}

/* What stands behind the properties is for extensions, of which none is known. */
static const char *read_record(struct suit_cursor *cur,
			       struct sg_report_record *out)
{
	enum { MEMBERS = 5 };
	uint32_t n = suit_cbor_array(cur);
	const char *code;

	if (n < MEMBERS)
		return first(cur, malformed);
	out->path = suit_cbor_item(cur);
	out->section = suit_cbor_uint(cur);
	out->offset = suit_cbor_uint(cur);
	out->component = suit_cbor_uint(cur);
	out->properties = suit_cbor_item(cur);
	for (; n > MEMBERS && cur->error == SUIT_OK; n--)
		suit_cbor_item(cur);
	if (cur->error != SUIT_OK)
		return first(cur, NULL);
	code = check_path(out->path);
	return code ? code : check_properties(out->properties, false, NULL);
}

const char *sg_report_record_next(struct suit_cursor *records,
				  struct sg_report_record *out)
{
	*out = (struct sg_report_record){ 0 };
	if (suit_cbor_peek(records) != SUIT_CBOR_MAP)
		return read_record(records, out);
	out->claims = true;
	out->properties = suit_cbor_item(records);
	if (records->error != SUIT_OK)
		return first(records, NULL);
	return check_properties(out->properties, true, &out->id);
}

static const char *read_records(struct suit_slice array,
				struct sg_report_view *out)
{
	struct sg_report_record record;
	const char *code = NULL;
	struct suit_cursor cur;
	uint32_t i;

	suit_cursor_init(&cur, array);
	out->n_records = suit_cbor_array(&cur);
	out->records = (struct suit_slice){ cur.at, cur.left };
	for (i = 0; i < out->n_records && !code; i++)
		code = sg_report_record_next(&cur, &record);
	return code ? code : end(&cur);
}

static const char *read_failure(struct suit_cursor *cur,
				struct sg_report_view *out)
{
	struct suit_cbor_key order = { 0 };
	struct sg_report_record record;
	struct suit_cursor at;
	const char *code;

	if (suit_cbor_map(cur) != 3)
		return first(cur, malformed);
	if (suit_cbor_key_int(cur, &order) != SG_REPORT_RESULT_CODE)
		return first(cur, missing);
	out->code = suit_cbor_int(cur);
	if (suit_cbor_key_int(cur, &order) != SG_REPORT_RESULT_RECORD)
		return first(cur, missing);
	out->at = suit_cbor_item(cur);
	if (suit_cbor_key_int(cur, &order) != SG_REPORT_RESULT_REASON)
		return first(cur, missing);
	out->reason = suit_cbor_uint(cur);
	if (cur->error != SUIT_OK)
		return first(cur, NULL);
	suit_cursor_init(&at, out->at);
	code = read_record(&at, &record);
	return code ? code : end(&at);
}

static const char *read_result(struct suit_slice item,
			       struct sg_report_view *out)
{
	struct suit_cursor cur;
	const char *code;

	suit_cursor_init(&cur, item);
	if (suit_cbor_peek(&cur) == SUIT_CBOR_MAP) {
		code = read_failure(&cur, out);
		return code ? code : end(&cur);
	}
	if (!suit_cbor_peek_simple(&cur, SUIT_CBOR_TRUE))
		return malformed;
	out->success = suit_cbor_bool(&cur);
	return end(&cur);
}

static const char *read_reference(struct suit_slice item,
				  struct sg_report_view *out)
{
	struct suit_digest digest;
	struct suit_cursor cur, uri;
	enum suit_error error;

	suit_cursor_init(&cur, item);
	if (suit_cbor_array(&cur) != 2)
		return first(&cur, malformed);
	out->uri = suit_cbor_item(&cur);
	out->digest = suit_cbor_item(&cur);
	if (cur.error != SUIT_OK)
		return first(&cur, NULL);
	suit_cursor_init(&uri, out->uri);
	suit_cbor_tstr(&uri);
	if (uri.error != SUIT_OK)
		return first(&uri, NULL);
	error = suit_digest_decode(out->digest, &digest);
	return error == SUIT_OK ? end(&cur) : suit_error_name(error);
}

static const char *read_nonce(struct suit_slice item,
			      struct sg_report_view *out)
{
	struct suit_cursor cur;

	suit_cursor_init(&cur, item);
	out->nonce = suit_cbor_bstr(&cur);
	return end(&cur);
}

/* 1 was the reference until 2023; the other numbers are used still. */
static const char *read_member(int64_t key, struct suit_slice item,
			       struct sg_report_view *out)
{
	switch (key) {
	case 1:
		return old_draft;
	case SG_REPORT_NONCE:
		return read_nonce(item, out);
	case SG_REPORT_RECORDS:
		return read_records(item, out);
	case SG_REPORT_RESULT:
		return read_result(item, out);
	case SG_REPORT_CAPABILITY:
		out->capability = item;
		return sg_report_capability_check(item);
	case SG_REPORT_REFERENCE:
		return read_reference(item, out);
	default:
		return unknown;
	}
}

const char *sg_report_decode(struct suit_slice bytes,
			     struct sg_report_view *out)
{
	bool records = false, result = false;
	struct suit_cbor_key order = { 0 };
	const char *code = NULL;
	struct suit_slice item;
	struct suit_cursor cur;
	int64_t key;
	uint32_t n;

	*out = (struct sg_report_view){ 0 };
	suit_cursor_init(&cur, bytes);
	for (n = suit_cbor_map(&cur); n && !code; n--) {
		key = suit_cbor_key_int(&cur, &order);
		item = suit_cbor_item(&cur);
		if (cur.error != SUIT_OK)
			return first(&cur, NULL);
		code = read_member(key, item, out);
		records |= key == SG_REPORT_RECORDS;
		result |= key == SG_REPORT_RESULT;
	}
	if (code || end(&cur))
		return code ? code : end(&cur);
	return records && result && out->digest.ptr ? NULL : missing;
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Reports of what the processor did.
 */
#include "report_encode.h"

#include <string.h>

#include "author_private.h"

static void write_slice(struct sg_cbor_writer *w, struct suit_slice bytes)
{
	sg_cbor_write_raw(w, bytes.ptr, bytes.len);
}

static void write_digest(struct sg_cbor_writer *w,
			 const struct suit_digest *digest)
{
	struct sg_cbor_writer inner = { 0 };

	sg_cbor_write_array(&inner, 2);
	sg_cbor_write_int(&inner, digest->alg);
	sg_cbor_write_bytes(&inner, digest->value.ptr, digest->value.len);
	sg_write_wrapped(w, &inner);
}

/* A parameter of this kind is a comparison: it is this one. */
static void write_version(struct sg_cbor_writer *w,
			  const struct suit_version *version)
{
	struct sg_cbor_writer inner = { 0 };
	uint32_t i;

	sg_cbor_write_array(&inner, 2);
	sg_cbor_write_uint(&inner, SUIT_VERSION_EQUAL);
	sg_cbor_write_array(&inner, version->n);
	for (i = 0; i < version->n; i++)
		sg_cbor_write_int(&inner, version->part[i]);
	sg_write_wrapped(w, &inner);
}

static void write_measured(struct sg_cbor_writer *w,
			   const struct suit_measured *m, uint32_t label)
{
	sg_cbor_write_uint(w, label);
	switch (label) {
	case SUIT_PARAM_IMAGE_DIGEST:
		write_digest(w, &m->digest);
		break;
	case SUIT_PARAM_IMAGE_SIZE:
		sg_cbor_write_uint(w, m->size);
		break;
	case SUIT_PARAM_VERSION:
		write_version(w, &m->version);
		break;
	default:
		sg_cbor_write_uint(w, m->number);
	}
}

static size_t count_measured(const struct suit_measured *m)
{
	return m ? (size_t)__builtin_popcount(m->labels) : 0;
}

/* In the order of their labels, all of which have a head of one or two bytes. */
static void write_all_measured(struct sg_cbor_writer *w,
			       const struct suit_measured *m)
{
	uint32_t i;

	for (i = 0; m && i < 32; i++)
		if (m->labels >> i & 1)
			write_measured(w, m, i);
}

void sg_report_record_write(struct sg_cbor_writer *w,
			    const struct suit_record *record)
{
	uint32_t i;

	sg_cbor_write_array(w, 5);
	sg_cbor_write_array(w, record->depth);
	for (i = 0; i < record->depth; i++)
		sg_cbor_write_uint(w, record->path[i]);
	sg_cbor_write_uint(w, record->section);
	sg_cbor_write_uint(w, record->offset);
	sg_cbor_write_uint(w, record->component);
	sg_cbor_write_map(w, count_measured(record->measured));
	write_all_measured(w, record->measured);
}

void sg_report_claims_write(struct sg_cbor_writer *w, struct suit_slice id,
			    const struct suit_measured *measured)
{
	sg_cbor_write_map(w, 1 + count_measured(measured));
	sg_cbor_write_uint(w, SG_REPORT_CLAIM_COMPONENT);
	write_slice(w, id);
	write_all_measured(w, measured);
}

enum suit_error sg_report_error(const char *code)
{
	int error;

	for (error = SUIT_OK + 1; error < SUIT_ERR_COUNT; error++)
		if (!strcmp(suit_error_name(error), code))
			return error;
	return SUIT_ERR_OPERATION;
}

/* Of a failure before any command the record is of no section: 0. */
static void write_result(struct sg_cbor_writer *w,
			 const struct sg_report *report)
{
	static const struct suit_record nowhere;
	int reason = suit_error_reason(report->error);

	if (report->error == SUIT_OK && !report->invoke_pending) {
		sg_cbor_write_bool(w, true);
		return;
	}
	if (report->error == SUIT_OK)
		reason = SG_REPORT_INVOKE_PENDING;
	sg_cbor_write_map(w, 3);
	sg_cbor_write_uint(w, SG_REPORT_RESULT_CODE);
	sg_cbor_write_int(w, suit_error_errno(report->error));
	sg_cbor_write_uint(w, SG_REPORT_RESULT_RECORD);
	sg_report_record_write(w, report->at ? report->at : &nowhere);
	sg_cbor_write_uint(w, SG_REPORT_RESULT_REASON);
	sg_cbor_write_int(w, reason);
}

int sg_report_encode(const struct sg_report *report, struct sg_buf *out,
		     struct sg_error *err)
{
	struct sg_cbor_writer w = { 0 };

	sg_cbor_write_map(&w, 3 + !!report->nonce.ptr +
			      !!report->capability.ptr);
	if (report->nonce.ptr) {
		sg_cbor_write_uint(&w, SG_REPORT_NONCE);
		sg_cbor_write_bytes(&w, report->nonce.ptr, report->nonce.len);
	}
	sg_cbor_write_uint(&w, SG_REPORT_RECORDS);
	sg_cbor_write_array(&w, report->n_records);
	write_slice(&w, report->records);
	sg_cbor_write_uint(&w, SG_REPORT_RESULT);
	write_result(&w, report);
	if (report->capability.ptr) {
		sg_cbor_write_uint(&w, SG_REPORT_CAPABILITY);
		write_slice(&w, report->capability);
	}
	sg_cbor_write_uint(&w, SG_REPORT_REFERENCE);
	sg_cbor_write_array(&w, 2);
	sg_cbor_write_text(&w, report->uri);
	write_slice(&w, report->digest);
	return sg_cbor_write_end(&w, out, err);
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Reports, encoded.
 */
#include <stdlib.h>
#include <string.h>

#include "author_private.h"
#include "cbor_write.h"
#include "core/suit.h"
#include "report_label.h"
#include "report_private.h"
#include "suitgate/report.h"

enum { MAX_RECORDS = 1024 };

/**
 * struct sg_report - what was noted
 * @records: encoded, one behind the other
 * @n: how many
 */
struct sg_report {
	struct sg_cbor_writer records;
	size_t n;
};

struct sg_report *sg_report_new(void)
{
	return calloc(1, sizeof(struct sg_report));
}

void sg_report_free(struct sg_report *report)
{
	if (!report)
		return;
	sg_buf_free(&report->records.buf);
	free(report);
}

/* What the module's caller would be told; 0 for "ok". */
static int errno_of(const char *code)
{
	int error;

	for (error = SUIT_OK; error < SUIT_ERR_COUNT; error++)
		if (!strcmp(suit_error_name(error), code))
			return suit_error_errno(error);
	return suit_error_errno(SUIT_ERR_OPERATION);
}

static bool has(const struct sg_process_measured *measured, int label)
{
	return measured->labels >> label & 1;
}

/* bstr .cbor [ equal, version ] */
static void write_version(struct sg_cbor_writer *out,
			  const struct sg_process_measured *measured)
{
	struct sg_cbor_writer w = { 0 };
	size_t i;

	sg_cbor_write_array(&w, 2);
	sg_cbor_write_uint(&w, SUIT_VERSION_EQUAL);
	sg_cbor_write_array(&w, measured->n_version);
	for (i = 0; i < measured->n_version; i++)
		sg_cbor_write_int(&w, measured->version[i]);
	sg_write_wrapped(out, &w);
}

static void write_digest(struct sg_cbor_writer *w,
			 const struct sg_gate_digest *digest)
{
	sg_cbor_write_array(w, 2);
	sg_cbor_write_int(w, digest->alg);
	sg_cbor_write_bytes(w, digest->value, digest->len);
}

static const int measured_labels[] = {
	SUIT_PARAM_IMAGE_DIGEST, SUIT_PARAM_USE_BEFORE, SUIT_PARAM_IMAGE_SIZE,
	SUIT_PARAM_MINIMUM_BATTERY, SUIT_PARAM_VERSION,
};

enum { N_LABELS = sizeof(measured_labels) / sizeof(measured_labels[0]) };

static size_t count_measured(const struct sg_process_measured *measured)
{
	size_t i, n = 0;

	for (i = 0; i < N_LABELS; i++)
		n += has(measured, measured_labels[i]);
	return n;
}

static void write_property(struct sg_cbor_writer *w, int label,
			   const struct sg_process_measured *measured)
{
	struct sg_cbor_writer digest = { 0 };

	sg_cbor_write_uint(w, (uint64_t)label);
	switch (label) {
	case SUIT_PARAM_IMAGE_DIGEST:
		write_digest(&digest, &measured->digest);
		sg_write_wrapped(w, &digest);
		break;
	case SUIT_PARAM_IMAGE_SIZE:
		sg_cbor_write_uint(w, measured->size);
		break;
	case SUIT_PARAM_VERSION:
		write_version(w, measured);
		break;
	default:
		sg_cbor_write_uint(w, measured->number);
	}
}

/* The parameters that were measured, without the head of a map. */
static void write_properties(struct sg_cbor_writer *w,
			     const struct sg_process_measured *measured)
{
	size_t i;

	for (i = 0; i < N_LABELS; i++)
		if (has(measured, measured_labels[i]))
			write_property(w, measured_labels[i], measured);
}

/* SUIT_Record */
static void write_record(struct sg_cbor_writer *w,
			 const struct sg_process_record *record)
{
	size_t i;

	sg_cbor_write_array(w, 5);
	sg_cbor_write_array(w, record->depth);
	for (i = 0; i < record->depth; i++)
		sg_cbor_write_uint(w, record->path[i]);
	sg_cbor_write_uint(w, record->section);
	sg_cbor_write_uint(w, record->offset);
	sg_cbor_write_uint(w, record->index);
	sg_cbor_write_map(w, count_measured(&record->measured));
	write_properties(w, &record->measured);
}

/* system-property-claims */
static void write_claims(struct sg_cbor_writer *w,
			 const struct sg_process_record *record)
{
	sg_cbor_write_map(w, 1 + count_measured(&record->measured));
	sg_cbor_write_uint(w, SG_REPORT_CLAIM_COMPONENT);
	sg_cbor_write_raw(w, record->id.data, record->id.len);
	write_properties(w, &record->measured);
}

void sg_report_note(struct sg_report *report,
		    const struct sg_process_record *record)
{
	bool good = !strcmp(record->code, "ok");

	if (record->policy & (good ? SUIT_POLICY_RECORD_SUCCESS :
				     SUIT_POLICY_RECORD_FAILURE) &&
	    report->n < MAX_RECORDS) {
		write_record(&report->records, record);
		report->n++;
	}
	if (record->sysinfo && record->id.len && report->n < MAX_RECORDS) {
		write_claims(&report->records, record);
		report->n++;
	}
}

static void write_result(struct sg_cbor_writer *w,
			 const struct sg_report_request *request)
{
	const struct sg_process_record *outcome = request->outcome;
	bool good = !strcmp(outcome->code, "ok");

	if (good && !request->pending) {
		sg_cbor_write_bool(w, true);
		return;
	}
	sg_cbor_write_map(w, 3);
	sg_cbor_write_uint(w, SG_REPORT_RESULT_CODE);
	sg_cbor_write_int(w, errno_of(outcome->code));
	sg_cbor_write_uint(w, SG_REPORT_RESULT_RECORD);
	write_record(w, outcome);
	sg_cbor_write_uint(w, SG_REPORT_RESULT_REASON);
	sg_cbor_write_uint(w, request->pending ? SG_REPORT_REASON_PENDING :
						 (uint64_t)outcome->reason);
}

/* SUIT_Reference: [ reference-uri, first element of the authentication ] */
static enum suit_error write_reference(struct sg_cbor_writer *w,
				       const struct sg_report_request *request)
{
	struct suit_slice bytes = {
		request->envelope.data, request->envelope.len
	};
	struct suit_manifest *m = calloc(1, sizeof(*m));
	struct suit_envelope envelope;
	enum suit_error error;

	if (!m)
		return SUIT_ERR_MEMORY;
	error = suit_envelope_open(&envelope, bytes);
	if (error == SUIT_OK && request->authentic)
		error = suit_manifest_peek(m, &envelope);
	if (error == SUIT_OK) {
		sg_cbor_write_array(w, 2);
		sg_cbor_write_string(w, m->reference_uri.ptr,
				     m->reference_uri.len);
		sg_cbor_write_raw(w, envelope.digest.ptr, envelope.digest.len);
	}
	free(m);
	return error;
}

static enum suit_error write_report(struct sg_cbor_writer *w,
				    const struct sg_report *report,
				    const struct sg_report_request *request)
{
	sg_cbor_write_map(w, 3 + (request->nonce != NULL) +
			     (request->capable != NULL));
	if (request->nonce) {
		sg_cbor_write_uint(w, SG_REPORT_NONCE);
		sg_cbor_write_bytes(w, request->nonce, request->n_nonce);
	}
	sg_cbor_write_uint(w, SG_REPORT_RECORDS);
	sg_cbor_write_array(w, report ? report->n : 0);
	if (report) {
		sg_cbor_write_raw(w, report->records.buf.data,
				  report->records.buf.len);
		w->failed |= report->records.failed;
	}
	sg_cbor_write_uint(w, SG_REPORT_RESULT);
	write_result(w, request);
	if (request->capable) {
		sg_cbor_write_uint(w, SG_REPORT_CAPABILITIES);
		sg_report_write_capabilities(w, request->capable);
	}
	sg_cbor_write_uint(w, SG_REPORT_REFERENCE);
	return write_reference(w, request);
}

int sg_report_encode(const struct sg_report *report,
		     const struct sg_report_request *request,
		     struct sg_buf *out, struct sg_error *err)
{
	struct sg_cbor_writer w = { 0 };
	enum suit_error error;

	*out = (struct sg_buf){ 0 };
	if (request->n_nonce > SG_REPORT_MAX_NONCE)
		return sg_fail(err, "a nonce has at most %d bytes",
			       SG_REPORT_MAX_NONCE);
	error = write_report(&w, report, request);
	if (error != SUIT_OK) {
		sg_buf_free(&w.buf);
		return sg_refuse(err, (int)error, "there is no manifest to report about");
	}
	return sg_cbor_write_end(&w, out, err);
}

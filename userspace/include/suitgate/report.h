/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * SUIT reports (draft-ietf-suit-report): what came of a manifest on a device,
 * for whoever sent it. Made by the device, signed with its key; read by anybody
 * who knows the public one.
 */
#ifndef SUITGATE_REPORT_H
#define SUITGATE_REPORT_H

#include <stdio.h>

#include "suitgate/process.h"
#include "suitgate/types.h"

struct sd_json_variant;
struct sg_report;

enum {
	SG_REPORT_MAX = 1 << 20,	/* bytes of a report, signed or not */
	SG_REPORT_MAX_NONCE = 64,
};

/* What happens to a manifest while it is processed. NULL: out of memory. */
struct sg_report *sg_report_new(void);
/* NULL is fine. */
void sg_report_free(struct sg_report *report);
/*
 * One more record; for sg_process_request.record. What its policy asks for is
 * kept: a record, information about the system, both. Records beyond 1024 are
 * left out.
 */
void sg_report_note(struct sg_report *report,
		    const struct sg_process_record *record);

/**
 * struct sg_report_request - what to say at the end
 * @envelope: the root manifest
 * @authentic: somebody who is trusted has signed it; what it says about itself
 *	is repeated only then
 * @outcome: of it all: of code "ok", or where it failed
 * @pending: the outcome is that of an invoke directive that may not return
 * @nonce: @n_nonce: of who asked for the report; NULL for none
 * @capable: say also what a process of this request, with its device, could do;
 *	NULL: do not. For who asked, or when something was not supported
 */
struct sg_report_request {
	struct sg_buf envelope;
	bool authentic;
	const struct sg_process_record *outcome;
	bool pending;
	const uint8_t *nonce;
	size_t n_nonce;
	const struct sg_process_request *capable;
};

/**
 * sg_report_encode() - the report
 * @report: what was noted; NULL: nothing
 * @request: the rest
 * @out: SUIT_Report, not signed
 * @err: why not
 *
 * Return: 0 or -1.
 */
int sg_report_encode(const struct sg_report *report,
		     const struct sg_report_request *request,
		     struct sg_buf *out, struct sg_error *err);
/* The same as COSE_Sign1 by the private key in @key_path. 0 or -1. */
int sg_report_sign(const struct sg_buf *report, const char *key_path,
		   struct sg_buf *out, struct sg_error *err);

/**
 * sg_report_verify() - who made a report?
 * @bytes: SUIT_Report in a COSE_Sign1 or COSE_Sign
 * @keys: paths of the public keys that are believed (COSE_Key or X.509)
 * @n_keys: how many
 * @err: a refusal carries the verifier's error
 *
 * Return: 0 when one of them signed it, else -1.
 */
int sg_report_verify(const struct sg_buf *bytes, const char *const *keys,
		     size_t n_keys, struct sg_error *err);

/**
 * sg_report_show() - everything in a report as JSON
 * @bytes: signed or not; nothing is verified
 * @out: an object, format in suitctl(1)
 * @err: why it cannot be read
 *
 * Return: 0 or -1.
 */
int sg_report_show(const struct sg_buf *bytes, struct sd_json_variant **out,
		   struct sg_error *err);
/* What sg_report_show() made, for people; a terminal is safe from it. 0 or -1. */
int sg_report_print(struct sd_json_variant *report, FILE *out,
		    struct sg_error *err);

#endif /* SUITGATE_REPORT_H */

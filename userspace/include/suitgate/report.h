/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Reports of devices about manifests they processed: SUIT_Report
 * (draft-ietf-suit-report) in a COSE_Sign1.
 */
#ifndef SUITGATE_REPORT_H
#define SUITGATE_REPORT_H

#include <stdio.h>

#include "suitgate/types.h"

struct sd_json_variant;

/* Of a report with its signature, bytes. */
enum { SG_MAX_REPORT = 1 << 20 };

/* "condition-failed", ...; NULL for a number the standard does not have. */
const char *sg_report_reason_name(uint64_t reason);

/**
 * sg_report_sign() - sign a report
 * @report: encoded SUIT_Report
 * @key: path of the device's private key
 * @out: tagged COSE_Sign1 with the report inside
 * @err: why not
 *
 * It is not encrypted: who must not read it must not get it.
 *
 * Return: 0 or -1.
 */
int sg_report_sign(const struct sg_buf *report, const char *key,
		   struct sg_buf *out, struct sg_error *err);

/**
 * sg_report_verify() - the report that a device signed
 * @bytes: COSE_Sign1, tagged or not, with the report inside
 * @trust: paths of public keys of devices, of which one must have signed
 * @n_trust: how many, at least one
 * @out: the SUIT_Report, decoded and checked
 * @err: why not: nothing of it is to be believed
 *
 * The signature is verified before the report is looked at.
 *
 * Return: 0 or -1.
 */
int sg_report_verify(const struct sg_buf *bytes, const char *const *trust,
		     size_t n_trust, struct sg_buf *out, struct sg_error *err);

/**
 * sg_report_show() - a report as JSON
 * @bytes: SUIT_Report, or a COSE_Sign1 with one inside
 * @out: object
 * @err: why it cannot be read; @err->code says "report-malformed",
 *	"report-member-missing", "report-unknown-member",
 *	"report-of-old-draft", or the name of a CBOR error
 *
 * Nothing is verified.
 *
 * Return: 0 or -1.
 */
int sg_report_show(const struct sg_buf *bytes, struct sd_json_variant **out,
		   struct sg_error *err);

/* What sg_report_show() made, for people; safe for a terminal. 0 or -1. */
int sg_report_print(struct sd_json_variant *report, FILE *out,
		    struct sg_error *err);

#endif /* SUITGATE_REPORT_H */

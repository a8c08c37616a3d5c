/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Reports of devices about manifests they processed: SUIT_Report
 * (draft-ietf-suit-report) in a COSE_Sign1.
 */
#ifndef SUITGATE_REPORT_H
#define SUITGATE_REPORT_H

#include <stdio.h>

#include "suitgate/gate.h"

struct sd_json_variant;

/* Of a report with its signature, bytes. */
enum { SG_MAX_REPORT = 1 << 20 };

/* "condition-failed", ...; NULL for a number the standard does not have. */
const char *sg_report_reason_name(uint64_t reason);

/**
 * struct sg_report_decision - what the gate decided about one request
 * @component: that was asked for, "firmware/NAME"
 * @manifest: digest of the one that decided; @manifest.len 0: none did
 * @code: name of the verifier's error, "ok" when there was none
 * @bytes: how many were refused or delivered
 * @sha256: of them; NULL when they were not read
 */
struct sg_report_decision {
	const char *component;
	struct sg_gate_digest manifest;
	const char *code;
	uint64_t bytes;
	const uint8_t *sha256;
};

/**
 * sg_report_decision() - a SUIT_Report of it
 * @decision: what was decided
 * @out: not signed: sg_report_sign() does that
 * @err: why not
 *
 * What was measured is its one record: system-property-claims with the id of
 * the component, the size and the digest. A SUIT_Report always refers to a
 * manifest; where none decided the digest in its reference is that of no bytes.
 *
 * Return: 0 or -1.
 */
int sg_report_decision(const struct sg_report_decision *decision,
		       struct sg_buf *out, struct sg_error *err);

/**
 * sg_report_encrypt() - a report that one reader can read
 * @report: encoded SUIT_Report
 * @to: path of the reader's public key, see sg_key_generate() with
 *	"ecdh-es-a128kw"
 * @out: COSE_Encrypt (ECDH-ES+A128KW, A128GCM), to be signed
 * @err: why not
 *
 * Return: 0 or -1.
 */
int sg_report_encrypt(const struct sg_buf *report, const char *to,
		      struct sg_buf *out, struct sg_error *err);

/**
 * sg_report_sign() - sign a report
 * @report: encoded SUIT_Report, or what sg_report_encrypt() made of it
 * @key: path of the device's private key
 * @out: tagged COSE_Sign1 with the report inside
 * @err: why not
 *
 * Signed it can still be read by everybody: encrypt it first, or keep it from
 * who must not read it.
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
 * sg_report_open() - likewise, of a report that is encrypted
 * @bytes: COSE_Sign1 with the encrypted report inside
 * @trust: as above
 * @n_trust: as above
 * @key: path of the reader's private key; NULL: it is not encrypted
 * @out: the SUIT_Report, decoded and checked
 * @err: why not; @err->code says "report-encrypted", "report-not-encrypted",
 *	"report-encryption-unsupported", "report-for-another-key" or
 *	"report-decryption-failed"
 *
 * Nothing is decrypted that the device did not sign.
 *
 * Return: 0 or -1.
 */
int sg_report_open(const struct sg_buf *bytes, const char *const *trust,
		   size_t n_trust, const char *key, struct sg_buf *out,
		   struct sg_error *err);

/* The same of COSE_Sign1 or COSE_Encrypt; no signature is verified. */
int sg_report_decrypt(const struct sg_buf *bytes, const char *key,
		      struct sg_buf *out, struct sg_error *err);

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

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Reports of devices about manifests they processed: SUIT_Report
 * (draft-ietf-suit-report) in a COSE_Sign1, by itself or as a measurement of an
 * Entity Attestation Token (RFC 9711), which says more of the device.
 */
#ifndef SUITGATE_REPORT_H
#define SUITGATE_REPORT_H

#include <stdio.h>

#include "suitgate/device.h"
#include "suitgate/gate.h"
#include "suitgate/types.h"

struct sd_json_variant;

/* Of a report with its signature, bytes. */
enum { SG_MAX_REPORT = 1 << 20 };

/* "condition-failed", ...; NULL for a number the standard does not have. */
const char *sg_report_reason_name(uint64_t reason);

/**
 * struct sg_report_decision - what the gate decided about one request
 * @name: that was asked for, as struct sg_gate_record has it: "NAME" or the
 *	path of a file
 * @manifest: digest of the one that decided; @manifest.len 0: none did
 * @code: name of the verifier's error, "ok" when there was none
 * @bytes: how many were refused or delivered
 * @sha256: of them; NULL when they were not read
 */
struct sg_report_decision {
	const char *name;
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
 * the component, the size and the digest. The component is firmware/NAME;
 * file/PATH for what is in no folder of the kernel's loader. A SUIT_Report
 * always refers to a manifest; where none decided the digest in its reference is
 * that of no bytes.
 *
 * Return: 0 or -1.
 */
int sg_report_decision(const struct sg_report_decision *decision,
		       struct sg_buf *out, struct sg_error *err);

/**
 * struct sg_eat - what a token says besides the report
 * @nonce: @n_nonce: of who asked for it, 8 to 64 bytes; NULL for none
 * @issued: when, seconds since 1970; 0: it does not say
 * @booted: @boot: what tells this boot from every other
 * @device: its identity says who made it, what it is and which one it is; NULL:
 *	it does not say. Only what all its components have is told
 * @gated: @gate: it has a gate, and how that is
 */
struct sg_eat {
	const uint8_t *nonce;
	size_t n_nonce;
	uint64_t issued;
	bool booted;
	uint8_t boot[16];
	const struct sg_device *device;
	bool gated;
	struct sg_gate_info gate;
};

/**
 * sg_eat_machine() - what can be said of this machine, now
 * @out: without a nonce and a device
 * @err: why not. A gate that is there and does not answer (it asks for
 *	CAP_MAC_ADMIN) is not left out
 *
 * Return: 0 or -1.
 */
int sg_eat_machine(struct sg_eat *out, struct sg_error *err);

/**
 * sg_eat_encode() - the claims of a token
 * @report: encoded SUIT_Report
 * @eat: the rest
 * @out: to be signed by sg_report_sign(), before that encrypted perhaps. What
 *	is in it says docs/attestation.md
 * @err: why not
 *
 * Return: 0 or -1.
 */
int sg_eat_encode(const struct sg_buf *report, const struct sg_eat *eat,
		  struct sg_buf *out, struct sg_error *err);

/**
 * sg_report_encrypt() - a report that one reader can read
 * @report: encoded SUIT_Report, or what sg_eat_encode() made
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
 * @report: encoded SUIT_Report, what sg_eat_encode() made, or what
 *	sg_report_encrypt() made of one of them
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
 * @bytes: COSE_Sign1, tagged or not, with the report or a token's claims inside
 * @trust: paths of public keys of devices, of which one must have signed
 * @n_trust: how many, at least one
 * @out: the SUIT_Report, or the claims, decoded and checked
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
 * @out: the SUIT_Report, or the claims, decoded and checked
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
 * sg_report_fresh() - was it made for who asks?
 * @bytes: what sg_report_verify() gave
 * @nonce: @n_nonce: what was asked with
 * @err: why not; @err->code says "report-not-fresh"
 *
 * The nonce is the token's, without a token that of the SUIT_Report.
 *
 * Return: 0 or -1.
 */
int sg_report_fresh(const struct sg_buf *bytes, const uint8_t *nonce,
		    size_t n_nonce, struct sg_error *err);

/**
 * sg_report_show() - a report as JSON
 * @bytes: SUIT_Report, claims of a token, or a COSE_Sign1 with one of them
 *	inside
 * @out: object; of a token its member "token" has the other claims
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

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * SUIT_Report, decoded in place by the verifier's reader: whoever sent it.
 */
#ifndef SG_REPORT_DECODE_H
#define SG_REPORT_DECODE_H

#include "core/suit.h"
#include "suitgate/report.h"

enum { SG_TAG_COSE_ENCRYPT0 = 16 };

/**
 * struct sg_report_view - a checked report; slices point into its bytes
 * @nonce: ptr NULL without one
 * @uri: encoded text
 * @digest: encoded SUIT_Digest
 * @records: checked, back to back; each may be read by sg_report_record_next()
 * @n_records: how many
 * @success: the result is true; the next three are not set
 * @code: the device's own
 * @at: encoded record of where it failed
 * @reason: why, as in draft-ietf-suit-report
 * @capability: encoded map, checked; ptr NULL without one
 */
struct sg_report_view {
	struct suit_slice nonce;
	struct suit_slice uri;
	struct suit_slice digest;
	struct suit_slice records;
	uint32_t n_records;
	bool success;
	int64_t code;
	struct suit_slice at;
	uint64_t reason;
	struct suit_slice capability;
};

/**
 * struct sg_report_record - SUIT_Record, or system-property-claims
 * @claims: it has @id and @properties only
 * @id: encoded component id
 * @path: encoded array of positions in dependency maps
 * @section: label in the manifest
 * @offset: of the command in it
 * @component: index
 * @properties: map of parameters; of claims, with the id as member 0
 */
struct sg_report_record {
	bool claims;
	struct suit_slice id;
	struct suit_slice path;
	uint64_t section;
	uint64_t offset;
	uint64_t component;
	struct suit_slice properties;
};

/*
 * Decode and check all of it. NULL, or the name of the error: of the
 * verifier's reader, or see sg_report_show().
 */
const char *sg_report_decode(struct suit_slice bytes,
			     struct sg_report_view *out);
/* The next record. NULL or the name of the error. */
const char *sg_report_record_next(struct suit_cursor *records,
				  struct sg_report_record *out);
/* Check a report, or claims with one among them. NULL or the name of the error. */
const char *sg_report_check(struct suit_slice bytes);
/* Check a SUIT_Capability_Report. NULL or the name of the error. */
const char *sg_report_capability_check(struct suit_slice bytes);

/* Fill @err with an error of these functions: -1. */
int sg_report_refuse(struct sg_error *err, const char *code);

/**
 * struct sg_report_block - a COSE_Sign1 with a report inside
 * @protected: encoded bstr
 * @unprotected: encoded map
 * @payload: content of the bstr
 * @signature: encoded bstr
 */
struct sg_report_block {
	struct suit_slice protected;
	struct suit_slice unprotected;
	struct suit_slice payload;
	struct suit_slice signature;
};

/* Take a block apart; nothing is verified. SUIT_ERR_COSE_*, CBOR errors. */
enum suit_error sg_report_block_open(struct suit_slice bytes,
				     struct sg_report_block *out);

#endif /* SG_REPORT_DECODE_H */

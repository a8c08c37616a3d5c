/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * SUIT_Report (draft-ietf-suit-report) of what the processor did.
 */
#ifndef SG_REPORT_ENCODE_H
#define SG_REPORT_ENCODE_H

#include "cbor_write.h"
#include "core/suit.h"

enum sg_report_label {
	SG_REPORT_NONCE = 2,
	SG_REPORT_RECORDS = 3,
	SG_REPORT_RESULT = 4,
	SG_REPORT_RESULT_CODE = 5,
	SG_REPORT_RESULT_RECORD = 6,
	SG_REPORT_RESULT_REASON = 7,
	SG_REPORT_CAPABILITY = 8,
	SG_REPORT_REFERENCE = 99,
};

/* The first and the last member of a SUIT_Capability_Report, by number. */
enum sg_report_capability_label {
	SG_REPORT_CAPABILITY_COMPONENTS = 1,
	SG_REPORT_CAPABILITY_LAST = 10,
};

enum { SG_REPORT_INVOKE_PENDING = 12 };

/* Of system-property-claims: the id of the component they are about. */
enum { SG_REPORT_CLAIM_COMPONENT = 0 };

/**
 * struct sg_report - what is to be reported
 * @nonce: of whom asked; ptr NULL without one
 * @uri: reference-uri of the manifest; "" when it has none
 * @digest: encoded SUIT_Digest that its authentication blocks sign
 * @records: records by sg_report_record_write(), back to back
 * @n_records: how many
 * @error: how the procedure ended
 * @invoke_pending: all is done but to invoke, which does not return
 * @at: where it ended, for a failure or @invoke_pending; NULL when no command
 *	had run
 * @capability: by sg_report_capability(); ptr NULL without one
 */
struct sg_report {
	struct suit_slice nonce;
	const char *uri;
	struct suit_slice digest;
	struct suit_slice records;
	uint32_t n_records;
	enum suit_error error;
	bool invoke_pending;
	const struct suit_record *at;
	struct suit_slice capability;
};

/* What the processor's record op gave, which is good in that call only. */
void sg_report_record_write(struct sg_cbor_writer *w,
			    const struct suit_record *record);
/* What is known of a component: system-property-claims. */
void sg_report_claims_write(struct sg_cbor_writer *w, struct suit_slice id,
			    const struct suit_measured *measured);
/*
 * The error of this name; SUIT_ERR_OPERATION when the verifier has none. Never
 * SUIT_OK: that is not for a name to say.
 */
enum suit_error sg_report_error(const char *code);
/* 0, or -1 when memory ran out, as below. */
int sg_report_encode(const struct sg_report *report, struct sg_buf *out,
		     struct sg_error *err);

/**
 * struct sg_report_component - what manifests may change
 * @id: encoded component id
 * @prefix: and everything below it
 */
struct sg_report_component {
	struct suit_slice id;
	bool prefix;
};

/* A SUIT_Capability_Report out of the processor's own tables. */
int sg_report_capability(const struct suit_platform_ops *ops,
			 const struct suit_crypto *crypto,
			 const struct sg_report_component *component, size_t n,
			 struct sg_buf *out, struct sg_error *err);

#endif /* SG_REPORT_ENCODE_H */

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Numbers of SUIT_Report (draft-ietf-suit-report, CDDL).
 */
#ifndef SG_REPORT_LABEL_H
#define SG_REPORT_LABEL_H

enum sg_report_label {
	SG_REPORT_NONCE = 2,
	SG_REPORT_RECORDS = 3,
	SG_REPORT_RESULT = 4,
	SG_REPORT_RESULT_CODE = 5,
	SG_REPORT_RESULT_RECORD = 6,
	SG_REPORT_RESULT_REASON = 7,
	SG_REPORT_CAPABILITIES = 8,
	SG_REPORT_REFERENCE = 99,
};

/* system-property-claims: besides parameters */
enum { SG_REPORT_CLAIM_COMPONENT = 0 };

/* SUIT_Capability_Report; the others are enum suit_capability. */
enum { SG_REPORT_COMPONENTS = 1 };

enum { SG_REPORT_REASON_PENDING = 12, SG_REPORT_REASONS = 13 };

#endif /* SG_REPORT_LABEL_H */

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Parts of reports that have a file of their own.
 */
#ifndef SG_REPORT_PRIVATE_H
#define SG_REPORT_PRIVATE_H

#include "cbor_write.h"
#include "core/suit.h"
#include "suitgate/report.h"

/* SUIT_Capability_Report of a process that is asked for so. */
void sg_report_write_capabilities(struct sg_cbor_writer *w,
				  const struct sg_process_request *request);

/**
 * struct sg_report_cover - what is around a report
 * @report: the report
 * @block: with COSE: the same object without its payload; else empty
 */
struct sg_report_cover {
	struct suit_slice report;
	struct sg_buf block;
};

/*
 * Take the cover off, if there is one. SUIT_ERR_COSE_PAYLOAD for a COSE object
 * without a payload, SUIT_ERR_COSE_TYPE for an encrypted report.
 */
enum suit_error sg_report_uncover(const struct sg_buf *bytes,
				  struct sg_report_cover *out);

#endif /* SG_REPORT_PRIVATE_H */

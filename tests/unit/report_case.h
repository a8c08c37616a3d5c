/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What tests of reports share.
 */
#ifndef TEST_REPORT_CASE_H
#define TEST_REPORT_CASE_H

#include "release.h"
#include "report_encode.h"
#include "suitgate/report.h"

#define REPORTS "tests/vectors/suit-report/"
#define DIGEST "[-16, h'6a5197ed8f9dccf733d1c89a359441708e070b4c6dcb9a1c" \
	"2c82c6165f609b90']"
/* What report_plain() is encoded as. */
#define GOOD "{3: [], 4: true, 99: [\"u\", " DIGEST "]}"

/* For the library, which only reads it. */
struct sg_buf report_buf(struct suit_slice bytes);
/* Success with the manifest "u", whose digest is DIGEST. */
struct sg_report report_plain(void);
struct suit_slice report_encoded(const struct sg_report *from);
/* What can be read of it, as one line of JSON. */
const char *report_shown(struct suit_slice bytes);

#endif /* TEST_REPORT_CASE_H */

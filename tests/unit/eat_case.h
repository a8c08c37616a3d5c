/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A token in the notation of diag.h, with all that can be said.
 */
#ifndef TEST_EAT_CASE_H
#define TEST_EAT_CASE_H

#include "eat.h"
#include "report_case.h"

#define NONCE "948f8860d13a463e"
#define BOOT "000102030405060708090a0b0c0d0e0f"
#define VENDOR "fa6b4a53d5ad5fdfbe9de663e4d41ffe"
#define MODEL "1492af1425695e48bf429b2d51f2ab45"
#define SELF "2dc16e4a970b4f5c8e2153b8fa66d039"
#define MEASURED "273: [[60, <<" GOOD ">>]]"

#define WHOLE "{6: 1700000000, 10: h'" NONCE "', " \
	"257: {\"suitgate\": h'01" SELF "'}, 258: h'" VENDOR "', " \
	"259: h'" MODEL "', 266: {\"suitgate\": {270: \"suitgate\", " \
	"271: [\"c0ffee\"], -71070: 3, -71071: true, -71072: false}}, " \
	"268: h'" BOOT "', " MEASURED "}"

#endif /* TEST_EAT_CASE_H */

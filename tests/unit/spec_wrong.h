/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Wrong descriptions, for the tests of what is said about them.
 */
#ifndef TEST_SPEC_WRONG_H
#define TEST_SPEC_WRONG_H

#include "spec_case.h"

#define HEAD "'version': 1, 'sequence-number': 7, "
#define COMMON "'common': {'components': ['firmware/x.fw']}"
#define MANIFEST(json) "{'manifest': {" HEAD json "}}"
#define MEMBER(json) MANIFEST(COMMON ", " json)
#define INSTALL(json) MEMBER("'install': [" json "]")
#define PARAM(json) INSTALL("{'directive-override-parameters': {" json "}}")
#define AT_PARAM "manifest.install[0].directive-override-parameters."
#define DIGEST "{'alg': 'sha-256', 'value': '" DIGITS "'}"
#define DIGITS \
	"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define UNSIGNED "{2: <<[<<[-16, h'" DIGITS "']>>]>>, 3: <<{}>>}"

#define UINT "expected a whole number from 0 to 2^64 - 1"
#define INT "expected a whole number from -2^63 to 2^63 - 1"
#define HEX "expected bytes as pairs of hexadecimal digits"
#define VERSION \
	"expected a version, for example \"1.2.3\" or \"1.2.3-rc.1\", or an " \
	"array of numbers"
#define DIGEST_FORM \
	"expected {\"file\": path}, {\"envelope\": path} or {\"alg\": ..., " \
	"\"value\": hex}"
#define BY_NUMBER "what has no name goes by its number"

/* A description, ' for ", and what is said about it. */
struct wrong {
	const char *name;
	const char *json;
	const char *message;
};

/* What is said; ends the test when the description is taken. */
const char *spec_complaint(const char *json);
/* The test of one struct wrong. */
void spec_is_refused(void **state);

#endif /* TEST_SPEC_WRONG_H */

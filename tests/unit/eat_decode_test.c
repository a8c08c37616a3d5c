// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Claims of tokens, whoever signed them: read to the last byte, shown by their
 * names, and refused when one is not as it must be.
 */
#include <string.h>

#include "eat_case.h"

#define is(got, want) assert_string_equal(got, want)

static void shown(void **state)
{
	(void)state;
	is(report_shown(diag(WHOLE)),
	   "{\"token\":{\"iat\":1700000000,\"eat_nonce\":\"" NONCE "\","
	   "\"sueids\":{\"map\":[[\"suitgate\",{\"hex\":\"01" SELF "\"}]]},"
	   "\"oemid\":\"" VENDOR "\",\"hwmodel\":\"" MODEL "\","
	   "\"submods\":[{\"name\":\"suitgate\",\"claims\":{"
	   "\"swname\":\"suitgate\",\"swversion\":[\"c0ffee\"],"
	   "\"suitgate-mode\":\"enforce\",\"suitgate-sealed\":true,"
	   "\"suitgate-break-glass\":false}}],\"bootseed\":\"" BOOT "\"},"
	   "\"reference\":{\"uri\":\"u\",\"digest\":{\"alg\":\"sha-256\","
	   "\"value\":\"6a5197ed8f9dccf733d1c89a359441708e070b4c6dcb9a1c"
	   "2c82c6165f609b90\"}},\"result\":true,\"records\":[]}");
	/* of others: it is shown, and passes for nothing else */
	is(report_shown(diag("{1: \"joe\", 10: [h'0001020304050607', "
			     "h'" NONCE "'], 256: h'01020304050607', "
			     "258: 42, 263: 1, 266: {\"a\": h'00', "
			     "\"b\": {266: {}, 273: []}}, "
			     "273: [[258, null], [60, <<" GOOD ">>]], "
			     "-71070: 7, \"iat\": 1}")),
	   "{\"token\":{\"eat_nonce\":[{\"hex\":\"0001020304050607\"},"
	   "{\"hex\":\"" NONCE "\"}],\"ueid\":\"01020304050607\","
	   "\"oemid\":42,\"dbgstat\":1,\"submods\":[{\"name\":\"a\","
	   "\"claims\":{\"hex\":\"00\"}},{\"name\":\"b\",\"claims\":{"
	   "\"other\":{\"map\":[[266,{\"map\":[]}],[273,[]]]}}}],"
	   "\"suitgate-mode\":7,\"other\":{\"map\":[[1,\"joe\"],"
	   "[\"iat\",1]]}},"
	   "\"reference\":{\"uri\":\"u\",\"digest\":{\"alg\":\"sha-256\","
	   "\"value\":\"6a5197ed8f9dccf733d1c89a359441708e070b4c6dcb9a1c"
	   "2c82c6165f609b90\"}},\"result\":true,\"records\":[]}");
}

struct wrong {
	const char *name;
	const char *claims;
	const char *code;
};

#define M ", " MEASURED "}"

static const struct wrong wrongs[] = {
	{ "wrong: no measurement", "{273: []}", "report-member-missing" },
	{ "wrong: another's measurement", "{273: [[258, h'00']]}",
	  "report-member-missing" },
	{ "wrong: two reports", "{273: [[60, <<" GOOD ">>], [60, <<" GOOD
	  ">>]]}", "report-malformed" },
	{ "wrong: measurements of a map", "{273: {}}", "cbor-wrong-type" },
	{ "wrong: a measurement of one element", "{273: [[60]]}",
	  "cbor-truncated" },
	{ "wrong: a measurement of three elements",
	  "{273: [[60, <<" GOOD ">>, 1]]}", "report-malformed" },
	{ "wrong: a content format of text", "{273: [[\"a\", h'']]}",
	  "cbor-wrong-type" },
	{ "wrong: a content format of 65536", "{273: [[65536, h'']]}",
	  "report-malformed" },
	{ "wrong: a report without its bytes", "{273: [[60, " GOOD "]]}",
	  "cbor-wrong-type" },
	{ "wrong: a report with a byte behind it",
	  "{273: [[60, <<" GOOD ", 0>>]]}", "cbor-trailing-bytes" },
	{ "wrong: a report without a result", "{273: [[60, <<{3: []}>>]]}",
	  "report-member-missing" },
	{ "wrong: a token in it", "{273: [[60, <<{" MEASURED "}>>]]}",
	  "report-unknown-member" },
	{ "wrong: an encrypted report", "{273: [[60, <<[]>>]]}",
	  "cbor-wrong-type" },
	{ "wrong: out of order", "{" MEASURED ", 10: h'" NONCE "'}",
	  "cbor-map-order" },
	{ "wrong: twice", "{10: h'" NONCE "', 10: h'" NONCE "'" M,
	  "cbor-duplicate-key" },
	{ "wrong: behind it", "raw'%s00'", "cbor-trailing-bytes" },
	{ "wrong: iat of text", "{6: \"now\"" M, "cbor-wrong-type" },
	{ "wrong: iat with a fraction", "{6: raw'f93c00'" M, "cbor-reserved-encoding" },
	{ "wrong: a nonce of 7 bytes", "{10: h'00010203040506'" M,
	  "report-malformed" },
	{ "wrong: a nonce of text", "{10: \"01234567\"" M,
	  "cbor-wrong-type" },
	{ "wrong: an array of one nonce", "{10: [h'" NONCE "']" M,
	  "report-malformed" },
	{ "wrong: an array with a nonce of 7 bytes",
	  "{10: [h'" NONCE "', h'00010203040506']" M, "report-malformed" },
	{ "wrong: a UEID of 6 bytes", "{256: h'010203040506'" M,
	  "report-malformed" },
	{ "wrong: a UEID of 34 bytes", "{256: h'" BOOT BOOT "0001'" M,
	  "report-malformed" },
	{ "wrong: a SUEID of 6 bytes", "{257: {\"a\": h'010203040506'}" M,
	  "report-malformed" },
	{ "wrong: SUEIDs by number", "{257: {1: h'01020304050607'}" M,
	  "cbor-wrong-type" },
	{ "wrong: SUEIDs twice", "{257: {\"a\": h'01020304050607', "
	  "\"a\": h'01020304050607'}" M, "cbor-duplicate-key" },
	{ "wrong: an OEM of 4 bytes", "{258: h'01020304'" M,
	  "report-malformed" },
	{ "wrong: an OEM of text", "{258: \"acme\"" M, "cbor-wrong-type" },
	{ "wrong: a model of no byte", "{259: h''" M, "report-malformed" },
	{ "wrong: a model of 33 bytes", "{259: h'" BOOT BOOT "00'" M,
	  "report-malformed" },
	{ "wrong: submods of an array", "{266: []" M, "cbor-wrong-type" },
	{ "wrong: submods by number", "{266: {1: {}}" M, "cbor-wrong-type" },
	{ "wrong: submods twice", "{266: {\"a\": {}, \"a\": {}}" M,
	  "cbor-duplicate-key" },
	{ "wrong: a claim of a submod", "{266: {\"a\": {270: 1}}" M,
	  "cbor-wrong-type" },
	{ "wrong: claims of a submod out of order",
	  "{266: {\"a\": {271: [\"a\"], 270: \"a\"}}" M, "cbor-map-order" },
	{ "wrong: no boot seed", "{268: h''" M, "report-malformed" },
	{ "wrong: a name of bytes", "{270: h'00'" M, "cbor-wrong-type" },
	{ "wrong: a version of text", "{271: \"1\"" M, "cbor-wrong-type" },
	{ "wrong: a version of three elements", "{271: [\"1\", 1, 1]" M,
	  "report-malformed" },
	{ "wrong: a mode of text", "{" MEASURED ", -71070: \"enforce\"}",
	  "cbor-wrong-type" },
	{ "wrong: sealed by a number", "{" MEASURED ", -71071: 1}",
	  "cbor-wrong-type" },
};

static void check_wrong(void **state)
{
	const struct wrong *row = *state;
	struct suit_slice bytes;
	struct sg_buf in, out;
	sd_json_variant *v;

	if (strstr(row->claims, "%s"))
		bytes = diag("raw'%s00'", hex(diag(WHOLE)));
	else
		bytes = diag("%s", row->claims);
	in = report_buf(bytes);
	assert_int_equal(sg_report_show(&in, &v, &why), -1);
	assert_null(v);
	is(why.code, row->code);
	assert_int_equal(sg_report_sign(&in, "no such key", &out, &why), -1);
	is(why.code, row->code);
}

/* Cut anywhere it is nothing. */
static void cut(void **state)
{
	struct suit_slice all = diag(WHOLE);
	struct sg_eat_view view;
	size_t i;

	(void)state;
	assert_null(sg_eat_decode(all, &view));
	expect_bytes(view.report, diag(GOOD));
	expect_bytes(view.nonce, diag("h'" NONCE "'"));
	for (i = 0; i < all.len; i++)
		is(sg_eat_decode(copy_of((struct suit_slice){ all.ptr, i }),
				 &view), "cbor-truncated");
}

int main(void)
{
	single("shown", shown);
	single("cut at every byte", cut);
	table(wrongs, check_wrong);
	return table_run("claims of tokens");
}

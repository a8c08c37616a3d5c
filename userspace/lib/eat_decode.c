// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Claims of tokens, checked to the last byte before anything of them is shown
 * or believed. What is not known here has to be CBOR.
 */
#include "eat.h"

#include "report_decode.h"

static const char malformed[] = "report-malformed";
static const char missing[] = "report-member-missing";

static const struct sg_spec_name modes[] = {
	{ 1, "setup" }, { 2, "audit" }, { 3, "enforce" }, { 0, NULL }
};

static const char *end(const struct suit_cursor *cur)
{
	enum suit_error error = suit_cursor_end(cur);

	return error == SUIT_OK ? NULL : suit_error_name(error);
}

static const char *check_int(const struct sg_eat_claim *claim,
			     struct suit_slice value)
{
	struct suit_cursor cur;

	(void)claim;
	suit_cursor_init(&cur, value);
	suit_cbor_int(&cur);
	return end(&cur);
}

static const char *check_uint(const struct sg_eat_claim *claim,
			      struct suit_slice value)
{
	struct suit_cursor cur;

	(void)claim;
	suit_cursor_init(&cur, value);
	suit_cbor_uint(&cur);
	return end(&cur);
}

static const char *check_bool(const struct sg_eat_claim *claim,
			      struct suit_slice value)
{
	struct suit_cursor cur;

	(void)claim;
	suit_cursor_init(&cur, value);
	suit_cbor_bool(&cur);
	return end(&cur);
}

static const char *check_text(const struct sg_eat_claim *claim,
			      struct suit_slice value)
{
	struct suit_cursor cur;

	(void)claim;
	suit_cursor_init(&cur, value);
	suit_cbor_tstr(&cur);
	return end(&cur);
}

static bool fits(const struct sg_eat_claim *claim, struct suit_slice bytes)
{
	return bytes.len >= claim->min && bytes.len <= claim->max;
}

static const char *check_bytes(const struct sg_eat_claim *claim,
			       struct suit_slice value)
{
	struct suit_slice bytes;
	struct suit_cursor cur;

	suit_cursor_init(&cur, value);
	bytes = suit_cbor_bstr(&cur);
	return end(&cur) || fits(claim, bytes) ? end(&cur) : malformed;
}

/* One, or several for those who look at it one after another. */
static const char *check_nonce(const struct sg_eat_claim *claim,
			       struct suit_slice value)
{
	struct suit_cursor cur;
	uint32_t n;

	suit_cursor_init(&cur, value);
	if (suit_cbor_peek(&cur) != SUIT_CBOR_ARRAY)
		return check_bytes(claim, value);
	n = suit_cbor_array(&cur);
	if (n < 2)
		return malformed;
	for (; n && cur.error == SUIT_OK; n--)
		if (!fits(claim, suit_cbor_bstr(&cur)) && cur.error == SUIT_OK)
			return malformed;
	return end(&cur);
}

/* By name, each a UEID. */
static const char *check_sueids(const struct sg_eat_claim *claim,
				struct suit_slice value)
{
	struct suit_cbor_key order = { 0 };
	struct suit_cursor cur;
	const uint8_t *start;
	uint32_t n;

	suit_cursor_init(&cur, value);
	for (n = suit_cbor_map(&cur); n && cur.error == SUIT_OK; n--) {
		start = cur.at;
		suit_cbor_tstr(&cur);
		suit_cbor_key_read(&cur, &order, start);
		if (!fits(claim, suit_cbor_bstr(&cur)) && cur.error == SUIT_OK)
			return malformed;
	}
	return end(&cur);
}

/* A private enterprise number, one of the IEEE, or random bytes. */
static const char *check_oemid(const struct sg_eat_claim *claim,
			       struct suit_slice value)
{
	struct suit_slice bytes;
	struct suit_cursor cur;

	suit_cursor_init(&cur, value);
	if (suit_cbor_peek(&cur) != SUIT_CBOR_BSTR)
		return check_uint(claim, value);
	bytes = suit_cbor_bstr(&cur);
	return bytes.len == 3 || bytes.len == 16 ? end(&cur) : malformed;
}

/* [version, ? scheme] */
static const char *check_version(const struct sg_eat_claim *claim,
				 struct suit_slice value)
{
	struct suit_cursor cur;
	uint32_t n;

	(void)claim;
	suit_cursor_init(&cur, value);
	n = suit_cbor_array(&cur);
	if (cur.error == SUIT_OK && n != 1 && n != 2)
		return malformed;
	suit_cbor_tstr(&cur);
	if (n == 2)
		suit_cbor_item(&cur);
	return end(&cur);
}

#define CLAIM(number, type, function, least, most, called) \
	{ SG_EAT_##number, function, least, most, \
	  { .kind = SG_SPEC_##type, .name = (called), .names = modes } }

static const struct sg_eat_claim claims[] = {
	CLAIM(IAT, INT, check_int, 0, 0, "iat"),
	CLAIM(NONCE, ANY, check_nonce, SG_EAT_MIN_NONCE, SG_EAT_MAX_NONCE,
	      "eat_nonce"),
	CLAIM(UEID, BYTES, check_bytes, SG_EAT_MIN_UEID, SG_EAT_MAX_UEID,
	      "ueid"),
	CLAIM(SUEIDS, ANY, check_sueids, SG_EAT_MIN_UEID, SG_EAT_MAX_UEID,
	      "sueids"),
	CLAIM(OEMID, ANY, check_oemid, 0, 0, "oemid"),
	CLAIM(HWMODEL, BYTES, check_bytes, 1, SG_EAT_MAX_MODEL, "hwmodel"),
	CLAIM(UPTIME, UINT, check_uint, 0, 0, "uptime"),
	CLAIM(DBGSTAT, UINT, check_uint, 0, 0, "dbgstat"),
	CLAIM(BOOTCOUNT, UINT, check_uint, 0, 0, "bootcount"),
	CLAIM(BOOTSEED, BYTES, check_bytes, 1, UINT8_MAX, "bootseed"),
	CLAIM(SWNAME, TEXT, check_text, 0, 0, "swname"),
	CLAIM(SWVERSION, ANY, check_version, 0, 0, "swversion"),
	CLAIM(GATE_MODE, CODES, check_uint, 0, 0, "suitgate-mode"),
	CLAIM(GATE_SEALED, BOOL, check_bool, 0, 0, "suitgate-sealed"),
	CLAIM(GATE_BREAK_GLASS, BOOL, check_bool, 0, 0,
	      "suitgate-break-glass"),
};

const struct sg_eat_claim *sg_eat_claim_find(struct suit_slice key)
{
	struct suit_cursor cur;
	int64_t number;
	size_t i;

	suit_cursor_init(&cur, key);
	number = suit_cbor_int(&cur);
	for (i = 0; i < sizeof(claims) / sizeof(claims[0]); i++)
		if (cur.error == SUIT_OK && claims[i].key == number)
			return &claims[i];
	return NULL;
}

static bool is_key(struct suit_slice key, enum sg_eat_key number)
{
	struct suit_cursor cur;

	suit_cursor_init(&cur, key);
	return suit_cbor_int(&cur) == number && cur.error == SUIT_OK;
}

static const char *read_measurement(struct suit_cursor *cur,
				    struct sg_eat_view *out)
{
	struct sg_report_view report;
	struct suit_slice body;
	struct suit_cursor at;
	uint64_t format;
	uint32_t n = suit_cbor_array(cur);

	format = suit_cbor_uint(cur);
	body = suit_cbor_item(cur);
	if (cur->error != SUIT_OK)
		return suit_error_name(cur->error);
	if (n != 2 || format > SG_EAT_MAX_FORMAT)
		return malformed;
	if (format != SG_EAT_CBOR)
		return NULL;
	if (out->report.ptr)
		return malformed;
	suit_cursor_init(&at, body);
	out->report = suit_cbor_bstr(&at);
	return end(&at) ? end(&at) : sg_report_decode(out->report, &report);
}

/* [ + [content-format, body]], of which one is the report. */
static const char *read_measurements(struct suit_slice value,
				     struct sg_eat_view *out)
{
	const char *code = NULL;
	struct suit_cursor cur;
	uint32_t n;

	suit_cursor_init(&cur, value);
	for (n = suit_cbor_array(&cur); n && !code; n--)
		code = read_measurement(&cur, out);
	return code ? code : end(&cur);
}

/* Of a submodule, whose own submodules and measurements are not looked into. */
static const char *check_claims(struct suit_slice bytes)
{
	struct suit_cbor_key order = { 0 };
	const struct sg_eat_claim *claim;
	struct suit_slice key, value;
	const char *code = NULL;
	struct suit_cursor cur;
	uint32_t n;

	suit_cursor_init(&cur, bytes);
	for (n = suit_cbor_map(&cur); n && !code && cur.error == SUIT_OK; n--) {
		key = suit_cbor_key_next(&cur, &order);
		value = suit_cbor_item(&cur);
		claim = sg_eat_claim_find(key);
		if (claim && cur.error == SUIT_OK)
			code = claim->check(claim, value);
	}
	return code ? code : end(&cur);
}

/* By name: claims, or what is no claims of this token. */
static const char *read_submods(struct suit_slice value)
{
	struct suit_cbor_key order = { 0 };
	const char *code = NULL;
	struct suit_cursor cur;
	const uint8_t *start;
	bool claimed;
	uint32_t n;

	suit_cursor_init(&cur, value);
	for (n = suit_cbor_map(&cur); n && !code && cur.error == SUIT_OK; n--) {
		start = cur.at;
		suit_cbor_tstr(&cur);
		suit_cbor_key_read(&cur, &order, start);
		claimed = suit_cbor_peek(&cur) == SUIT_CBOR_MAP;
		value = suit_cbor_item(&cur);
		if (claimed && cur.error == SUIT_OK)
			code = check_claims(value);
	}
	return code ? code : end(&cur);
}

static const char *read_claim(struct suit_slice key, struct suit_slice value,
			      struct sg_eat_view *out)
{
	const struct sg_eat_claim *claim = sg_eat_claim_find(key);

	if (is_key(key, SG_EAT_MEASUREMENTS))
		return read_measurements(value, out);
	if (is_key(key, SG_EAT_SUBMODS))
		return read_submods(value);
	if (is_key(key, SG_EAT_NONCE))
		out->nonce = value;
	return claim ? claim->check(claim, value) : NULL;
}

const char *sg_eat_decode(struct suit_slice bytes, struct sg_eat_view *out)
{
	struct suit_cbor_key order = { 0 };
	struct suit_slice key, value;
	const char *code = NULL;
	struct suit_cursor cur;
	uint32_t n;

	*out = (struct sg_eat_view){ 0 };
	suit_cursor_init(&cur, bytes);
	for (n = suit_cbor_map(&cur); n && !code && cur.error == SUIT_OK; n--) {
		key = suit_cbor_key_next(&cur, &order);
		value = suit_cbor_item(&cur);
		if (cur.error == SUIT_OK)
			code = read_claim(key, value, out);
	}
	if (code || end(&cur))
		return code ? code : end(&cur);
	return out->report.ptr ? NULL : missing;
}

bool sg_eat_is(struct suit_slice bytes)
{
	struct suit_cursor cur;
	struct suit_slice key;
	uint32_t n;

	suit_cursor_init(&cur, bytes);
	for (n = suit_cbor_map(&cur); n && cur.error == SUIT_OK; n--) {
		key = suit_cbor_item(&cur);
		if (is_key(key, SG_EAT_MEASUREMENTS))
			return true;
		suit_cbor_item(&cur);
	}
	return false;
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What another processor says it can do.
 */
#include "report_decode.h"
#include "report_encode.h"

enum { REQUIRED = 4 };	/* members 1 to 4 */

static const char malformed[] = "report-malformed";

static void read_ints(struct suit_cursor *cur)
{
	uint32_t n;

	for (n = suit_cbor_array(cur); n && cur->error == SUIT_OK; n--)
		suit_cbor_int(cur);
}

/* [ + bstr, ? true ] */
static bool read_component(struct suit_cursor *cur)
{
	uint32_t n = suit_cbor_array(cur);

	if (!n || suit_cbor_peek(cur) != SUIT_CBOR_BSTR)
		return false;
	for (; n && cur->error == SUIT_OK; n--) {
		if (n == 1 && suit_cbor_peek_simple(cur, SUIT_CBOR_TRUE))
			suit_cbor_bool(cur);
		else
			suit_cbor_bstr(cur);
	}
	return true;
}

static bool read_components(struct suit_cursor *cur)
{
	uint32_t n;

	for (n = suit_cbor_array(cur); n && cur->error == SUIT_OK; n--)
		if (!read_component(cur))
			return false;
	return true;
}

/* A member by number, or by the path to where its list counts. */
static const char *read_member(struct suit_cursor *cur,
			       struct suit_cbor_key *order, uint32_t *seen)
{
	struct suit_slice bytes = suit_cbor_key_next(cur, order);
	struct suit_cursor key;
	uint64_t number;

	suit_cursor_init(&key, bytes);
	if (suit_cbor_peek(&key) == SUIT_CBOR_ARRAY) {
		read_ints(&key);
		read_ints(cur);
		return key.error == SUIT_OK ? NULL :
					      suit_error_name(key.error);
	}
	number = suit_cbor_uint(&key);
	if (key.error != SUIT_OK)
		return suit_error_name(cur->error != SUIT_OK ? cur->error :
							       key.error);
	if (!number || number > SG_REPORT_CAPABILITY_LAST)
		return "report-unknown-member";
	*seen |= 1U << number;
	if (number != SG_REPORT_CAPABILITY_COMPONENTS)
		read_ints(cur);
	else if (!read_components(cur) && cur->error == SUIT_OK)
		return malformed;
	return NULL;
}

const char *sg_report_capability_check(struct suit_slice bytes)
{
	struct suit_cbor_key order = { 0 };
	const char *code = NULL;
	struct suit_cursor cur;
	enum suit_error error;
	uint32_t n, i, seen = 0;

	suit_cursor_init(&cur, bytes);
	for (n = suit_cbor_map(&cur); n && !code && cur.error == SUIT_OK; n--)
		code = read_member(&cur, &order, &seen);
	error = suit_cursor_end(&cur);
	if (code || error != SUIT_OK)
		return code ? code : suit_error_name(error);
	for (i = 1; i <= REQUIRED; i++)
		if (!(seen >> i & 1))
			return "report-member-missing";
	return NULL;
}

// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "cose_header.h"

#include "cbor.h"
#include "suit_labels.h"
#include "suit_limits.h"

/* crit may name only what is acted upon here, and what is present. */
static void read_crit(struct suit_cursor *cur, u32 *critical)
{
	u32 n = suit_cbor_array(cur);

	if (n > SUIT_MAX_CRIT)
		suit_cursor_fail(cur, SUIT_ERR_COSE_HEADER_SIZE);
	if (cur->error == SUIT_OK && !n)
		suit_cursor_fail(cur, SUIT_ERR_COSE_CRIT);
	while (n-- && cur->error == SUIT_OK) {
		s64 label;

		if (suit_cbor_peek(cur) == SUIT_CBOR_TSTR) {
			suit_cursor_fail(cur, SUIT_ERR_COSE_CRIT);
			return;
		}
		label = suit_cbor_int(cur);
		if (label != SUIT_HEADER_ALG && label != SUIT_HEADER_KID)
			suit_cursor_fail(cur, SUIT_ERR_COSE_CRIT);
		else
			*critical |= 1U << label;
	}
}

/*
 * The next label as it is encoded. @number is 0, which is no label, for a text
 * string: none of those means anything here.
 */
static struct suit_slice read_label(struct suit_cursor *cur,
				    struct suit_cbor_key *order, s64 *number)
{
	struct suit_slice label = suit_cbor_key_next(cur, order);
	struct suit_cursor key;

	*number = 0;
	suit_cursor_init(&key, label);
	if (cur->error != SUIT_OK || suit_cbor_peek(&key) == SUIT_CBOR_TSTR)
		return label;
	*number = suit_cbor_int(&key);
	if (key.error != SUIT_OK)
		suit_cursor_fail(cur, key.error);
	return label;
}

static void read_protected_member(struct suit_cursor *cur, s64 label,
				  struct suit_cose_header *out, u32 *critical)
{
	switch (label) {
	case SUIT_HEADER_ALG:
		if (suit_cbor_peek(cur) == SUIT_CBOR_TSTR)
			suit_cursor_fail(cur, SUIT_ERR_COSE_ALG);
		out->alg = suit_cbor_int(cur);
		out->has_alg = true;
		break;
	case SUIT_HEADER_KID:
		out->kid = suit_cbor_bstr(cur);
		out->has_kid = true;
		break;
	case SUIT_HEADER_CRIT:
		read_crit(cur, critical);
		break;
	default:
		suit_cbor_item(cur);
	}
}

static enum suit_error read_protected(struct suit_cursor *cose,
				      struct suit_cose_header *out)
{
	struct suit_slice bytes = suit_cbor_bstr(cose);
	struct suit_cbor_key order = { 0 };
	struct suit_cursor cur;
	u32 n, critical = 0;
	s64 label;

	if (cose->error != SUIT_OK)
		return cose->error;
	if (bytes.len > SUIT_MAX_PROTECTED)
		return SUIT_ERR_COSE_HEADER_SIZE;
	if (!bytes.len)
		return SUIT_OK;
	suit_cursor_init(&cur, bytes);
	n = suit_cbor_map(&cur);
	/* an empty map is signed as an empty string (RFC 9052 4.4) */
	if (n)
		out->protected = bytes;
	while (n-- && cur.error == SUIT_OK) {
		read_label(&cur, &order, &label);
		read_protected_member(&cur, label, out, &critical);
	}
	if (cur.error != SUIT_OK || cur.left)
		return suit_cursor_end(&cur);
	if ((critical & 1U << SUIT_HEADER_ALG && !out->has_alg) ||
	    (critical & 1U << SUIT_HEADER_KID && !out->has_kid))
		return SUIT_ERR_COSE_CRIT;
	return SUIT_OK;
}

/* The labels of a map that was read before, in its ascending order. */
struct labels {
	struct suit_cursor cur;
	struct suit_slice at;
	u32 left;
};

/* Asked in ascending order, so that one pass over each header is enough. */
static bool labels_have(struct labels *in, struct suit_slice label)
{
	int order = in->at.ptr ? suit_slice_compare(in->at, label) : -1;

	while (order < 0 && in->left) {
		in->left--;
		in->at = suit_cbor_item(&in->cur);
		suit_cbor_item(&in->cur);
		order = suit_slice_compare(in->at, label);
	}
	return !order;
}

static void read_unprotected_member(struct suit_cursor *cur, s64 label,
				    struct suit_cose_header *out)
{
	switch (label) {
	case SUIT_HEADER_ALG:
		suit_cursor_fail(cur, SUIT_ERR_COSE_ALG_UNPROTECTED);
		break;
	case SUIT_HEADER_CRIT:
		suit_cursor_fail(cur, SUIT_ERR_COSE_CRIT);
		break;
	case SUIT_HEADER_KID:
		out->kid = suit_cbor_bstr(cur);
		out->has_kid = true;
		break;
	default:
		suit_cbor_item(cur);
	}
}

static enum suit_error read_unprotected(struct suit_cursor *cur,
					struct suit_cose_header *out)
{
	struct suit_cbor_key order = { 0 };
	struct labels protected = { 0 };
	u32 n = suit_cbor_map(cur);
	s64 number;

	suit_cursor_init(&protected.cur, out->protected);
	protected.left = suit_cbor_map(&protected.cur);
	while (n-- && cur->error == SUIT_OK) {
		struct suit_slice label = read_label(cur, &order, &number);

		if (cur->error != SUIT_OK)
			break;
		if (labels_have(&protected, label))
			return SUIT_ERR_COSE_LABEL;
		read_unprotected_member(cur, number, out);
	}
	return cur->error;
}

enum suit_error suit_cose_header_read(struct suit_cursor *cur,
				      struct suit_cose_header *out)
{
	enum suit_error error;

	memset(out, 0, sizeof(*out));
	error = read_protected(cur, out);
	if (error != SUIT_OK)
		return error;
	return read_unprotected(cur, out);
}

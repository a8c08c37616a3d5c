// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "version.h"

#include "cbor.h"

/* [ + int ]; a pre-release is never the first element. */
static enum suit_error read_version(struct suit_cursor *cur,
				    struct suit_version *out)
{
	u32 n = suit_cbor_array(cur);

	out->n = 0;
	if (cur->error == SUIT_OK && (!n || n > SUIT_MAX_VERSION))
		return SUIT_ERR_PARAMETER_FORM;
	while (n-- && cur->error == SUIT_OK)
		out->part[out->n++] = suit_cbor_int(cur);
	if (cur->error != SUIT_OK)
		return cur->error;
	return out->part[0] < 0 ? SUIT_ERR_PARAMETER_FORM : SUIT_OK;
}

enum suit_error suit_version_decode(struct suit_slice encoded,
				    struct suit_version *out)
{
	struct suit_cursor cur;
	enum suit_error error;

	suit_cursor_init(&cur, encoded);
	error = read_version(&cur, out);
	return error == SUIT_OK ? suit_cursor_end(&cur) : error;
}

static enum suit_error read_match(struct suit_cursor *cur, u64 *op,
				  struct suit_version *out)
{
	u32 n = suit_cbor_array(cur);

	*op = suit_cbor_uint(cur);
	if (cur->error != SUIT_OK)
		return cur->error;
	if (n != 2 || *op < SUIT_VERSION_GREATER || *op > SUIT_VERSION_LESSER)
		return SUIT_ERR_PARAMETER_FORM;
	return read_version(cur, out);
}

enum suit_error suit_version_check_next(struct suit_cursor *cur)
{
	struct suit_version version;
	u64 op;

	return read_match(cur, &op, &version);
}

enum suit_error suit_version_check(struct suit_slice match)
{
	struct suit_cursor cur;
	enum suit_error error;

	suit_cursor_init(&cur, match);
	error = suit_version_check_next(&cur);
	return error == SUIT_OK ? suit_cursor_end(&cur) : error;
}

/* Over the integers of @want only: <0, 0, >0. */
static int compare(const struct suit_version *have,
		   const struct suit_version *want)
{
	u32 i;

	for (i = 0; i < want->n; i++)
		if (have->part[i] != want->part[i])
			return have->part[i] < want->part[i] ? -1 : 1;
	return 0;
}

static bool satisfies(const struct suit_version *have, u64 op,
		      const struct suit_version *want)
{
	int order;

	if (have->n < want->n || have->n > SUIT_MAX_VERSION)
		return false;
	order = compare(have, want);
	switch (op) {
	case SUIT_VERSION_GREATER:
		return order > 0;
	case SUIT_VERSION_GREATER_EQUAL:
		return order >= 0;
	case SUIT_VERSION_EQUAL:
		return !order;
	case SUIT_VERSION_LESSER_EQUAL:
		return order <= 0;
	case SUIT_VERSION_LESSER:
		return order < 0;
	default:
		return false;
	}
}

bool suit_version_matches(const struct suit_version *have,
			  struct suit_slice match)
{
	struct suit_version want;
	struct suit_cursor cur;
	u64 op;

	suit_cursor_init(&cur, match);
	return read_match(&cur, &op, &want) == SUIT_OK &&
	       satisfies(have, op, &want);
}

bool suit_version_matches_all(const struct suit_version *have,
			      struct suit_slice matches)
{
	struct suit_version want;
	struct suit_cursor cur;
	u64 op;
	u32 n;

	suit_cursor_init(&cur, matches);
	n = suit_cbor_array(&cur);
	if (!n)
		return false;
	while (n--)
		if (read_match(&cur, &op, &want) != SUIT_OK ||
		    !satisfies(have, op, &want))
			return false;
	return true;
}

// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "wait.h"

#include "cbor.h"

enum { SECONDS_PER_DAY = 24 * 60 * 60, DAYS_PER_WEEK = 7 };

/* [ bstr, [ + match ] ] */
static enum suit_error read_device(struct suit_cursor *cur,
				   struct suit_wait *out)
{
	enum suit_error error = SUIT_OK;
	u32 n = suit_cbor_array(cur);

	if (cur->error == SUIT_OK && n != 2)
		return SUIT_ERR_PARAMETER_FORM;
	out->device = suit_cbor_bstr(cur);
	out->device_versions.ptr = cur->at;
	n = suit_cbor_array(cur);
	if (cur->error != SUIT_OK)
		return cur->error;
	if (!n || n > SUIT_MAX_VERSION_MATCHES)
		return SUIT_ERR_PARAMETER_FORM;
	while (n-- && error == SUIT_OK)
		error = suit_version_check_next(cur);
	out->device_versions.len = (size_t)(cur->at -
					    out->device_versions.ptr);
	return error;
}

/* An unsigned number below @limit. */
static enum suit_error read_below(struct suit_cursor *cur, u32 limit, u32 *out)
{
	u64 value = suit_cbor_uint(cur);

	if (cur->error != SUIT_OK)
		return cur->error;
	if (value >= limit)
		return SUIT_ERR_PARAMETER_FORM;
	*out = (u32)value;
	return SUIT_OK;
}

static enum suit_error read_event(struct suit_cursor *cur, s64 label,
				  struct suit_wait *out)
{
	switch (label) {
	case SUIT_WAIT_AUTHORIZATION:
		out->authorization = suit_cbor_int(cur);
		return cur->error;
	case SUIT_WAIT_POWER:
		out->power = suit_cbor_int(cur);
		return cur->error;
	case SUIT_WAIT_NETWORK:
		out->network = suit_cbor_int(cur);
		return cur->error;
	case SUIT_WAIT_OTHER_DEVICE:
		return read_device(cur, out);
	case SUIT_WAIT_TIME:
		out->time = suit_cbor_uint(cur);
		return cur->error;
	case SUIT_WAIT_TIME_OF_DAY:
		return read_below(cur, SECONDS_PER_DAY, &out->time_of_day);
	case SUIT_WAIT_DAY_OF_WEEK:
		return read_below(cur, DAYS_PER_WEEK, &out->day_of_week);
	case SUIT_WAIT_TIME_OF_DAY_UTC:
		return read_below(cur, SECONDS_PER_DAY, &out->time_of_day_utc);
	case SUIT_WAIT_DAY_OF_WEEK_UTC:
		return read_below(cur, DAYS_PER_WEEK, &out->day_of_week_utc);
	default:
		return SUIT_ERR_WAIT_EVENT;
	}
}

enum suit_error suit_wait_decode(struct suit_slice encoded,
				 struct suit_wait *out)
{
	struct suit_cbor_key order = { 0 };
	struct suit_cursor cur;
	enum suit_error error;
	s64 label;
	u32 n;

	memset(out, 0, sizeof(*out));
	suit_cursor_init(&cur, encoded);
	n = suit_cbor_map(&cur);
	if (cur.error == SUIT_OK && !n)
		return SUIT_ERR_PARAMETER_FORM;
	while (n-- && cur.error == SUIT_OK) {
		label = suit_cbor_key_int(&cur, &order);
		if (cur.error != SUIT_OK)
			break;
		error = read_event(&cur, label, out);
		if (error != SUIT_OK)
			return error;
		out->events |= 1U << label;
	}
	return suit_cursor_end(&cur);
}

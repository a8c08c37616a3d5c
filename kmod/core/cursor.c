// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "cursor.h"

void suit_cursor_init(struct suit_cursor *cur, struct suit_slice bytes)
{
	cur->at = bytes.ptr;
	cur->left = bytes.len;
	cur->error = SUIT_OK;
}

void suit_cursor_fail(struct suit_cursor *cur, enum suit_error error)
{
	if (cur->error == SUIT_OK)
		cur->error = error;
}

enum suit_error suit_cursor_end(const struct suit_cursor *cur)
{
	if (cur->error != SUIT_OK)
		return cur->error;
	return cur->left ? SUIT_ERR_TRAILING : SUIT_OK;
}

bool suit_slice_equal(struct suit_slice a, struct suit_slice b)
{
	return a.len == b.len && (!a.len || !memcmp(a.ptr, b.ptr, a.len));
}

bool suit_slice_equal_ct(struct suit_slice a, struct suit_slice b)
{
	u8 diff = 0;
	size_t i;

	if (a.len != b.len)
		return false;
	for (i = 0; i < a.len; i++)
		diff |= a.ptr[i] ^ b.ptr[i];
	return !diff;
}

int suit_slice_compare(struct suit_slice a, struct suit_slice b)
{
	size_t common = a.len < b.len ? a.len : b.len;
	int order = common ? memcmp(a.ptr, b.ptr, common) : 0;

	if (order)
		return order;
	if (a.len == b.len)
		return 0;
	return a.len < b.len ? -1 : 1;
}

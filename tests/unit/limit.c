// SPDX-License-Identifier: GPL-2.0-or-later
#include "limit.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

void check_limit(void **state)
{
	const struct limit *row = *state;

	expect(row->at(0), SUIT_OK);
	diag_free();
	expect(row->at(1), row->error);
	/* inside of a parameter it is one more way to be malformed */
	if (row->error != SUIT_ERR_PARAMETER_FORM)
		assert_int_equal(suit_error_errno(row->error), -E2BIG);
}

struct suit_slice filled(struct suit_slice bytes, size_t total)
{
	struct suit_slice all = { NULL, total }, out;
	size_t n_head = total - bytes.len <= 0xffff ? 2 : 4, i;
	size_t len = total - bytes.len - n_head;
	u8 *copy = calloc(1, total), *head = copy + bytes.len - 1;

	assert_non_null(copy);
	assert_int_equal(bytes.ptr[bytes.len - 1], 0x40);
	assert_true(len > 0xff);
	memcpy(copy, bytes.ptr, bytes.len - 1);
	head[0] = n_head == 2 ? 0x59 : 0x5a;
	for (i = 0; i < n_head; i++)
		head[n_head - i] = (u8)(len >> 8 * i);
	all.ptr = copy;
	out = copy_of(all);
	free(copy);
	return out;
}

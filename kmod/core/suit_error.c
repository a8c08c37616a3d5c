// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "suit_error.h"

struct error_row {
	const char *name;
	s32 err;
	s32 reason;
};

static const struct error_row rows[SUIT_ERR_COUNT] = {
	[SUIT_OK] = { "ok", 0, 0 },
#define X(id, text, number, why) [SUIT_ERR_##id] = { text, -SUIT_##number, why },
	SUIT_ERRORS(X)
#undef X
};

static const struct error_row foreign = { "unknown", -SUIT_EIO, 11 };

static const struct error_row *row_of(enum suit_error error)
{
	u32 index = (u32)error;

	return index < SUIT_ERR_COUNT ? &rows[index] : &foreign;
}

const char *suit_error_name(enum suit_error error)
{
	return row_of(error)->name;
}

int suit_error_errno(enum suit_error error)
{
	return row_of(error)->err;
}

int suit_error_reason(enum suit_error error)
{
	return row_of(error)->reason;
}

bool suit_error_soft(enum suit_error error)
{
	return row_of(error)->reason == 10;
}

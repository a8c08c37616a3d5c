/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Bounds: what has exactly as much is accepted, one more is refused by an error
 * that means "too big".
 */
#ifndef TEST_LIMIT_H
#define TEST_LIMIT_H

#include "table.h"

/**
 * struct limit - one bound
 * @name: of suit_limits.h; after a blank, where else it holds
 * @at: the outcome with @more above the bound
 * @error: the one that is expected above it
 */
struct limit {
	const char *name;
	enum suit_error (*at)(unsigned int more);
	enum suit_error error;
};

/* The test of one row. */
void check_limit(void **state);

/* @bytes, which end in an empty byte string, with that filled up to @total. */
struct suit_slice filled(struct suit_slice bytes, size_t total);

#endif /* TEST_LIMIT_H */

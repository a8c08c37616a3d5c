/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tests in tables: every row is a test of its own and its name, the first
 * member, says what is attacked or what must hold.
 *
 *	table(truncations, refused);
 *	single("an empty slice", empty_slice);
 *	return table_run("cursor");
 */
#ifndef TEST_TABLE_H
#define TEST_TABLE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "diag.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A test per row of @rows; the function's *state is the row. */
#define table(rows, function) \
	table_add(rows, COUNT(rows), sizeof((rows)[0]), function)
void table_add(const void *rows, size_t n, size_t size,
	       CMUnitTestFunction function);
void single(const char *name, CMUnitTestFunction function);
/* Run what was added; the exit status. */
int table_run(const char *group);

/* @got is @wanted, and what it is called is shown when it is not. */
void expect(enum suit_error got, enum suit_error wanted);
/* @got has these bytes, given in the notation of diag.h. */
void expect_bytes(struct suit_slice got, struct suit_slice wanted);

#endif /* TEST_TABLE_H */

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Statements of the store's files.
 */
#ifndef DAEMON_STORE_PRIVATE_H
#define DAEMON_STORE_PRIVATE_H

#include <sqlite3.h>

#include "store.h"

/**
 * struct store - the database
 * @db: of SQLite
 * @damaged: what is in the file is of no use, or not for this release; an error
 *	of the disk, or of memory, does not say so
 */
struct store {
	sqlite3 *db;
	bool damaged;
};

/* Ends an INSERT INTO floor. */
#define STORE_NEVER_LOWER \
	"ON CONFLICT (authority, id) DO UPDATE SET" \
	" sequence = excluded.sequence, alg = excluded.alg," \
	" digest = excluded.digest WHERE excluded.sequence >= floor.sequence"

/* Prepare @sql and bind its parameters: 't' text, 'i' uint64_t, 'b' bytes
 * and length as size_t. NULL with @err filled.
 */
sqlite3_stmt *store_query(struct store *store, struct sg_error *err,
			  const char *sql, const char *types, ...);
/* 1 a row, 0 the end, -1. */
int store_step(struct store *store, sqlite3_stmt *stmt, struct sg_error *err);
/* Run a statement without rows and finalize it. @stmt may be NULL: -1. */
int store_run(struct store *store, sqlite3_stmt *stmt, struct sg_error *err);

/* Columns, cut to what fits, never NULL. */
void store_text(sqlite3_stmt *stmt, int column, char *out, size_t cap);
uint64_t store_number(sqlite3_stmt *stmt, int column);
size_t store_bytes(sqlite3_stmt *stmt, int column, uint8_t *out, size_t cap);

#endif /* DAEMON_STORE_PRIVATE_H */

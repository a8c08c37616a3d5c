// SPDX-License-Identifier: GPL-2.0-or-later
#include "store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store_private.h"

/* An application_id is there until everything is in it: FILLING. */
enum { SCHEMA = 2, FILLING = 0x66696c6c, MAX_PATH = 4096 };

static const char schema[] =
	"CREATE TABLE component ("
	" name TEXT PRIMARY KEY, manifest TEXT NOT NULL,"
	" authority TEXT NOT NULL, role INTEGER NOT NULL,"
	" sequence INTEGER NOT NULL, version TEXT NOT NULL,"
	" vendor TEXT NOT NULL, class TEXT NOT NULL,"
	" sha256 TEXT NOT NULL, size INTEGER NOT NULL) STRICT;"
	"CREATE TABLE job ("
	" number INTEGER PRIMARY KEY AUTOINCREMENT, state INTEGER NOT NULL,"
	" alg INTEGER NOT NULL, digest BLOB NOT NULL,"
	" authority TEXT NOT NULL, role INTEGER NOT NULL,"
	" sequence INTEGER NOT NULL, version TEXT NOT NULL,"
	" reboot INTEGER NOT NULL,"
	" boot_id TEXT NOT NULL, boots INTEGER NOT NULL,"
	" deadline INTEGER NOT NULL, why TEXT NOT NULL) STRICT;"
	"CREATE TABLE job_file ("
	" job INTEGER NOT NULL REFERENCES job, number INTEGER NOT NULL,"
	" name TEXT NOT NULL, manifest TEXT NOT NULL,"
	" authority TEXT NOT NULL, role INTEGER NOT NULL,"
	" sequence INTEGER NOT NULL, version TEXT NOT NULL,"
	" vendor TEXT NOT NULL, class TEXT NOT NULL,"
	" sha256 TEXT NOT NULL, size INTEGER NOT NULL,"
	" PRIMARY KEY (job, number)) STRICT;"
	"CREATE TABLE job_floor ("
	" job INTEGER NOT NULL REFERENCES job,"
	" authority TEXT NOT NULL, id BLOB NOT NULL,"
	" sequence INTEGER NOT NULL, alg INTEGER NOT NULL,"
	" digest BLOB NOT NULL) STRICT;"
	"CREATE TABLE floor ("
	" authority TEXT NOT NULL, id BLOB NOT NULL,"
	" sequence INTEGER NOT NULL, alg INTEGER NOT NULL,"
	" digest BLOB NOT NULL, PRIMARY KEY (authority, id)) STRICT;"
	"CREATE TABLE report ("
	" number INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER NOT NULL,"
	" kind TEXT NOT NULL, subject TEXT NOT NULL, result TEXT NOT NULL,"
	" facts TEXT NOT NULL, count INTEGER NOT NULL,"
	" sent INTEGER NOT NULL) STRICT;";

/* What a database of this schema may be without: its row is the last denial. */
static const char late_schema[] =
	"CREATE TABLE IF NOT EXISTS denial ("
	" only INTEGER PRIMARY KEY CHECK (only = 1),"
	" boot_id TEXT NOT NULL, number INTEGER NOT NULL,"
	" time INTEGER NOT NULL) STRICT;";

static int fail(struct store *store, struct sg_error *err)
{
	int code = sqlite3_errcode(store->db);

	if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB)
		store->damaged = true;
	return sg_fail(err, "database: %s", sqlite3_errmsg(store->db));
}

static int bind(sqlite3_stmt *stmt, const char *types, va_list ap)
{
	const void *bytes;
	int i, ret = SQLITE_OK;

	for (i = 1; *types && ret == SQLITE_OK; types++, i++) {
		switch (*types) {
		case 't':
			ret = sqlite3_bind_text(stmt, i,
						va_arg(ap, const char *), -1,
						SQLITE_TRANSIENT);
			break;
		case 'i':
			ret = sqlite3_bind_int64(stmt, i, (sqlite3_int64)
						 va_arg(ap, uint64_t));
			break;
		default:
			bytes = va_arg(ap, const void *);
			ret = sqlite3_bind_blob64(stmt, i, bytes,
						  va_arg(ap, size_t),
						  SQLITE_TRANSIENT);
		}
	}
	return ret;
}

sqlite3_stmt *store_query(struct store *store, struct sg_error *err,
			  const char *sql, const char *types, ...)
{
	sqlite3_stmt *stmt = NULL;
	va_list ap;
	int ret;

	ret = sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL);
	if (ret == SQLITE_OK) {
		va_start(ap, types);
		ret = bind(stmt, types, ap);
		va_end(ap);
	}
	if (ret == SQLITE_OK)
		return stmt;
	fail(store, err);
	sqlite3_finalize(stmt);
	return NULL;
}

int store_step(struct store *store, sqlite3_stmt *stmt, struct sg_error *err)
{
	switch (sqlite3_step(stmt)) {
	case SQLITE_ROW:
		return 1;
	case SQLITE_DONE:
		return 0;
	default:
		return fail(store, err);
	}
}

int store_run(struct store *store, sqlite3_stmt *stmt, struct sg_error *err)
{
	int ret;

	if (!stmt)
		return -1;
	ret = store_step(store, stmt, err);
	sqlite3_finalize(stmt);
	return ret < 0 ? -1 : 0;
}

void store_text(sqlite3_stmt *stmt, int column, char *out, size_t cap)
{
	const unsigned char *text = sqlite3_column_text(stmt, column);

	snprintf(out, cap, "%s", text ? (const char *)text : "");
}

uint64_t store_number(sqlite3_stmt *stmt, int column)
{
	return (uint64_t)sqlite3_column_int64(stmt, column);
}

size_t store_bytes(sqlite3_stmt *stmt, int column, uint8_t *out, size_t cap)
{
	const void *bytes = sqlite3_column_blob(stmt, column);
	size_t len = (size_t)sqlite3_column_bytes(stmt, column);

	if (!bytes || len > cap)
		return 0;
	memcpy(out, bytes, len);
	return len;
}

static int execute(struct store *store, const char *sql, struct sg_error *err)
{
	return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK ?
		       0 : fail(store, err);
}

int store_begin(struct store *store, struct sg_error *err)
{
	return execute(store, "BEGIN IMMEDIATE", err);
}

int store_commit(struct store *store, struct sg_error *err)
{
	if (!execute(store, "COMMIT", err))
		return 0;
	store_rollback(store);
	return -1;
}

void store_rollback(struct store *store)
{
	sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
}

/* First column of the first row as text; empty when there is none. 0 or -1. */
static int ask(struct store *store, const char *sql, char *out, size_t cap,
	       struct sg_error *err)
{
	sqlite3_stmt *stmt = store_query(store, err, sql, "");
	int ret = stmt ? store_step(store, stmt, err) : -1;

	*out = '\0';
	if (ret == 1)
		store_text(stmt, 0, out, cap);
	sqlite3_finalize(stmt);
	return ret < 0 ? -1 : 0;
}

static int check_integrity(struct store *store, struct sg_error *err)
{
	char answer[256];

	if (ask(store, "PRAGMA integrity_check(1)", answer, sizeof(answer),
		err) < 0)
		return -1;
	if (!strcmp(answer, "ok"))
		return 0;
	/* one that the disk does not give may be good */
	store->damaged = !strstr(answer, "unable to get the page");
	return sg_fail(err, "database: damaged: %s", answer);
}

static int make_schema(struct store *store, struct sg_error *err)
{
	char version[16], set[128];

	if (ask(store, "PRAGMA user_version", version, sizeof(version),
		err) < 0)
		return -1;
	if (atoi(version) == SCHEMA)
		return 0;
	store->damaged = atoi(version) != 0;
	if (store->damaged)
		return sg_fail(err, "database: written by another version of suitgated (schema %s)",
			       version);
	snprintf(set, sizeof(set),
		 "PRAGMA user_version = %d; PRAGMA application_id = %d", SCHEMA,
		 FILLING);
	if (store_begin(store, err) < 0)
		return -1;
	if (execute(store, schema, err) < 0 || execute(store, set, err) < 0) {
		store_rollback(store);
		return -1;
	}
	return store_commit(store, err);
}

static int open_checked(const char *path, struct store *store,
			struct sg_error *err)
{
	char answer[16];

	store->damaged = false;
	if (sqlite3_open_v2(path, &store->db, SQLITE_OPEN_READWRITE |
			    SQLITE_OPEN_CREATE | SQLITE_OPEN_NOFOLLOW,
			    NULL) != SQLITE_OK)
		return fail(store, err);
	sqlite3_busy_timeout(store->db, 2000);
	if (ask(store, "PRAGMA journal_mode = WAL", answer, sizeof(answer),
		err) < 0)
		return -1;
	if (strcmp(answer, "wal"))
		return sg_fail(err, "database: no write-ahead log: the file system is read-only, or cannot map files");
	if (execute(store, "PRAGMA synchronous = FULL;"
			   "PRAGMA foreign_keys = ON;"
			   "PRAGMA trusted_schema = OFF", err) < 0 ||
	    check_integrity(store, err) < 0 || make_schema(store, err) < 0)
		return -1;
	return execute(store, late_schema, err);
}

static const char *const ends[] = { "", "-wal", "-shm" };

enum { ENDS = sizeof(ends) / sizeof(ends[0]), MAX_DAMAGED = 9 };

static bool is_free(const char *name)
{
	char path[MAX_PATH + 16];
	size_t i;

	for (i = 0; i < ENDS; i++) {
		snprintf(path, sizeof(path), "%s%s", name, ends[i]);
		if (faccessat(AT_FDCWD, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0 ||
		    errno != ENOENT)
			return false;
	}
	return true;
}

/* Where nothing is, for what is damaged: what was kept before stays. */
static int name_damaged(const char *path, char out[MAX_PATH],
			struct sg_error *err)
{
	int i;

	snprintf(out, MAX_PATH, "%s.damaged", path);
	for (i = 2; !is_free(out); i++) {
		if (i > MAX_DAMAGED)
			return sg_fail(err, "%s.damaged to .damaged.%d are there already: see why they were damaged, then remove them",
				       path, MAX_DAMAGED);
		snprintf(out, MAX_PATH, "%s.damaged.%d", path, i);
	}
	return 0;
}

/* Keep the damaged one for people to look at. */
static int set_aside(const char *path, struct sg_error *err)
{
	char name[MAX_PATH], from[MAX_PATH], to[MAX_PATH + 16];
	char why[sizeof(err->message)];
	size_t i;

	memcpy(why, err->message, sizeof(why));
	if (name_damaged(path, name, err) < 0)
		return -1;
	for (i = 0; i < ENDS; i++) {
		snprintf(from, sizeof(from), "%s%s", path, ends[i]);
		snprintf(to, sizeof(to), "%s%s", name, ends[i]);
		if (rename(from, to) < 0 && errno != ENOENT)
			return sg_fail(err, "%s: cannot rename %s: %m", why,
				       from);
	}
	fprintf(stderr, "suitgated: %s: made again, the old one is %s\n", why,
		name);
	return 0;
}

/* What is damaged is made again; what is not and cannot be opened stays. */
static int open_or_make(const char *path, struct store *store,
			struct sg_error *err)
{
	char why[sizeof(err->message)];

	if (open_checked(path, store, err) == 0)
		return 0;
	if (!store->damaged) {
		memcpy(why, err->message, sizeof(why));
		return sg_fail(err, "%s is left as it is: %s", path, why);
	}
	sqlite3_close(store->db);
	store->db = NULL;
	if (set_aside(path, err) < 0)
		return -1;
	return open_checked(path, store, err);
}

int store_open(const char *dir, struct store **out, bool *rebuilt,
	       struct sg_error *err)
{
	struct store *store = calloc(1, sizeof(*store));
	char path[MAX_PATH - 16], id[16];

	*out = NULL;
	if (!store)
		return sg_fail(err, "out of memory");
	snprintf(path, sizeof(path), "%s/suitgated.db", dir);
	if (open_or_make(path, store, err) < 0 ||
	    ask(store, "PRAGMA application_id", id, sizeof(id), err) < 0) {
		store_close(store);
		return -1;
	}
	*rebuilt = atoi(id) == FILLING;
	*out = store;
	return 0;
}

int store_filled(struct store *store, struct sg_error *err)
{
	return execute(store, "PRAGMA application_id = 0", err);
}

void store_close(struct store *store)
{
	if (!store)
		return;
	sqlite3_close(store->db);
	free(store);
}

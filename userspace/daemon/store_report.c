// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Floors, reports, and which of the gate's refusals they are of.
 */
#include <stdlib.h>
#include <string.h>

#include "store_private.h"

int store_floor_put(struct store *store, const struct sg_gate_floor *floor,
		    struct sg_error *err)
{
	return store_run(store, store_query(store, err,
		"INSERT INTO floor (authority, id, sequence, alg, digest)"
		" VALUES (?,?,?,?,?) " STORE_NEVER_LOWER, "tbiib",
		floor->authority, floor->id, floor->id_len,
		floor->sequence_number, (uint64_t)(int64_t)floor->digest.alg,
		floor->digest.value, floor->digest.len), err);
}

static void read_floor(sqlite3_stmt *stmt, struct sg_gate_floor *floor)
{
	*floor = (struct sg_gate_floor){ 0 };
	store_text(stmt, 0, floor->authority, sizeof(floor->authority));
	floor->id_len = store_bytes(stmt, 1, floor->id, sizeof(floor->id));
	floor->sequence_number = store_number(stmt, 2);
	floor->digest.alg = (int32_t)sqlite3_column_int64(stmt, 3);
	floor->digest.len = store_bytes(stmt, 4, floor->digest.value,
					sizeof(floor->digest.value));
}

int store_floors(struct store *store, struct sg_state *out,
		 struct sg_error *err)
{
	sqlite3_stmt *stmt = store_query(store, err,
		"SELECT authority, id, sequence, alg, digest FROM floor"
		" ORDER BY authority, id", "");
	struct sg_state_item *item;
	int ret = stmt ? 0 : -1;

	while (!ret && (ret = store_step(store, stmt, err)) == 1) {
		item = sg_state_append(out, SG_STATE_FLOOR, NULL, err);
		ret = item ? 0 : -1;
		if (item)
			read_floor(stmt, item->floor);
	}
	sqlite3_finalize(stmt);
	return ret < 0 ? -1 : 0;
}

static int count_up(struct store *store, const struct store_report *report,
		    uint64_t merge_s, struct sg_error *err)
{
	if (store_run(store, store_query(store, err,
		"UPDATE report SET count = count + 1 WHERE number = (SELECT"
		" max(number) FROM report WHERE kind = ? AND subject = ? AND"
		" result = ? AND time > ?)", "ttti", report->kind,
		report->subject, report->result, report->time - merge_s),
		err) < 0)
		return -1;
	return sqlite3_changes(store->db);
}

int store_report_add(struct store *store, const struct store_report *report,
		     uint64_t merge_s, uint64_t keep, struct sg_error *err)
{
	int ret = merge_s ? count_up(store, report, merge_s, err) : 0;

	if (ret)
		return ret < 0 ? -1 : 0;
	if (store_run(store, store_query(store, err,
		"INSERT INTO report (time, kind, subject, result, facts, count,"
		" sent) VALUES (?,?,?,?,?,1,0)", "itttt", report->time,
		report->kind, report->subject, report->result, report->facts),
		err) < 0)
		return -1;
	return store_run(store, store_query(store, err,
		"DELETE FROM report WHERE number <= (SELECT max(number) FROM"
		" report) - ?", "i", keep), err);
}

int store_reports(struct store *store, int64_t number, bool unsent,
		  int (*each)(void *context, const struct store_report *report,
			      struct sg_error *err),
		  void *context, struct sg_error *err)
{
	sqlite3_stmt *stmt = store_query(store, err,
		"SELECT number, time, kind, subject, result, facts, count"
		" FROM report WHERE (?1 = 0 OR number = ?1) AND"
		" (?2 = 0 OR sent = 0) ORDER BY number", "ii",
		(uint64_t)number, (uint64_t)unsent);
	struct store_report report;
	int ret = stmt ? 0 : -1;

	while (!ret && (ret = store_step(store, stmt, err)) == 1) {
		report = (struct store_report){
			.number = sqlite3_column_int64(stmt, 0),
			.time = store_number(stmt, 1),
			.facts = (char *)sqlite3_column_text(stmt, 5),
			.count = store_number(stmt, 6),
		};
		store_text(stmt, 2, report.kind, sizeof(report.kind));
		store_text(stmt, 3, report.subject, sizeof(report.subject));
		store_text(stmt, 4, report.result, sizeof(report.result));
		ret = report.facts ? each(context, &report, err) : 0;
	}
	sqlite3_finalize(stmt);
	return ret < 0 ? -1 : 0;
}

int store_report_sent(struct store *store, int64_t number,
		      struct sg_error *err)
{
	return store_run(store, store_query(store, err,
		"UPDATE report SET sent = 1 WHERE number = ?", "i",
		(uint64_t)number), err);
}

int store_denial_put(struct store *store, const struct store_denial *denial,
		     struct sg_error *err)
{
	return store_run(store, store_query(store, err,
		"INSERT INTO denial (only, boot_id, number, time)"
		" VALUES (1,?,?,?) ON CONFLICT (only) DO UPDATE SET"
		" boot_id = excluded.boot_id, number = excluded.number,"
		" time = iif(boot_id = excluded.boot_id,"
		" max(time, excluded.time), excluded.time)", "tii",
		denial->boot_id, denial->number, denial->time), err);
}

/*
 * Numbers have the order of records, but begin anew when the module is loaded
 * again: then they are low, and their time is later.
 */
int store_denial_known(struct store *store, const struct store_denial *denial,
		       struct sg_error *err)
{
	sqlite3_stmt *stmt = store_query(store, err,
		"SELECT 1 FROM denial WHERE boot_id = ? AND number >= ?"
		" AND time >= ?", "tii", denial->boot_id, denial->number,
		denial->time);
	int ret = stmt ? store_step(store, stmt, err) : -1;

	sqlite3_finalize(stmt);
	return ret;
}

// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The journal: jobs and their files.
 */
#include <string.h>

#include "store_private.h"

int store_job_add(struct store *store, struct store_job *job,
		  struct sg_error *err)
{
	sqlite3_stmt *stmt = store_query(store, err,
		"INSERT INTO job (state, alg, digest, authority, role,"
		" sequence, version, reboot, boot_id, boots, deadline, why)"
		" VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
		"iibtiititiit", (uint64_t)job->state,
		(uint64_t)(int64_t)job->digest.alg, job->digest.value,
		job->digest.len, job->authority, (uint64_t)job->role,
		job->sequence_number, job->version, (uint64_t)job->reboot,
		job->boot_id, job->boots, job->deadline, job->why);

	if (store_run(store, stmt, err) < 0)
		return -1;
	job->number = sqlite3_last_insert_rowid(store->db);
	return 0;
}

int store_job_update(struct store *store, const struct store_job *job,
		     struct sg_error *err)
{
	return store_run(store, store_query(store, err,
		"UPDATE job SET state = ?, reboot = ?, boot_id = ?, boots = ?,"
		" deadline = ?, why = ? WHERE number = ?", "iitiiti",
		(uint64_t)job->state, (uint64_t)job->reboot, job->boot_id,
		job->boots, job->deadline, job->why, (uint64_t)job->number),
		err);
}

static void read_job(sqlite3_stmt *stmt, struct store_job *job)
{
	job->number = sqlite3_column_int64(stmt, 0);
	job->state = (unsigned int)store_number(stmt, 1);
	job->digest.alg = (int32_t)sqlite3_column_int64(stmt, 2);
	job->digest.len = store_bytes(stmt, 3, job->digest.value,
				      sizeof(job->digest.value));
	store_text(stmt, 4, job->authority, sizeof(job->authority));
	job->role = (unsigned int)store_number(stmt, 5);
	job->sequence_number = store_number(stmt, 6);
	store_text(stmt, 7, job->version, sizeof(job->version));
	job->reboot = store_number(stmt, 8);
	store_text(stmt, 9, job->boot_id, sizeof(job->boot_id));
	job->boots = store_number(stmt, 10);
	job->deadline = store_number(stmt, 11);
	store_text(stmt, 12, job->why, sizeof(job->why));
}

#define JOB \
	"SELECT number, state, alg, digest, authority, role, sequence," \
	" version, reboot, boot_id, boots, deadline, why FROM job "

static int get_job(struct store *store, sqlite3_stmt *stmt,
		   struct store_job *out, struct sg_error *err)
{
	int ret;

	if (!stmt)
		return -1;
	*out = (struct store_job){ 0 };
	ret = store_step(store, stmt, err);
	if (ret == 1)
		read_job(stmt, out);
	sqlite3_finalize(stmt);
	return ret;
}

int store_job_next(struct store *store, int64_t after, struct store_job *out,
		   struct sg_error *err)
{
	return get_job(store, store_query(store, err,
		JOB "WHERE state != ? AND number > ? ORDER BY number LIMIT 1",
		"ii", (uint64_t)JOB_DONE, (uint64_t)after), out, err);
}

int store_job_failed(struct store *store, const struct sg_gate_digest *digest,
		     struct store_job *out, struct sg_error *err)
{
	return get_job(store, store_query(store, err,
		JOB "WHERE state = ? AND why != '' AND alg = ? AND digest = ?"
		" ORDER BY number DESC LIMIT 1", "iib", (uint64_t)JOB_DONE,
		(uint64_t)(int64_t)digest->alg, digest->value, digest->len),
		out, err);
}

int store_job_add_floor(struct store *store, int64_t job,
			const struct sg_gate_floor *floor,
			struct sg_error *err)
{
	return store_run(store, store_query(store, err,
		"INSERT INTO job_floor (job, authority, id, sequence, alg,"
		" digest) VALUES (?,?,?,?,?,?)", "itbiib", (uint64_t)job,
		floor->authority, floor->id, floor->id_len,
		floor->sequence_number, (uint64_t)(int64_t)floor->digest.alg,
		floor->digest.value, floor->digest.len), err);
}

int store_job_raise_floors(struct store *store, int64_t job,
			   struct sg_error *err)
{
	return store_run(store, store_query(store, err,
		"INSERT INTO floor (authority, id, sequence, alg, digest)"
		" SELECT authority, id, sequence, alg, digest FROM job_floor"
		" WHERE job = ? " STORE_NEVER_LOWER, "i", (uint64_t)job), err);
}

int store_job_add_file(struct store *store, int64_t job, unsigned int number,
		       const struct store_component *c, struct sg_error *err)
{
	return store_run(store, store_query(store, err,
		"INSERT INTO job_file (job, number, name, manifest, authority,"
		" role, sequence, version, vendor, class, sha256, size)"
		" VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", "iitttiitttti",
		(uint64_t)job, (uint64_t)number, c->name, c->manifest,
		c->authority, (uint64_t)c->role, c->sequence_number,
		c->version, c->vendor, c->class_id, c->sha256, c->size), err);
}

static void read_component(sqlite3_stmt *stmt, int column,
			   struct store_component *c)
{
	store_text(stmt, column++, c->name, sizeof(c->name));
	store_text(stmt, column++, c->manifest, sizeof(c->manifest));
	store_text(stmt, column++, c->authority, sizeof(c->authority));
	c->role = (unsigned int)store_number(stmt, column++);
	c->sequence_number = store_number(stmt, column++);
	store_text(stmt, column++, c->version, sizeof(c->version));
	store_text(stmt, column++, c->vendor, sizeof(c->vendor));
	store_text(stmt, column++, c->class_id, sizeof(c->class_id));
	store_text(stmt, column++, c->sha256, sizeof(c->sha256));
	c->size = store_number(stmt, column);
}

int store_job_files(struct store *store, int64_t job,
		    int (*each)(void *context, unsigned int number,
				const struct store_component *component,
				struct sg_error *err),
		    void *context, struct sg_error *err)
{
	sqlite3_stmt *stmt = store_query(store, err,
		"SELECT number, name, manifest, authority, role, sequence,"
		" version, vendor, class, sha256, size FROM job_file"
		" WHERE job = ? ORDER BY number", "i", (uint64_t)job);
	struct store_component c;
	int ret = stmt ? 0 : -1;

	while (!ret && (ret = store_step(store, stmt, err)) == 1) {
		c = (struct store_component){ 0 };
		read_component(stmt, 1, &c);
		ret = each(context, (unsigned int)store_number(stmt, 0), &c,
			   err);
	}
	sqlite3_finalize(stmt);
	return ret < 0 ? -1 : 0;
}

int store_component_put(struct store *store, const struct store_component *c,
			struct sg_error *err)
{
	return store_run(store, store_query(store, err,
		"INSERT OR REPLACE INTO component (name, manifest, authority,"
		" role, sequence, version, vendor, class, sha256, size)"
		" VALUES (?,?,?,?,?,?,?,?,?,?)", "tttiitttti",
		c->name, c->manifest, c->authority, (uint64_t)c->role,
		c->sequence_number, c->version, c->vendor, c->class_id,
		c->sha256, c->size), err);
}

/* What is on trial hides what is confirmed; job state 6 is JOB_DONE. */
#define INSTALLED \
	"SELECT f.name, f.manifest, f.authority, f.role, f.sequence," \
	" f.version, f.vendor, f.class, f.sha256, f.size, 0 FROM job_file f" \
	" JOIN job ON f.job = job.number WHERE job.state != 6" \
	" UNION ALL SELECT name, manifest, authority, role, sequence," \
	" version, vendor, class, sha256, size, 1 FROM component" \
	" WHERE name NOT IN (SELECT f.name FROM job_file f JOIN job ON" \
	" f.job = job.number WHERE job.state != 6)"

static void read_installed(sqlite3_stmt *stmt, struct store_component *c)
{
	*c = (struct store_component){ 0 };
	read_component(stmt, 0, c);
	c->confirmed = store_number(stmt, 10);
}

static int get_component(struct store *store, sqlite3_stmt *stmt,
			 struct store_component *out, struct sg_error *err)
{
	int ret;

	if (!stmt)
		return -1;
	ret = store_step(store, stmt, err);
	if (ret == 1)
		read_installed(stmt, out);
	sqlite3_finalize(stmt);
	return ret;
}

int store_component_confirmed(struct store *store, const char *name,
			      struct store_component *out,
			      struct sg_error *err)
{
	return get_component(store, store_query(store, err,
		"SELECT name, manifest, authority, role, sequence, version,"
		" vendor, class, sha256, size, 1 FROM component"
		" WHERE name = ?", "t", name), out, err);
}

int store_component_get(struct store *store, const char *name,
			struct store_component *out, struct sg_error *err)
{
	return get_component(store, store_query(store, err,
		"SELECT * FROM (" INSTALLED ") WHERE name = ?", "t", name),
		out, err);
}

int store_components(struct store *store,
		     int (*each)(void *context,
				 const struct store_component *component,
				 struct sg_error *err),
		     void *context, struct sg_error *err)
{
	sqlite3_stmt *stmt = store_query(store, err,
					 INSTALLED " ORDER BY 1", "");
	struct store_component c;
	int ret = stmt ? 0 : -1;

	while (!ret && (ret = store_step(store, stmt, err)) == 1) {
		read_installed(stmt, &c);
		ret = each(context, &c, err);
	}
	sqlite3_finalize(stmt);
	return ret < 0 ? -1 : 0;
}

int store_manifest_uses(struct store *store, const char *manifest,
			uint64_t *out, struct sg_error *err)
{
	sqlite3_stmt *stmt = store_query(store, err,
		"SELECT count(*) FROM (" INSTALLED ") WHERE manifest = ?1 OR"
		" EXISTS (SELECT 1 FROM component WHERE manifest = ?1)", "t",
		manifest);
	int ret;

	if (!stmt)
		return -1;
	ret = store_step(store, stmt, err);
	*out = ret == 1 ? store_number(stmt, 0) : 0;
	sqlite3_finalize(stmt);
	return ret < 0 ? -1 : 0;
}

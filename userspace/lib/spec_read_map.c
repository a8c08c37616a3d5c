// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Maps and sequences from JSON.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "author_private.h"
#include "spec_read.h"

/* A name that @name is a part of, or that is a part of it; NULL for none. */
static const char *similar(const struct sg_spec_table *table, const char *name)
{
	size_t i;

	for (i = 0; i < table->n; i++)
		if (strstr(table->row[i].name, name) ||
		    strstr(name, table->row[i].name))
			return table->row[i].name;
	return NULL;
}

static int not_found(struct sg_spec_reader *r,
		     const struct sg_spec_table *table, const char *name)
{
	const char *near = *name ? similar(table, name) : NULL;

	if (near)
		return sg_fail(r->err, "not known in \"%s\"; did you mean \"%s\"?",
			       table->name, near);
	return sg_fail(r->err, "not known in \"%s\"; what has no name goes by its number",
		       table->name);
}

/* The row of a member: by name, or any item by number. */
static int find_row(struct sg_spec_reader *r,
		    const struct sg_spec_table *table, const char *name,
		    struct sg_spec_row *row, int64_t *code)
{
	const struct sg_spec_row *known = sg_spec_by_name(table, name);
	const char *digits = name + (*name == '-');

	*row = known ? *known : sg_spec_any;
	*code = row->code;
	if (known)
		return 0;
	errno = 0;
	*code = strtoll(name, NULL, 10);
	if (!*digits || digits[strspn(digits, "0123456789")] || errno)
		return not_found(r, table, name);
	return 0;
}

static const char *name_at(sd_json_variant *object, size_t i)
{
	return sd_json_variant_string(sd_json_variant_by_index(object, i));
}

/* Sort the members of @object; say which one is there twice. */
static int write_map(struct sg_spec_reader *r, sd_json_variant *object,
		     struct sg_cbor_map *map, struct sg_cbor_writer *w)
{
	size_t i, j, n = sd_json_variant_elements(object);

	if (!sg_cbor_map_write(map, w, r->err))
		return 0;
	for (i = 2; i < n; i += 2) {
		for (j = 0; j < i; j += 2) {
			if (strcmp(name_at(object, i), name_at(object, j)))
				continue;
			sg_spec_enter(r, name_at(object, i));
			return -1;
		}
	}
	return -1;
}

/* One member into @map. */
static int read_member(struct sg_spec_reader *r,
		       const struct sg_spec_table *table, const char *name,
		       sd_json_variant *v, struct sg_cbor_map *map)
{
	struct sg_cbor_writer key = { 0 }, value = { 0 };
	struct sg_spec_row row;
	int64_t code;
	size_t at = sg_spec_enter(r, name);
	int ret = -1;

	if (!find_row(r, table, name, &row, &code) &&
	    !sg_spec_read_item(r, &row, v, &value)) {
		sg_cbor_write_int(&key, code);
		ret = sg_cbor_map_add(map, &key, &value, r->err);
	}
	sg_buf_free(&value.buf);
	if (!ret)
		sg_spec_leave(r, at);
	return ret;
}

int sg_spec_read_members(struct sg_spec_reader *r,
			 const struct sg_spec_table *table, sd_json_variant *v,
			 const char *except, struct sg_cbor_map *map)
{
	size_t i, n = sd_json_variant_elements(v);

	if (sg_spec_expect_object(r, v) < 0)
		return -1;
	for (i = 0; i < n; i += 2)
		if ((!except || strcmp(name_at(v, i), except)) &&
		    read_member(r, table, name_at(v, i),
				sd_json_variant_by_index(v, i + 1), map) < 0)
			return -1;
	return 0;
}

int sg_spec_read_map(struct sg_spec_reader *r, const struct sg_spec_row *row,
		     sd_json_variant *v, struct sg_cbor_writer *w)
{
	struct sg_cbor_map map = { 0 };
	int ret = sg_spec_read_members(r, row->table, v, NULL, &map);

	if (!ret)
		ret = write_map(r, v, &map, w);
	sg_cbor_map_free(&map);
	return ret;
}

/* {...} or [{...}, {...}] */
int sg_spec_read_map_list(struct sg_spec_reader *r,
			  const struct sg_spec_row *row, sd_json_variant *v,
			  struct sg_cbor_writer *w)
{
	const struct sg_spec_row each = {
		.kind = SG_SPEC_MAP, .table = row->table
	};

	if (sd_json_variant_is_array(v))
		return sg_spec_read_each(r, &each, v, w);
	return sg_spec_read_map(r, row, v, w);
}

/* One numbered map of several. */
static int read_numbered(struct sg_spec_reader *r,
			 const struct sg_spec_row *row, sd_json_variant *name,
			 sd_json_variant *v, struct sg_cbor_map *map)
{
	struct sg_cbor_writer key = { 0 }, value = { 0 };
	size_t at = sg_spec_enter(r, sd_json_variant_string(name));
	uint64_t number;
	int ret = -1;

	if (!sg_json_get_uint(name, &number, r->err) &&
	    !sg_spec_read_item(r, row, v, &value)) {
		sg_cbor_write_uint(&key, number);
		ret = sg_cbor_map_add(map, &key, &value, r->err);
	}
	sg_buf_free(&value.buf);
	if (!ret)
		sg_spec_leave(r, at);
	return ret;
}

int sg_spec_read_maps(struct sg_spec_reader *r, const struct sg_spec_row *row,
		      sd_json_variant *v, struct sg_cbor_writer *w)
{
	const struct sg_spec_row each = {
		.kind = row->kind == SG_SPEC_MAPS ? SG_SPEC_MAP : SG_SPEC_NAMES,
		.table = row->table,
	};
	struct sg_cbor_map map = { 0 };
	size_t i, n = sd_json_variant_elements(v);
	int ret = sg_spec_expect_object(r, v);

	for (i = 0; !ret && i < n; i += 2)
		ret = read_numbered(r, &each, sd_json_variant_by_index(v, i),
				    sd_json_variant_by_index(v, i + 1), &map);
	if (!ret)
		ret = write_map(r, v, &map, w);
	sg_cbor_map_free(&map);
	return ret;
}

int sg_spec_read_names(struct sg_spec_reader *r, const struct sg_spec_row *row,
		       sd_json_variant *v, struct sg_cbor_writer *w)
{
	size_t i, at, n = sd_json_variant_elements(v);
	struct sg_spec_row member;
	const char *name;
	int64_t code;

	if (sg_spec_expect_array(r, v) < 0)
		return -1;
	sg_cbor_write_array(w, n);
	for (i = 0; i < n; i++) {
		at = sg_spec_enter_index(r, i);
		if (sg_json_get_string(sd_json_variant_by_index(v, i), &name,
				       r->err) < 0 ||
		    find_row(r, row->table, name, &member, &code) < 0)
			return -1;
		sg_cbor_write_int(w, code);
		sg_spec_leave(r, at);
	}
	return 0;
}

/* {"name": argument} */
static int read_command(struct sg_spec_reader *r, sd_json_variant *v,
			struct sg_cbor_writer *w)
{
	struct sg_spec_row row;
	int64_t code;
	size_t at;

	if (!sd_json_variant_is_object(v) || sd_json_variant_elements(v) != 2)
		return sg_fail(r->err, "expected {\"command\": argument}, or a command that needs none");
	at = sg_spec_enter(r, name_at(v, 0));
	if (find_row(r, &sg_spec_commands, name_at(v, 0), &row, &code) < 0)
		return -1;
	sg_cbor_write_int(w, code);
	if (sg_spec_read_item(r, &row, sd_json_variant_by_index(v, 1), w) < 0)
		return -1;
	sg_spec_leave(r, at);
	return 0;
}

/* "name": a command with the reporting policy that its kind mostly has. */
static int read_bare_command(struct sg_spec_reader *r, const char *name,
			     struct sg_cbor_writer *w)
{
	static const uint8_t policy[SG_SPEC_KINDS] = {
		[SG_SPEC_CONDITION] = SG_POLICY_CONDITION,
		[SG_SPEC_DIRECTIVE] = SG_POLICY_FETCH,
	};
	struct sg_spec_row row;
	int64_t code;

	if (find_row(r, &sg_spec_commands, name, &row, &code) < 0)
		return -1;
	if (!policy[row.kind])
		return sg_fail(r->err, "\"%s\" needs an argument: {\"%s\": ...}",
			       name, name);
	sg_cbor_write_int(w, code);
	sg_cbor_write_uint(w, policy[row.kind]);
	return 0;
}

int sg_spec_read_sequence(struct sg_spec_reader *r,
			  const struct sg_spec_row *row, sd_json_variant *v,
			  struct sg_cbor_writer *w)
{
	size_t i, at, n = sd_json_variant_elements(v);
	int ret = sg_spec_expect_array(r, v);

	(void)row;
	sg_cbor_write_array(w, 2 * n);
	for (i = 0; !ret && i < n; i++) {
		sd_json_variant *command = sd_json_variant_by_index(v, i);

		at = sg_spec_enter_index(r, i);
		if (sd_json_variant_is_string(command))
			ret = read_bare_command(r,
						sd_json_variant_string(command),
						w);
		else
			ret = read_command(r, command, w);
		if (!ret)
			sg_spec_leave(r, at);
	}
	return ret;
}

int sg_spec_read_try_each(struct sg_spec_reader *r,
			  const struct sg_spec_row *row, sd_json_variant *v,
			  struct sg_cbor_writer *w)
{
	size_t i, at, n = sd_json_variant_elements(v);

	(void)row;
	if (sg_spec_expect_array(r, v) < 0)
		return -1;
	sg_cbor_write_array(w, n);
	for (i = 0; i < n; i++) {
		sd_json_variant *sequence = sd_json_variant_by_index(v, i);

		at = sg_spec_enter_index(r, i);
		if (sd_json_variant_is_null(sequence))
			sg_cbor_write_null(w);
		else if (sg_spec_read_item(r, &sg_spec_sequence, sequence,
					   w) < 0)
			return -1;
		sg_spec_leave(r, at);
	}
	return 0;
}

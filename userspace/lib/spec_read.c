// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Items of a manifest from JSON.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "author_private.h"
#include "spec_read.h"

/* Levels of a description; what is shown never has as many. */
enum { MAX_DEPTH = 100 };

static size_t append(struct sg_spec_reader *r, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* What does not fit is cut off. */
static size_t append(struct sg_spec_reader *r, const char *fmt, ...)
{
	size_t at = r->at, room = sizeof(r->where) - at;
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(r->where + at, room, fmt, args);
	va_end(args);
	if (n > 0)
		r->at += (size_t)n < room ? (size_t)n : room - 1;
	return at;
}

size_t sg_spec_enter(struct sg_spec_reader *r, const char *name)
{
	return append(r, "%s%s", r->at ? "." : "", name);
}

size_t sg_spec_enter_key(struct sg_spec_reader *r, const char *name)
{
	return append(r, "[\"%s\"]", name);
}

size_t sg_spec_enter_index(struct sg_spec_reader *r, size_t index)
{
	return append(r, "[%zu]", index);
}

void sg_spec_leave(struct sg_spec_reader *r, size_t at)
{
	r->at = at;
	r->where[at] = 0;
}

int sg_spec_expect_array(struct sg_spec_reader *r, sd_json_variant *v)
{
	if (sd_json_variant_is_array(v))
		return 0;
	return sg_fail(r->err, "expected an array");
}

int sg_spec_expect_object(struct sg_spec_reader *r, sd_json_variant *v)
{
	if (sd_json_variant_is_object(v))
		return 0;
	return sg_fail(r->err, "expected an object");
}

int sg_spec_get_path(struct sg_spec_reader *r, sd_json_variant *v,
		     const char *name, const char **path)
{
	if (r->offline)
		return sg_fail(r->err, "no file is read here");
	return sg_json_get_string(sg_json_sole(v, name), path, r->err);
}

int sg_spec_get_code(struct sg_spec_reader *r,
		     const struct sg_spec_name *names, sd_json_variant *v,
		     int64_t *code)
{
	if (!sd_json_variant_is_string(v) ||
	    !sg_spec_code_of(names, sd_json_variant_string(v), code))
		return sg_json_get_int(v, code, r->err);
	return 0;
}

static int read_uint(struct sg_spec_reader *r, const struct sg_spec_row *row,
		     sd_json_variant *v, struct sg_cbor_writer *w)
{
	uint64_t value;

	(void)row;
	if (sg_json_get_uint(v, &value, r->err) < 0)
		return -1;
	sg_cbor_write_uint(w, value);
	return 0;
}

static int read_int(struct sg_spec_reader *r, const struct sg_spec_row *row,
		    sd_json_variant *v, struct sg_cbor_writer *w)
{
	int64_t value;

	(void)row;
	if (sg_json_get_int(v, &value, r->err) < 0)
		return -1;
	sg_cbor_write_int(w, value);
	return 0;
}

static int read_bool(struct sg_spec_reader *r, const struct sg_spec_row *row,
		     sd_json_variant *v, struct sg_cbor_writer *w)
{
	(void)row;
	if (!sd_json_variant_is_boolean(v))
		return sg_fail(r->err, "expected true or false");
	sg_cbor_write_bool(w, sd_json_variant_boolean(v));
	return 0;
}

static int read_text(struct sg_spec_reader *r, const struct sg_spec_row *row,
		     sd_json_variant *v, struct sg_cbor_writer *w)
{
	const char *text;

	(void)row;
	if (sg_json_get_string(v, &text, r->err) < 0)
		return -1;
	sg_cbor_write_text(w, text);
	return 0;
}

static sg_spec_read_fn *const read_kind[SG_SPEC_KINDS] = {
	[SG_SPEC_ANY] = sg_spec_read_any,
	[SG_SPEC_UINT] = read_uint,
	[SG_SPEC_CONDITION] = read_uint,
	[SG_SPEC_DIRECTIVE] = read_uint,
	[SG_SPEC_SIZE] = sg_spec_read_size,
	[SG_SPEC_INT] = read_int,
	[SG_SPEC_BOOL] = read_bool,
	[SG_SPEC_TEXT] = read_text,
	[SG_SPEC_BYTES] = sg_spec_read_bytes,
	[SG_SPEC_URI] = sg_spec_read_uri,
	[SG_SPEC_CODES] = sg_spec_read_codes,
	[SG_SPEC_UUID] = sg_spec_read_uuid,
	[SG_SPEC_DIGEST] = sg_spec_read_digest,
	[SG_SPEC_VERSION] = sg_spec_read_version,
	[SG_SPEC_VERSION_MATCH] = sg_spec_read_version_match,
	[SG_SPEC_COMPONENT] = sg_spec_read_component,
	[SG_SPEC_COMPONENTS] = sg_spec_read_components,
	[SG_SPEC_INDEX] = sg_spec_read_index,
	[SG_SPEC_INDICES] = sg_spec_read_indices,
	[SG_SPEC_SEQUENCE] = sg_spec_read_sequence,
	[SG_SPEC_TRY_EACH] = sg_spec_read_try_each,
	[SG_SPEC_MAP] = sg_spec_read_map,
	[SG_SPEC_MAP_LIST] = sg_spec_read_map_list,
	[SG_SPEC_MAPS] = sg_spec_read_maps,
	[SG_SPEC_NAMES] = sg_spec_read_names,
	[SG_SPEC_NAMES_MAPS] = sg_spec_read_maps,
	[SG_SPEC_TEXTS] = sg_spec_read_texts,
	[SG_SPEC_PAYLOAD] = sg_spec_read_payload,
};

/* An item as it is: one, and such that readers accept it. */
static int read_raw(struct sg_spec_reader *r, sd_json_variant *v,
		    struct sg_cbor_writer *w)
{
	struct sg_buf bytes = { 0 };
	bool one;

	if (sg_json_unhex(v, &bytes, r->err) < 0)
		return -1;
	one = suit_cbor_check((struct suit_slice){ bytes.data, bytes.len }) ==
	      SUIT_OK;
	if (one)
		sg_cbor_write_raw(w, bytes.data, bytes.len);
	sg_buf_free(&bytes);
	if (!one)
		return sg_fail(r->err, "expected one CBOR item in deterministic encoding");
	return 0;
}

/* {"cbor": item} stands for what the row does not expect. */
static int read_value(struct sg_spec_reader *r, const struct sg_spec_row *row,
		      sd_json_variant *v, struct sg_cbor_writer *w)
{
	sd_json_variant *any = sg_json_sole(v, "cbor");

	if (any && row->kind != SG_SPEC_ANY)
		return sg_spec_read_at(r, "cbor", &sg_spec_any, any, w);
	return read_kind[row->kind](r, row, v, w);
}

static int read_wrapped(struct sg_spec_reader *r,
			const struct sg_spec_row *row, sd_json_variant *v,
			struct sg_cbor_writer *w)
{
	struct sg_cbor_writer inside = { 0 };
	int ret = read_value(r, row, v, &inside);

	if (ret < 0)
		sg_buf_free(&inside.buf);
	else
		sg_write_wrapped(w, &inside);
	return ret;
}

static bool is_severed(const struct sg_spec_row *row, sd_json_variant *v)
{
	return row->severable && sd_json_variant_is_object(v) &&
	       sd_json_variant_is_boolean(sd_json_variant_by_key(v, "severed"));
}

int sg_spec_read_item(struct sg_spec_reader *r, const struct sg_spec_row *row,
		      sd_json_variant *v, struct sg_cbor_writer *w)
{
	sd_json_variant *raw = sg_json_sole(v, "raw");
	int ret;

	if (sd_json_variant_is_string(raw))
		return read_raw(r, raw, w);
	if (r->depth == MAX_DEPTH)
		return sg_fail(r->err, "nested too deeply");
	r->depth++;
	if (is_severed(row, v))
		ret = sg_spec_read_severable(r, row, v, w);
	else if (row->wrapped)
		ret = read_wrapped(r, row, v, w);
	else
		ret = read_value(r, row, v, w);
	r->depth--;
	return ret;
}

int sg_spec_read_at(struct sg_spec_reader *r, const char *name,
		    const struct sg_spec_row *row, sd_json_variant *v,
		    struct sg_cbor_writer *w)
{
	size_t at = sg_spec_enter(r, name);

	if (sg_spec_read_item(r, row, v, w) < 0)
		return -1;
	sg_spec_leave(r, at);
	return 0;
}

int sg_spec_read_each(struct sg_spec_reader *r, const struct sg_spec_row *each,
		      sd_json_variant *v, struct sg_cbor_writer *w)
{
	size_t i, at, n = sd_json_variant_elements(v);

	if (sg_spec_expect_array(r, v) < 0)
		return -1;
	sg_cbor_write_array(w, n);
	for (i = 0; i < n; i++) {
		at = sg_spec_enter_index(r, i);
		if (sg_spec_read_item(r, each, sd_json_variant_by_index(v, i),
				      w) < 0)
			return -1;
		sg_spec_leave(r, at);
	}
	return 0;
}

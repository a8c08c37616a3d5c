// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Any CBOR item from JSON, see spec_show_any.c.
 */
#include "author_private.h"
#include "spec_read.h"

static int read_child(struct sg_spec_reader *r, sd_json_variant *v,
		      struct sg_cbor_writer *w)
{
	return sg_spec_read_item(r, &sg_spec_any, v, w);
}

/* [key, value] */
static int read_pair(struct sg_spec_reader *r, sd_json_variant *v,
		     struct sg_cbor_map *map)
{
	struct sg_cbor_writer key = { 0 }, value = { 0 };
	int ret = -1;

	if (!sd_json_variant_is_array(v) || sd_json_variant_elements(v) != 2)
		return sg_fail(r->err, "expected [key, value]");
	if (!read_child(r, sd_json_variant_by_index(v, 0), &key) &&
	    !read_child(r, sd_json_variant_by_index(v, 1), &value))
		ret = sg_cbor_map_add(map, &key, &value, r->err);
	sg_buf_free(&key.buf);
	sg_buf_free(&value.buf);
	return ret;
}

static int read_pairs(struct sg_spec_reader *r, sd_json_variant *v,
		      struct sg_cbor_writer *w)
{
	struct sg_cbor_map map = { 0 };
	size_t i, at, n = sd_json_variant_elements(v);
	int ret = sg_spec_expect_array(r, v);

	for (i = 0; !ret && i < n; i++) {
		at = sg_spec_enter_index(r, i);
		ret = read_pair(r, sd_json_variant_by_index(v, i), &map);
		if (!ret)
			sg_spec_leave(r, at);
	}
	if (!ret)
		ret = sg_cbor_map_write(&map, w, r->err);
	sg_cbor_map_free(&map);
	return ret;
}

static int read_hex(struct sg_spec_reader *r, sd_json_variant *v,
		    struct sg_cbor_writer *w)
{
	struct sg_buf bytes;

	if (sg_json_unhex(v, &bytes, r->err) < 0)
		return -1;
	sg_cbor_write_bytes(w, bytes.data, bytes.len);
	sg_buf_free(&bytes);
	return 0;
}

static int read_tag(struct sg_spec_reader *r, sd_json_variant *v,
		    struct sg_cbor_writer *w)
{
	static const char *const names[] = { "tag", "value", NULL };
	sd_json_variant *value = sd_json_variant_by_key(v, "value");
	uint64_t tag;

	if (sg_json_only(v, names, r->err) < 0)
		return -1;
	if (!value)
		return sg_fail(r->err, "expected {\"tag\": number, \"value\": item}");
	if (sg_json_get_uint(sd_json_variant_by_key(v, "tag"), &tag,
			     r->err) < 0)
		return -1;
	sg_cbor_write_tag(w, tag);
	return read_child(r, value, w);
}

/* The item that a file has. */
static int read_file(struct sg_spec_reader *r, sd_json_variant *v,
		     struct sg_cbor_writer *w)
{
	struct sg_buf bytes = { 0 };
	const char *path;
	bool one;

	if (sg_spec_get_path(r, v, "file", &path) < 0 ||
	    sg_file_read(path, SUIT_MAX_ENVELOPE, &bytes, r->err) < 0)
		return -1;
	one = suit_cbor_check((struct suit_slice){ bytes.data, bytes.len }) ==
	      SUIT_OK;
	if (one)
		sg_cbor_write_raw(w, bytes.data, bytes.len);
	sg_buf_free(&bytes);
	if (!one)
		return sg_fail(r->err, "%s is not one CBOR item in deterministic encoding",
			       path);
	return 0;
}

static int read_uint(struct sg_spec_reader *r, sd_json_variant *v,
		     struct sg_cbor_writer *w)
{
	uint64_t value;

	if (sg_json_get_uint(v, &value, r->err) < 0)
		return -1;
	sg_cbor_write_uint(w, value);
	return 0;
}

static int read_int(struct sg_spec_reader *r, sd_json_variant *v,
		    struct sg_cbor_writer *w)
{
	int64_t value;

	if (!sd_json_variant_is_negative(v) &&
	    !(sd_json_variant_is_string(v) &&
	      *sd_json_variant_string(v) == '-'))
		return read_uint(r, v, w);
	if (sg_json_get_int(v, &value, r->err) < 0)
		return -1;
	sg_cbor_write_int(w, value);
	return 0;
}

static int read_object(struct sg_spec_reader *r, sd_json_variant *v,
		       struct sg_cbor_writer *w)
{
	static const struct {
		const char *name;
		int (*read)(struct sg_spec_reader *r, sd_json_variant *v,
			    struct sg_cbor_writer *w);
	} forms[] = {
		{ "hex", read_hex },
		{ "map", read_pairs },
		{ "int", read_int },
	};
	size_t i;

	for (i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		sd_json_variant *value = sg_json_sole(v, forms[i].name);

		if (value)
			return forms[i].read(r, value, w);
	}
	if (sd_json_variant_by_key(v, "tag"))
		return read_tag(r, v, w);
	if (sg_json_sole(v, "file"))
		return read_file(r, v, w);
	return sg_fail(r->err, "expected an object with \"hex\", \"map\", \"int\", \"tag\" and \"value\", \"file\" or \"raw\"");
}

int sg_spec_read_any(struct sg_spec_reader *r, const struct sg_spec_row *row,
		     sd_json_variant *v, struct sg_cbor_writer *w)
{
	(void)row;
	if (sd_json_variant_is_object(v))
		return read_object(r, v, w);
	if (sd_json_variant_is_array(v))
		return sg_spec_read_each(r, &sg_spec_any, v, w);
	if (sd_json_variant_is_string(v))
		sg_cbor_write_text(w, sd_json_variant_string(v));
	else if (sd_json_variant_is_boolean(v))
		sg_cbor_write_bool(w, sd_json_variant_boolean(v));
	else if (sd_json_variant_is_null(v))
		sg_cbor_write_null(w);
	else
		return read_int(r, v, w);
	return 0;
}

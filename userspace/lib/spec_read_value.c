// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Bytes, identifiers, digests and versions from JSON, with what is easier to
 * write than they are.
 */
#include <inttypes.h>
#include <string.h>

#include "author_private.h"
#include "fault.h"
#include "spec_read.h"
#include "spec_version.h"
#include "uuid.h"

int sg_spec_read_size(struct sg_spec_reader *r, const struct sg_spec_row *row,
		      sd_json_variant *v, struct sg_cbor_writer *w)
{
	uint8_t digest[SG_SHA256];
	const char *path;
	uint64_t size;

	(void)row;
	if (!sg_json_sole(v, "file")) {
		if (sg_json_get_uint(v, &size, r->err) < 0)
			return -1;
	} else if (sg_spec_get_path(r, v, "file", &path) < 0 ||
		   sg_file_sha256(path, digest, &size, r->err) < 0) {
		return -1;
	}
	sg_cbor_write_uint(w, size);
	return 0;
}

/* "hex", {"text": ...} or {"file": ...} */
int sg_spec_read_bytes(struct sg_spec_reader *r, const struct sg_spec_row *row,
		       sd_json_variant *v, struct sg_cbor_writer *w)
{
	sd_json_variant *text = sg_json_sole(v, "text");
	struct sg_buf bytes = { 0 };
	const char *string;

	(void)row;
	if (text) {
		if (sg_json_get_string(text, &string, r->err) < 0)
			return -1;
		sg_cbor_write_bytes(w, string, strlen(string));
		return 0;
	}
	if (sg_json_sole(v, "file")) {
		if (sg_spec_get_path(r, v, "file", &string) < 0 ||
		    sg_file_read(string, SUIT_MAX_ENVELOPE, &bytes, r->err) < 0)
			return -1;
	} else if (sg_json_unhex(v, &bytes, r->err) < 0) {
		return -1;
	}
	sg_cbor_write_bytes(w, bytes.data, bytes.len);
	sg_buf_free(&bytes);
	return 0;
}

int sg_spec_read_uri(struct sg_spec_reader *r, const struct sg_spec_row *row,
		     sd_json_variant *v, struct sg_cbor_writer *w)
{
	const char *uri;

	(void)row;
	if (sg_json_get_string(v, &uri, r->err) < 0)
		return -1;
	sg_cbor_write_tag(w, SG_TAG_URI);
	sg_cbor_write_text(w, uri);
	return 0;
}

static int read_code(struct sg_spec_reader *r, const struct sg_spec_row *row,
		     sd_json_variant *v, struct sg_cbor_writer *w)
{
	int64_t code;

	if (sg_spec_get_code(r, row->names, v, &code) < 0)
		return sg_fail(r->err, "expected a number, or a name for one, for example \"%s\"",
			       row->names->name);
	sg_cbor_write_int(w, code);
	return 0;
}

/* A name, or several. */
int sg_spec_read_codes(struct sg_spec_reader *r, const struct sg_spec_row *row,
		       sd_json_variant *v, struct sg_cbor_writer *w)
{
	size_t i, at, n = sd_json_variant_elements(v);

	if (!sd_json_variant_is_array(v))
		return read_code(r, row, v, w);
	sg_cbor_write_array(w, n);
	for (i = 0; i < n; i++) {
		at = sg_spec_enter_index(r, i);
		if (read_code(r, row, sd_json_variant_by_index(v, i), w) < 0)
			return -1;
		sg_spec_leave(r, at);
	}
	return 0;
}

/* {"vendor": domain or UUID, "class": name}, without a class the vendor */
static int read_names(struct sg_spec_reader *r, sd_json_variant *v,
		      uint8_t id[SG_UUID])
{
	static const char *const names[] = { "vendor", "class", NULL };
	sd_json_variant *class = sd_json_variant_by_key(v, "class");
	const char *vendor, *name;
	uint8_t space[SG_UUID];

	if (sg_json_only(v, names, r->err) < 0)
		return -1;
	if (!sd_json_variant_by_key(v, "vendor"))
		return sg_fail(r->err, "expected a \"vendor\", a domain name or a UUID");
	if (sg_json_get_string(sd_json_variant_by_key(v, "vendor"), &vendor,
			       r->err) < 0)
		return -1;
	if (sg_uuid_parse(vendor, space) < 0 &&
	    sg_uuid_of_domain(vendor, space, r->err) < 0)
		return -1;
	memcpy(id, space, SG_UUID);
	if (!class)
		return 0;
	if (sg_json_get_string(class, &name, r->err) < 0)
		return -1;
	return sg_uuid_of_name(space, name, id, r->err);
}

/* A UUID, bytes in hex, or names. */
int sg_spec_read_uuid(struct sg_spec_reader *r, const struct sg_spec_row *row,
		      sd_json_variant *v, struct sg_cbor_writer *w)
{
	uint8_t id[SG_UUID];

	if (sd_json_variant_is_object(v)) {
		if (read_names(r, v, id) < 0)
			return -1;
	} else if (!sd_json_variant_is_string(v) ||
		   sg_uuid_parse(sd_json_variant_string(v), id) < 0) {
		if (!sg_spec_read_bytes(r, row, v, w))
			return 0;
		return sg_fail(r->err, "expected a UUID, {\"vendor\": \"example.com\"} or {\"vendor\": ..., \"class\": \"name\"}");
	}
	sg_cbor_write_bytes(w, id, sizeof(id));
	return 0;
}

/* Of the manifest in the envelope that a file has: what dependencies go by. */
static int digest_of_manifest(struct sg_spec_reader *r, const char *path,
			      uint8_t digest[SG_SHA256])
{
	struct sg_buf bytes = { 0 };
	struct suit_envelope env;
	enum suit_error error;
	int ret;

	if (sg_file_read(path, SUIT_MAX_ENVELOPE, &bytes, r->err) < 0)
		return -1;
	error = suit_envelope_open(&env, (struct suit_slice){ bytes.data,
							      bytes.len });
	if (error != SUIT_OK)
		ret = sg_fault_open(r->err, error, env.epoch, path);
	else
		ret = sg_sha256(env.manifest_bstr.ptr, env.manifest_bstr.len,
				digest, r->err);
	sg_buf_free(&bytes);
	return ret;
}

static int read_given_digest(struct sg_spec_reader *r,
			     const struct sg_spec_name *algs,
			     sd_json_variant *v, struct sg_cbor_writer *w)
{
	static const char *const names[] = { "alg", "value", NULL };
	struct sg_buf value = { 0 };
	int64_t alg;
	size_t at;

	if (sg_json_only(v, names, r->err) < 0)
		return -1;
	at = sg_spec_enter(r, "alg");
	if (sg_spec_get_code(r, algs, sd_json_variant_by_key(v, "alg"),
			     &alg) < 0)
		return sg_fail(r->err, "expected an algorithm, for example \"sha-256\"");
	sg_spec_leave(r, at);
	sg_spec_enter(r, "value");
	if (sg_json_unhex(sd_json_variant_by_key(v, "value"), &value,
			  r->err) < 0)
		return -1;
	sg_spec_leave(r, at);
	sg_cbor_write_array(w, 2);
	sg_cbor_write_int(w, alg);
	sg_cbor_write_bytes(w, value.data, value.len);
	sg_buf_free(&value);
	return 0;
}

/* {"alg": ..., "value": hex}, {"file": ...} or {"envelope": ...} */
int sg_spec_read_digest(struct sg_spec_reader *r, const struct sg_spec_row *row,
			sd_json_variant *v, struct sg_cbor_writer *w)
{
	const struct sg_spec_name *algs =
		row->names ? row->names : sg_spec_algs;
	uint8_t digest[SG_SHA256];
	const char *path;
	uint64_t size;

	if (sg_json_sole(v, "file")) {
		if (sg_spec_get_path(r, v, "file", &path) < 0 ||
		    sg_file_sha256(path, digest, &size, r->err) < 0)
			return -1;
	} else if (sg_json_sole(v, "envelope")) {
		if (sg_spec_get_path(r, v, "envelope", &path) < 0 ||
		    digest_of_manifest(r, path, digest) < 0)
			return -1;
	} else if (sd_json_variant_is_object(v)) {
		return read_given_digest(r, algs, v, w);
	} else {
		return sg_fail(r->err, "expected {\"file\": path}, {\"envelope\": path} or {\"alg\": ..., \"value\": hex}");
	}
	sg_cbor_write_array(w, 2);
	/* SHA-256 is the first of all algorithms */
	sg_cbor_write_int(w, algs->code);
	sg_cbor_write_bytes(w, digest, sizeof(digest));
	return 0;
}

/* "1.2.3-rc.1", or its integers */
int sg_spec_read_version(struct sg_spec_reader *r,
			 const struct sg_spec_row *row, sd_json_variant *v,
			 struct sg_cbor_writer *w)
{
	int64_t part[SG_VERSION_PARTS];
	size_t i, n;

	if (sd_json_variant_is_array(v))
		return sg_spec_read_any(r, row, v, w);
	if (!sd_json_variant_is_string(v) ||
	    sg_version_parse(sd_json_variant_string(v), part, &n) < 0)
		return sg_fail(r->err, "expected a version, for example \"1.2.3\" or \"1.2.3-rc.1\", or an array of numbers");
	sg_cbor_write_array(w, n);
	for (i = 0; i < n; i++)
		sg_cbor_write_int(w, part[i]);
	return 0;
}

int sg_spec_read_version_match(struct sg_spec_reader *r,
			       const struct sg_spec_row *row,
			       sd_json_variant *v, struct sg_cbor_writer *w)
{
	const struct sg_spec_name *op;
	sd_json_variant *version;
	size_t at;

	for (op = sg_spec_operators; op->name; op++) {
		version = sg_json_sole(v, op->name);
		if (!version)
			continue;
		sg_cbor_write_array(w, 2);
		sg_cbor_write_int(w, op->code);
		at = sg_spec_enter(r, op->name);
		if (sg_spec_read_version(r, row, version, w) < 0)
			return -1;
		sg_spec_leave(r, at);
		return 0;
	}
	return sg_fail(r->err, "expected {\"greater-equal\": \"1.2.3\"}, or \"greater\", \"equal\", \"lesser-equal\", \"lesser\"");
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Severed members: the manifest has a digest, the envelope has the value.
 */
#include "author_private.h"
#include "crypto.h"
#include "spec_read.h"

/* The digest of a severed member that is at hand, head included. */
static int write_digest_of(struct sg_spec_reader *r,
			   const struct sg_cbor_writer *value,
			   struct sg_cbor_writer *w)
{
	uint8_t digest[SG_SHA256];

	if (sg_sha256(value->buf.data, value->buf.len, digest, r->err) < 0)
		return -1;
	sg_cbor_write_array(w, 2);
	sg_cbor_write_int(w, SUIT_ALG_SHA256);
	sg_cbor_write_bytes(w, digest, sizeof(digest));
	return 0;
}

bool sg_spec_digest_fits(struct suit_slice encoded, struct suit_slice bytes)
{
	struct suit_digest digest;

	return suit_digest_decode(encoded, &digest) != SUIT_OK ||
	       suit_digest_check(sg_crypto(), &digest, bytes,
				 SUIT_ERR_SEVERED_DIGEST) == SUIT_OK;
}

static int read_digest(struct sg_spec_reader *r, sd_json_variant *v,
		       const struct sg_cbor_writer *value,
		       struct sg_cbor_writer *w)
{
	size_t start = w->buf.len, at = sg_spec_enter(r, "digest");
	struct suit_slice encoded, bytes = { value->buf.data, value->buf.len };

	if (sg_spec_read_item(r, &sg_spec_digest, v, w) < 0)
		return -1;
	encoded.ptr = w->buf.data + start;
	encoded.len = w->buf.len - start;
	if (r->checked && bytes.len && !sg_spec_digest_fits(encoded, bytes))
		return sg_fail(r->err, "not that of \"value\"; it is computed when it is left out");
	sg_spec_leave(r, at);
	return 0;
}

/* A severed member goes into the envelope. */
static int add_severed(struct sg_spec_reader *r, const struct sg_spec_row *row,
		       struct sg_cbor_writer *value)
{
	struct sg_cbor_writer key = { 0 };

	if (!r->severed)
		return 0;
	sg_cbor_write_int(&key, row->code);
	return sg_cbor_map_add(r->severed, &key, value, r->err);
}

/* {"severed": true, ? "digest": ..., ? "value": ...} */
int sg_spec_read_severable(struct sg_spec_reader *r,
			   const struct sg_spec_row *row, sd_json_variant *v,
			   struct sg_cbor_writer *w)
{
	static const char *const names[] = {
		"severed", "digest", "value", NULL
	};
	sd_json_variant *digest = sd_json_variant_by_key(v, "digest");
	sd_json_variant *given = sd_json_variant_by_key(v, "value");
	struct sg_spec_row in_place = *row;
	struct sg_cbor_writer value = { 0 };
	int ret = -1;

	in_place.severable = false;
	if (sg_json_only(v, names, r->err) < 0)
		return -1;
	if (!sd_json_variant_boolean(sd_json_variant_by_key(v, "severed")))
		return sg_fail(r->err, "\"severed\" is true, or left out together with \"value\"");
	if (!digest && !given)
		return sg_fail(r->err, "expected a \"value\", or its \"digest\"");
	if (given && sg_spec_read_at(r, "value", &in_place, given, &value) < 0)
		goto out;
	if (digest)
		ret = read_digest(r, digest, &value, w);
	else
		ret = write_digest_of(r, &value, w);
	if (!ret && given)
		ret = add_severed(r, row, &value);
out:
	sg_buf_free(&value.buf);
	return ret;
}

/* Severed members that the manifest says nothing of. */
int sg_spec_read_unclaimed(struct sg_spec_reader *r, sd_json_variant *v)
{
	size_t i, at, n = sd_json_variant_elements(v);
	struct sg_cbor_writer value = { 0 };
	int ret = sg_spec_expect_object(r, v);

	for (i = 0; !ret && i < n; i += 2) {
		const char *name =
			sd_json_variant_string(sd_json_variant_by_index(v, i));
		const struct sg_spec_row *known =
			sg_spec_by_name(sg_spec_manifest.table, name);
		struct sg_spec_row row;

		at = sg_spec_enter(r, name);
		if (!known || !known->severable)
			return sg_fail(r->err, "no member of an envelope");
		row = *known;
		row.severable = false;
		ret = sg_spec_read_item(r, &row,
					sd_json_variant_by_index(v, i + 1),
					&value);
		if (!ret)
			ret = add_severed(r, &row, &value);
		if (!ret)
			sg_spec_leave(r, at);
	}
	sg_buf_free(&value.buf);
	return ret;
}

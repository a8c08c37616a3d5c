// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Envelopes from JSON.
 */
#include <stdio.h>
#include <string.h>

#include "author_private.h"
#include "crypto.h"
#include "spec_read.h"
#include "suitgate/author.h"

/* Bytes, or {"envelope": {...}} */
int sg_spec_read_payload(struct sg_spec_reader *r,
			 const struct sg_spec_row *row, sd_json_variant *v,
			 struct sg_cbor_writer *w)
{
	sd_json_variant *envelope = sg_json_sole(v, "envelope");
	struct sg_buf bytes = { 0 };
	size_t at;

	if (!envelope)
		return sg_spec_read_bytes(r, row, v, w);
	at = sg_spec_enter(r, "envelope");
	if (sg_spec_read_envelope(r, envelope, NULL, &bytes) < 0)
		return -1;
	sg_spec_leave(r, at);
	sg_cbor_write_bytes(w, bytes.data, bytes.len);
	sg_buf_free(&bytes);
	return 0;
}

static int read_payloads(struct sg_spec_reader *r, sd_json_variant *v)
{
	size_t i, at, n = sd_json_variant_elements(v);
	struct sg_cbor_writer key = { 0 }, value = { 0 };
	int ret = sg_spec_expect_object(r, v);

	for (i = 0; !ret && i < n; i += 2) {
		const char *uri =
			sd_json_variant_string(sd_json_variant_by_index(v, i));

		at = sg_spec_enter_key(r, uri);
		ret = sg_spec_read_item(r, &sg_spec_payload,
					sd_json_variant_by_index(v, i + 1),
					&value);
		if (ret)
			break;
		sg_cbor_write_text(&key, uri);
		ret = sg_cbor_map_add(r->severed, &key, &value, r->err);
		if (!ret)
			sg_spec_leave(r, at);
	}
	sg_buf_free(&value.buf);
	return ret;
}

/* Only the bytes count: the rest of a block is for people. */
static int read_block(struct sg_spec_reader *r, sd_json_variant *v,
		      struct sg_cbor_writer *w)
{
	static const char *const names[] = {
		"type", "signatures", "raw", NULL
	};
	struct sg_buf bytes = { 0 };

	if (sg_spec_expect_object(r, v) < 0 ||
	    sg_json_only(v, names, r->err) < 0 ||
	    sg_json_unhex(sd_json_variant_by_key(v, "raw"), &bytes, r->err) < 0)
		return -1;
	sg_cbor_write_bytes(w, bytes.data, bytes.len);
	sg_buf_free(&bytes);
	return 0;
}

static int read_blocks(struct sg_spec_reader *r, sd_json_variant *v,
		       struct sg_cbor_writer *w)
{
	size_t i, at, n = sd_json_variant_elements(v);

	if (sg_spec_expect_array(r, v) < 0)
		return -1;
	for (i = 0; i < n; i++) {
		at = sg_spec_enter_index(r, i);
		if (read_block(r, sd_json_variant_by_index(v, i), w) < 0)
			return -1;
		sg_spec_leave(r, at);
	}
	return 0;
}

/* [ digest, * block ] as it was made before. */
static int read_wrapper(struct sg_spec_reader *r, sd_json_variant *v,
			struct sg_cbor_writer *w)
{
	static const char *const names[] = { "digest", "blocks", NULL };
	sd_json_variant *blocks = sd_json_variant_by_key(v, "blocks");
	struct sg_cbor_writer digest = { 0 };
	size_t at;

	if (sg_spec_expect_object(r, v) < 0 ||
	    sg_json_only(v, names, r->err) < 0)
		return -1;
	sg_cbor_write_array(w, 1 + sd_json_variant_elements(blocks));
	if (sg_spec_read_at(r, "digest", &sg_spec_digest,
		    sd_json_variant_by_key(v, "digest"), &digest) < 0) {
		sg_buf_free(&digest.buf);
		return -1;
	}
	sg_write_wrapped(w, &digest);
	at = sg_spec_enter(r, "blocks");
	if (read_blocks(r, blocks, w) < 0)
		return -1;
	sg_spec_leave(r, at);
	return 0;
}

static int read_authentication(struct sg_spec_reader *r, sd_json_variant *v,
			       struct sg_buf *out)
{
	struct sg_cbor_writer w = { 0 };
	size_t at = sg_spec_enter(r, "authentication");

	if (read_wrapper(r, v, &w) < 0) {
		sg_buf_free(&w.buf);
		return -1;
	}
	sg_spec_leave(r, at);
	return sg_cbor_write_end(&w, out, r->err);
}

/* A manifest that is not shown in parts need not even be CBOR. */
static int read_manifest(struct sg_spec_reader *r, sd_json_variant *v,
			 struct sg_buf *out)
{
	size_t at = sg_spec_enter(r, "manifest");
	struct sg_cbor_writer w = { 0 };

	if (!v)
		return sg_fail(r->err, "an envelope has a manifest");
	if (sg_json_sole(v, "raw")) {
		if (sg_json_unhex(sg_json_sole(v, "raw"), out, r->err) < 0)
			return -1;
	} else {
		if (sg_spec_read_item(r, &sg_spec_manifest, v, &w) < 0) {
			sg_buf_free(&w.buf);
			return -1;
		}
		if (sg_cbor_write_end(&w, out, r->err) < 0)
			return -1;
	}
	sg_spec_leave(r, at);
	return 0;
}

static int read_members(struct sg_spec_reader *r, sd_json_variant *spec,
			struct sg_envelope_parts *parts)
{
	sd_json_variant *unclaimed = sd_json_variant_by_key(spec, "unclaimed");
	sd_json_variant *payloads = sd_json_variant_by_key(spec, "payloads");
	struct sg_cbor_writer w = { 0 };
	size_t at;

	if (read_manifest(r, sd_json_variant_by_key(spec, "manifest"),
			  &parts->manifest) < 0)
		return -1;
	at = sg_spec_enter(r, "unclaimed");
	if (unclaimed && sg_spec_read_unclaimed(r, unclaimed) < 0)
		return -1;
	sg_spec_leave(r, at);
	sg_spec_enter(r, "payloads");
	if (payloads && read_payloads(r, payloads) < 0)
		return -1;
	sg_spec_leave(r, at);
	parts->n_members = r->severed->n;
	if (sg_cbor_map_write_pairs(r->severed, &w, r->err) < 0) {
		sg_buf_free(&w.buf);
		return sg_fail(r->err, "the same payload, or severed member, twice");
	}
	return sg_cbor_write_end(&w, &parts->members, r->err);
}

static int read_parts(struct sg_spec_reader *r, sd_json_variant *spec,
		      bool signed_anew, struct sg_envelope_parts *parts)
{
	static const char *const names[] = {
		"tagged", "authentication", "manifest", "unclaimed",
		"payloads", NULL
	};
	sd_json_variant *tagged = sd_json_variant_by_key(spec, "tagged");
	sd_json_variant *authentication =
		sd_json_variant_by_key(spec, "authentication");

	if (sg_spec_expect_object(r, spec) < 0 ||
	    sg_json_only(spec, names, r->err) < 0)
		return -1;
	if (tagged && !sd_json_variant_is_boolean(tagged)) {
		sg_spec_enter(r, "tagged");
		return sg_fail(r->err, "expected true or false");
	}
	parts->untagged = tagged && !sd_json_variant_boolean(tagged);
	if (authentication && !signed_anew &&
	    read_authentication(r, authentication, &parts->wrapper) < 0)
		return -1;
	return read_members(r, spec, parts);
}

/* Is what was signed the manifest that came of the description? */
static int check_signed(struct sg_spec_reader *r, const struct sg_buf *envelope)
{
	struct suit_slice bytes = { envelope->data, envelope->len };
	struct suit_envelope env;

	if (suit_envelope_open(&env, bytes) != SUIT_OK ||
	    sg_spec_digest_fits(env.digest, env.manifest_bstr))
		return 0;
	sg_spec_enter(r, "authentication");
	return sg_fail(r->err, "of another manifest than this one; leave it out, or sign anew with a key");
}

int sg_spec_read_envelope(struct sg_spec_reader *r, sd_json_variant *spec,
			  const char *key, struct sg_buf *out)
{
	struct sg_envelope_parts parts = { 0 };
	struct sg_spec_reader outer = *r;
	struct sg_cbor_map severed = { 0 };
	int ret;

	if (sg_json_sole(spec, "raw") && !key)
		return sg_json_unhex(sg_json_sole(spec, "raw"), out, r->err);
	r->severed = &severed;
	r->spec = spec;
	ret = read_parts(r, spec, key, &parts);
	if (!ret)
		ret = sg_envelope_encode(&parts, key, out, r->err);
	if (!ret && r->checked && parts.wrapper.len)
		ret = check_signed(r, out);
	r->severed = outer.severed;
	r->spec = outer.spec;
	sg_cbor_map_free(&severed);
	sg_envelope_parts_free(&parts);
	if (ret < 0)
		sg_buf_free(out);
	return ret;
}

int sg_spec_create(struct sd_json_variant *spec, const char *key, bool checked,
		   struct sg_buf *out, struct sg_error *err)
{
	struct sg_spec_reader r = { .err = err, .checked = checked };
	struct sg_error cause;

	*out = (struct sg_buf){ 0 };
	if (sg_spec_read_envelope(&r, spec, key, out) < 0) {
		if (!r.at)
			return -1;
		cause = *err;
		snprintf(err->message, sizeof(err->message), "%s: %.300s",
			 r.where, cause.message);
		return -1;
	}
	if (!checked || !sg_envelope_check(out, SUIT_PROFILE_FULL, err))
		return 0;
	sg_buf_free(out);
	return -1;
}

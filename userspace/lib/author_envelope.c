// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Envelopes, put together and looked at as their readers will.
 */
#include <stdlib.h>

#include "author_private.h"
#include "cose_sign.h"
#include "crypto.h"
#include "fault.h"

void sg_envelope_parts_free(struct sg_envelope_parts *parts)
{
	sg_buf_free(&parts->manifest);
	sg_buf_free(&parts->members);
	sg_buf_free(&parts->wrapper);
	parts->n_members = 0;
}

void sg_write_wrapped(struct sg_cbor_writer *w, struct sg_cbor_writer *inner)
{
	w->failed |= inner->failed;
	sg_cbor_write_bytes(w, inner->buf.data, inner->buf.len);
	sg_buf_free(&inner->buf);
	*inner = (struct sg_cbor_writer){ 0 };
}

void sg_write_digest(struct sg_cbor_writer *w, const uint8_t digest[SG_SHA256])
{
	struct sg_cbor_writer inner = { 0 };

	sg_cbor_write_array(&inner, 2);
	sg_cbor_write_int(&inner, SUIT_ALG_SHA256);
	sg_cbor_write_bytes(&inner, digest, SG_SHA256);
	sg_write_wrapped(w, &inner);
}

/* [ digest, ? block ]: a block signs the digest without its head. */
static int make_wrapper(struct sg_cbor_writer *w, const struct sg_buf *digest,
			const char *key_path, struct sg_error *err)
{
	struct sg_cbor_writer inner = { 0 };
	struct sg_buf block = { 0 };

	if (key_path && sg_cose_sign(key_path, digest->data, digest->len, NULL,
				     0, &block, err) < 0)
		return -1;
	sg_cbor_write_array(&inner, key_path ? 2 : 1);
	sg_cbor_write_bytes(&inner, digest->data, digest->len);
	if (key_path)
		sg_cbor_write_bytes(&inner, block.data, block.len);
	sg_buf_free(&block);
	sg_write_wrapped(w, &inner);
	return 0;
}

/* The digest covers the manifest's bstr, head included. */
static int encode_digest(const struct sg_buf *bstr, struct sg_buf *out,
			 struct sg_error *err)
{
	struct sg_cbor_writer w = { 0 };
	uint8_t digest[SG_SHA256];

	if (sg_sha256(bstr->data, bstr->len, digest, err) < 0)
		return -1;
	sg_cbor_write_array(&w, 2);
	sg_cbor_write_int(&w, SUIT_ALG_SHA256);
	sg_cbor_write_bytes(&w, digest, sizeof(digest));
	return sg_cbor_write_end(&w, out, err);
}

static int write_wrapper(struct sg_cbor_writer *w,
			 const struct sg_envelope_parts *parts,
			 const struct sg_buf *bstr, const char *key_path,
			 struct sg_error *err)
{
	struct sg_buf digest = { 0 };
	int ret;

	if (parts->wrapper.len) {
		sg_cbor_write_bytes(w, parts->wrapper.data, parts->wrapper.len);
		return 0;
	}
	ret = encode_digest(bstr, &digest, err);
	if (!ret)
		ret = make_wrapper(w, &digest, key_path, err);
	sg_buf_free(&digest);
	return ret;
}

int sg_envelope_encode(const struct sg_envelope_parts *parts,
		       const char *key_path, struct sg_buf *out,
		       struct sg_error *err)
{
	struct sg_cbor_writer w = { 0 };
	struct sg_buf bstr = { 0 };
	int ret = -1;

	*out = (struct sg_buf){ 0 };
	sg_cbor_write_bytes(&w, parts->manifest.data, parts->manifest.len);
	if (sg_cbor_write_end(&w, &bstr, err) < 0)
		goto out;
	if (!parts->untagged)
		sg_cbor_write_tag(&w, SUIT_TAG_ENVELOPE);
	sg_cbor_write_map(&w, 2 + parts->n_members);
	sg_cbor_write_uint(&w, SUIT_ENVELOPE_AUTH);
	if (write_wrapper(&w, parts, &bstr, key_path, err) < 0)
		goto out;
	sg_cbor_write_uint(&w, SUIT_ENVELOPE_MANIFEST);
	sg_cbor_write_raw(&w, bstr.data, bstr.len);
	sg_cbor_write_raw(&w, parts->members.data, parts->members.len);
	ret = sg_cbor_write_end(&w, out, err);
out:
	sg_buf_free(&w.buf);
	sg_buf_free(&bstr);
	return ret;
}

/* The rows of a catalogue are checked when it is opened. */
static int check_catalogue(const struct suit_manifest *m, struct sg_error *err)
{
	struct suit_catalogue_entry *table;
	struct suit_catalogue catalogue;
	enum suit_error error;

	table = calloc(m->n_components, sizeof(*table));
	if (!table)
		return sg_fail(err, "out of memory");
	error = suit_catalogue_open(&catalogue, m, table);
	free(table);
	if (error != SUIT_OK)
		return sg_refuse(err, (int)error,
				 "with more than %d components a manifest must be a catalogue",
				 SUIT_MAX_COMPONENTS);
	return 0;
}

int sg_envelope_check(const struct sg_buf *envelope, enum suit_profile profile,
		      struct sg_error *err)
{
	struct suit_slice bytes = { envelope->data, envelope->len };
	struct suit_digest digest;
	struct suit_envelope env;
	struct suit_manifest m;
	enum suit_error error;

	error = suit_envelope_open(&env, bytes);
	if (error != SUIT_OK)
		return sg_fault_open(err, error, env.epoch, "the envelope");
	/*
	 * Form is all that is asked here, of bytes that were just made: the
	 * verifier looks no further into what is not authenticated, and what
	 * it finds is dropped with @env.
	 */
	env.authenticated = true;
	error = suit_digest_decode(env.digest, &digest);
	if (error == SUIT_OK)
		error = suit_digest_check(sg_crypto(), &digest,
					  env.manifest_bstr,
					  SUIT_ERR_MANIFEST_DIGEST);
	if (error != SUIT_OK)
		return sg_refuse(err, (int)error, "the envelope");
	error = suit_manifest_open(&m, &env, sg_crypto(), profile);
	if (error != SUIT_OK)
		return sg_fault_open(err, error, m.epoch, "the manifest");
	return m.catalogue ? check_catalogue(&m, err) : 0;
}

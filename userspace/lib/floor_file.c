// SPDX-License-Identifier: LGPL-2.1-or-later
#include "floor_file.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "cbor_write.h"
#include "core/suit.h"
#include "cose_sign.h"
#include "crypto.h"
#include "folder.h"
#include "suitgate/trust.h"

enum { VERSION = 1, STATEMENT_MEMBERS = 4, PUBLIC_FILE = 0644 };

/* So that no signature over something else is one over floors. */
static const char sign_context[] = "suitgate-floors";

static int encode_statement(const struct sg_floor_file *file,
			    struct sg_buf *out, struct sg_error *err)
{
	struct sg_cbor_writer w = { 0 };
	struct sg_buf state;

	*out = (struct sg_buf){ 0 };
	if (sg_state_encode(&file->floors, &state, err) < 0)
		return -1;
	sg_cbor_write_array(&w, STATEMENT_MEMBERS);
	sg_cbor_write_uint(&w, VERSION);
	sg_cbor_write_uint(&w, file->epoch);
	sg_cbor_write_uint(&w, file->anchor);
	sg_cbor_write_bytes(&w, state.data, state.len);
	sg_buf_free(&state);
	return sg_cbor_write_end(&w, out, err);
}

static int encode(const struct sg_floor_file *file, const char *key,
		  struct sg_buf *out, struct sg_error *err)
{
	struct sg_buf statement, block = { 0 };
	struct sg_cbor_writer w = { 0 };
	int ret = -1;

	*out = (struct sg_buf){ 0 };
	if (encode_statement(file, &statement, err) < 0)
		return -1;
	if (sg_cose_sign(key, statement.data, statement.len, sign_context,
			 sizeof(sign_context) - 1, &block, err) < 0)
		goto out;
	sg_cbor_write_array(&w, 2);
	sg_cbor_write_bytes(&w, statement.data, statement.len);
	sg_cbor_write_bytes(&w, block.data, block.len);
	ret = sg_cbor_write_end(&w, out, err);
out:
	sg_buf_free(&statement);
	sg_buf_free(&block);
	return ret;
}

int sg_floor_file_write(const char *path, const char *key,
			const struct sg_floor_file *file, struct sg_error *err)
{
	struct sg_buf bytes;
	int ret;

	if (encode(file, key, &bytes, err) < 0)
		return -1;
	if (bytes.len > SG_FLOOR_FILE_MAX)
		ret = sg_fail(err, "%s: %zu floors are too many", path,
			      file->floors.n);
	else
		ret = sg_file_write(path, bytes.data, bytes.len, PUBLIC_FILE,
				    err);
	sg_buf_free(&bytes);
	return ret;
}

/* One key, trusted for nothing but this. */
static enum suit_error verify_by(const struct sg_trust_key *device,
				 struct suit_slice statement,
				 struct suit_slice block)
{
	static const struct suit_slice aad = {
		(const uint8_t *)sign_context, sizeof(sign_context) - 1
	};
	const struct suit_slice bytes = { device->bytes.data,
					  device->bytes.len };
	const struct suit_authority owner = {
		.name = { (const uint8_t *)"device", 6 }, .threshold = 1,
	};
	struct suit_key key = { .form = SUIT_KEY_X509, .bytes = bytes,
				.alg = device->alg };
	const struct suit_trust trust = { .authority = &owner,
					  .n_authorities = 1, .key = &key,
					  .n_keys = 1 };
	struct suit_auth auth = { 0 };
	enum suit_error error = SUIT_OK;

	if (!device->x509)
		error = suit_cose_key_decode(bytes, &key);
	if (error == SUIT_OK)
		error = sg_crypto_import(&key);
	if (error != SUIT_OK)
		return error;
	error = suit_cose_verify(block, statement, aad, &trust, sg_crypto(),
				 &auth);
	sg_crypto_release(&key);
	return error;
}

static int verify(const char *public_key, struct suit_slice statement,
		  struct suit_slice block, struct sg_error *err)
{
	struct sg_trust_key device;
	enum suit_error error;

	if (sg_trust_read_key(public_key, NULL, &device, err) < 0)
		return -1;
	error = verify_by(&device, statement, block);
	sg_buf_free(&device.bytes);
	if (error == SUIT_OK)
		return 0;
	return sg_refuse(err, (int)error, "not signed by this device's key, %s",
			 public_key);
}

static int only_floors(const struct sg_state *state, struct sg_error *err)
{
	size_t i;

	for (i = 0; i < state->n; i++)
		if (state->item[i].kind != SG_STATE_FLOOR)
			return sg_fail(err, "item %zu is no floor", i + 1);
	return 0;
}

static int decode_statement(struct suit_slice statement,
			    struct sg_floor_file *out, struct sg_error *err)
{
	struct suit_slice state;
	struct suit_cursor cur;
	uint64_t version, anchor;
	uint32_t n;

	suit_cursor_init(&cur, statement);
	n = suit_cbor_array(&cur);
	version = suit_cbor_uint(&cur);
	if (cur.error == SUIT_OK && version != VERSION)
		return sg_fail(err, "comes from a newer release: version %llu",
			       (unsigned long long)version);
	out->epoch = suit_cbor_uint(&cur);
	anchor = suit_cbor_uint(&cur);
	state = suit_cbor_bstr(&cur);
	if (suit_cursor_end(&cur) != SUIT_OK || n != STATEMENT_MEMBERS ||
	    anchor > UINT32_MAX)
		return sg_refuse(err, SUIT_ERR_TYPE, "not floors");
	out->anchor = (uint32_t)anchor;
	/* sg_state_decode() reads only */
	if (sg_state_decode(&(struct sg_buf){ (uint8_t *)(uintptr_t)state.ptr,
					      state.len }, &out->floors,
			    err) < 0)
		return -1;
	if (only_floors(&out->floors, err) == 0)
		return 0;
	sg_state_free(&out->floors);
	return -1;
}

static int decode(const struct sg_buf *bytes, const char *public_key,
		  struct sg_floor_file *out, struct sg_error *err)
{
	struct suit_slice statement, block;
	struct suit_cursor cur;
	uint32_t n;

	suit_cursor_init(&cur, (struct suit_slice){ bytes->data, bytes->len });
	n = suit_cbor_array(&cur);
	statement = suit_cbor_bstr(&cur);
	block = suit_cbor_bstr(&cur);
	if (suit_cursor_end(&cur) != SUIT_OK)
		return sg_refuse(err, (int)suit_cursor_end(&cur),
				 "not a file of floors");
	if (n != 2)
		return sg_refuse(err, SUIT_ERR_TYPE, "not a file of floors");
	if (verify(public_key, statement, block, err) < 0)
		return -1;
	return decode_statement(statement, out, err);
}

int sg_floor_file_read(const char *path, const char *public_key,
		       struct sg_floor_file *out, struct sg_error *err)
{
	struct sg_buf bytes;
	int ret;

	memset(out, 0, sizeof(*out));
	if (access(path, F_OK) < 0 && errno == ENOENT)
		return 0;
	if (sg_file_read(path, SG_FLOOR_FILE_MAX, &bytes, err) < 0)
		return -1;
	ret = decode(&bytes, public_key, out, err);
	sg_buf_free(&bytes);
	return ret < 0 ? sg_error_at(err, path) : 1;
}

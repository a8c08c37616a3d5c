// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * One more signature on an envelope; every other byte stays as it is.
 */
#include <string.h>

#include "author_private.h"
#include "cose_sign.h"
#include "crypto.h"
#include "fault.h"
#include "suitgate/key.h"

/* A signer looks at what is signed: the digest must be the manifest's. */
static int open_checked(const struct sg_buf *envelope,
			struct suit_envelope *env, struct sg_error *err)
{
	struct suit_slice bytes = { envelope->data, envelope->len };
	struct suit_digest digest;
	enum suit_error error;

	error = suit_envelope_open(env, bytes);
	if (error == SUIT_OK)
		error = suit_digest_decode(env->digest, &digest);
	if (error == SUIT_OK)
		error = suit_digest_check(sg_crypto(), &digest,
					  env->manifest_bstr,
					  SUIT_ERR_MANIFEST_DIGEST);
	if (error == SUIT_OK && env->n_blocks >= SUIT_MAX_AUTH_BLOCKS)
		error = SUIT_ERR_AUTH_BLOCKS;
	return error == SUIT_OK ? 0 : sg_fault_open(err, error, env->epoch,
						    "the envelope");
}

static void write_wrapper(struct sg_cbor_writer *out,
			  const struct suit_envelope *env,
			  const struct sg_buf *block)
{
	struct sg_cbor_writer w = { 0 };

	sg_cbor_write_array(&w, 2 + (size_t)env->n_blocks);
	sg_cbor_write_bytes(&w, env->digest.ptr, env->digest.len);
	sg_cbor_write_raw(&w, env->blocks.ptr, env->blocks.len);
	sg_cbor_write_bytes(&w, block->data, block->len);
	sg_write_wrapped(out, &w);
}

/* The envelope again, with another authentication wrapper. */
static void write_envelope(struct sg_cbor_writer *w,
			   const struct suit_envelope *env,
			   const struct sg_buf *block)
{
	struct suit_slice key, value;
	struct suit_cursor cur;
	uint32_t n;

	suit_cursor_init(&cur, env->bytes);
	if (suit_cbor_peek(&cur) == SUIT_CBOR_TAG)
		sg_cbor_write_tag(w, suit_cbor_tag(&cur));
	n = suit_cbor_map(&cur);
	sg_cbor_write_map(w, n);
	while (n--) {
		key = suit_cbor_item(&cur);
		value = suit_cbor_item(&cur);
		sg_cbor_write_raw(w, key.ptr, key.len);
		if (key.len == 1 && key.ptr[0] == SUIT_ENVELOPE_AUTH)
			write_wrapper(w, env, block);
		else
			sg_cbor_write_raw(w, value.ptr, value.len);
	}
}

size_t sg_envelope_signatures(const struct sg_buf *envelope)
{
	struct suit_slice bytes = { envelope->data, envelope->len };
	struct suit_envelope env;

	return suit_envelope_open(&env, bytes) == SUIT_OK ? env.n_blocks : 0;
}

int sg_envelope_sign(const struct sg_buf *envelope, const char *key,
		     struct sg_buf *out, struct sg_error *err)
{
	struct sg_cbor_writer w = { 0 };
	struct sg_buf block = { 0 };
	struct suit_envelope env;
	int ret = -1;

	*out = (struct sg_buf){ 0 };
	if (open_checked(envelope, &env, err) < 0 ||
	    sg_cose_sign(key, env.digest.ptr, env.digest.len, NULL, 0, &block,
			 err) < 0)
		return -1;
	if (sg_cose_signed(env.blocks, env.n_blocks, &block)) {
		sg_fail(err, "%s has signed this already", key);
	} else {
		write_envelope(&w, &env, &block);
		ret = sg_cbor_write_end(&w, out, err);
	}
	sg_buf_free(&block);
	return ret;
}

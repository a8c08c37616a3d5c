// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Conditions on bytes, and envelopes of dependencies.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crypto.h"
#include "hash.h"
#include "process_private.h"

/* All envelopes of dependencies together, bytes. */
enum { MAX_ENVELOPES = 2 * SUIT_MAX_ENVELOPE };

/**
 * struct reading - a pass over an image
 * @p: whose
 * @id: component
 * @hash: for a digest
 * @want: for a comparison
 * @done: @total: bytes
 * @difference: bits that are not as in @want
 */
struct reading {
	struct sg_process *p;
	struct suit_slice id;
	struct sg_hash hash;
	struct suit_slice want;
	u64 done;
	u64 total;
	u8 difference;
};

static enum suit_error open_image(struct sg_process *p, struct suit_slice id,
				  int *fd, u64 *size)
{
	struct sg_view view = sg_process_view(p);
	enum suit_error error = sg_image_open(&view, id, fd, &p->why);
	struct stat st = { 0 };

	if (error != SUIT_OK)
		return error;
	fstat(*fd, &st);
	*size = (u64)st.st_size;
	return SUIT_OK;
}

static enum suit_error hash_piece(void *context, const u8 *data, size_t len)
{
	struct reading *r = context;

	r->done += len;
	if (sg_hash_add(&r->hash, data, len) != SUIT_OK)
		return SUIT_ERR_CRYPTO;
	return sg_process_pulse(r->p, SG_PHASE_CHECK, r->id, r->done, r->total);
}

enum suit_error sg_process_digest(void *ctx, struct suit_slice id, s32 alg,
				  u8 *out, u64 *size)
{
	struct reading r = { .p = ctx, .id = id };
	enum suit_error error;
	int fd;

	error = open_image(ctx, id, &fd, &r.total);
	if (error != SUIT_OK)
		return error;
	error = sg_hash_begin(&r.hash, alg);
	if (error == SUIT_OK)
		error = sg_image_stream(fd, hash_piece, &r);
	close(fd);
	*size = r.done;
	if (error == SUIT_OK)
		return sg_hash_end(&r.hash, out);
	sg_hash_drop(&r.hash);
	return error;
}

/* What is beyond the end of @want differs, and takes as long. */
static enum suit_error compare_piece(void *context, const u8 *data, size_t len)
{
	struct reading *r = context;
	size_t i;

	if (len > r->want.len - r->done) {
		r->difference = 0xff;
		len = r->want.len - r->done;
	}
	for (i = 0; i < len; i++)
		r->difference |= (u8)(data[i] ^ r->want.ptr[r->done + i]);
	r->done += len;
	return SUIT_OK;
}

enum suit_error sg_process_compare(void *ctx, struct suit_slice id,
				   struct suit_slice content)
{
	struct reading r = { .p = ctx, .id = id, .want = content };
	enum suit_error error;
	int fd;

	error = open_image(ctx, id, &fd, &r.total);
	if (error != SUIT_OK)
		return error == SUIT_ERR_IMAGE ? SUIT_ERR_CONTENT : error;
	error = r.total == content.len ?
			sg_image_stream(fd, compare_piece, &r) :
			SUIT_ERR_CONTENT;
	close(fd);
	if (error != SUIT_OK)
		return error;
	return !r.difference && r.done == content.len ? SUIT_OK :
							SUIT_ERR_CONTENT;
}

static enum suit_error read_envelope(struct sg_process *p,
				     struct suit_slice id, struct sg_buf *out)
{
	enum suit_error error;
	size_t got = 0;
	ssize_t n = 1;
	u64 size;
	int fd;

	error = open_image(p, id, &fd, &size);
	if (error != SUIT_OK)
		return error;
	error = SUIT_ERR_ENVELOPE_SIZE;
	if (size <= SUIT_MAX_ENVELOPE) {
		out->data = malloc(size ? size : 1);
		error = out->data ? SUIT_OK : SUIT_ERR_MEMORY;
	}
	while (error == SUIT_OK && got < size && n > 0) {
		n = read(fd, out->data + got, size - got);
		got += n > 0 ? (size_t)n : 0;
	}
	close(fd);
	out->len = got;
	if (error == SUIT_OK && n < 0)
		error = SUIT_ERR_OPERATION;
	if (error != SUIT_OK)
		sg_buf_free(out);
	return error;
}

enum suit_error sg_process_inner_digest(struct sg_process *p,
					struct suit_slice id, s32 alg, u8 *out)
{
	const struct suit_crypto *crypto = sg_crypto();
	struct suit_envelope *envelope;
	struct sg_buf bytes = { 0 };
	enum suit_error error;

	error = read_envelope(p, id, &bytes);
	if (error != SUIT_OK)
		return error;
	envelope = malloc(sizeof(*envelope));
	error = SUIT_ERR_MEMORY;
	if (envelope)
		error = suit_envelope_open(envelope, (struct suit_slice){
						   bytes.data, bytes.len });
	if (error == SUIT_OK)
		error = crypto->ops->digest(crypto->ctx, alg,
					    &envelope->manifest_bstr, 1, out);
	free(envelope);
	sg_buf_free(&bytes);
	return error;
}

/* The one that has these bytes already, or NULL. */
static const struct sg_buf *find_envelope(const struct sg_process *p,
					  const struct sg_buf *bytes)
{
	size_t i;

	for (i = 0; i < p->n_envelopes; i++)
		if (p->envelope[i].len == bytes->len &&
		    !memcmp(p->envelope[i].data, bytes->data, bytes->len))
			return &p->envelope[i];
	return NULL;
}

static enum suit_error keep_envelope(struct sg_process *p,
				     struct sg_buf *bytes)
{
	struct sg_buf *more;

	if (bytes->len > MAX_ENVELOPES - p->envelope_bytes)
		return sg_fault(&p->why, SUIT_ERR_ENVELOPE_SIZE, "the dependencies have more than %d MiB",
				MAX_ENVELOPES >> 20);
	more = reallocarray(p->envelope, p->n_envelopes + 1, sizeof(*more));
	if (!more)
		return SUIT_ERR_MEMORY;
	p->envelope = more;
	more[p->n_envelopes++] = *bytes;
	p->envelope_bytes += bytes->len;
	return SUIT_OK;
}

/* A copy: nobody can change it behind the verifier's back. */
enum suit_error sg_process_dependency(void *ctx, struct suit_slice id,
				      struct suit_slice *envelope)
{
	struct sg_process *p = ctx;
	struct sg_buf bytes = { 0 };
	const struct sg_buf *kept;
	enum suit_error error;

	error = read_envelope(p, id, &bytes);
	if (error != SUIT_OK)
		return error;
	kept = find_envelope(p, &bytes);
	if (kept) {
		sg_buf_free(&bytes);
	} else {
		error = keep_envelope(p, &bytes);
		if (error != SUIT_OK) {
			sg_buf_free(&bytes);
			return error;
		}
		kept = &p->envelope[p->n_envelopes - 1];
	}
	*envelope = (struct suit_slice){ kept->data, kept->len };
	return SUIT_OK;
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Payloads on their way: integrated ones, files of this machine, and what the
 * caller's fetcher brings.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file_ops.h"
#include "process_private.h"
#include "sink.h"
#include "uri.h"

enum { PIECE = 64 << 10 };

/**
 * struct transfer - one of them
 * @p: whose
 * @sink: where to
 * @id: component
 * @total: bytes in all, 0: not known
 */
struct transfer {
	struct sg_process *p;
	struct sg_sink sink;
	struct suit_slice id;
	u64 total;
};

static enum suit_error take(void *context, const u8 *data, size_t len)
{
	struct transfer *t = context;
	enum suit_error error = sg_sink_write(&t->sink, data, len);

	if (error != SUIT_OK)
		return error;
	return sg_process_pulse(t->p, SG_PHASE_FETCH, t->id, t->sink.size,
				t->total);
}

static enum suit_error expect(struct transfer *t, u64 size)
{
	t->total = size;
	return sg_sink_expect(&t->sink, size);
}

static enum suit_error from_memory(struct transfer *t, struct suit_slice bytes)
{
	enum suit_error error = expect(t, bytes.len);
	size_t n;

	while (error == SUIT_OK && bytes.len) {
		n = bytes.len < PIECE ? bytes.len : PIECE;
		error = take(t, bytes.ptr, n);
		bytes.ptr += n;
		bytes.len -= n;
	}
	return error;
}

static int open_local(const struct sg_process *p, const char *path)
{
	int fd, saved, root = sg_fs_open_root(p->request.local_dir);

	if (root < 0)
		return -1;
	fd = sg_fs_open_beneath(root, path);
	saved = errno;
	close(root);
	errno = saved;
	return fd;
}

static enum suit_error from_file(struct transfer *t, const char *path)
{
	int fd = open_local(t->p, path);
	enum suit_error error;
	struct stat st;

	if (fd < 0)
		return sg_fault(&t->p->why, SUIT_ERR_OPERATION, "cannot open %s below %s: %m",
				path, t->p->request.local_dir);
	error = SUIT_ERR_OPERATION;
	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
		sg_fault(&t->p->why, error, "%s is not a regular file", path);
	else
		error = expect(t, (u64)st.st_size);
	if (error == SUIT_OK && t->sink.size)
		error = sg_sink_restart(&t->sink);
	if (error == SUIT_OK)
		error = sg_image_stream(fd, take, t);
	close(fd);
	return error;
}

static enum suit_error lost(struct transfer *t, const char *uri,
			    const struct sg_error *why)
{
	t->p->interrupted = true;
	return sg_fault(&t->p->why, SUIT_ERR_OPERATION, "fetching %s: %s", uri,
			why->message);
}

static enum suit_error pump(struct transfer *t, void *transfer,
			    const char *uri)
{
	const struct sg_fetcher *fetcher = t->p->request.fetcher;
	enum suit_error error = SUIT_OK;
	struct sg_error why = { 0 };
	u8 *piece = malloc(PIECE);
	ssize_t n = 1;

	if (!piece)
		return SUIT_ERR_MEMORY;
	while (error == SUIT_OK && n > 0) {
		n = fetcher->read(transfer, piece, PIECE, &why);
		if (n > PIECE)
			error = SUIT_ERR_OPERATION;
		else if (n > 0)
			error = take(t, piece, (size_t)n);
		else if (n < 0)
			error = lost(t, uri, &why);
	}
	free(piece);
	return error;
}

/* Where it goes on: where it was cut off, or from the start again. */
static enum suit_error begin_at(struct transfer *t,
				const struct sg_fetched *fetched)
{
	enum suit_error error = SUIT_OK;

	if (fetched->offset != t->sink.size) {
		if (fetched->offset)
			return sg_fault(&t->p->why, SUIT_ERR_OPERATION, "the transfer began in the wrong place");
		error = sg_sink_restart(&t->sink);
	}
	if (error == SUIT_OK && !t->sink.size)
		error = sg_sink_set_tag(&t->sink, fetched->tag);
	if (error == SUIT_OK && fetched->size)
		error = expect(t, fetched->size);
	return error;
}

static enum suit_error from_fetcher(struct transfer *t, const char *uri,
				    struct suit_slice arguments)
{
	const struct sg_fetcher *fetcher = t->p->request.fetcher;
	char tag[SG_FETCH_TAG];
	struct sg_fetch what = {
		.uri = uri, .offset = t->sink.size, .tag = tag,
		.limit = t->sink.limit, .arguments = arguments.ptr,
		.n_arguments = arguments.len,
	};
	struct sg_fetched fetched = { 0 };
	struct sg_error why = { 0 };
	enum suit_error error;
	void *transfer;

	if (!fetcher)
		return sg_fault(&t->p->why, SUIT_ERR_OPERATION, "%s is not on this machine, and nothing may be fetched",
				uri);
	sg_sink_get_tag(&t->sink, tag, sizeof(tag));
	if (fetcher->open(fetcher->context, &what, &fetched, &transfer,
			  &why) < 0)
		return lost(t, uri, &why);
	error = begin_at(t, &fetched);
	if (error == SUIT_OK)
		error = pump(t, transfer, uri);
	if (error == SUIT_OK && fetched.size && t->sink.size < fetched.size) {
		sg_fail(&why, "it ended too early");
		error = lost(t, uri, &why);
	}
	fetcher->close(transfer);
	return error;
}

static enum suit_error run(struct transfer *t, const struct suit_effect *effect)
{
	char uri[SG_URI_MAX], path[SG_URI_MAX];
	const char *local_dir = t->p->request.local_dir;

	if (effect->payload.ptr)
		return from_memory(t, effect->payload);
	if (!sg_uri_copy(effect->uri, uri))
		return sg_fault(&t->p->why, SUIT_ERR_PARAMETER_FORM, "a URI is too long or has characters that none has");
	if (!sg_uri_is_local(uri, local_dir))
		return from_fetcher(t, uri, effect->arguments);
	if (!local_dir)
		return sg_fault(&t->p->why, SUIT_ERR_OPERATION, "%s: files of this machine may not be fetched",
				uri);
	if (!sg_uri_local_path(uri, local_dir, path))
		return sg_fault(&t->p->why, SUIT_ERR_OPERATION, "%s is not below %s",
				uri, local_dir);
	return from_file(t, path);
}

enum suit_error sg_process_transfer(struct sg_draft *draft,
				    const struct suit_effect *effect, s32 alg)
{
	struct transfer t = { .p = draft->p, .id = effect->id };
	enum suit_error error;

	/* only a fetcher goes on in the middle */
	error = sg_sink_open(&t.sink, &draft->p->stage, &draft->candidate, alg,
			     draft->limit, !effect->payload.ptr,
			     &draft->p->why);
	if (error != SUIT_OK)
		return error;
	error = run(&t, effect);
	if (error == SUIT_OK)
		return sg_sink_finish(&t.sink, &draft->attributes);
	sg_sink_abort(&t.sink, draft->p->interrupted);
	return error;
}

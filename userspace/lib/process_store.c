// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Directives that store something: into a candidate, never into the component.
 */
#include <sys/stat.h>
#include <unistd.h>

#include "process_private.h"
#include "sink.h"

/* Candidates get the digest their manifest states, for comparing. */
static s32 algorithm(const struct suit_effect *effect)
{
	return effect->digest.alg && !effect->dependency ?
		       effect->digest.alg : SUIT_ALG_SHA256;
}

static enum suit_error want_regular(struct sg_process *p,
				    const struct suit_effect *effect)
{
	if (!effect->metadata.members ||
	    effect->metadata.file_type == SUIT_FILE_REGULAR)
		return SUIT_OK;
	return sg_fault(&p->why, SUIT_ERR_PARAMETER_FORM, "only write makes folders and symbolic links");
}

enum suit_error sg_process_fetch(void *ctx, const struct suit_effect *effect)
{
	struct sg_process *p = ctx;
	struct sg_draft draft;
	enum suit_error error = want_regular(p, effect);

	if (error == SUIT_OK)
		error = sg_draft_begin(p, effect, &draft);
	if (error != SUIT_OK)
		return error;
	error = sg_draft_satisfied(&draft, effect);
	if (error != SUIT_ERR_IMAGE)
		return error;
	error = sg_process_transfer(&draft, effect, algorithm(effect));
	if (error != SUIT_OK)
		return error;
	return sg_draft_end(&draft, effect, false);
}

/**
 * struct copying - from a component to a candidate
 * @p: whose
 * @sink: where to
 * @id: component
 * @total: bytes in all
 */
struct copying {
	struct sg_process *p;
	struct sg_sink sink;
	struct suit_slice id;
	u64 total;
};

static enum suit_error take(void *context, const u8 *data, size_t len)
{
	struct copying *c = context;
	enum suit_error error = sg_sink_write(&c->sink, data, len);

	if (error != SUIT_OK)
		return error;
	return sg_process_pulse(c->p, SG_PHASE_COPY, c->id, c->sink.size,
				c->total);
}

/* All of @fd, complete or not at all. */
static enum suit_error copy_fd(struct sg_draft *draft, int fd, s32 alg)
{
	struct suit_slice id = { draft->candidate.id, draft->candidate.id_len };
	struct copying c = { .p = draft->p, .id = id };
	enum suit_error error;
	struct stat st = { 0 };

	fstat(fd, &st);
	c.total = (u64)st.st_size;
	error = sg_sink_open(&c.sink, &draft->p->stage, &draft->candidate, alg,
			     draft->limit, false, &draft->p->why);
	if (error != SUIT_OK)
		return error;
	error = sg_sink_expect(&c.sink, c.total);
	if (error == SUIT_OK)
		error = sg_image_stream(fd, take, &c);
	if (error == SUIT_OK)
		return sg_sink_finish(&c.sink, &draft->attributes);
	sg_sink_abort(&c.sink, false);
	return error;
}

/* What is installed is as good as it was; a candidate as good as it is. */
static bool is_proven(const struct sg_process *p, struct suit_slice id)
{
	const struct sg_candidate *candidate = sg_stage_find(&p->stage, id);

	return !candidate || candidate->proven;
}

enum suit_error sg_process_copy(void *ctx, const struct suit_effect *effect)
{
	struct sg_process *p = ctx;
	struct sg_view view = sg_process_view(p);
	struct sg_draft draft;
	enum suit_error error = want_regular(p, effect);
	int fd;

	if (error == SUIT_OK)
		error = sg_draft_begin(p, effect, &draft);
	if (error != SUIT_OK)
		return error;
	error = sg_draft_satisfied(&draft, effect);
	if (error != SUIT_ERR_IMAGE)
		return error;
	error = sg_image_open(&view, effect->source, &fd, &p->why);
	if (error != SUIT_OK)
		return error;
	if (!effect->has_size)
		draft.limit = UINT64_MAX;
	error = copy_fd(&draft, fd, algorithm(effect));
	close(fd);
	if (error != SUIT_OK)
		return error;
	return sg_draft_end(&draft, effect, is_proven(p, effect->source));
}

static enum suit_error write_file(struct sg_draft *draft,
				  const struct suit_effect *effect)
{
	struct sg_sink sink;
	enum suit_error error;

	error = sg_draft_satisfied(draft, effect);
	if (error != SUIT_ERR_IMAGE)
		return error;
	error = sg_sink_open(&sink, &draft->p->stage, &draft->candidate,
			     algorithm(effect), draft->limit, false,
			     &draft->p->why);
	if (error != SUIT_OK)
		return error;
	error = sg_sink_write(&sink, effect->content.ptr, effect->content.len);
	if (error != SUIT_OK) {
		sg_sink_abort(&sink, false);
		return error;
	}
	error = sg_sink_finish(&sink, &draft->attributes);
	if (error != SUIT_OK)
		return error;
	return sg_draft_end(draft, effect, true);
}

enum suit_error sg_process_write(void *ctx, const struct suit_effect *effect)
{
	struct sg_process *p = ctx;
	struct sg_draft draft;
	enum suit_error error = sg_draft_begin(p, effect, &draft);

	if (error != SUIT_OK)
		return error;
	switch (effect->metadata.members ? effect->metadata.file_type :
					   SUIT_FILE_REGULAR) {
	case SUIT_FILE_DIRECTORY:
		return sg_draft_folder(&draft, effect);
	case SUIT_FILE_SYMLINK:
		return sg_draft_link(&draft, effect);
	default:
		return write_file(&draft, effect);
	}
}

/* One half of a swap: @fd, with its attributes, becomes a candidate. */
static enum suit_error swap_in(struct sg_process *p,
			       const struct suit_effect *effect, int fd,
			       bool proven)
{
	struct sg_draft draft;
	enum suit_error error = sg_draft_begin(p, effect, &draft);
	struct stat st;

	if (error != SUIT_OK)
		return error;
	if (fstat(fd, &st) < 0)
		return SUIT_ERR_OPERATION;
	draft.limit = (u64)st.st_size;
	draft.attributes = sg_attributes_of(&st);
	error = copy_fd(&draft, fd, SUIT_ALG_SHA256);
	return error == SUIT_OK ? sg_draft_end(&draft, effect, proven) : error;
}

/*
 * Both are candidates afterwards, so that they are exchanged, like everything
 * else, when the whole is committed. The descriptors keep what a candidate had
 * before it was replaced.
 */
enum suit_error sg_process_swap(void *ctx, const struct suit_effect *effect)
{
	struct sg_process *p = ctx;
	struct sg_view view = sg_process_view(p);
	struct suit_effect other = *effect;
	bool proven = is_proven(p, effect->id);
	bool proven_other = is_proven(p, effect->source);
	enum suit_error error;
	int fd, fd_other;

	if (!suit_authority_covers(effect->authority, effect->source))
		return sg_fault(&p->why, SUIT_ERR_NOT_ENTITLED, "the component to swap with is not its author's");
	error = sg_image_open(&view, effect->id, &fd, &p->why);
	if (error != SUIT_OK)
		return error;
	error = sg_image_open(&view, effect->source, &fd_other, &p->why);
	if (error == SUIT_OK) {
		other.id = effect->source;
		error = swap_in(p, effect, fd_other, proven_other);
		if (error == SUIT_OK)
			error = swap_in(p, &other, fd, proven);
		close(fd_other);
	}
	close(fd);
	return error;
}

// SPDX-License-Identifier: LGPL-2.1-or-later
#include "sink.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crypto.h"
#include "fault.h"
#include "file_ops.h"

enum { PIECE = 64 << 10 };

static void name_of(const struct sg_sink *sink, const char *ending,
		    char out[SG_STAGE_NAME])
{
	struct suit_slice id = { sink->candidate->id, sink->candidate->id_len };

	sg_stage_name(sink->stage->manifest, id, ending, out);
}

static enum suit_error trouble(const struct sg_sink *sink, const char *what)
{
	const struct sg_place *place = &sink->candidate->place;

	return sg_fault(sink->err, SUIT_ERR_OPERATION, "%s a file for %s/%s: %m",
			what, place->root, place->path);
}

static int remove_file(const struct sg_sink *sink, const char *ending)
{
	char name[SG_STAGE_NAME];

	name_of(sink, ending, name);
	return sg_fs_unlink(sink->folder, name) < 0 && errno != ENOENT ?
		       -1 : 0;
}

/* Hash what an earlier one left. */
static enum suit_error reread(struct sg_sink *sink)
{
	u8 piece[PIECE];
	enum suit_error error;
	ssize_t n;

	for (;;) {
		n = pread(sink->fd, piece, sizeof(piece), (off_t)sink->size);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return trouble(sink, "cannot read");
		if (!n)
			return SUIT_OK;
		error = sg_hash_add(&sink->hash, piece, (size_t)n);
		if (error != SUIT_OK)
			return error;
		sink->size += (u64)n;
	}
}

static enum suit_error open_old(struct sg_sink *sink)
{
	char name[SG_STAGE_NAME];
	enum suit_error error;
	struct stat st;

	name_of(sink, "part", name);
	sink->fd = sg_fs_append(sink->folder, name);
	if (sink->fd < 0)
		return SUIT_ERR_IMAGE;
	error = SUIT_ERR_IMAGE;
	if (fstat(sink->fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    (u64)st.st_size <= sink->limit)
		error = reread(sink);
	if (error == SUIT_OK)
		return SUIT_OK;
	close(sink->fd);
	sink->fd = -1;
	return error;
}

static enum suit_error open_new(struct sg_sink *sink)
{
	char name[SG_STAGE_NAME];

	name_of(sink, "part", name);
	if (remove_file(sink, "part") < 0 || remove_file(sink, "tag") < 0)
		return trouble(sink, "cannot replace");
	sink->fd = sg_fs_create(sink->folder, name);
	return sink->fd < 0 ? trouble(sink, "cannot make") : SUIT_OK;
}

static enum suit_error open_hash(struct sg_sink *sink, s32 alg)
{
	sg_hash_drop(&sink->hash);
	sink->size = 0;
	return sg_hash_begin(&sink->hash, alg);
}

enum suit_error sg_sink_open(struct sg_sink *sink, const struct sg_stage *stage,
			     struct sg_candidate *candidate, s32 alg, u64 limit,
			     bool resume, struct sg_error *err)
{
	enum suit_error error;

	*sink = (struct sg_sink){
		.stage = stage, .candidate = candidate, .folder = -1,
		.fd = -1, .limit = limit, .err = err,
	};
	error = open_hash(sink, alg);
	if (error != SUIT_OK)
		return error;
	sink->folder = sg_place_open_staging(&candidate->place);
	if (sink->folder < 0)
		error = trouble(sink, "cannot prepare");
	else if (!resume || open_old(sink) != SUIT_OK)
		error = sg_sink_restart(sink);
	if (error != SUIT_OK)
		sg_sink_abort(sink, true);
	return error;
}

enum suit_error sg_sink_restart(struct sg_sink *sink)
{
	enum suit_error error = open_hash(sink, sink->hash.alg);

	if (error != SUIT_OK)
		return error;
	if (sink->fd >= 0)
		close(sink->fd);
	sink->fd = -1;
	return open_new(sink);
}

enum suit_error sg_sink_expect(struct sg_sink *sink, u64 size)
{
	if (size > sink->limit)
		return sg_fault(sink->err, SUIT_ERR_PAYLOAD_SIZE, "%llu bytes, at most %llu are expected",
				(unsigned long long)size,
				(unsigned long long)sink->limit);
	return sg_fs_allocate(sink->fd, size) < 0 ?
		       trouble(sink, "no room for") : SUIT_OK;
}

enum suit_error sg_sink_write(struct sg_sink *sink, const void *data,
			      size_t len)
{
	enum suit_error error;

	if (len > sink->limit - sink->size)
		return sg_fault(sink->err, SUIT_ERR_PAYLOAD_SIZE, "more than the %llu bytes that are expected",
				(unsigned long long)sink->limit);
	error = sg_hash_add(&sink->hash, data, len);
	if (error != SUIT_OK)
		return error;
	if (sg_fs_write(sink->fd, data, len) < 0)
		return trouble(sink, "cannot write");
	sink->size += len;
	return SUIT_OK;
}

/* Everything but the name; the name last. */
static enum suit_error settle(struct sg_sink *sink,
			      const struct sg_attributes *attributes)
{
	char part[SG_STAGE_NAME], complete[SG_STAGE_NAME];

	if (sg_attributes_apply(attributes, sink->fd) < 0)
		return trouble(sink, "cannot set owner and permissions of");
	if (sg_fs_sync(sink->fd) < 0)
		return trouble(sink, "cannot write");
	name_of(sink, "part", part);
	name_of(sink, "new", complete);
	if (sg_fs_rename(sink->folder, part, sink->folder, complete) < 0 ||
	    remove_file(sink, "tag") < 0 || sg_fs_sync(sink->folder) < 0)
		return trouble(sink, "cannot finish");
	return SUIT_OK;
}

enum suit_error sg_sink_finish(struct sg_sink *sink,
			       const struct sg_attributes *attributes)
{
	struct sg_candidate *candidate = sink->candidate;
	enum suit_error error;

	candidate->kind = SG_CANDIDATE_FILE;
	candidate->size = sink->size;
	candidate->digest.alg = sink->hash.alg;
	candidate->digest.len = suit_digest_size(sink->hash.alg);
	error = sg_hash_end(&sink->hash, candidate->digest.value);
	if (error == SUIT_OK)
		error = settle(sink, attributes);
	sg_sink_abort(sink, error == SUIT_OK);
	return error;
}

void sg_sink_abort(struct sg_sink *sink, bool keep)
{
	if (sink->fd >= 0)
		close(sink->fd);
	if (!keep && sink->folder >= 0) {
		remove_file(sink, "part");
		remove_file(sink, "tag");
	}
	if (sink->folder >= 0)
		close(sink->folder);
	sg_hash_drop(&sink->hash);
	sink->fd = -1;
	sink->folder = -1;
}

void sg_sink_get_tag(const struct sg_sink *sink, char *out, size_t cap)
{
	char name[SG_STAGE_NAME];
	ssize_t n = -1;
	int fd;

	name_of(sink, "tag", name);
	fd = sink->size ? sg_fs_open(sink->folder, name) : -1;
	if (fd >= 0) {
		n = read(fd, out, cap - 1);
		close(fd);
	}
	out[n < 0 ? 0 : n] = '\0';
}

enum suit_error sg_sink_set_tag(struct sg_sink *sink, const char *tag)
{
	char name[SG_STAGE_NAME];
	int fd, ret;

	if (remove_file(sink, "tag") < 0)
		return trouble(sink, "cannot replace");
	if (!*tag)
		return SUIT_OK;
	name_of(sink, "tag", name);
	fd = sg_fs_create(sink->folder, name);
	if (fd < 0)
		return trouble(sink, "cannot make");
	ret = sg_fs_write(fd, tag, strlen(tag));
	close(fd);
	return ret < 0 ? trouble(sink, "cannot write") : SUIT_OK;
}

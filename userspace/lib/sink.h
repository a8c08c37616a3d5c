/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A file in the making: hashed as it is written, bounded, and complete only
 * when it is on disk.
 */
#ifndef SG_SINK_H
#define SG_SINK_H

#include "hash.h"
#include "stage.h"

/**
 * struct sg_sink - the file
 * @stage: whose
 * @candidate: gets digest and size in the end
 * @folder: staging folder
 * @fd: the file
 * @hash: of what was written
 * @size: bytes that were written
 * @limit: at most so many may be
 * @err: for people
 */
struct sg_sink {
	const struct sg_stage *stage;
	struct sg_candidate *candidate;
	int folder;
	int fd;
	struct sg_hash hash;
	u64 size;
	u64 limit;
	struct sg_error *err;
};

/**
 * sg_sink_open() - begin
 * @sink: result
 * @stage: whose
 * @candidate: id and place are set
 * @alg: of the digest
 * @limit: bytes
 * @resume: go on behind what an earlier one left, if it did
 * @err: for people; kept
 *
 * Return: SUIT_OK, SUIT_ERR_OPERATION, or what hashing says.
 */
enum suit_error sg_sink_open(struct sg_sink *sink, const struct sg_stage *stage,
			     struct sg_candidate *candidate, s32 alg, u64 limit,
			     bool resume, struct sg_error *err);
/* Forget what was written; begin from the start. */
enum suit_error sg_sink_restart(struct sg_sink *sink);
/* Room for @size bytes in all, now rather than half-way. */
enum suit_error sg_sink_expect(struct sg_sink *sink, u64 size);
/* SUIT_ERR_PAYLOAD_SIZE beyond the limit. */
enum suit_error sg_sink_write(struct sg_sink *sink, const void *data,
			      size_t len);
/* Complete, with @attributes; the sink is closed in any case. */
enum suit_error sg_sink_finish(struct sg_sink *sink,
			       const struct sg_attributes *attributes);
/* Close it; what is there is kept for sg_sink_open() to resume, or removed. */
void sg_sink_abort(struct sg_sink *sink, bool keep);

/* What the server calls this version; at least @cap = 1, "" when unknown. */
void sg_sink_get_tag(const struct sg_sink *sink, char *out, size_t cap);
enum suit_error sg_sink_set_tag(struct sg_sink *sink, const char *tag);

#endif /* SG_SINK_H */

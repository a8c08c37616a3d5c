// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Decision records: read() on the device, decoded one by one.
 */
#include <errno.h>
#include <poll.h>
#include <string.h>

#include "core/suit.h"
#include "gate_seam.h"
#include "suitgate/gate.h"
#include "uapi/suitgate.h"

static const char *path_name(unsigned int path)
{
	switch (path) {
	case SUITGATE_PATH_FILE:
		return "file";
	case SUITGATE_PATH_PARTIAL:
		return "partial";
	case SUITGATE_PATH_DATA:
		return "data";
	case SUITGATE_PATH_UNSEEN:
		return "unseen";
	default:
		return "unknown";
	}
}

static const char *verdict_name(unsigned int verdict)
{
	switch (verdict) {
	case SUITGATE_DELIVERED:
		return "delivered";
	case SUITGATE_REFUSED:
		return "refused";
	case SUITGATE_AUDITED:
		return "audited";
	default:
		return "unknown";
	}
}

static const char *source_name(unsigned int source)
{
	switch (source) {
	case SUITGATE_SOURCE_NONE:
		return "none";
	case SUITGATE_SOURCE_LOADED:
		return "loaded";
	case SUITGATE_SOURCE_SIDECAR:
		return "sidecar";
	default:
		return "unknown";
	}
}

/* Text from the kernel, made harmless: a task may choose its own name. */
static void copy_text(char *out, size_t cap, const uint8_t *text, size_t len)
{
	size_t n = strnlen((const char *)text, len);
	size_t i;

	if (n > cap - 1)
		n = cap - 1;
	for (i = 0; i < n; i++)
		out[i] = text[i] < 0x20 || text[i] > 0x7e ? '?' : (char)text[i];
	out[n] = '\0';
}

static void decode(const struct suitgate_record *in, struct sg_gate_record *out)
{
	const char *mode = sg_gate_mode_name(in->mode);

	*out = (struct sg_gate_record){
		.number = in->number,
		.lost = in->lost,
		.time = in->time,
		.bytes = in->bytes,
		.sequence_number = in->sequence_number,
		.error = suit_error_name(in->error),
		.err = in->err,
		.path = path_name(in->path),
		.verdict = verdict_name(in->verdict),
		.source = source_name(in->source),
		.mode = mode ? mode : "unknown",
		.pid = in->pid,
	};
	memcpy(out->digest, in->digest, sizeof(out->digest));
	memcpy(out->manifest, in->manifest, sizeof(out->manifest));
	copy_text(out->comm, sizeof(out->comm), in->comm, sizeof(in->comm));
	copy_text(out->authority, sizeof(out->authority), in->authority,
		  sizeof(in->authority));
	copy_text(out->name, sizeof(out->name), in->name, sizeof(in->name));
}

/*
 * Take one record from the buffer. A newer kernel's is longer than the one
 * known here, an older one's shorter; @size says by how much.
 */
static int take(struct sg_gate *gate, struct sg_gate_record *out,
		struct sg_error *err)
{
	struct suitgate_record record = { 0 };
	size_t left = gate->end - gate->at;
	uint32_t size;

	if (left < sizeof(size))
		goto broken;
	memcpy(&size, gate->buffer + gate->at, sizeof(size));
	if (size > left || size < offsetof(struct suitgate_record, digest))
		goto broken;
	memcpy(&record, gate->buffer + gate->at,
	       size < sizeof(record) ? size : sizeof(record));
	gate->at += size;
	decode(&record, out);
	return 1;

broken:
	gate->at = gate->end = 0;
	return sg_fail(err, "the gate gave a decision record that makes no sense");
}

/* Fill the buffer: 1 when there are bytes, 0 when there are none, -1. */
static int fill(struct sg_gate *gate, struct sg_error *err)
{
	ssize_t n = gate->read(gate->fd, gate->buffer, sizeof(gate->buffer));

	if (n < 0) {
		if (errno == EAGAIN || errno == EINTR)
			return 0;
		return sg_fail(err, "reading decision records: %m");
	}
	gate->at = 0;
	gate->end = (size_t)n;
	return n > 0;
}

int sg_gate_next_record(struct sg_gate *gate, int timeout_ms,
			struct sg_gate_record *out, struct sg_error *err)
{
	struct pollfd wait = { .fd = gate->fd, .events = POLLIN };
	int r;

	memset(out, 0, sizeof(*out));
	if (gate->at < gate->end)
		return take(gate, out, err);
	r = fill(gate, err);
	if (r == 0 && timeout_ms != 0) {
		r = poll(&wait, 1, timeout_ms);
		if (r < 0 && errno != EINTR)
			return sg_fail(err, "waiting for decision records: %m");
		r = r > 0 ? fill(gate, err) : 0;
	}
	return r > 0 ? take(gate, out, err) : r;
}

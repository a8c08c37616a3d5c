/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Component identifiers: [ + bstr ], handled in their deterministic encoding,
 * so that comparing ids is comparing bytes (draft-ietf-suit-manifest 8.4.5.1).
 */
#ifndef SUIT_COMPONENT_H
#define SUIT_COMPONENT_H

#include "cursor.h"
#include "suit_limits.h"

/*
 * Check an encoded id: one canonical array of 1..SUIT_MAX_SEGMENTS byte
 * strings, at most SUIT_MAX_COMPONENT_ID bytes.
 * SUIT_ERR_COMPONENT_ID, SUIT_ERR_COMPONENT_SIZE or a CBOR error.
 */
enum suit_error suit_component_check(struct suit_slice id);
/* Are the segments of @prefix the first segments of @id? Both checked. */
bool suit_component_covers(struct suit_slice prefix, struct suit_slice id);
/*
 * Encode [@type, segments of @path split at '/'] into @buf.
 * SUIT_ERR_NAME when @path is empty, has an empty, "." or ".." segment or a
 * NUL; SUIT_ERR_COMPONENT_SIZE when it does not fit the limits or @cap.
 */
enum suit_error suit_component_encode(struct suit_slice type,
				      struct suit_slice path, u8 *buf,
				      size_t cap, struct suit_slice *out);
/*
 * Write an id for people and logs: segments joined by '/', every byte outside
 * printable ASCII, '/', '\\' and '%' inside a segment as %XX. NUL terminated,
 * cut with "..." when @cap is too small. Returns bytes written without NUL.
 */
size_t suit_component_text(struct suit_slice id, char *buf, size_t cap);
/* Segment @index of a checked id; empty slice with NULL ptr past the end. */
struct suit_slice suit_component_segment(struct suit_slice id, u32 index);

#endif /* SUIT_COMPONENT_H */

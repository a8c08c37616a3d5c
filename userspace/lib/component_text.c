// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Component ids from what people type.
 */
#include <string.h>

#include "component_text.h"
#include "core/suit.h"

/* [ type ]: the core's encoder wants a path below the type. */
static enum suit_error encode_type(struct suit_slice type, uint8_t *out,
				   size_t cap, size_t *len)
{
	size_t head = type.len < 24 ? 2 : 3;

	if (!type.len)
		return SUIT_ERR_NAME;
	if (type.len > UINT8_MAX || head + type.len > cap)
		return SUIT_ERR_COMPONENT_SIZE;
	out[0] = 0x81;
	out[1] = head == 2 ? (uint8_t)(0x40 + type.len) : 0x58;
	if (head == 3)
		out[2] = (uint8_t)type.len;
	memcpy(out + head, type.ptr, type.len);
	*len = head + type.len;
	return SUIT_OK;
}

int sg_component_parse(const char *text, uint8_t *out, size_t cap, size_t *len,
		       struct sg_error *err)
{
	const char *slash = strchr(text, '/');
	struct suit_slice type = {
		.ptr = (const uint8_t *)text,
		.len = slash ? (size_t)(slash - text) : strlen(text),
	};
	struct suit_slice path = { 0 }, id = { 0 };
	enum suit_error error;

	if (!slash) {
		error = encode_type(type, out, cap, len);
	} else {
		path.ptr = (const uint8_t *)slash + 1;
		path.len = strlen(slash + 1);
		error = type.len ? suit_component_encode(type, path, out, cap,
							 &id) : SUIT_ERR_NAME;
		*len = id.len;
	}
	if (error == SUIT_ERR_COMPONENT_SIZE)
		return sg_fail(err, "component \"%.60s...\" is too long: at most %d bytes and %d parts",
			       text, SUIT_MAX_COMPONENT_ID, SUIT_MAX_SEGMENTS);
	if (error != SUIT_OK)
		return sg_fail(err, "\"%.200s\" is not a component: write TYPE/NAME, for example firmware/regulatory.db, without empty, \".\" or \"..\" parts",
			       text);
	return 0;
}

// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "metadata.h"

#include "cbor.h"

enum { UUID_BYTES = 16 };

/* Names go to logs and name services: no control characters (4.6). */
static bool name_printable(struct suit_slice name)
{
	u8 previous = 0;
	size_t i;

	for (i = 0; i < name.len; previous = name.ptr[i++])
		if (name.ptr[i] < 0x20 || name.ptr[i] == 0x7f ||
		    (previous == 0xc2 && name.ptr[i] < 0xa0))
			return false;
	return name.len;
}

static bool actor_valid(const struct suit_actor *actor)
{
	switch (actor->kind) {
	case SUIT_ACTOR_UUID:
		return actor->bytes.len == UUID_BYTES;
	case SUIT_ACTOR_NAME:
		return name_printable(actor->bytes);
	default:
		return true;
	}
}

/* #6.37(bstr) / bstr / tstr / int */
static enum suit_error read_actor(struct suit_cursor *cur,
				  struct suit_actor *out)
{
	memset(out, 0, sizeof(*out));
	switch (suit_cbor_peek(cur)) {
	case SUIT_CBOR_TAG:
		if (suit_cbor_tag(cur) != SUIT_TAG_UUID &&
		    cur->error == SUIT_OK)
			return SUIT_ERR_PARAMETER_FORM;
		out->kind = SUIT_ACTOR_UUID;
		out->bytes = suit_cbor_bstr(cur);
		break;
	case SUIT_CBOR_BSTR:
		out->kind = SUIT_ACTOR_BYTES;
		out->bytes = suit_cbor_bstr(cur);
		break;
	case SUIT_CBOR_TSTR:
		out->kind = SUIT_ACTOR_NAME;
		out->bytes = suit_cbor_tstr(cur);
		break;
	default:
		out->kind = SUIT_ACTOR_NUMBER;
		out->number = suit_cbor_int(cur);
	}
	if (cur->error != SUIT_OK)
		return cur->error;
	return actor_valid(out) ? SUIT_OK : SUIT_ERR_PARAMETER_FORM;
}

static enum suit_error read_permissions(struct suit_cursor *cur, u16 *out)
{
	u64 bits = suit_cbor_uint(cur);

	if (cur->error != SUIT_OK)
		return cur->error;
	if (bits > SUIT_PERMISSION_ALL)
		return SUIT_ERR_PARAMETER_FORM;
	*out = (u16)bits;
	return SUIT_OK;
}

/* { + actor => permissions }; @out gets the pairs, without the map's head. */
static enum suit_error read_actors(struct suit_cursor *cur,
				   struct suit_slice *out)
{
	u32 n = suit_cbor_map(cur);
	struct suit_cbor_key order = { 0 };
	enum suit_error error = SUIT_OK;
	struct suit_actor actor;
	const u8 *start;
	u16 permissions;

	if (cur->error != SUIT_OK)
		return cur->error;
	if (!n || n > SUIT_MAX_ACTORS)
		return SUIT_ERR_PARAMETER_FORM;
	out->ptr = cur->at;
	while (n-- && error == SUIT_OK) {
		start = cur->at;
		error = read_actor(cur, &actor);
		suit_cbor_key_read(cur, &order, start);
		if (error == SUIT_OK)
			error = read_permissions(cur, &permissions);
	}
	out->len = (size_t)(cur->at - out->ptr);
	return error;
}

/* #6.1(uint) */
static enum suit_error read_time(struct suit_cursor *cur, u64 *out)
{
	if (cur->left && (suit_cbor_peek(cur) != SUIT_CBOR_TAG ||
			  suit_cbor_tag(cur) != SUIT_TAG_EPOCH_TIME))
		return cur->error != SUIT_OK ? cur->error :
					       SUIT_ERR_PARAMETER_FORM;
	*out = suit_cbor_uint(cur);
	return cur->error;
}

static enum suit_error read_file_type(struct suit_cursor *cur, u8 *out)
{
	u64 type = suit_cbor_uint(cur);

	if (cur->error != SUIT_OK)
		return cur->error;
	if (type < SUIT_FILE_REGULAR || type > SUIT_FILE_SYMLINK)
		return SUIT_ERR_PARAMETER_FORM;
	*out = (u8)type;
	return SUIT_OK;
}

static enum suit_error read_member(struct suit_cursor *cur, s64 label,
				   struct suit_metadata *out)
{
	switch (label) {
	case SUIT_METADATA_PERMISSIONS:
		return read_permissions(cur, &out->permissions);
	case SUIT_METADATA_USERS:
		return read_actors(cur, &out->users);
	case SUIT_METADATA_GROUPS:
		return read_actors(cur, &out->groups);
	case SUIT_METADATA_ROLES:
		return read_actors(cur, &out->roles);
	case SUIT_METADATA_FILE_TYPE:
		return read_file_type(cur, &out->file_type);
	case SUIT_METADATA_MODIFIED:
		return read_time(cur, &out->modified);
	case SUIT_METADATA_CREATED:
		return read_time(cur, &out->created);
	case SUIT_METADATA_CREATOR:
		return read_actor(cur, &out->creator);
	default:
		return SUIT_ERR_PARAMETER_FORM;
	}
}

enum suit_error suit_metadata_decode(struct suit_slice encoded,
				     struct suit_metadata *out)
{
	struct suit_cbor_key order = { 0 };
	struct suit_cursor cur;
	enum suit_error error;
	s64 label;
	u32 n;

	memset(out, 0, sizeof(*out));
	out->file_type = SUIT_FILE_REGULAR;
	suit_cursor_init(&cur, encoded);
	n = suit_cbor_map(&cur);
	while (n-- && cur.error == SUIT_OK) {
		label = suit_cbor_key_int(&cur, &order);
		if (cur.error != SUIT_OK)
			break;
		error = read_member(&cur, label, out);
		if (error != SUIT_OK)
			return error;
		out->members |= 1U << label;
	}
	return suit_cursor_end(&cur);
}

bool suit_metadata_actor_next(struct suit_cursor *map,
			      struct suit_actor *actor, u16 *permissions)
{
	return map->left && read_actor(map, actor) == SUIT_OK &&
	       read_permissions(map, permissions) == SUIT_OK;
}

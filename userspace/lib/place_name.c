// SPDX-License-Identifier: LGPL-2.1-or-later
#include "place_name.h"

#include <limits.h>
#include <string.h>

static bool is_alnum(u8 c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9');
}

static bool may_read(u8 c)
{
	return c >= 0x20 && c != 0x7f && c != '/';
}

/* Real names have spaces and commas; nothing a shell would take amiss. */
static bool may_write(u8 c)
{
	return is_alnum(c) || (c && strchr(" +,-._=@:()~#", c));
}

static bool is_dots(struct suit_slice s)
{
	return (s.len == 1 || (s.len == 2 && s.ptr[1] == '.')) &&
	       s.ptr[0] == '.';
}

bool sg_place_name_ok(struct suit_slice segment, bool write)
{
	size_t i;

	if (!segment.len || segment.len > NAME_MAX || is_dots(segment))
		return false;
	for (i = 0; i < segment.len; i++)
		if (write ? !may_write(segment.ptr[i]) :
			    !may_read(segment.ptr[i]))
			return false;
	/* hidden names are ours and the administrator's */
	return !write || (segment.ptr[0] != '.' && segment.ptr[0] != ' ' &&
			  segment.ptr[segment.len - 1] != ' ');
}

bool sg_place_name_uuid(const char *name)
{
	size_t i;

	if (strlen(name) != 36)
		return false;
	for (i = 0; i < 36; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;

		if (dash ? name[i] != '-' :
			   !strchr("0123456789abcdef", name[i]))
			return false;
	}
	return true;
}

/* Bytes of the next segment; 0 when it is empty. */
static size_t segment_len(struct suit_slice rest)
{
	size_t len = 0;

	while (len < rest.len && rest.ptr[len] != '/')
		len++;
	return len;
}

/* Take the "../" in front, each one folder less of @out. */
static bool go_up(struct suit_slice *rest, char *out)
{
	char *slash;

	while (rest->len > 2 && !memcmp(rest->ptr, "../", 3)) {
		if (!*out)
			return false;
		slash = strrchr(out, '/');
		*(slash ? slash : out) = '\0';
		rest->ptr += 3;
		rest->len -= 3;
	}
	return true;
}

bool sg_place_name_target(const char *path, struct suit_slice target, char *out,
			  size_t cap)
{
	const char *slash = strrchr(path, '/');
	size_t len = slash ? (size_t)(slash - path) : 0, n;

	if (len >= cap)
		return false;
	memcpy(out, path, len);
	out[len] = '\0';
	if (!target.len || !go_up(&target, out))
		return false;
	for (len = strlen(out); target.len; ) {
		struct suit_slice segment = { target.ptr, segment_len(target) };

		n = segment.len;
		if (!sg_place_name_ok(segment, true) || len + n + 2 > cap)
			return false;
		if (len)
			out[len++] = '/';
		memcpy(out + len, segment.ptr, n);
		len += n;
		out[len] = '\0';
		if (n == target.len)
			return true;
		target.ptr += n + 1;
		target.len -= n + 1;
	}
	/* it ended in a slash */
	return false;
}

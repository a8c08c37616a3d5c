// SPDX-License-Identifier: LGPL-2.1-or-later
#include "uri.h"

#include <string.h>
#include <strings.h>

#define FILE_SCHEME "file:"

bool sg_uri_copy(struct suit_slice uri, char out[SG_URI_MAX])
{
	size_t i;

	if (!uri.len || uri.len >= SG_URI_MAX)
		return false;
	for (i = 0; i < uri.len; i++)
		if (uri.ptr[i] <= ' ' || uri.ptr[i] >= 0x7f)
			return false;
	memcpy(out, uri.ptr, uri.len);
	out[uri.len] = '\0';
	return true;
}

/* scheme ":", before any '/', '?' or '#' */
static bool has_scheme(const char *uri)
{
	return uri[strcspn(uri, ":/?#")] == ':';
}

static bool is_file(const char *uri)
{
	return !strncasecmp(uri, FILE_SCHEME, strlen(FILE_SCHEME));
}

bool sg_uri_is_local(const char *uri, const char *local_dir)
{
	return is_file(uri) ||
	       (local_dir && !has_scheme(uri) && strncmp(uri, "//", 2));
}

static int nibble(char c)
{
	const char *digits = "0123456789abcdef", *at;

	at = c ? strchr(digits, c >= 'A' && c <= 'F' ? c + 32 : c) : NULL;
	return at ? (int)(at - digits) : -1;
}

static bool decode(const char *uri, char out[SG_URI_MAX])
{
	size_t len = 0;
	int high, low;

	for (; *uri; uri++) {
		out[len] = *uri;
		if (*uri == '?' || *uri == '#')
			return false;
		if (*uri == '%') {
			high = nibble(uri[1]);
			low = high < 0 ? -1 : nibble(uri[2]);
			if (low < 0)
				return false;
			out[len] = (char)(high << 4 | low);
			if (!out[len] || out[len] == '/')
				return false;
			uri += 2;
		}
		len++;
	}
	out[len] = '\0';
	return len;
}

bool sg_uri_local_path(const char *uri, const char *local_dir,
		       char out[SG_URI_MAX])
{
	size_t len = strlen(local_dir);

	if (is_file(uri)) {
		uri += strlen(FILE_SCHEME);
		if (!strncmp(uri, "//localhost/", 12))
			uri += 11;
		else if (!strncmp(uri, "///", 3))
			uri += 2;
		else if (!strncmp(uri, "//", 2))
			return false;
	}
	if (!decode(uri, out))
		return false;
	if (out[0] != '/')
		return true;
	while (len && local_dir[len - 1] == '/')
		len--;
	if (strncmp(out, local_dir, len) || out[len] != '/')
		return false;
	memmove(out, out + len + 1, strlen(out + len + 1) + 1);
	return out[0];
}

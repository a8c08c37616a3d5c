// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Versions as text.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "spec_version.h"

/* By the negative of their integer. */
static const char *const pre_release[] = { NULL, "rc", "beta", "alpha" };

enum { PRE_RELEASES = sizeof(pre_release) / sizeof(pre_release[0]) };

int sg_version_format(const int64_t *part, size_t n, char text[SG_VERSION_TEXT])
{
	size_t i, len = 0;

	if (!n || n > SG_VERSION_PARTS || part[0] < 0)
		return -1;
	for (i = 0; i < n; i++) {
		if (part[i] <= -(int64_t)PRE_RELEASES)
			return -1;
		if (part[i] < 0)
			len += (size_t)sprintf(text + len, "-%s",
					       pre_release[-part[i]]);
		else
			len += (size_t)sprintf(text + len, "%s%" PRId64,
					       i ? "." : "", part[i]);
	}
	return 0;
}

/* "-beta" at @text: its integer, and what follows. NULL for something else. */
static const char *parse_pre_release(const char *text, int64_t *part)
{
	size_t i, len;

	for (i = 1; i < PRE_RELEASES; i++) {
		len = strlen(pre_release[i]);
		if (strncmp(text, pre_release[i], len))
			continue;
		*part = -(int64_t)i;
		return text + len;
	}
	return NULL;
}

static const char *parse_number(const char *text, int64_t *part)
{
	char *end;

	if (*text < '0' || *text > '9')
		return NULL;
	errno = 0;
	*part = strtoll(text, &end, 10);
	return errno ? NULL : end;
}

int sg_version_parse(const char *text, int64_t part[SG_VERSION_PARTS],
		     size_t *n)
{
	text = parse_number(text, &part[0]);
	for (*n = 1; text && *text; (*n)++) {
		if (*n == SG_VERSION_PARTS)
			return -1;
		if (*text == '.')
			text = parse_number(text + 1, &part[*n]);
		else if (*text == '-')
			text = parse_pre_release(text + 1, &part[*n]);
		else
			return -1;
	}
	return text ? 0 : -1;
}

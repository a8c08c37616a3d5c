// SPDX-License-Identifier: GPL-2.0-or-later
#include "outcome.h"

#include <string.h>

#include "table.h"

struct sg_error why;

void succeeded(int ret)
{
	if (ret)
		fail_msg("%d: %s", ret, why.message);
}

void refused(int ret, enum suit_error error)
{
	const char *name = suit_error_name(error);

	assert_int_equal(ret, -1);
	if (!why.refused || !why.code || strcmp(why.code, name) ||
	    !strstr(why.message, text("[%s]", name)))
		fail_msg("\"%s\" for %s", why.message, name);
}

void failed(int ret, const char *part)
{
	assert_int_equal(ret, -1);
	if (why.refused || why.code || !strstr(why.message, part))
		fail_msg("\"%s\" for \"%s\"", why.message, part);
}

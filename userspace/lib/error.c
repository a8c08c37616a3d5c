// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Why something failed.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/suit.h"
#include "suitgate/gate.h"

void sg_buf_free(struct sg_buf *buf)
{
	free(buf->data);
	*buf = (struct sg_buf){ 0 };
}

/* A long name may stand before the reason: the middle is what is left out. */
static void set_message(struct sg_error *err, const char *fmt, va_list args)
	__attribute__((format(printf, 2, 0)));

static void set_message(struct sg_error *err, const char *fmt, va_list args)
{
	enum { ROOM = sizeof(err->message), DOTS = 3, HALF = ROOM / 2 };
	char whole[8192];
	size_t len, tail = ROOM - HALF - DOTS;

	vsnprintf(whole, sizeof(whole), fmt, args);
	len = strlen(whole);
	if (len < ROOM) {
		memcpy(err->message, whole, len + 1);
		return;
	}
	memcpy(err->message, whole, HALF);
	memcpy(err->message + HALF, "...", DOTS);
	memcpy(err->message + HALF + DOTS, whole + len + 1 - tail, tail);
}

int sg_fail(struct sg_error *err, const char *fmt, ...)
{
	va_list args;

	err->refused = false;
	err->code = NULL;
	va_start(args, fmt);
	set_message(err, fmt, args);
	va_end(args);
	return -1;
}

int sg_refuse(struct sg_error *err, int suit_error, const char *fmt, ...)
{
	const char *meaning, *action;
	char tail[256];
	va_list args;
	size_t len;

	err->refused = true;
	err->code = suit_error_name((enum suit_error)suit_error);
	va_start(args, fmt);
	set_message(err, fmt, args);
	va_end(args);
	sg_advice(err->code, &meaning, &action);
	snprintf(tail, sizeof(tail), ": %s [%s]", meaning, err->code);
	len = strlen(err->message);
	if (len > sizeof(err->message) - 1 - strlen(tail))
		len = sizeof(err->message) - 1 - strlen(tail);
	strcpy(err->message + len, tail);
	return -1;
}

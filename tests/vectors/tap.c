// SPDX-License-Identifier: GPL-2.0-or-later
#include "tap.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static unsigned int number, failed;
static char name[256], reason[128];
static bool wrong;

void tap_begin(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(name, sizeof(name), format, args);
	va_end(args);
	reason[0] = '\0';
	wrong = false;
}

bool tap_check(bool right, const char *format, ...)
{
	va_list args;

	if (right)
		return true;
	wrong = true;
	printf("# %s: ", name);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
	return false;
}

void tap_skip(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(reason, sizeof(reason), format, args);
	va_end(args);
}

void tap_end(void)
{
	failed += wrong;
	printf("%sok %u - %s%s%s\n", wrong ? "not " : "", ++number, name,
	       reason[0] && !wrong ? " # SKIP " : "", wrong ? "" : reason);
}

int tap_done(void)
{
	printf("1..%u\n", number);
	return failed || !number;
}

void die(const char *format, ...)
{
	va_list args;

	printf("Bail out! ");
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
	exit(2);
}

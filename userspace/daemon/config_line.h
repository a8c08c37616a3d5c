/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lines of a configuration file: [Section], [Section NAME], Key=Value, # text.
 */
#ifndef DAEMON_CONFIG_LINE_H
#define DAEMON_CONFIG_LINE_H

#include "suitgate.h"

/* Where a line is in; pieces of a buffer that changes with the next one. */
struct config_line {
	const char *section;	/* "" before the first */
	const char *name;	/* of the section, "" when it has none */
	const char *key;	/* NULL: the section begins here */
	const char *value;
};

/*
 * Call @each for every line of @path that says something, until one fails; its
 * error gets "FILE:LINE: " in front. A file that is missing is empty. 0 or -1.
 */
int config_lines(const char *path,
		 int (*each)(const struct config_line *line, void *context,
			     struct sg_error *err),
		 void *context, struct sg_error *err);

#endif /* DAEMON_CONFIG_LINE_H */

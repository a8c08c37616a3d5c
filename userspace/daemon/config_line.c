// SPDX-License-Identifier: GPL-2.0-or-later
#include "config_line.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MAX_CONFIG = 1 << 20, MAX_SECTION = 512 };

static char *trim(char *text)
{
	size_t len;

	text += strspn(text, " \t\r");
	len = strlen(text);
	while (len && strchr(" \t\r", text[len - 1]))
		text[--len] = '\0';
	return text;
}

/* "[Source vendor]" into section and name, in @head. */
static int open_section(char *text, char head[MAX_SECTION],
			struct config_line *line, struct sg_error *err)
{
	size_t len = strlen(text);
	char *name;

	if (text[len - 1] != ']' || len >= MAX_SECTION)
		return sg_fail(err, "expected [SECTION] or [SECTION NAME]");
	text[len - 1] = '\0';
	strcpy(head, trim(text + 1));
	if (!*head)
		return sg_fail(err, "expected [SECTION] or [SECTION NAME]");
	name = head + strcspn(head, " \t");
	if (*name)
		*name++ = '\0';
	line->section = head;
	line->name = trim(name);
	line->key = NULL;
	line->value = NULL;
	return 0;
}

static int open_pair(char *text, struct config_line *line,
		     struct sg_error *err)
{
	char *value = strchr(text, '=');

	if (!value)
		return sg_fail(err, "expected KEY=VALUE");
	*value++ = '\0';
	line->key = trim(text);
	line->value = trim(value);
	return 0;
}

static int read_text(char *text, const char *path,
		     int (*each)(const struct config_line *line, void *context,
				 struct sg_error *err),
		     void *context, struct sg_error *err)
{
	struct config_line line = { .section = "", .name = "" };
	char head[MAX_SECTION], *next;
	unsigned int number = 0;
	struct sg_error why;
	int ret;

	while ((next = strsep(&text, "\n"))) {
		number++;
		next = trim(next);
		if (!*next || *next == '#' || *next == ';')
			continue;
		ret = *next == '[' ? open_section(next, head, &line, &why) :
				     open_pair(next, &line, &why);
		if (!ret)
			ret = each(&line, context, &why);
		if (ret < 0)
			return sg_fail(err, "%s:%u: %s", path, number,
				       why.message);
	}
	return 0;
}

int config_lines(const char *path,
		 int (*each)(const struct config_line *line, void *context,
			     struct sg_error *err),
		 void *context, struct sg_error *err)
{
	struct sg_buf bytes;
	char *text;
	int ret;

	if (access(path, F_OK) < 0 && errno == ENOENT)
		return 0;
	if (sg_file_read(path, MAX_CONFIG, &bytes, err) < 0)
		return -1;
	text = strndup((const char *)bytes.data, bytes.len);
	if (!text)
		ret = sg_fail(err, "%s: out of memory", path);
	else if (strlen(text) != bytes.len)
		ret = sg_fail(err, "%s: has a zero byte", path);
	else
		ret = read_text(text, path, each, context, err);
	free(text);
	sg_buf_free(&bytes);
	return ret;
}

// SPDX-License-Identifier: GPL-2.0-or-later
#include "config_value.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_WORDS = 64 };

/* A number with a unit behind it. */
struct unit {
	const char *name;
	uint64_t factor;
};

static const struct unit durations[] = {
	{ "", 1 }, { "s", 1 }, { "min", 60 }, { "h", 3600 }, { "d", 86400 },
	{ NULL, 0 },
};

static const struct unit sizes[] = {
	{ "", 1 }, { "K", 1 << 10 }, { "M", 1 << 20 }, { "G", 1 << 30 },
	{ NULL, 0 },
};

static const struct unit counts[] = { { "", 1 }, { NULL, 0 } };

static int set_number(const struct config_row *row, const char *value,
		      const struct unit *unit, uint64_t *out,
		      struct sg_error *err)
{
	uint64_t number;
	char *end;

	errno = 0;
	number = strtoull(value, &end, 10);
	if (end == value || *value == '-' || errno)
		return sg_fail(err, "%s: \"%s\" is not a number", row->key,
			       value);
	while (unit->name && strcmp(unit->name, end))
		unit++;
	if (!unit->name)
		return sg_fail(err, "%s: \"%s\" is not a unit here", row->key,
			       end);
	if (number > row->max / unit->factor ||
	    number * unit->factor < row->min)
		return sg_fail(err, "%s: expected %" PRIu64 " to %" PRIu64,
			       row->key, row->min, row->max);
	*out = number * unit->factor;
	return 0;
}

static int set_text(const struct config_row *row, const char *value,
		    char **out, struct sg_error *err)
{
	char *copy = NULL;

	if (row->type == CONFIG_PATH && *value && *value != '/')
		return sg_fail(err, "%s: \"%s\" is not an absolute path",
			       row->key, value);
	if (row->type == CONFIG_URL && *value &&
	    strncmp(value, "https://", 8) && strncmp(value, "http://", 7))
		return sg_fail(err, "%s: \"%s\" is not a URL of https or http",
			       row->key, value);
	if (*value) {
		copy = strdup(value);
		if (!copy)
			return sg_fail(err, "out of memory");
	}
	free(*out);
	*out = copy;
	return 0;
}

static void free_words(char **words)
{
	size_t i;

	for (i = 0; words && words[i]; i++)
		free(words[i]);
	free(words);
}

static int set_words(const struct config_row *row, const char *value,
		     char ***out, struct sg_error *err)
{
	char **words = calloc(MAX_WORDS + 1, sizeof(*words));
	size_t n = 0, len;

	if (!words)
		return sg_fail(err, "out of memory");
	while (*(value += strspn(value, " \t"))) {
		len = strcspn(value, " \t");
		words[n] = n < MAX_WORDS ? strndup(value, len) : NULL;
		if (!words[n++]) {
			free_words(words);
			return sg_fail(err, "%s: more than %d words", row->key,
				       MAX_WORDS);
		}
		value += len;
	}
	free_words(*out);
	*out = words;
	return 0;
}

static int set_choice(const struct config_row *row, const char *value,
		      unsigned int *out, struct sg_error *err)
{
	unsigned int i;

	for (i = 0; row->words[i]; i++) {
		if (strcmp(row->words[i], value))
			continue;
		*out = i;
		return 0;
	}
	return sg_fail(err, "%s: \"%s\" is not one of %s, %s ...", row->key,
		       value, row->words[0], row->words[1]);
}

static int set_bool(const struct config_row *row, const char *value, bool *out,
		    struct sg_error *err)
{
	static const char *const yes[] = { "yes", "true", "on", "1" };
	static const char *const no[] = { "no", "false", "off", "0" };
	size_t i;

	for (i = 0; i < sizeof(yes) / sizeof(yes[0]); i++) {
		if (!strcmp(value, yes[i]) || !strcmp(value, no[i])) {
			*out = !strcmp(value, yes[i]);
			return 0;
		}
	}
	return sg_fail(err, "%s: expected yes or no, not \"%s\"", row->key,
		       value);
}

int config_value_set(const struct config_row *row, const char *value,
		     void *object, struct sg_error *err)
{
	void *member = (char *)object + row->offset;

	switch (row->type) {
	case CONFIG_WORDS:
		return set_words(row, value, member, err);
	case CONFIG_BOOL:
		return set_bool(row, value, member, err);
	case CONFIG_COUNT:
		return set_number(row, value, counts, member, err);
	case CONFIG_DURATION:
		return set_number(row, value, durations, member, err);
	case CONFIG_BYTES:
		return set_number(row, value, sizes, member, err);
	case CONFIG_CHOICE:
		return set_choice(row, value, member, err);
	default:
		return set_text(row, value, member, err);
	}
}

void config_value_free(const struct config_row *row, size_t n, void *object)
{
	for (; n--; row++) {
		void *member = (char *)object + row->offset;

		if (row->type == CONFIG_WORDS)
			free_words(*(char ***)member);
		else if (row->type <= CONFIG_URL)
			free(*(char **)member);
	}
}

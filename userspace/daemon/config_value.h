/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Values of a configuration file.
 */
#ifndef DAEMON_CONFIG_VALUE_H
#define DAEMON_CONFIG_VALUE_H

#include "suitgate.h"

enum config_type {
	CONFIG_TEXT,		/* char * */
	CONFIG_PATH,		/* char *, absolute */
	CONFIG_URL,		/* char *, http or https */
	CONFIG_WORDS,		/* char **, NULL at the end */
	CONFIG_BOOL,		/* bool */
	CONFIG_COUNT,		/* uint64_t */
	CONFIG_DURATION,	/* uint64_t, seconds: "90", "5min", "6h", "7d" */
	CONFIG_BYTES,		/* uint64_t: "65536", "64K", "8M" */
	CONFIG_CHOICE,		/* unsigned int, index into @words */
};

/**
 * struct config_row - one key
 * @key: its name
 * @type: enum config_type
 * @offset: of the member
 * @min: @max: bounds of a number
 * @words: of a choice, NULL at the end
 */
struct config_row {
	const char *key;
	unsigned int type;
	size_t offset;
	uint64_t min;
	uint64_t max;
	const char *const *words;
};

/* Set the member of @object that @row describes; an old value is freed. */
int config_value_set(const struct config_row *row, const char *value,
		     void *object, struct sg_error *err);
/* Free the members that @n rows describe. */
void config_value_free(const struct config_row *row, size_t n, void *object);

#endif /* DAEMON_CONFIG_VALUE_H */

// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * verdicts.tsv: vector, error, why that differs from the metadata or "-"; of an
 * old draft which.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "crypto.h"
#include "tap.h"

enum { MAX_VERDICTS = 128 };

static struct {
	char *id;
	struct verdict verdict;
	bool asked;
} rows[MAX_VERDICTS];
static size_t n_rows;

static void read_rows(void)
{
	FILE *file = fopen("verdicts.tsv", "r");
	char *line = NULL, *rest;
	size_t room = 0;

	if (!file)
		die("verdicts.tsv cannot be read");
	while (getline(&line, &room, file) > 0) {
		line[strcspn(line, "\n")] = '\0';
		if (*line == '#' || !*line)
			continue;
		if (n_rows == MAX_VERDICTS)
			die("too many verdicts");
		rest = line;
		rows[n_rows].id = strsep(&rest, "\t");
		rows[n_rows].verdict.error = strsep(&rest, "\t");
		rows[n_rows].verdict.why = strsep(&rest, "\t");
		if (!rows[n_rows++].verdict.why)
			die("verdicts.tsv: three columns: %s", line);
		line = NULL;	/* the row keeps it */
		room = 0;
	}
	free(line);
	fclose(file);
}

const struct verdict *verdict_of(const struct vector *v)
{
	size_t i;

	if (!n_rows)
		read_rows();
	for (i = 0; i < n_rows; i++) {
		if (strcmp(rows[i].id, v->id))
			continue;
		rows[i].asked = true;
		return &rows[i].verdict;
	}
	die("verdicts.tsv has no %s", v->id);
}

void check_verdicts(void)
{
	size_t i;

	tap_begin("verdicts.tsv speaks of vectors that are here");
	for (i = 0; i < n_rows; i++) {
		tap_check(rows[i].asked, "there is no %s", rows[i].id);
		free(rows[i].id);
	}
	tap_end();
}

enum suit_error open_whole(struct opening *o, struct suit_slice bytes,
			   const struct suit_trust *trust)
{
	enum suit_error error;

	memset(o, 0, sizeof(*o));
	error = suit_envelope_open(&o->env, bytes);
	if (error == SUIT_OK)
		error = suit_envelope_authenticate(&o->env, trust,
						   sg_crypto(), &o->auth);
	if (error == SUIT_OK)
		error = suit_manifest_open(&o->m, &o->env, sg_crypto(),
					   SUIT_PROFILE_FULL);
	return error;
}

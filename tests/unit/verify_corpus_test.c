// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The attack corpus once more, through the library's front door: sg_verify()
 * must come to the verdict, and the error, that the kernel comes to.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "release.h"

#define CORPUS "tests/attack/"

/* Columns of expected.tsv. */
enum { NAME, FAMILY, ENVELOPE, TRUST, COMPONENT, PAYLOAD, EXPECTED, COLUMNS };

static bool given(const char *column)
{
	return strcmp(column, "-") != 0;
}

/* A path in the corpus; an empty file for a payload that has no bytes. */
static const char *in_corpus(const char *column)
{
	return given(column) ? text(CORPUS "%s", column) :
			       scratch_file("nothing", bytes_of(""));
}

static const char *verdict(char *const column[COLUMNS])
{
	const char *trust = in_corpus(column[TRUST]);
	struct suit_slice envelope = file_bytes(in_corpus(column[ENVELOPE]));
	const struct sg_verify_request request = {
		.envelope = { (uint8_t *)envelope.ptr, envelope.len },
		.trust = &trust,
		.n_trust = given(column[TRUST]),
		.component = column[COMPONENT],
		.payload = in_corpus(column[PAYLOAD]),
		.vendor = "acme.example",
		.class_id = "gateway-1",
	};

	if (!sg_verify(&request, &report, &why))
		return report.decided ? "ok" : "not decided";
	return why.code ? why.code : why.message;
}

/*
 * sg_verify() differs in two things: it asks for the full profile's verdict
 * first, so that what only the kernel profile refuses may be refused for
 * another reason; and which slot a file is for only the gate knows.
 */
static bool agrees(const char *got, const char *expected)
{
	if (!strcmp(expected, "dependencies-unsupported") ||
	    !strcmp(expected, "not-decidable-in-kernel"))
		return why.refused && !report.decided;
	if (!strcmp(expected, "slot-mismatch"))
		return report.decided;
	return !strcmp(got, expected);
}

/* Rows about a trust bundle, or about an envelope alone, are not for it. */
static bool read_row(char *line, char *column[COLUMNS])
{
	int i;

	line[strcspn(line, "\n")] = '\0';
	if (!*line || *line == '#')
		return false;
	for (i = 0; i < COLUMNS; i++)
		column[i] = strsep(&line, "\t");
	assert_non_null(column[COLUMNS - 1]);
	return given(column[ENVELOPE]) && given(column[COMPONENT]);
}

static void the_corpus(void **state)
{
	FILE *file = fopen(CORPUS "expected.tsv", "r");
	unsigned int rows = 0, wrong = 0;
	char *line = NULL, *column[COLUMNS];
	size_t room = 0;
	const char *got;

	(void)state;
	assert_non_null(file);
	while (getline(&line, &room, file) > 0) {
		if (!read_row(line, column))
			continue;
		rows++;
		got = verdict(column);
		if (!agrees(got, column[EXPECTED])) {
			wrong++;
			print_error("%s: %s, expected %s\n", column[NAME], got,
				    column[EXPECTED]);
		}
		scratch_remove();
		diag_free();
	}
	free(line);
	fclose(file);
	assert_true(rows > 500);
	assert_int_equal(wrong, 0);
}

int main(void)
{
	single("the corpus", the_corpus);
	return table_run("verify_corpus");
}

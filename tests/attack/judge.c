// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Judge the attack corpus: every row of expected.tsv by the verifier in user
 * space or, with --device, by the kernel through /dev/suitgate.
 *
 *	judge [--tsv] [FOLDER]
 *	judge --device [--tsv | --mutants N] [FOLDER]
 *
 * Prints TAP, with --tsv "name<TAB>error" per row, the same for both judges.
 * With --mutants, both judge N mutants of each row too, and must agree.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "judge.h"
#include "mutant.h"
#include "trust_set.h"

enum { MAX_ROWS = 2048, MAX_FILE = 1 << 20 };

/* What to print, and what else to try. */
struct manner {
	bool tsv;
	unsigned int n_mutants;
	struct mutants mutants;
};

struct row {
	char *name;
	char *envelope;
	char *trust;
	char *component;
	char *payload;
	char *expected;
};

const u8 judge_vendor[16] = {	/* UUIDv5(DNS, acme.example) */
	0x06, 0x37, 0xe3, 0x01, 0xe0, 0x5d, 0x50, 0x5b,
	0x82, 0x67, 0x48, 0x6f, 0x56, 0x77, 0xde, 0x9b
};

const u8 judge_class[16] = {	/* UUIDv5(vendor, gateway-1) */
	0xea, 0xa6, 0x53, 0xa3, 0xc0, 0x4f, 0x55, 0x94,
	0xb4, 0x7e, 0xe3, 0x08, 0xa6, 0xb3, 0xfb, 0x66
};

void die(const char *what)
{
	printf("Bail out! %s: %s\n", what, strerror(errno));
	exit(2);
}

/* A whole file in memory of its exact size, so that sanitizers see its end. */
static struct suit_slice read_file(const char *path)
{
	static u8 buf[MAX_FILE];
	struct suit_slice out;
	FILE *file = fopen(path, "rb");
	u8 *copy;

	if (!file)
		die(path);
	out.len = fread(buf, 1, sizeof(buf), file);
	if (ferror(file) || !feof(file))
		die(path);
	fclose(file);
	copy = malloc(out.len ? out.len : 1);
	if (!copy)
		die("malloc");
	memcpy(copy, buf, out.len);
	out.ptr = copy;
	return out;
}

static void free_slice(struct suit_slice *bytes)
{
	free((void *)bytes->ptr);
	bytes->ptr = NULL;
}

static bool given(const char *column)
{
	return strcmp(column, "-") != 0;
}

/* "firmware/acme/radio.bin": a type and a path of at least one segment. */
static void encode_component(struct evidence *out, const char *text)
{
	const char *slash = strchr(text, '/');
	struct suit_slice type, path;

	if (!slash) {
		errno = EINVAL;
		die(text);
	}
	type.ptr = (const u8 *)text;
	type.len = (size_t)(slash - text);
	path.ptr = (const u8 *)slash + 1;
	path.len = strlen(slash + 1);
	if (suit_component_encode(type, path, out->id, sizeof(out->id),
				  &out->component) != SUIT_OK) {
		errno = EINVAL;
		die(text);
	}
}

/* The twin is to know the same keys. */
static enum suit_error apply(struct judge *judge, struct suit_slice bundle,
			     struct manner *manner)
{
	struct judge *twin = manner->mutants.twin;
	enum suit_error error = judge->apply(judge, bundle);

	if (twin && twin->apply(twin, bundle) != error)
		manner->mutants.disagreed++;
	return error;
}

static enum suit_error judge_row(struct judge *judge, const struct row *row,
				 struct manner *manner)
{
	struct evidence evidence = { 0 };
	enum suit_error error;

	if (!given(row->envelope)) {
		struct suit_slice bundle = read_file(row->trust);

		error = apply(judge, bundle, manner);
		free_slice(&bundle);
		return error;
	}
	evidence.envelope = read_file(row->envelope);
	if (given(row->component))
		encode_component(&evidence, row->component);
	if (given(row->payload))
		evidence.payload = read_file(row->payload);
	error = judge->decide(judge, &evidence);
	if (manner->mutants.twin && evidence.envelope.len)
		mutants_judge(&manner->mutants, row->name, &evidence, error,
			      manner->n_mutants);
	free_slice(&evidence.envelope);
	free_slice(&evidence.payload);
	return error;
}

/* The bundle that the rows from here on share. */
static void change_trust(struct judge *judge, const char *path,
			 struct manner *manner)
{
	struct suit_slice bundle = read_file(path);
	enum suit_error error = apply(judge, bundle, manner);

	free_slice(&bundle);
	if (error == SUIT_OK)
		return;
	printf("Bail out! %s: %s\n", path, suit_error_name(error));
	exit(2);
}

/* Split @line in place; false for a comment or an empty line. */
static bool read_row(char *line, struct row *row)
{
	char *column[8];
	int i;

	line[strcspn(line, "\n")] = '\0';
	if (!*line || *line == '#')
		return false;
	for (i = 0; i < 8; i++) {
		column[i] = strsep(&line, "\t");
		if (!column[i]) {
			errno = EINVAL;
			die("expected.tsv");
		}
	}
	*row = (struct row){
		.name = column[0], .envelope = column[2], .trust = column[3],
		.component = column[4], .payload = column[5],
		.expected = column[6],
	};
	return true;
}

static size_t read_rows(struct row *rows)
{
	FILE *file = fopen("expected.tsv", "r");
	char *line = NULL;
	size_t room = 0, n = 0;

	if (!file)
		die("expected.tsv");
	while (getline(&line, &room, file) > 0 && n < MAX_ROWS) {
		if (!read_row(line, &rows[n]))
			continue;
		line = NULL;	/* the row keeps it */
		room = 0;
		n++;
	}
	free(line);
	fclose(file);
	return n;
}

static bool report(size_t number, const struct row *row, enum suit_error error)
{
	const char *got = suit_error_name(error);
	bool right = !strcmp(got, row->expected);

	printf("%sok %zu - %s", right ? "" : "not ", number, row->name);
	if (!right)
		printf(" # expected %s got %s", row->expected, got);
	putchar('\n');
	return right;
}

static bool report_mutants(size_t number, const struct mutants *mutants)
{
	printf("%sok %zu - the other judge agrees on %u mutants\n",
	       mutants->disagreed ? "not " : "", number, mutants->n);
	printf("%sok %zu - no other manifest or payload is accepted\n",
	       mutants->accepted ? "not " : "", number + 1);
	return !mutants->disagreed && !mutants->accepted;
}

static bool judge_rows(struct judge *judge, struct manner *manner)
{
	static struct row rows[MAX_ROWS];
	size_t n = read_rows(rows), i;
	const char *trust = "-";
	enum suit_error error;
	bool right = true;

	if (!manner->tsv)
		printf("1..%zu\n", n + (manner->mutants.twin ? 2 : 0));
	for (i = 0; i < n; i++) {
		if (given(rows[i].envelope) && strcmp(rows[i].trust, trust)) {
			trust = rows[i].trust;
			change_trust(judge, trust, manner);
		}
		error = judge_row(judge, &rows[i], manner);
		if (manner->tsv)
			printf("%s\t%s\n", rows[i].name, suit_error_name(error));
		else
			right = report(i + 1, &rows[i], error) && right;
	}
	if (manner->mutants.twin)
		right = report_mutants(n + 1, &manner->mutants) && right;
	for (i = 0; i < n; i++)
		free(rows[i].name);	/* its line */
	return right && n;
}

int main(int argc, char **argv)
{
	struct judge device = { .fd = -1 }, here = { .fd = -1 };
	struct judge *judge = &here;
	struct manner manner = { 0 };
	const char *folder = "tests/attack";
	bool right;
	int i;

	for (i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--device"))
			judge = &device;
		else if (!strcmp(argv[i], "--tsv"))
			manner.tsv = true;
		else if (!strcmp(argv[i], "--mutants") && argv[i + 1])
			manner.n_mutants = (unsigned int)atoi(argv[++i]);
		else
			folder = argv[i];
	}
	if (chdir(folder) < 0)
		die(folder);
	judge_open_here(&here);
	if (judge == &device)
		judge_open_device(&device);
	manner.mutants.judge = judge;
	if (judge == &device && manner.n_mutants)
		manner.mutants.twin = &here;
	right = judge_rows(judge, &manner);
	sg_trust_set_free(here.trust);
	return right ? 0 : 1;
}

// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * vectors [FOLDER]: what the standards' examples must come to, and what the
 * verifier makes of them. Writes TAP.
 */
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "tap.h"

int main(int argc, char **argv)
{
	const char *folder = argc > 1 ? argv[1] : "tests/vectors";
	static struct keyring all;
	struct vector *vectors;
	size_t n, i;

	if (chdir(folder))
		die("there is no %s", folder);
	vectors = vectors_read(&n);
	keyring_add_all(&all);
	for (i = 0; i < n; i++) {
		const struct vector *v = &vectors[i];

		if (!strncmp(v->kind, "suit-envelope", 13)) {
			check_envelope(v, &all);
			check_changes(v, &all);
		} else if (!strcmp(v->kind, "cose-sign1") ||
			   !strcmp(v->kind, "cose-sign")) {
			check_cose(v);
		}
	}
	count_changes();
	check_verdicts();
	check_runs(vectors, n);
	keyring_free(&all);
	vectors_free(vectors, n);
	return tap_done();
}

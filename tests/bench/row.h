/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One figure, one line: what, value, unit, named baseline, its value, ratio;
 * separated by tabs, "-" for what a figure does not have. tests/bench/table
 * reads it.
 */
#ifndef BENCH_ROW_H
#define BENCH_ROW_H

#include <stdio.h>
#include <stdlib.h>

static inline void row_alone(const char *what, double value, const char *unit)
{
	printf("%s\t%.6g\t%s\t-\t-\t-\n", what, value, unit);
	fflush(stdout);
}

static inline void row(const char *what, double value, const char *unit,
		       const char *baseline, double base, double ratio)
{
	printf("%s\t%.6g\t%s\t%s\t%.6g\t%.4f\n", what, value, unit, baseline,
	       base, ratio);
	fflush(stdout);
}

/* Go on, or end the benchmark. */
static inline void check(int ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "bench: %s failed\n", what);
	exit(1);
}

#endif /* BENCH_ROW_H */

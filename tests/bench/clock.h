/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Times of the benchmarks: the median of interleaved rounds, so that what else
 * the machine does hits all candidates alike.
 */
#ifndef BENCH_CLOCK_H
#define BENCH_CLOCK_H

#include <stdlib.h>
#include <time.h>

enum { BENCH_ROUNDS = 15 };

static inline double bench_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static inline int bench_compare(const void *left, const void *right)
{
	double a = *(const double *)left, b = *(const double *)right;

	return a < b ? -1 : a > b;
}

static inline double bench_median(double *value, size_t n)
{
	qsort(value, n, sizeof(*value), bench_compare);
	return value[n / 2];
}

#endif /* BENCH_CLOCK_H */

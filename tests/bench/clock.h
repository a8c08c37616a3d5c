/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Times of the benchmarks. A candidate and its baseline take turns, and the
 * median counts, so that what else the machine does hits both alike.
 */
#ifndef BENCH_CLOCK_H
#define BENCH_CLOCK_H

#include <stdlib.h>
#include <time.h>

enum { BENCH_ROUNDS = 31 };

static inline double bench_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

/* What this process had of a processor: nobody else's work is in it. */
static inline double bench_cpu(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static inline int bench_compare(const void *left, const void *right)
{
	double a = *(const double *)left, b = *(const double *)right;

	return a < b ? -1 : a > b;
}

/* Sorts @value. */
static inline double bench_median(double *value, size_t n)
{
	qsort(value, n, sizeof(*value), bench_compare);
	return value[n / 2];
}

/**
 * struct bench_pair - rounds of a candidate and of its baseline
 * @ours: @base: of each round
 * @n: rounds so far
 */
struct bench_pair {
	double ours[BENCH_ROUNDS];
	double base[BENCH_ROUNDS];
	size_t n;
};

static inline void bench_add(struct bench_pair *pair, double ours, double base)
{
	pair->ours[pair->n] = ours;
	pair->base[pair->n++] = base;
}

#endif /* BENCH_CLOCK_H */

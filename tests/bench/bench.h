/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The benchmarks in user space. Each prints its rows, and ends the program when
 * something that it measures does not work.
 */
#ifndef BENCH_H
#define BENCH_H

/* Verify and decide with signatures of @alg, against OpenSSL alone. */
void bench_verify(const char *alg);
/* What a verify takes of heap and stack. */
void bench_memory(void);
/* A catalogue of 3,000 files: made, and looked up in. */
void bench_catalogue(void);
/* The program @suitctl from its start to its end, against openssl(1). */
void bench_create(const char *suitctl);

#endif /* BENCH_H */

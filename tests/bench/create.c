// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A release signed from a shell: the whole life of the program, against that of
 * openssl(1), which only hashes and signs.
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"
#include "clock.h"
#include "row.h"
#include "subject.h"

enum { SMALL = 232 };

static double time_program(const char *const argv[])
{
	posix_spawn_file_actions_t quiet;
	double start;
	pid_t pid;
	int status;

	posix_spawn_file_actions_init(&quiet);
	posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
	start = bench_now();
	check(!posix_spawnp(&pid, argv[0], &quiet, NULL, (char *const *)argv,
			    environ) &&
	      waitpid(pid, &status, 0) == pid && !status, argv[0]);
	start = bench_now() - start;
	posix_spawn_file_actions_destroy(&quiet);
	return start;
}

void bench_create(const char *suitctl)
{
	char payload[64], key[64], out[64];
	const char *const ours[] = {
		suitctl, "create", "--component", "firmware/x.bin",
		"--payload", payload, "--seq", "1", "-k", key, "-o", out, NULL,
	};
	const char *const theirs[] = {
		"openssl", "dgst", "-sha256", "-sign", key, "-out", out,
		payload, NULL,
	};
	struct bench_pair pair = { .n = 0 };
	struct subject s;

	subject_make(&s, "es256", SMALL);
	snprintf(payload, sizeof(payload), "%s/payload", s.dir);
	snprintf(key, sizeof(key), "%s/key.pem", s.dir);
	snprintf(out, sizeof(out), "%s/out", s.dir);
	time_program(ours);
	while (pair.n < BENCH_ROUNDS) {
		double base = time_program(theirs);

		bench_add(&pair, time_program(ours), base);
	}
	row("suitctl create, whole process",
	    1e3 * bench_median(pair.ours, pair.n), "ms",
	    "openssl dgst -sha256 -sign", 1e3 * bench_median(pair.base, pair.n),
	    bench_median(pair.ratio, pair.n));
	unlink(out);
	subject_free(&s);
}

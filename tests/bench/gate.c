// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * bench request NAME N: ask test_firmware N times for NAME.
 * bench sha256 FILE N: the kernel's SHA-256 of FILE N times, through AF_ALG,
 * without copying it to the kernel first.
 * Both print milliseconds of the fastest time, after one that warms the page
 * cache: whatever else an emulated machine and its host do only adds to it.
 */
#include <fcntl.h>
#include <linux/if_alg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clock.h"

enum { MAX_ROUNDS = 200, SHA256 = 32 };

#define TRIGGER "/sys/devices/virtual/misc/test_firmware/trigger_request"

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static double request(const char *name)
{
	int fd = open(TRIGGER, O_WRONLY);
	double start;

	if (fd < 0)
		die(TRIGGER);
	start = bench_now();
	if (write(fd, name, strlen(name)) != (ssize_t)strlen(name))
		die(name);
	start = bench_now() - start;
	close(fd);
	return start;
}

static int hash_socket(void)
{
	struct sockaddr_alg address = {
		.salg_family = AF_ALG, .salg_type = "hash",
		.salg_name = "sha256",
	};
	int fd = socket(AF_ALG, SOCK_SEQPACKET, 0);

	if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof(address)))
		die("AF_ALG");
	return fd;
}

static double sha256(const char *path)
{
	int file = open(path, O_RDONLY), parent = hash_socket(), fd;
	unsigned char digest[SHA256];
	struct stat st;
	double start;
	off_t at = 0;

	fd = accept(parent, NULL, NULL);
	if (file < 0 || fd < 0 || fstat(file, &st))
		die(path);
	start = bench_now();
	while (at < st.st_size)
		if (sendfile(fd, file, &at, (size_t)(st.st_size - at)) <= 0)
			die("sendfile");
	if (read(fd, digest, sizeof(digest)) != sizeof(digest))
		die("read");
	start = bench_now() - start;
	close(fd);
	close(parent);
	close(file);
	return start;
}

int main(int argc, char **argv)
{
	double (*run)(const char *) = NULL;
	double took, best;
	int i, n;

	if (argc == 4 && !strcmp(argv[1], "request"))
		run = request;
	else if (argc == 4 && !strcmp(argv[1], "sha256"))
		run = sha256;
	n = argc == 4 ? atoi(argv[3]) : 0;
	if (!run || n < 1 || n > MAX_ROUNDS) {
		fprintf(stderr, "usage: bench request|sha256 NAME N\n");
		return 2;
	}
	run(argv[2]);
	best = run(argv[2]);
	for (i = 1; i < n; i++) {
		took = run(argv[2]);
		if (took < best)
			best = took;
	}
	printf("%.3f\n", best * 1e3);
	return 0;
}

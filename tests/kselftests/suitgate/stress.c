// SPDX-License-Identifier: GPL-2.0-only
/*
 * stress [CYCLES]: manifests are loaded, replaced and unloaded, and a driver
 * asks in between, while others ask, read and call. Every answer is the one
 * that the manifests loaded at that moment give.
 */
#include <sys/mman.h>

#include "gate.h"

#define GATE "/sys/kernel/security/suitgate/"
#define UNSIGNED "suitgate/unsigned.bin"

static unsigned int cycles = 300;
/* Microseconds between the rounds of the others; more on a slow kernel. */
static unsigned int pause_us = 1000;
static struct bytes next_envelope;

/**
 * struct share - what all processes of the test see
 * @stop: the cycles are over
 * @done: rounds of each of the others
 * @wrong: answers that were not the one expected
 */
struct share {
	volatile int stop;
	volatile unsigned long done[4];
	volatile unsigned long wrong[4];
};

static struct share *share;

/* Each round: 0 when the answer was the one expected. */
static int round_records(int fd)
{
	struct suitgate_record record;
	static uint64_t last;
	ssize_t n = read(fd, &record, sizeof(record));

	if (n < 0)
		return errno != EAGAIN;
	if (n != sizeof(record) || record.number != last + 1 + record.lost)
		return 1;
	last = record.number;
	return 0;
}

static int round_status(int fd)
{
	static const char *const files[] = {
		GATE "status", GATE "decisions", GATE "manifests",
		GATE "authorities",
	};
	char buf[4096];
	size_t i;

	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		int file = open(files[i], O_RDONLY);
		ssize_t n;

		while ((n = read(file, buf, sizeof(buf))) > 0)
			;
		if (file < 0 || n < 0)
			return 1;
		close(file);
	}
	return 0;
}

static int round_calls(int fd)
{
	struct suitgate_check check = {
		.size = sizeof(check),
		.envelope = (uintptr_t)envelope.data,
		.envelope_len = envelope.len,
	};
	struct suitgate_info info;

	return info_call(fd, &info) || info.manifests > 2 ||
	       info.mode != SUITGATE_MODE_ENFORCE ||
	       call(fd, SUITGATE_IOC_CHECK, &check);
}

static int round_asks(int fd)
{
	int file = open(TRIGGER, O_WRONLY), wrong;

	wrong = write(file, UNSIGNED, strlen(UNSIGNED)) >= 0 || errno != ENOKEY;
	close(file);
	return wrong;
}

static int (*const rounds[])(int fd) = {
	round_records, round_status, round_calls, round_asks,
};

static void other(unsigned int i)
{
	int fd = open(SUITGATE_DEVICE, O_RDWR | O_NONBLOCK);

	/* the cycles have a processor to themselves where there are two */
	if (nice(10) < 0)
		exit(1);
	while (!share->stop) {
		if (rounds[i](fd))
			share->wrong[i]++;
		share->done[i]++;
		usleep(pause_us);
	}
	exit(0);
}

static int unload_call(int fd, const struct suitgate_load *loaded)
{
	struct suitgate_unload io = { .size = sizeof(io) };

	io.digest_alg = loaded->digest_alg;
	memcpy(io.digest, loaded->digest, sizeof(io.digest));
	return call(fd, SUITGATE_IOC_UNLOAD, &io);
}

TEST_F_TIMEOUT(gate, load_replace_request, 36000)
{
	struct suitgate_load one, two;
	struct suitgate_trust t;
	unsigned int i;
	pid_t pid[4];

	share = mmap(NULL, sizeof(*share), PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	ASSERT_NE(share, MAP_FAILED);
	ASSERT_EQ(trust_call(self->fd, &t, trust.data, trust.len), 0);
	ASSERT_EQ(mode_call(self->fd, SUITGATE_MODE_ENFORCE), 0);
	for (i = 0; i < 4; i++) {
		pid[i] = fork();
		if (!pid[i])
			other(i);
	}
	for (i = 0; i < cycles; i++) {
		ASSERT_EQ(load_call(self->fd, &one, envelope.data,
				    envelope.len), 0);
		ASSERT_EQ(ask(), 0);
		ASSERT_EQ(load_call(self->fd, &two, next_envelope.data,
				    next_envelope.len), 0);
		ASSERT_EQ(unload_call(self->fd, &one), 0);
		ASSERT_EQ(ask(), -EKEYREJECTED);
		ASSERT_EQ(unload_call(self->fd, &two), 0);
		ASSERT_EQ(ask(), -ENOKEY);
	}
	share->stop = 1;
	for (i = 0; i < 4; i++) {
		EXPECT_EQ(result_of(pid[i]), 0);
		EXPECT_EQ(share->wrong[i], 0);
		EXPECT_GT(share->done[i], 0);
	}
	TH_LOG("%u cycles; records %lu, status %lu, calls %lu, requests %lu",
	       cycles, share->done[0], share->done[1], share->done[2],
	       share->done[3]);
}

int main(int argc, char **argv)
{
	const char *scale = getenv("SUITGATE_SCALE");
	int ret;

	if (scale)
		pause_us *= strtoul(scale, NULL, 0);
	if (argc > 1)
		cycles = strtoul(argv[1], NULL, 0);
	prepare();
	run("echo unsigned > /lib/firmware/" UNSIGNED);
	run("echo another > other.bin");
	run("suitctl create --component firmware/" NAME " --payload other.bin"
	    " --seq 8 -k key.pem -o other.suit > log");
	get_file("other.suit", &next_envelope);
	ret = test_harness_run(1, argv);
	clean_up();
	return ret;
}

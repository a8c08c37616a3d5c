// SPDX-License-Identifier: GPL-2.0-only
/*
 * /dev/suitgate: decision records, read and waited for.
 */
#include <poll.h>
#include <signal.h>

#include "gate.h"

#define RING 1024

static int next(int fd, struct suitgate_record *record)
{
	ssize_t n = read(fd, record, sizeof(*record));

	return n < 0 ? -errno : n == sizeof(*record) ? 0 : -EIO;
}

static void drain(int fd)
{
	struct suitgate_record record;

	while (!next(fd, &record))
		;
}

static int readable(int fd)
{
	struct pollfd ready = { .fd = fd, .events = POLLIN };

	return poll(&ready, 1, 0) == 1 ? ready.revents : 0;
}

TEST_F(gate, records)
{
	struct suitgate_record record, two[3];
	char small[sizeof(record) - 1];
	uint64_t number;

	drain(self->fd);
	EXPECT_EQ(readable(self->fd), 0);
	EXPECT_EQ(next(self->fd, &record), -EAGAIN);
	EXPECT_EQ(read(self->fd, small, sizeof(small)), -1);
	EXPECT_EQ(errno, EINVAL);
	ASSERT_EQ(ask(), 0);
	EXPECT_EQ(readable(self->fd), POLLIN);
	EXPECT_EQ(read(self->fd, small, sizeof(small)), -1);
	EXPECT_EQ(errno, EINVAL);
	EXPECT_EQ(read(self->fd, NULL, sizeof(record)), -1);
	EXPECT_EQ(errno, EFAULT);

	/* it was not lost by that */
	memset(&record, 0x5a, sizeof(record));
	ASSERT_EQ(next(self->fd, &record), 0);
	EXPECT_EQ(record.size, sizeof(record));
	EXPECT_EQ(record.lost, 0);
	EXPECT_GT(record.number, 0);
	EXPECT_GT(record.time, 0);
	EXPECT_EQ(record.bytes, sizeof(payload));
	EXPECT_EQ(record.err, 0);
	EXPECT_EQ(record.path, SUITGATE_PATH_FILE);
	EXPECT_EQ(record.verdict, SUITGATE_AUDITED);
	EXPECT_EQ(record.mode, SUITGATE_MODE_SETUP);
	EXPECT_EQ(record.pid, getpid());
	EXPECT_STREQ((char *)record.comm, "queue");
	EXPECT_STREQ((char *)record.name, FIRMWARE);
	EXPECT_NE(record.digest[0] | record.digest[31], 0);
	EXPECT_EQ(next(self->fd, &record), -EAGAIN);

	number = record.number;
	ASSERT_EQ(ask(), 0);
	ASSERT_EQ(ask(), 0);
	EXPECT_EQ(read(self->fd, two, sizeof(two) - 1), 2 * sizeof(two[0]));
	EXPECT_EQ(two[0].number, number + 1);
	EXPECT_EQ(two[1].number, number + 2);
}

TEST_F(gate, a_refusal_on_record)
{
	struct suitgate_info before, after;
	struct suitgate_record record;
	struct suitgate_trust t;
	struct suitgate_load load;

	ASSERT_EQ(trust_call(self->fd, &t, trust.data, trust.len), 0);
	ASSERT_EQ(load_call(self->fd, &load, envelope.data, envelope.len), 0);
	ASSERT_EQ(info_call(self->fd, &before), 0);
	ASSERT_EQ(mode_call(self->fd, SUITGATE_MODE_ENFORCE), 0);
	drain(self->fd);
	put_firmware("other", 5);
	EXPECT_EQ(ask(), -EKEYREJECTED);
	put_firmware(payload, sizeof(payload));
	ASSERT_EQ(next(self->fd, &record), 0);
	EXPECT_EQ(record.verdict, SUITGATE_REFUSED);
	EXPECT_EQ(record.err, -EKEYREJECTED);
	EXPECT_NE(record.error, 0);
	EXPECT_EQ(record.source, SUITGATE_SOURCE_LOADED);
	EXPECT_EQ(record.mode, SUITGATE_MODE_ENFORCE);
	EXPECT_EQ(record.bytes, 5);
	EXPECT_EQ(record.sequence_number, 7);
	EXPECT_EQ(memcmp(record.manifest, load.digest, 32), 0);
	EXPECT_STREQ((char *)record.authority, "device");
	ASSERT_EQ(mode_call(self->fd, SUITGATE_MODE_SETUP), 0);
	ASSERT_EQ(info_call(self->fd, &after), 0);
	EXPECT_EQ(after.refused, before.refused + 1);
	EXPECT_EQ(after.delivered, before.delivered);
}

/* Each reader has its own position; a new one begins with what is held. */
TEST_F(gate, two_readers)
{
	struct suitgate_record one, other;
	int fd;

	drain(self->fd);
	ASSERT_EQ(ask(), 0);
	fd = open(SUITGATE_DEVICE, O_RDONLY | O_NONBLOCK);
	ASSERT_GE(fd, 0);
	ASSERT_EQ(next(self->fd, &one), 0);
	ASSERT_EQ(next(fd, &other), 0);
	EXPECT_EQ(other.number, 1);
	EXPECT_EQ(other.lost, 0);
	while (other.number < one.number)
		ASSERT_EQ(next(fd, &other), 0);
	EXPECT_EQ(memcmp(&one, &other, sizeof(one)), 0);
	EXPECT_EQ(next(fd, &other), -EAGAIN);
	close(fd);
}

/* Each record is for one of those who share a descriptor; none is empty. */
TEST_F(gate, one_descriptor_and_two_who_read)
{
	int fd = open(SUITGATE_DEVICE, O_RDONLY), i, n;
	struct suitgate_record record;
	pid_t pid[2];

	ASSERT_GE(fd, 0);
	while (readable(fd))
		ASSERT_EQ(next(fd, &record), 0);
	for (i = 0; i < 2; i++) {
		pid[i] = fork();
		if (pid[i])
			continue;
		for (n = 0; n < 50; n++)
			if (next(fd, &record) || record.lost)
				exit(1);
		exit(0);
	}
	for (n = 0; n < 100; n++)
		ASSERT_EQ(ask(), 0);
	EXPECT_EQ(result_of(pid[0]), 0);
	EXPECT_EQ(result_of(pid[1]), 0);
	close(fd);
}

static void nothing(int signal)
{
}

TEST_F(gate, waiting_for_a_record)
{
	struct sigaction act = { .sa_handler = nothing };
	struct suitgate_record record;
	int fd = open(SUITGATE_DEVICE, O_RDONLY);
	pid_t pid;

	ASSERT_GE(fd, 0);
	drain(self->fd);
	do {
		ASSERT_EQ(next(fd, &record), 0);
	} while (readable(fd));
	pid = fork();
	if (!pid) {
		usleep(300000);
		exit(ask() != 0);
	}
	EXPECT_EQ(next(fd, &record), 0);
	EXPECT_EQ(record.pid, pid);
	EXPECT_EQ(result_of(pid), 0);

	ASSERT_EQ(sigaction(SIGALRM, &act, NULL), 0);
	alarm(1);
	EXPECT_EQ(next(fd, &record), -EINTR);
	close(fd);
}

/* A reader that is too slow is told how much it missed. */
TEST_F_TIMEOUT(gate, lost_records, 600)
{
	struct suitgate_record record;
	uint64_t last;
	int i;

	drain(self->fd);
	ASSERT_EQ(ask(), 0);
	ASSERT_EQ(next(self->fd, &record), 0);
	last = record.number;
	for (i = 0; i < RING; i++)
		ASSERT_EQ(ask(), 0);
	/* as many as are held: nothing is lost yet */
	ASSERT_EQ(next(self->fd, &record), 0);
	EXPECT_EQ(record.lost, 0);
	EXPECT_EQ(record.number, last + 1);
	ASSERT_EQ(ask(), 0);
	ASSERT_EQ(ask(), 0);
	ASSERT_EQ(ask(), 0);
	ASSERT_EQ(next(self->fd, &record), 0);
	EXPECT_EQ(record.lost, 2);
	EXPECT_EQ(record.number, last + 4);
	ASSERT_EQ(next(self->fd, &record), 0);
	EXPECT_EQ(record.lost, 0);
	EXPECT_EQ(record.number, last + 5);
}

GATE_MAIN

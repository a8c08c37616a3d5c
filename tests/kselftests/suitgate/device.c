// SPDX-License-Identifier: GPL-2.0-only
/*
 * /dev/suitgate: sizes of structures, privilege, records.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/capability.h>
#include <sys/syscall.h>

#include "suitgate.h"
#include "../kselftest_harness.h"

#define TRIGGER "/sys/devices/virtual/misc/test_firmware/trigger_request"

/* Room for any structure and bytes that the kernel must not touch. */
struct call {
	const char *name;
	unsigned long request;
	size_t size;
};

#define CALL(name, type) { #name, SUITGATE_IOC_##name, sizeof(struct type) }

static const struct call calls[] = {
	CALL(INFO, suitgate_info), CALL(LOAD, suitgate_load),
	CALL(CHECK, suitgate_check), CALL(TRUST, suitgate_trust),
	CALL(IDENTITY, suitgate_identity), CALL(FLOOR_GET, suitgate_floor),
	CALL(FLOOR_SET, suitgate_floor), CALL(CONFIRM, suitgate_confirm),
	CALL(MODE, suitgate_set_mode), CALL(UNLOAD, suitgate_unload),
	{ "SEAL", SUITGATE_IOC_SEAL, 0 },
};

enum { N_CALLS = sizeof(calls) / sizeof(calls[0]), GUARD = 64 };

FIXTURE(device)
{
	int fd;
};

FIXTURE_SETUP(device)
{
	self->fd = open(SUITGATE_DEVICE, O_RDWR | O_NONBLOCK);
	ASSERT_GE(self->fd, 0) {
		TH_LOG("needs root and the module suitgate");
	}
}

FIXTURE_TEARDOWN(device)
{
	close(self->fd);
}

static int call(int fd, unsigned long request, void *arg)
{
	return ioctl(fd, request, arg) < 0 ? errno : 0;
}

/* Exit code of @run in a child: the errno it saw. */
static int in_child(int (*run)(int fd, const struct call *what), int fd,
		    const struct call *what)
{
	pid_t pid = fork();
	int status;

	if (!pid)
		_exit(run(fd, what));
	if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return -1;
	return WEXITSTATUS(status);
}

static int zero_call(int fd, const struct call *what)
{
	uint32_t arg[1024] = { (uint32_t)what->size };

	return call(fd, what->request, what->size ? arg : NULL);
}

static int as_nobody(int fd, const struct call *what)
{
	if (setgid(65534) || setuid(65534))
		return 255;
	return zero_call(fd, what);
}

static int as_container_root(int fd, const struct call *what)
{
	if (unshare(CLONE_NEWUSER))
		return 255;
	return zero_call(fd, what);
}

static int opened_by_nobody(int fd, const struct call *what)
{
	(void)fd;
	(void)what;
	if (setgid(65534) || setuid(65534))
		return 255;
	return open(SUITGATE_DEVICE, O_RDWR) < 0 ? errno : 0;
}

static int opened_by_container_root(int fd, const struct call *what)
{
	(void)fd;
	(void)what;
	if (unshare(CLONE_NEWUSER))
		return 255;
	return open(SUITGATE_DEVICE, O_RDWR) < 0 ? errno : 0;
}

TEST_F(device, a_descriptor_is_worth_nothing_to_others)
{
	size_t i;

	for (i = 0; i < N_CALLS; i++) {
		EXPECT_EQ(EPERM, in_child(as_nobody, self->fd, &calls[i])) {
			TH_LOG("nobody: %s", calls[i].name);
		}
		EXPECT_EQ(EPERM, in_child(as_container_root, self->fd,
					  &calls[i])) {
			TH_LOG("container root: %s", calls[i].name);
		}
	}
}

TEST_F(device, others_cannot_open_it)
{
	struct stat st;

	ASSERT_EQ(0, stat(SUITGATE_DEVICE, &st));
	EXPECT_EQ(0600, st.st_mode & 07777);
	EXPECT_EQ(EACCES, in_child(opened_by_nobody, -1, NULL));
	/* not even where its mode was changed */
	ASSERT_EQ(0, chmod(SUITGATE_DEVICE, 0666));
	EXPECT_EQ(EPERM, in_child(opened_by_nobody, -1, NULL));
	EXPECT_EQ(EPERM, in_child(opened_by_container_root, -1, NULL));
	ASSERT_EQ(0, chmod(SUITGATE_DEVICE, 0600));
}

/* Opened without the capability, handed to somebody with it. */
static int without_capability(int fd, const struct call *what)
{
	struct __user_cap_header_struct header = {
		.version = _LINUX_CAPABILITY_VERSION_3
	};
	struct __user_cap_data_struct data[2];

	(void)fd;
	(void)what;
	if (syscall(SYS_capget, &header, data))
		return 255;
	data[CAP_MAC_ADMIN / 32].effective &= ~(1U << CAP_MAC_ADMIN % 32);
	if (syscall(SYS_capset, &header, data))
		return 255;
	return open(SUITGATE_DEVICE, O_RDWR) < 0 ? errno : 0;
}

TEST_F(device, root_without_the_capability_cannot_open_it)
{
	EXPECT_EQ(EPERM, in_child(without_capability, -1, NULL));
}

TEST_F(device, a_shorter_structure_is_filled_as_far_as_it_goes)
{
	union {
		struct suitgate_info info;
		uint8_t bytes[sizeof(struct suitgate_info) + GUARD];
	} arg;

	memset(&arg, 0x5a, sizeof(arg));
	arg.info.size = offsetof(struct suitgate_info, gated_since);
	ASSERT_EQ(0, call(self->fd, SUITGATE_IOC_INFO, &arg));
	EXPECT_EQ(SUITGATE_ABI, arg.info.abi);
	EXPECT_EQ(0x5a5a5a5a5a5a5a5aULL, arg.info.gated_since);
}

TEST_F(device, a_longer_structure_must_end_in_zeros)
{
	union {
		struct suitgate_info info;
		uint8_t bytes[sizeof(struct suitgate_info) + GUARD];
	} arg;

	memset(&arg, 0, sizeof(arg));
	arg.info.size = sizeof(arg);
	ASSERT_EQ(0, call(self->fd, SUITGATE_IOC_INFO, &arg));
	EXPECT_EQ(SUITGATE_ABI, arg.info.abi);
	memset(&arg, 0, sizeof(arg));
	arg.info.size = sizeof(arg);
	arg.bytes[sizeof(arg) - 1] = 1;
	EXPECT_EQ(E2BIG, call(self->fd, SUITGATE_IOC_INFO, &arg));
	EXPECT_EQ(0, arg.info.abi);
}

TEST_F(device, a_size_that_cannot_be)
{
	static const uint32_t sizes[] = { 0, 1, 3, 1U << 20, UINT32_MAX };
	union {
		uint32_t size;
		uint8_t bytes[4096];
	} arg;
	size_t i, j;

	for (i = 0; i < N_CALLS; i++)
		for (j = 0; calls[i].size && j < 5; j++) {
			int err;

			memset(&arg, 0, sizeof(arg));
			arg.size = sizes[j];
			err = call(self->fd, calls[i].request, &arg);
			EXPECT_TRUE(err == EINVAL || err == E2BIG) {
				TH_LOG("%s, size %u: %s", calls[i].name,
				       sizes[j], strerror(err));
			}
		}
}

TEST_F(device, addresses_that_are_none)
{
	struct suitgate_load load = { .size = sizeof(load), .len = 100 };
	size_t i;

	for (i = 0; i < N_CALLS; i++)
		if (calls[i].size)
			EXPECT_EQ(EFAULT, call(self->fd, calls[i].request,
					       (void *)8));
	load.data = 8;
	EXPECT_EQ(EFAULT, call(self->fd, SUITGATE_IOC_LOAD, &load));
	load.len = UINT64_MAX;
	EXPECT_EQ(E2BIG, call(self->fd, SUITGATE_IOC_LOAD, &load));
	EXPECT_EQ(ENOTTY, call(self->fd, _IO(SUITGATE_IOC_MAGIC, 99), NULL));
}

TEST_F(device, junk_is_refused_with_the_verifiers_error)
{
	uint8_t junk[] = { 0x9f, 0xff };
	struct suitgate_load load = {
		.size = sizeof(load), .len = sizeof(junk),
		.data = (uintptr_t)junk,
	};

	EXPECT_EQ(EBADMSG, call(self->fd, SUITGATE_IOC_LOAD, &load));
	EXPECT_NE(0, load.error);
	EXPECT_EQ(0, load.components);
}

TEST_F(device, modes_that_are_none)
{
	struct suitgate_set_mode mode = { .size = sizeof(mode) };

	EXPECT_EQ(EINVAL, call(self->fd, SUITGATE_IOC_MODE, &mode));
	mode.mode = SUITGATE_MODE_ENFORCE + 1;
	EXPECT_EQ(EINVAL, call(self->fd, SUITGATE_IOC_MODE, &mode));
}

/* The driver asks for a file that nobody signed, or that is not there. */
static void ask(const char *name)
{
	int fd = open(TRIGGER, O_WRONLY);

	if (fd < 0)
		return;
	if (write(fd, name, strlen(name)) < 0)
		errno = 0;	/* what it is told is not the question here */
	close(fd);
}

static void drain(int fd)
{
	struct suitgate_record record;

	while (read(fd, &record, sizeof(record)) > 0)
		;
}

static void put_file(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	if (fd >= 0 && write(fd, "x", 1) == 1)
		close(fd);
}

TEST_F(device, records_come_whole_and_in_order)
{
	struct suitgate_record record[4];
	struct pollfd ready = { .fd = self->fd, .events = POLLIN };
	int other;

	put_file("/lib/firmware/suitgate-device-test");
	drain(self->fd);
	EXPECT_EQ(-1, read(self->fd, record, sizeof(record)));
	EXPECT_EQ(EAGAIN, errno);
	EXPECT_EQ(0, poll(&ready, 1, 0));
	ask("suitgate-device-test");
	ask("suitgate-device-test");
	EXPECT_EQ(1, poll(&ready, 1, 1000));
	EXPECT_EQ(-1, read(self->fd, record, sizeof(record[0]) - 1));
	EXPECT_EQ(EINVAL, errno);
	ASSERT_EQ(2 * sizeof(record[0]),
		  read(self->fd, record, sizeof(record)));
	EXPECT_EQ(record[0].number + 1, record[1].number);
	EXPECT_EQ(sizeof(record[0]), record[0].size);
	EXPECT_EQ(0, record[0].lost);
	EXPECT_STREQ("/lib/firmware/suitgate-device-test",
		     (char *)record[0].name);
	EXPECT_EQ((uint32_t)getpid(), record[0].pid);

	/* another reader begins with the oldest that is held */
	other = open(SUITGATE_DEVICE, O_RDWR | O_NONBLOCK);
	ASSERT_GE(other, 0);
	ASSERT_EQ(sizeof(record[0]), read(other, record, sizeof(record[0])));
	EXPECT_LE(record[0].number, record[1].number);
	close(other);
	unlink("/lib/firmware/suitgate-device-test");
}

TEST_F(device, a_slow_reader_is_told_what_it_missed)
{
	struct suitgate_record record;
	uint64_t before, i;

	put_file("/lib/firmware/suitgate-device-test");
	drain(self->fd);
	ask("suitgate-device-test");
	ASSERT_EQ(sizeof(record), read(self->fd, &record, sizeof(record)));
	before = record.number;
	for (i = 0; i < 2000; i++)
		ask("suitgate-device-test");
	ASSERT_EQ(sizeof(record), read(self->fd, &record, sizeof(record)));
	EXPECT_GT(record.lost, 0);
	EXPECT_EQ(before + record.lost + 1, record.number);
	drain(self->fd);
	unlink("/lib/firmware/suitgate-device-test");
}

TEST_HARNESS_MAIN

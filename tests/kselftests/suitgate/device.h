/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the programs about /dev/suitgate share: a gate loaded anew, a key, trust
 * and a manifest that suitctl makes, and the calls.
 */
#ifndef DEVICE_H
#define DEVICE_H

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <suitgate.h>

#include "../kselftest_harness.h"

#define TRIGGER "/sys/devices/virtual/misc/test_firmware/trigger_request"
#define NAME "suitgate/device.bin"
#define FIRMWARE "/lib/firmware/" NAME
#define RING 1024
#define NOBODY 65534

static char folder[] = "/tmp/suitgate-device-XXXXXX";
static const char id[] __attribute__((unused)) = "\x83\x48" "firmware" "\x48" "suitgate" "\x4a"
			 "device.bin";
static const char payload[] = "device firmware";

struct bytes {
	unsigned char data[4096];
	size_t len;
};

static struct bytes trust __attribute__((unused));
static struct bytes envelope __attribute__((unused));

static inline void run(const char *command)
{
	if (system(command)) {
		printf("Bail out! %s\n", command);
		exit(KSFT_FAIL);
	}
}

static inline void put_file(const char *path, const void *data, size_t len)
{
	FILE *file = fopen(path, "w");

	if (!file || fwrite(data, 1, len, file) != len || fclose(file))
		exit(KSFT_FAIL);
}

static inline void get_file(const char *path, struct bytes *out)
{
	FILE *file = fopen(path, "r");

	if (!file)
		exit(KSFT_FAIL);
	out->len = fread(out->data, 1, sizeof(out->data), file);
	fclose(file);
}

static inline void gate_new(void)
{
	run("modprobe -r suitgate && modprobe suitgate");
}

static inline void prepare(void)
{
	if (geteuid() || system("modprobe test_firmware && modprobe suitgate"))
		ksft_exit_skip("needs root, suitgate and test_firmware\n");
	if (!mkdtemp(folder) || chdir(folder))
		exit(KSFT_FAIL);
	run("mkdir -p /lib/firmware/suitgate");
	put_file(FIRMWARE, payload, sizeof(payload));
	run("suitctl keygen --alg esp256 -o key.pem > log");
	run("suitctl trust make -o all.trust --sequence 1 --authority device "
	    "--role vendor --prefix firmware/suitgate key.pub > log");
	run("suitctl create --component firmware/" NAME " --payload " FIRMWARE
	    " --seq 7 -k key.pem -o device.suit > log");
	get_file("all.trust", &trust);
	get_file("device.suit", &envelope);
	gate_new();
}

static inline void clean_up(void)
{
	run("rm -rf /lib/firmware/suitgate");
	if (!chdir("/"))
		execlp("rm", "rm", "-rf", folder, NULL);
}

/* A call, as a negative errno. */
static inline int call(int fd, unsigned long request, void *arg)
{
	return ioctl(fd, request, arg) < 0 ? -errno : 0;
}

static inline int info_call(int fd, struct suitgate_info *info)
{
	memset(info, 0, sizeof(*info));
	info->size = sizeof(*info);
	return call(fd, SUITGATE_IOC_INFO, info);
}

static inline int load_call(int fd, struct suitgate_load *io, const void *data,
		     size_t len)
{
	memset(io, 0, sizeof(*io));
	io->size = sizeof(*io);
	io->data = (uintptr_t)data;
	io->len = len;
	return call(fd, SUITGATE_IOC_LOAD, io);
}

static inline int trust_call(int fd, struct suitgate_trust *io, const void *data,
		      size_t len)
{
	memset(io, 0, sizeof(*io));
	io->size = sizeof(*io);
	io->data = (uintptr_t)data;
	io->len = len;
	return call(fd, SUITGATE_IOC_TRUST, io);
}

static inline int mode_call(int fd, uint32_t mode)
{
	struct suitgate_set_mode io = { .size = sizeof(io), .mode = mode };

	return call(fd, SUITGATE_IOC_MODE, &io);
}

/* A driver asks, and is told. */
static inline int ask(void)
{
	int fd = open(TRIGGER, O_WRONLY), ret;

	if (fd < 0)
		return -errno;
	ret = write(fd, NAME, strlen(NAME)) < 0 ? -errno : 0;
	close(fd);
	return ret;
}

static inline int result_of(pid_t pid)
{
	int status;

	if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return -1;
	return WEXITSTATUS(status);
}

/* Every call that takes a structure, and the smallest one for each. */
static const struct call {
	unsigned long request;
	uint32_t size;
	int small;	/* result with nothing but size and zeros */
} calls[] __attribute__((unused)) = {
	{ SUITGATE_IOC_INFO, sizeof(struct suitgate_info), 0 },
	{ SUITGATE_IOC_LOAD, sizeof(struct suitgate_load), -EBADMSG },
	{ SUITGATE_IOC_CHECK, sizeof(struct suitgate_check), -EBADMSG },
	{ SUITGATE_IOC_TRUST, sizeof(struct suitgate_trust), -EBADMSG },
	{ SUITGATE_IOC_IDENTITY, sizeof(struct suitgate_identity), -EINVAL },
	{ SUITGATE_IOC_FLOOR_GET, sizeof(struct suitgate_floor), -ENOENT },
	{ SUITGATE_IOC_FLOOR_SET, sizeof(struct suitgate_floor), -EINVAL },
	{ SUITGATE_IOC_CONFIRM, sizeof(struct suitgate_confirm), -EINVAL },
	{ SUITGATE_IOC_MODE, sizeof(struct suitgate_set_mode), -EINVAL },
	{ SUITGATE_IOC_UNLOAD, sizeof(struct suitgate_unload), -ENOENT },
};

#define N_CALLS (sizeof(calls) / sizeof(calls[0]))

FIXTURE(gate)
{
	int fd;
};

FIXTURE_SETUP(gate)
{
	self->fd = open(SUITGATE_DEVICE, O_RDWR | O_CLOEXEC | O_NONBLOCK);
	ASSERT_GE(self->fd, 0);
}

FIXTURE_TEARDOWN(gate)
{
	close(self->fd);
}

/* Instead of TEST_HARNESS_MAIN: the gate is there before the first test. */
#define DEVICE_MAIN \
int main(int argc, char **argv) \
{ \
	int ret; \
\
	prepare(); \
	ret = test_harness_run(argc, argv); \
	clean_up(); \
	return ret; \
}

#endif /* DEVICE_H */

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Shared by the programs that call the device: a module loaded anew; a key,
 * trust and a manifest, which suitctl makes; the calls.
 */
#ifndef DEVICE_H
#define DEVICE_H

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <suitgate.h>

#include "../kselftest.h"

#define TRIGGER "/sys/devices/virtual/misc/test_firmware/trigger_request"
#define NAME "suitgate/device.bin"
#define FIRMWARE "/lib/firmware/" NAME

static const char payload[] = "device firmware";

struct bytes {
	unsigned char data[4096];
	size_t len;
};

static struct bytes trust, envelope;

static inline void run(const char *command)
{
	if (system(command)) {
		printf("Bail out! %s\n", command);
		exit(KSFT_FAIL);
	}
}

static inline void put_firmware(const char *data, size_t len)
{
	FILE *file = fopen(FIRMWARE, "w");

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

static inline void prepare(void)
{
	static char folder[] = "/tmp/suitgate-XXXXXX";

	if (geteuid() || system("modprobe test_firmware && modprobe suitgate"))
		ksft_exit_skip("needs root, suitgate and test_firmware\n");
	if (!mkdtemp(folder) || chdir(folder))
		exit(KSFT_FAIL);
	run("mkdir -p /lib/firmware/suitgate");
	put_firmware(payload, sizeof(payload));
	run("suitctl keygen --alg esp256 -o key.pem > log");
	run("suitctl trust make -o all.trust --sequence 1 --authority device "
	    "--role vendor --prefix firmware/suitgate key.pub > log");
	run("suitctl create --component firmware/" NAME " --payload " FIRMWARE
	    " --seq 7 -k key.pem -o device.suit > log");
	get_file("all.trust", &trust);
	get_file("device.suit", &envelope);
	run("modprobe -r suitgate && modprobe suitgate");
}

static inline void clean_up(void)
{
	run("rm -rf \"$PWD\" /lib/firmware/suitgate");
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

#endif

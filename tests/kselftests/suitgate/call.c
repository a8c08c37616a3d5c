// SPDX-License-Identifier: GPL-2.0-only
/*
 * call trust FILE | identity | slot N | floor | mode N | unload: one call of
 * /dev/suitgate, past suitctl and what it checks itself, and how it ended.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <suitgate.h>

static int call_trust(int fd, const char *path)
{
	static char data[1 << 16];
	struct suitgate_trust io = { .size = sizeof(io) };
	int file = open(path, O_RDONLY);
	ssize_t len = read(file, data, sizeof(data));

	if (len < 0)
		return -1;
	io.data = (uintptr_t)data;
	io.len = len;
	return ioctl(fd, SUITGATE_IOC_TRUST, &io);
}

static int call_other(int fd, const char *name, uint32_t number)
{
	struct suitgate_set_mode mode = { sizeof(mode), number };
	struct suitgate_identity identity = {
		.size = sizeof(identity),
		.kind = SUITGATE_IDENTITY_VENDOR,
	};
	struct suitgate_unload unload = { .size = sizeof(unload) };
	struct suitgate_floor floor = {
		.size = sizeof(floor),
		.sequence_number = 1000,
		.digest_alg = -16,
		.authority_len = 6,
		.id_len = 3,
		.authority = "vendor",
		.id = { 0x81, 0x41, 'x' },
	};

	if (!strcmp(name, "mode"))
		return ioctl(fd, SUITGATE_IOC_MODE, &mode);
	if (!strcmp(name, "identity"))
		return ioctl(fd, SUITGATE_IOC_IDENTITY, &identity);
	if (!strcmp(name, "slot")) {
		identity.kind = SUITGATE_IDENTITY_SLOT;
		identity.value[0] = number;
		return ioctl(fd, SUITGATE_IOC_IDENTITY, &identity);
	}
	if (!strcmp(name, "floor"))
		return ioctl(fd, SUITGATE_IOC_FLOOR_SET, &floor);
	if (!strcmp(name, "unload"))
		return ioctl(fd, SUITGATE_IOC_UNLOAD, &unload);
	errno = EINVAL;
	return -1;
}

int main(int argc, char **argv)
{
	const char *arg = argc > 2 ? argv[2] : "0";
	int fd = open(SUITGATE_DEVICE, O_RDWR), ret;

	if (argc < 2 || fd < 0)
		return 2;
	if (!strcmp(argv[1], "trust"))
		ret = call_trust(fd, arg);
	else
		ret = call_other(fd, argv[1], atoi(arg));
	puts(ret < 0 ? strerrorname_np(errno) : "ok");
	return ret < 0;
}

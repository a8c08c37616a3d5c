// SPDX-License-Identifier: GPL-2.0-only
/*
 * /dev/suitgate by its calls: sizes of structures, rights, arguments, records.
 * Loads the module anew; suitctl makes the key, the trust and the manifest.
 */
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
static const char id[] = "\x83\x48" "firmware" "\x48" "suitgate" "\x4a"
			 "device.bin";
static const char payload[] = "device firmware";

struct bytes {
	unsigned char data[4096];
	size_t len;
};

static struct bytes trust, envelope;

static void run(const char *command)
{
	if (system(command)) {
		printf("Bail out! %s\n", command);
		exit(KSFT_FAIL);
	}
}

static void put_file(const char *path, const void *data, size_t len)
{
	FILE *file = fopen(path, "w");

	if (!file || fwrite(data, 1, len, file) != len || fclose(file))
		exit(KSFT_FAIL);
}

static void get_file(const char *path, struct bytes *out)
{
	FILE *file = fopen(path, "r");

	if (!file)
		exit(KSFT_FAIL);
	out->len = fread(out->data, 1, sizeof(out->data), file);
	fclose(file);
}

static void gate_new(void)
{
	run("modprobe -r suitgate && modprobe suitgate");
}

static void prepare(void)
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

static void clean_up(void)
{
	run("rm -rf /lib/firmware/suitgate");
	if (!chdir("/"))
		execlp("rm", "rm", "-rf", folder, NULL);
}

/* A call, as a negative errno. */
static int call(int fd, unsigned long request, void *arg)
{
	return ioctl(fd, request, arg) < 0 ? -errno : 0;
}

static int info_call(int fd, struct suitgate_info *info)
{
	memset(info, 0, sizeof(*info));
	info->size = sizeof(*info);
	return call(fd, SUITGATE_IOC_INFO, info);
}

static int load_call(int fd, struct suitgate_load *io, const void *data,
		     size_t len)
{
	memset(io, 0, sizeof(*io));
	io->size = sizeof(*io);
	io->data = (uintptr_t)data;
	io->len = len;
	return call(fd, SUITGATE_IOC_LOAD, io);
}

static int trust_call(int fd, struct suitgate_trust *io, const void *data,
		      size_t len)
{
	memset(io, 0, sizeof(*io));
	io->size = sizeof(*io);
	io->data = (uintptr_t)data;
	io->len = len;
	return call(fd, SUITGATE_IOC_TRUST, io);
}

static int mode_call(int fd, uint32_t mode)
{
	struct suitgate_set_mode io = { .size = sizeof(io), .mode = mode };

	return call(fd, SUITGATE_IOC_MODE, &io);
}

/* A driver asks, and is told. */
static int ask(void)
{
	int fd = open(TRIGGER, O_WRONLY), ret;

	if (fd < 0)
		return -errno;
	ret = write(fd, NAME, strlen(NAME)) < 0 ? -errno : 0;
	close(fd);
	return ret;
}

/* Every call that takes a structure, and the smallest one for each. */
static const struct {
	unsigned long request;
	uint32_t size;
	int small;	/* result with nothing but size and zeros */
} calls[] = {
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

TEST_F(gate, a_new_gate)
{
	struct suitgate_info info;

	ASSERT_EQ(info_call(self->fd, &info), 0);
	EXPECT_EQ(info.size, sizeof(info));
	EXPECT_EQ(info.abi, SUITGATE_ABI);
	EXPECT_EQ(info.mode, SUITGATE_MODE_SETUP);
	EXPECT_EQ(info.state, 0);
	EXPECT_GT(info.gated_since, 0);
	EXPECT_EQ(info.sealed_since, 0);
	EXPECT_EQ(info.authorities, 0);
	EXPECT_EQ(info.keys, 0);
	EXPECT_EQ(info.manifests, 0);
	EXPECT_EQ(info.floors, 0);
}

/* Nothing is written behind the size that the caller states. */
TEST_F(gate, a_short_structure)
{
	unsigned char buf[2048];
	size_t i, at;

	for (i = 0; i < N_CALLS; i++) {
		uint32_t size = 2 * sizeof(uint32_t);

		memset(buf, 0x5a, sizeof(buf));
		memset(buf, 0, size);
		memcpy(buf, &size, sizeof(size));
		EXPECT_EQ(call(self->fd, calls[i].request, buf),
			  calls[i].small) TH_LOG("call %zu", i);
		EXPECT_EQ(memcmp(buf, &size, sizeof(size)), 0);
		for (at = size; at < sizeof(buf); at++)
			ASSERT_EQ(buf[at], 0x5a) TH_LOG("call %zu, %zu", i, at);
	}
}

TEST_F(gate, a_structure_that_is_too_short)
{
	unsigned char buf[2048] = { 0 };
	uint32_t size;
	size_t i;

	for (i = 0; i < N_CALLS; i++) {
		for (size = 0; size < 2 * sizeof(uint32_t); size++) {
			memcpy(buf, &size, sizeof(size));
			EXPECT_EQ(call(self->fd, calls[i].request, buf),
				  -EINVAL);
		}
	}
}

/* A newer caller, whose new members are zero: as if it were an older one. */
TEST_F(gate, a_long_structure_of_zeros)
{
	unsigned char buf[4096];
	uint32_t size = sizeof(buf);
	size_t i;

	for (i = 0; i < N_CALLS; i++) {
		memset(buf, 0, sizeof(buf));
		memcpy(buf, &size, sizeof(size));
		EXPECT_EQ(call(self->fd, calls[i].request, buf),
			  calls[i].small) TH_LOG("call %zu", i);
	}
}

TEST_F(gate, a_long_structure_that_wants_more)
{
	unsigned char buf[4096];
	uint32_t size = sizeof(buf);
	size_t i;

	for (i = 0; i < N_CALLS; i++) {
		memset(buf, 0, sizeof(buf));
		memcpy(buf, &size, sizeof(size));
		buf[calls[i].size] = 1;
		EXPECT_EQ(call(self->fd, calls[i].request, buf), -E2BIG);
		buf[calls[i].size] = 0;
		buf[size - 1] = 1;
		EXPECT_EQ(call(self->fd, calls[i].request, buf), -E2BIG);
	}
}

TEST_F(gate, a_structure_that_is_too_long)
{
	unsigned char buf[8192] = { 0 };
	uint32_t sizes[] = { 4097, 8192, INT32_MAX, UINT32_MAX };
	size_t i, j;

	for (i = 0; i < N_CALLS; i++) {
		for (j = 0; j < 4; j++) {
			memcpy(buf, &sizes[j], sizeof(sizes[j]));
			EXPECT_EQ(call(self->fd, calls[i].request, buf),
				  -E2BIG);
		}
	}
}

TEST_F(gate, a_structure_that_is_not_there)
{
	char *two = mmap(NULL, 8192, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	size_t i;

	ASSERT_NE(two, MAP_FAILED);
	ASSERT_EQ(munmap(two + 4096, 4096), 0);
	for (i = 0; i < N_CALLS; i++) {
		uint32_t *end = (uint32_t *)(two + 4096 - sizeof(uint32_t));

		EXPECT_EQ(call(self->fd, calls[i].request, NULL), -EFAULT);
		*end = calls[i].size;
		EXPECT_EQ(call(self->fd, calls[i].request, end), -EFAULT);
	}
	munmap(two, 4096);
}

/* A call that answers nothing does not write. */
TEST_F(gate, a_structure_that_is_read_only)
{
	struct suitgate_set_mode *io = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
					    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	ASSERT_NE(io, MAP_FAILED);
	io->size = sizeof(*io);
	io->mode = SUITGATE_MODE_SETUP;
	ASSERT_EQ(mprotect(io, 4096, PROT_READ), 0);
	EXPECT_EQ(call(self->fd, SUITGATE_IOC_MODE, io), 0);
	EXPECT_EQ(call(self->fd, SUITGATE_IOC_INFO, io), -EFAULT);
	munmap(io, 4096);
}

TEST_F(gate, calls_that_do_not_exist)
{
	char buf[64] = { 64 };

	EXPECT_EQ(call(self->fd, _IO(SUITGATE_IOC_MAGIC, 11), buf), -ENOTTY);
	EXPECT_EQ(call(self->fd, _IO(SUITGATE_IOC_MAGIC, 255), buf), -ENOTTY);
	EXPECT_EQ(call(self->fd, _IOWR(0xb6, 0, struct suitgate_info), buf),
		  -ENOTTY);
	EXPECT_EQ(lseek(self->fd, 0, SEEK_SET), -1);
	EXPECT_EQ(errno, ESPIPE);
	EXPECT_EQ(write(self->fd, buf, sizeof(buf)), -1);
	EXPECT_EQ(errno, EINVAL);
	EXPECT_EQ(mmap(NULL, 4096, PROT_READ, MAP_SHARED, self->fd, 0),
		  MAP_FAILED);
	EXPECT_EQ(errno, ENODEV);
}

TEST_F(gate, modes)
{
	struct suitgate_info info;
	uint32_t mode;

	for (mode = SUITGATE_MODE_SETUP; mode <= SUITGATE_MODE_ENFORCE; mode++) {
		EXPECT_EQ(mode_call(self->fd, mode), 0);
		ASSERT_EQ(info_call(self->fd, &info), 0);
		EXPECT_EQ(info.mode, mode);
	}
	EXPECT_EQ(mode_call(self->fd, 0), -EINVAL);
	EXPECT_EQ(mode_call(self->fd, 4), -EINVAL);
	EXPECT_EQ(mode_call(self->fd, UINT32_MAX), -EINVAL);
	ASSERT_EQ(info_call(self->fd, &info), 0);
	EXPECT_EQ(info.mode, SUITGATE_MODE_ENFORCE);
	EXPECT_EQ(mode_call(self->fd, SUITGATE_MODE_SETUP), 0);
}

TEST_F(gate, trust_and_manifest)
{
	unsigned char changed[sizeof(envelope.data)];
	struct suitgate_unload gone = { .size = sizeof(gone) };
	struct suitgate_info info;
	struct suitgate_trust t;
	struct suitgate_load io;

	EXPECT_EQ(load_call(self->fd, &io, envelope.data, envelope.len),
		  -ENOKEY);
	EXPECT_NE(io.error, 0);
	EXPECT_EQ(trust_call(self->fd, &t, trust.data, trust.len - 1),
		  -EBADMSG);
	EXPECT_NE(t.error, 0);
	EXPECT_EQ(trust_call(self->fd, &t, trust.data, 1 << 20), -E2BIG);
	EXPECT_NE(t.error, 0);
	EXPECT_EQ(trust_call(self->fd, &t, NULL, 10), -EFAULT);
	EXPECT_EQ(trust_call(self->fd, &t, trust.data, trust.len), 0);
	EXPECT_EQ(t.error, 0);
	ASSERT_EQ(info_call(self->fd, &info), 0);
	EXPECT_EQ(info.authorities, 1);
	EXPECT_EQ(info.keys, 1);
	EXPECT_EQ(info.trust_sequence, 1);

	EXPECT_EQ(load_call(self->fd, &io, envelope.data, (64 << 20) + 1),
		  -E2BIG);
	EXPECT_NE(io.error, 0);
	EXPECT_EQ(load_call(self->fd, &io, envelope.data, UINT64_MAX), -E2BIG);
	EXPECT_EQ(load_call(self->fd, &io, NULL, envelope.len), -EFAULT);
	EXPECT_EQ(load_call(self->fd, &io, envelope.data, envelope.len - 1),
		  -EBADMSG);
	memcpy(changed, envelope.data, envelope.len);
	changed[envelope.len - 1] ^= 1;
	EXPECT_EQ(load_call(self->fd, &io, changed, envelope.len),
		  -EKEYREJECTED);
	EXPECT_NE(io.error, 0);

	EXPECT_EQ(load_call(self->fd, &io, envelope.data, envelope.len), 0);
	EXPECT_EQ(io.error, 0);
	EXPECT_EQ(io.sequence_number, 7);
	EXPECT_EQ(io.components, 1);
	EXPECT_EQ(io.digest_alg, -16);
	EXPECT_EQ(load_call(self->fd, &io, envelope.data, envelope.len), 0);
	ASSERT_EQ(info_call(self->fd, &info), 0);
	EXPECT_EQ(info.manifests, 1);

	EXPECT_EQ(mode_call(self->fd, SUITGATE_MODE_ENFORCE), 0);
	EXPECT_EQ(ask(), 0);
	gone.digest_alg = io.digest_alg;
	EXPECT_EQ(call(self->fd, SUITGATE_IOC_UNLOAD, &gone), -ENOENT);
	memcpy(gone.digest, io.digest, sizeof(gone.digest));
	gone.digest_alg = -43;
	EXPECT_EQ(call(self->fd, SUITGATE_IOC_UNLOAD, &gone), -ENOENT);
	gone.digest_alg = io.digest_alg;
	EXPECT_EQ(call(self->fd, SUITGATE_IOC_UNLOAD, &gone), 0);
	EXPECT_EQ(call(self->fd, SUITGATE_IOC_UNLOAD, &gone), -ENOENT);
	EXPECT_EQ(ask(), -ENOKEY);
	EXPECT_EQ(mode_call(self->fd, SUITGATE_MODE_SETUP), 0);
}

/* After the test above: trusted, not loaded. */
TEST_F(gate, the_verdict_alone)
{
	struct suitgate_check io = {
		.size = sizeof(io),
		.envelope = (uintptr_t)envelope.data,
		.envelope_len = envelope.len,
		.component = (uintptr_t)id,
		.component_len = sizeof(id) - 1,
		.payload = (uintptr_t)payload,
		.payload_len = sizeof(payload),
	};
	struct suitgate_info info;

	EXPECT_EQ(call(self->fd, SUITGATE_IOC_CHECK, &io), 0);
	EXPECT_EQ(io.error, 0);
	io.payload_len--;
	EXPECT_EQ(call(self->fd, SUITGATE_IOC_CHECK, &io), -EKEYREJECTED);
	EXPECT_NE(io.error, 0);
	io.payload_len++;
	io.component_len--;
	EXPECT_EQ(call(self->fd, SUITGATE_IOC_CHECK, &io), -EBADMSG);
	io.component_len = 513;
	EXPECT_EQ(call(self->fd, SUITGATE_IOC_CHECK, &io), -E2BIG);
	io.component_len = sizeof(id) - 1;
	io.payload_len = (64 << 20) + 1;
	EXPECT_EQ(call(self->fd, SUITGATE_IOC_CHECK, &io), -E2BIG);
	io.payload_len = sizeof(payload);
	io.payload = 8;
	EXPECT_EQ(call(self->fd, SUITGATE_IOC_CHECK, &io), -EFAULT);
	io.component = 0;
	io.component_len = 0;
	io.payload = 0;
	io.payload_len = 0;
	EXPECT_EQ(call(self->fd, SUITGATE_IOC_CHECK, &io), 0);
	io.reserved = 1;
	EXPECT_EQ(call(self->fd, SUITGATE_IOC_CHECK, &io), -EINVAL);
	ASSERT_EQ(info_call(self->fd, &info), 0);
	EXPECT_EQ(info.manifests, 0);
}

static int set_floor(int fd, struct suitgate_floor *io, uint64_t number,
		     unsigned char digest)
{
	memset(io, 0, sizeof(*io));
	io->size = sizeof(*io);
	io->sequence_number = number;
	io->digest_alg = -16;
	memset(io->digest, digest, 32);
	io->authority_len = 6;
	memcpy(io->authority, "device", 6);
	io->id_len = sizeof(id) - 1;
	memcpy(io->id, id, sizeof(id) - 1);
	return call(fd, SUITGATE_IOC_FLOOR_SET, io);
}

TEST_F(gate, floors)
{
	struct suitgate_floor io, got = { .size = sizeof(got) };
	struct suitgate_load load;

	EXPECT_EQ(call(self->fd, SUITGATE_IOC_FLOOR_GET, &got), -ENOENT);
	EXPECT_EQ(set_floor(self->fd, &io, 5, 1), 0);
	EXPECT_EQ(set_floor(self->fd, &io, 4, 1), -ESTALE);
	EXPECT_EQ(set_floor(self->fd, &io, 0, 1), -ESTALE);
	EXPECT_EQ(set_floor(self->fd, &io, 5, 1), 0);
	EXPECT_EQ(set_floor(self->fd, &io, 5, 2), -ESTALE);
	EXPECT_EQ(set_floor(self->fd, &io, 6, 2), 0);

	io.authority_len = 0;
	EXPECT_EQ(call(self->fd, SUITGATE_IOC_FLOOR_SET, &io), -EINVAL);
	io.authority_len = sizeof(io.authority) + 1;
	EXPECT_EQ(call(self->fd, SUITGATE_IOC_FLOOR_SET, &io), -EINVAL);
	io.authority_len = 6;
	io.id_len = sizeof(io.id) + 1;
	EXPECT_EQ(call(self->fd, SUITGATE_IOC_FLOOR_SET, &io), -EINVAL);
	io.id_len = UINT32_MAX;
	EXPECT_EQ(call(self->fd, SUITGATE_IOC_FLOOR_SET, &io), -EINVAL);
	io.id_len = sizeof(id) - 2;
	EXPECT_EQ(call(self->fd, SUITGATE_IOC_FLOOR_SET, &io), -EINVAL);
	io.id_len = sizeof(id) - 1;
	io.digest_alg = 0;
	EXPECT_EQ(call(self->fd, SUITGATE_IOC_FLOOR_SET, &io), -EINVAL);

	got.index = 0;
	EXPECT_EQ(call(self->fd, SUITGATE_IOC_FLOOR_GET, &got), 0);
	EXPECT_EQ(got.sequence_number, 6);
	EXPECT_EQ(got.digest_alg, -16);
	EXPECT_EQ(got.digest[31], 2);
	EXPECT_EQ(got.digest[32], 0);
	EXPECT_EQ(got.authority_len, 6);
	EXPECT_EQ(got.id_len, sizeof(id) - 1);
	EXPECT_EQ(memcmp(got.id, id, got.id_len), 0);
	got.index = 1;
	EXPECT_EQ(call(self->fd, SUITGATE_IOC_FLOOR_GET, &got), -ENOENT);
	got.index = UINT32_MAX;
	EXPECT_EQ(call(self->fd, SUITGATE_IOC_FLOOR_GET, &got), -ENOENT);

	/* the manifest has 7: at the floor it would be another one */
	EXPECT_EQ(load_call(self->fd, &load, envelope.data, envelope.len), 0);
	EXPECT_EQ(set_floor(self->fd, &io, 7, 3), 0);
	EXPECT_EQ(load_call(self->fd, &load, envelope.data, envelope.len),
		  -ESTALE);
	EXPECT_NE(load.error, 0);
}

TEST_F(gate, confirming)
{
	struct suitgate_confirm io = { .size = sizeof(io), .digest_alg = -16 };

	EXPECT_EQ(call(self->fd, SUITGATE_IOC_CONFIRM, &io), -EINVAL);
	EXPECT_NE(io.error, 0);
	io.error = 0;
	io.flags = SUITGATE_CONFIRM_JUMP;
	EXPECT_EQ(call(self->fd, SUITGATE_IOC_CONFIRM, &io), -EINVAL);
	EXPECT_NE(io.error, 0);
	io.error = 0;
	io.flags = SUITGATE_CONFIRM_JUMP << 1;
	EXPECT_EQ(call(self->fd, SUITGATE_IOC_CONFIRM, &io), -EINVAL);
	EXPECT_EQ(io.error, 0);
}

TEST_F(gate, identities)
{
	struct suitgate_identity io = { .size = sizeof(io), .kind = 5 };
	int n;

	EXPECT_EQ(call(self->fd, SUITGATE_IOC_IDENTITY, &io), -EINVAL);
	io.kind = 0;
	EXPECT_EQ(call(self->fd, SUITGATE_IOC_IDENTITY, &io), -EINVAL);
	for (n = 0; n < 64; n++) {
		io.kind = SUITGATE_IDENTITY_VENDOR + n % 4;
		io.value[0] = n;
		ASSERT_EQ(call(self->fd, SUITGATE_IOC_IDENTITY, &io), 0);
	}
	EXPECT_EQ(call(self->fd, SUITGATE_IOC_IDENTITY, &io), -ENOSPC);
}

/* Of everything that a descriptor is good for: how much did not say EPERM? */
static int allowed(int fd)
{
	struct pollfd ready = { .fd = fd, .events = POLLIN };
	unsigned char buf[4096] = { 0 };
	int n = 0;
	size_t i;

	for (i = 0; i < N_CALLS; i++) {
		memcpy(buf, &calls[i].size, sizeof(calls[i].size));
		n += call(fd, calls[i].request, buf) != -EPERM;
	}
	n += call(fd, SUITGATE_IOC_SEAL, NULL) != -EPERM;
	n += call(fd, _IO(SUITGATE_IOC_MAGIC, 11), NULL) != -EPERM;
	n += read(fd, buf, sizeof(buf)) >= 0 || errno != EPERM;
	n += poll(&ready, 1, 0) != 1 || ready.revents != POLLERR;
	return n;
}

static void become_nobody(void)
{
	if (setresgid(NOBODY, NOBODY, NOBODY) ||
	    setresuid(NOBODY, NOBODY, NOBODY))
		exit(100);
}

static void become_less(void)
{
	struct __user_cap_header_struct head = {
		.version = _LINUX_CAPABILITY_VERSION_3
	};
	struct __user_cap_data_struct data[2];

	if (syscall(SYS_capget, &head, data))
		exit(100);
	data[CAP_TO_INDEX(CAP_MAC_ADMIN)].effective &=
		~CAP_TO_MASK(CAP_MAC_ADMIN);
	if (syscall(SYS_capset, &head, data))
		exit(100);
}

static void become_root_of_container(void)
{
	if (unshare(CLONE_NEWUSER))
		exit(100);
}

static int result_of(pid_t pid)
{
	int status;

	if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return -1;
	return WEXITSTATUS(status);
}

/* allowed() in a child that inherits @fd */
static int child_allowed(int fd, void (*become)(void))
{
	pid_t pid = fork();

	if (!pid) {
		become();
		exit(allowed(fd));
	}
	return result_of(pid);
}

/* The errno of opening the device in a child, 0: it opened. */
static int child_open(void (*become)(void))
{
	pid_t pid = fork();

	if (!pid) {
		become();
		exit(open(SUITGATE_DEVICE, O_RDONLY) < 0 ? errno : 0);
	}
	return result_of(pid);
}

TEST_F(gate, an_inherited_descriptor)
{
	EXPECT_EQ(child_allowed(self->fd, become_nobody), 0);
	EXPECT_EQ(child_allowed(self->fd, become_less), 0);
	EXPECT_EQ(child_allowed(self->fd, become_root_of_container), 0);
}

union fd_message {
	char buf[CMSG_SPACE(sizeof(int))];
	struct cmsghdr align;
};

static struct msghdr *fd_header(union fd_message *control, struct iovec *byte)
{
	static struct msghdr header;

	header = (struct msghdr){
		.msg_iov = byte,
		.msg_iovlen = 1,
		.msg_control = control,
		.msg_controllen = sizeof(*control),
	};
	return &header;
}

static int send_fd(int to, int fd)
{
	union fd_message control = { 0 };
	struct iovec byte = { "x", 1 };
	struct msghdr *header = fd_header(&control, &byte);
	struct cmsghdr *c = CMSG_FIRSTHDR(header);

	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(sizeof(fd));
	memcpy(CMSG_DATA(c), &fd, sizeof(fd));
	return sendmsg(to, header, 0) == 1 ? 0 : -errno;
}

static int receive_fd(int from)
{
	union fd_message control;
	char x;
	struct iovec byte = { &x, 1 };
	struct msghdr *header = fd_header(&control, &byte);
	int fd = -1;

	if (recvmsg(from, header, 0) == 1 && CMSG_FIRSTHDR(header))
		memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(header)), sizeof(fd));
	return fd;
}

TEST_F(gate, a_descriptor_that_is_passed_on)
{
	int pair[2];
	pid_t pid;

	ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	pid = fork();
	if (!pid) {
		int fd;

		close(self->fd);
		become_nobody();
		fd = receive_fd(pair[1]);
		exit(fd < 0 ? 101 : allowed(fd));
	}
	EXPECT_EQ(send_fd(pair[0], self->fd), 0);
	EXPECT_EQ(result_of(pid), 0);
}

TEST_F(gate, opening)
{
	EXPECT_EQ(child_open(become_nobody), EACCES);
	EXPECT_EQ(child_open(become_less), EPERM);
	ASSERT_EQ(chmod(SUITGATE_DEVICE, 0666), 0);
	EXPECT_EQ(child_open(become_nobody), EPERM);
	EXPECT_EQ(child_open(become_less), EPERM);
	EXPECT_EQ(child_open(become_root_of_container), EPERM);
	EXPECT_EQ(chmod(SUITGATE_DEVICE, 0600), 0);
}

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
	EXPECT_STREQ((char *)record.comm, "device");
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
	struct suitgate_record record;
	struct suitgate_info before, after;

	ASSERT_EQ(info_call(self->fd, &before), 0);
	ASSERT_EQ(mode_call(self->fd, SUITGATE_MODE_ENFORCE), 0);
	drain(self->fd);
	EXPECT_EQ(ask(), -ESTALE);
	ASSERT_EQ(next(self->fd, &record), 0);
	EXPECT_EQ(record.verdict, SUITGATE_REFUSED);
	EXPECT_EQ(record.err, -ESTALE);
	EXPECT_NE(record.error, 0);
	EXPECT_EQ(record.source, SUITGATE_SOURCE_LOADED);
	EXPECT_EQ(record.mode, SUITGATE_MODE_ENFORCE);
	EXPECT_EQ(record.sequence_number, 7);
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
TEST_F_TIMEOUT(gate, lost_records, 120)
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

int main(int argc, char **argv)
{
	int ret;

	prepare();
	ret = test_harness_run(argc, argv);
	clean_up();
	return ret;
}

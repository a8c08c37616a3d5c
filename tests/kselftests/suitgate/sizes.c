// SPDX-License-Identifier: GPL-2.0-only
/*
 * /dev/suitgate: structures of older and newer callers, and of none.
 */
#include <sys/mman.h>

#include "gate.h"

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

GATE_MAIN

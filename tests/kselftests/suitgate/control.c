// SPDX-License-Identifier: GPL-2.0-only
/*
 * /dev/suitgate: what each call demands, and what it does. Each test goes on
 * from where the one before it stopped.
 */
#include "gate.h"

static const char id[] = "\x83\x48" "firmware" "\x48" "suitgate" "\x4a"
			 "device.bin";

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

GATE_MAIN

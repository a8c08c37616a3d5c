// SPDX-License-Identifier: GPL-2.0-only
/*
 * /dev/suitgate: statements of trust that suitctl would not write. Keys that are
 * none, and more of everything than there is room for. Each test goes on from
 * where the one before it stopped.
 */
#include "gate.h"

#define AUTHORITIES 64
#define KEYS 128
#define REVOKED 256

enum { UINT, NINT, BSTR, TSTR, ARRAY, MAP };

enum { ADD = 1, RETIRE, REVOKE_KEY, REVOKE_DIGEST };

static struct bytes key[3], edwards, certificate;

static void put(struct bytes *to, const void *data, size_t len)
{
	if (len > sizeof(to->data) - to->len)
		exit(KSFT_FAIL);
	memcpy(to->data + to->len, data, len);
	to->len += len;
}

/* The head of a CBOR item. */
static void head(struct bytes *to, unsigned char major, size_t n)
{
	unsigned char two[] = { major << 5 | 25, n >> 8, n };
	unsigned char one[] = { major << 5 | 24, n };
	unsigned char none = major << 5 | n;

	if (n > 255)
		put(to, two, sizeof(two));
	else if (n > 23)
		put(to, one, sizeof(one));
	else
		put(to, &none, 1);
}

static void string(struct bytes *to, unsigned char major, const void *data,
		   size_t len)
{
	head(to, major, len);
	put(to, data, len);
}

/* [ operation, ...: its kind, and what follows is put by the caller */
static struct bytes operation(unsigned int kind)
{
	struct bytes op = { .len = 0 };

	head(&op, ARRAY, kind == RETIRE ? 3 : 2);
	head(&op, UINT, kind);
	return op;
}

/* A vendor whose @n keys, as they are in a statement, are @keys. */
static struct bytes authority(const char *name, unsigned int n,
			      const struct bytes *keys)
{
	struct bytes op = operation(ADD);

	head(&op, MAP, 4);
	head(&op, UINT, 1);
	string(&op, TSTR, name, strlen(name));
	head(&op, UINT, 2);
	head(&op, UINT, 2);
	head(&op, UINT, 3);
	head(&op, ARRAY, n);
	put(&op, keys->data, keys->len);
	head(&op, UINT, 4);
	head(&op, ARRAY, 1);
	head(&op, ARRAY, 1);
	string(&op, BSTR, "firmware", 8);
	return op;
}

/* One change of trust, which nobody signed. */
static int change(int fd, struct bytes op, uint32_t *error)
{
	struct bytes statement = { .len = 0 }, bundle = { .len = 0 };
	struct suitgate_trust io;
	int ret;

	head(&statement, MAP, 3);
	head(&statement, UINT, 1);
	head(&statement, UINT, 1);
	head(&statement, UINT, 2);
	head(&statement, UINT, 1);
	head(&statement, UINT, 3);
	head(&statement, ARRAY, 1);
	put(&statement, op.data, op.len);
	head(&bundle, ARRAY, 1);
	string(&bundle, BSTR, statement.data, statement.len);
	ret = trust_call(fd, &io, bundle.data, bundle.len);
	*error = io.error;
	return ret;
}

static struct bytes cose(const struct bytes *from)
{
	struct bytes item = { .len = 0 };

	string(&item, BSTR, from->data, from->len);
	return item;
}

static struct bytes x509(const void *data, size_t len, int alg)
{
	struct bytes item = { .len = 0 };

	head(&item, ARRAY, 2);
	string(&item, BSTR, data, len);
	head(&item, NINT, -1 - alg);
	return item;
}

TEST_F(gate, keys_that_are_none)
{
	struct bytes good = cose(&key[0]), two = good, off = key[1], item;
	struct suitgate_info info;
	uint32_t error;

	/* the last byte of y: a point beside the curve */
	off.data[off.len - 1] ^= 1;
	item = cose(&off);
	EXPECT_EQ(change(self->fd, authority("a", 1, &item), &error), -EBADMSG);
	EXPECT_NE(error, 0);
	put(&two, item.data, item.len);
	EXPECT_EQ(change(self->fd, authority("a", 2, &two), &error), -EBADMSG);
	EXPECT_NE(error, 0);
	item = cose(&edwards);
	EXPECT_EQ(change(self->fd, authority("a", 1, &item), &error),
		  -EOPNOTSUPP);
	EXPECT_NE(error, 0);
	item = x509("certificate", 11, -9);
	EXPECT_EQ(change(self->fd, authority("a", 1, &item), &error), -EBADMSG);
	EXPECT_NE(error, 0);
	/* of P-384, said to be for ESP256 */
	item = x509(certificate.data, certificate.len, -9);
	EXPECT_EQ(change(self->fd, authority("a", 1, &item), &error),
		  -EOPNOTSUPP);
	EXPECT_NE(error, 0);
	ASSERT_EQ(info_call(self->fd, &info), 0);
	EXPECT_EQ(info.authorities, 0);
	EXPECT_EQ(info.keys, 0);

	item = x509(certificate.data, certificate.len, -51);
	EXPECT_EQ(change(self->fd, authority("a", 1, &item), &error), 0);
	ASSERT_EQ(info_call(self->fd, &info), 0);
	EXPECT_EQ(info.authorities, 1);
	EXPECT_EQ(info.keys, 1);
}

TEST_F(gate, an_authority_that_is_not_there)
{
	struct bytes op = operation(RETIRE);
	uint32_t error;

	string(&op, TSTR, "b", 1);
	head(&op, UINT, 0);
	EXPECT_EQ(change(self->fd, op, &error), -ENOKEY);
	EXPECT_NE(error, 0);
	op.data[op.len - 2] = 'a';
	EXPECT_EQ(change(self->fd, op, &error), 0);
	EXPECT_EQ(error, 0);
}

static struct bytes revocation(unsigned int kind, unsigned int number)
{
	unsigned char value[32] = { number >> 8, number };
	struct bytes op = operation(kind);

	if (kind == REVOKE_DIGEST) {
		head(&op, ARRAY, 2);
		head(&op, NINT, 15);	/* SHA-256 */
	}
	string(&op, BSTR, value, sizeof(value));
	return op;
}

/* Nothing is forgotten for the sake of one more. */
TEST_F(gate, more_revocations_than_are_kept)
{
	uint32_t error;
	unsigned int i;

	for (i = 0; i < REVOKED; i++) {
		ASSERT_EQ(change(self->fd, revocation(REVOKE_KEY, i), &error),
			  0);
		ASSERT_EQ(change(self->fd, revocation(REVOKE_DIGEST, i),
				 &error), 0);
	}
	EXPECT_EQ(change(self->fd, revocation(REVOKE_KEY, i), &error), -E2BIG);
	EXPECT_NE(error, 0);
	EXPECT_EQ(change(self->fd, revocation(REVOKE_DIGEST, i), &error),
		  -E2BIG);
	EXPECT_NE(error, 0);
}

static int name_number(int fd, unsigned int number, unsigned int n,
		       const struct bytes *keys, uint32_t *error)
{
	char name[16] = "a";

	if (number)
		snprintf(name, sizeof(name), "a%u", number);
	return change(fd, authority(name, n, keys), error);
}

TEST_F(gate, more_authorities_than_there_is_room_for)
{
	struct bytes one = cose(&key[0]);
	struct suitgate_info info;
	uint32_t error;
	unsigned int i;

	for (i = 0; i < AUTHORITIES; i++)
		ASSERT_EQ(name_number(self->fd, i, 1, &one, &error), 0);
	EXPECT_EQ(name_number(self->fd, i, 1, &one, &error), -E2BIG);
	EXPECT_NE(error, 0);
	/* one that is there may have other keys */
	EXPECT_EQ(name_number(self->fd, i - 1, 1, &one, &error), 0);
	ASSERT_EQ(info_call(self->fd, &info), 0);
	EXPECT_EQ(info.authorities, AUTHORITIES);
	EXPECT_EQ(info.keys, AUTHORITIES);
}

TEST_F(gate, more_keys_than_there_is_room_for)
{
	struct bytes three = cose(&key[0]), item;
	struct suitgate_info info;
	uint32_t error;
	unsigned int i;

	for (i = 1; i < 3; i++) {
		item = cose(&key[i]);
		put(&three, item.data, item.len);
	}
	for (i = 0; i < (KEYS - AUTHORITIES) / 2; i++)
		ASSERT_EQ(name_number(self->fd, i, 3, &three, &error), 0);
	EXPECT_EQ(name_number(self->fd, i, 3, &three, &error), -E2BIG);
	EXPECT_NE(error, 0);
	ASSERT_EQ(info_call(self->fd, &info), 0);
	EXPECT_EQ(info.keys, KEYS);
}

static void make_keys(void)
{
	unsigned int i;

	run("for k in k0 k1 k2; do suitctl keygen --alg esp256 -o $k.pem; done "
	    "> log && suitctl keygen --alg ed25519 -o edwards.pem > log");
	run("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-384 "
	    "-nodes -keyout c.pem -outform DER -out c.der -subj /CN=suitgate "
	    "-days 3650 2> log");
	for (i = 0; i < 3; i++) {
		char path[16];

		snprintf(path, sizeof(path), "k%u.pub", i);
		get_file(path, &key[i]);
	}
	get_file("edwards.pub", &edwards);
	get_file("c.der", &certificate);
}

int main(int argc, char **argv)
{
	int ret;

	prepare();
	make_keys();
	ret = test_harness_run(argc, argv);
	clean_up();
	return ret;
}

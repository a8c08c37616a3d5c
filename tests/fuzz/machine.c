// SPDX-License-Identifier: GPL-2.0-or-later
#include "machine.h"

#include <string.h>

#include "crypto.h"

enum { KEYS = 4, KEY_SIZE = 32, SHA256 = 32, SHA512 = 64, MAX_PARTS = 16 };

#define BYTES(literal) { (const u8 *)(literal), sizeof(literal) - 1 }

static const struct suit_authority authorities[] = {
	{ .name = BYTES("a"), .role = SUIT_ROLE_VENDOR, .threshold = 1,
	  .prefixes = BYTES("\x86\x81\x41\x00\x81\x48" "firmware" "\x81\x41" "a"
			    "\x81\x42" "ab" "\x81\x41" "c"
			    "\x82\x41" "m" "\x41" "a"),
	  .dependencies = BYTES("\x81\x82\x41" "m" "\x41" "b") },
	{ .name = BYTES("b"), .role = SUIT_ROLE_VENDOR, .threshold = 1,
	  .prefixes = BYTES("\x83\x81\x41" "b" "\x81\x42" "ab"
			    "\x82\x41" "m" "\x41" "b") },
	{ .name = BYTES("two"), .role = SUIT_ROLE_VENDOR, .threshold = 2,
	  .prefixes = BYTES("\x81\x81\x43" "two") },
};

static const struct suit_key *keys(void)
{
	static const u16 owner[KEYS] = { 0, 1, 2, 2 };
	static struct suit_key key[KEYS];
	static u8 bytes[KEYS][KEY_SIZE];
	u8 i;

	for (i = 0; i < KEYS; i++) {
		memset(bytes[i], i + 1, KEY_SIZE);
		key[i] = (struct suit_key){
			.alg = SUIT_ALG_ESP256, .form = SUIT_KEY_COSE,
			.authority = owner[i], .x = { bytes[i], KEY_SIZE },
		};
	}
	return key;
}

uint8_t fuzz_machine_byte(const struct fuzz_machine *m,
			  enum machine_input which)
{
	return m->input.ptr[which];
}

static const struct suit_slice *claimed(const struct fuzz_machine *m,
					const u8 *value, const u8 *before)
{
	const struct suit_slice *found = NULL;
	unsigned int i;

	for (i = 0; i < m->n_claims; i++) {
		if (value && !memcmp(m->claim[i].ptr, value, SHA256))
			return &m->claim[i];
		if (!value && m->claim[i].ptr < before)
			found = &m->claim[i];
	}
	return found;
}

/* The truth; of what the fuzzer has changed, what is claimed of it. */
static enum suit_error digest(void *ctx, s32 alg, const struct suit_slice *part,
			      size_t n, u8 *out)
{
	const struct suit_crypto *real = sg_crypto();
	const struct fuzz_machine *m = ctx;
	u8 wrong = fuzz_machine_byte(m, INPUT_DIGEST_ERROR);
	const struct suit_slice *claim;
	enum suit_error error;

	if (wrong)
		return (enum suit_error)wrong;
	error = real->ops->digest(real->ctx, alg, part, n, out);
	if (error != SUIT_OK || suit_digest_size(alg) != SHA256 ||
	    !(fuzz_machine_byte(m, INPUT_FLAGS) & FLAG_FORGIVE) ||
	    claimed(m, out, NULL))
		return error;
	claim = claimed(m, NULL, part->ptr);
	if (claim)
		memcpy(out, claim->ptr, SHA256);
	return SUIT_OK;
}

static enum suit_error verify(void *ctx, const struct suit_key *key,
			      const struct suit_slice *part, size_t n,
			      struct suit_slice sig)
{
	const struct suit_crypto *real = sg_crypto();
	struct suit_slice whole[MAX_PARTS] = { key->x };
	u8 wrong = fuzz_machine_byte(ctx, INPUT_VERIFY_ERROR);
	u8 value[SHA512];
	struct suit_slice want = { value, sizeof(value) };

	MUST(n < MAX_PARTS && !key->revoked);
	if (wrong)
		return (enum suit_error)wrong;
	memcpy(&whole[1], part, n * sizeof(*part));
	MUST(real->ops->digest(real->ctx, SUIT_ALG_SHA512, whole, n + 1,
			       value) == SUIT_OK);
	return suit_slice_equal(want, sig) ? SUIT_OK : SUIT_ERR_SIGNATURE;
}

static const struct suit_crypto_ops crypto_ops = {
	.digest = digest,
	.verify = verify,
};

struct fuzz_cell *fuzz_machine_cell(struct fuzz_machine *m,
				    struct suit_slice name)
{
	unsigned int i;

	for (i = 0; i < m->n_cells; i++)
		if (suit_slice_equal(m->cell[i].name, name))
			return &m->cell[i];
	return NULL;
}

static struct suit_slice take(struct suit_slice *rest)
{
	struct suit_slice out = { NULL, 0 };
	size_t len;

	if (rest->len < 2)
		return out;
	len = (size_t)(rest->ptr[0] << 8 | rest->ptr[1]);
	rest->ptr += 2;
	rest->len -= 2;
	out.len = len < rest->len ? len : rest->len;
	out.ptr = out.len ? rest->ptr : NULL;
	rest->ptr += out.len;
	rest->len -= out.len;
	return out;
}

static void take_cells(struct fuzz_machine *m, struct suit_slice rest)
{
	struct fuzz_cell *cell;

	m->envelope = take(&rest);
	while (rest.len && m->n_cells < FUZZ_CELLS) {
		cell = &m->cell[m->n_cells++];
		cell->name = take(&rest);
		cell->bytes = take(&rest);
		if (rest.len) {
			cell->references = *rest.ptr++;
			rest.len--;
		}
	}
}

/* Everything that looks like a SHA-256 in a SUIT_Digest. */
static void find_claims(struct fuzz_machine *m)
{
	static const uint8_t head[] = { 0x82, 0x2f, 0x58, SHA256 };
	const u8 *at = m->input.ptr, *end = at + m->input.len;
	size_t size = sizeof(head) + SHA256;

	for (; (size_t)(end - at) >= size && m->n_claims < FUZZ_CLAIMS; at++)
		if (!memcmp(at, head, sizeof(head)))
			m->claim[m->n_claims++] = (struct suit_slice){
				at + sizeof(head), SHA256
			};
}

static void take_away(struct fuzz_machine *m)
{
	enum { OP = sizeof(m->ops.identify) };
	u8 *ops = (u8 *)&m->ops;
	size_t i;

	for (i = 0; i < sizeof(m->ops) / OP; i++)
		if (m->input.ptr[INPUT_ABSENT + i / 8] >> (i % 8) & 1)
			memset(ops + i * OP, 0, OP);
}

bool fuzz_machine_init(struct fuzz_machine *m, const uint8_t *data, size_t size)
{
	unsigned int revoked;

	memset(m, 0, sizeof(*m));
	if (size < INPUT_HEAD)
		return false;
	m->input = (struct suit_slice){ data, size };
	take_cells(m, (struct suit_slice){ data + INPUT_HEAD,
					   size - INPUT_HEAD });
	find_claims(m);
	m->pending = fuzz_machine_byte(m, INPUT_PENDING);
	m->ops = fuzz_machine_ops;
	take_away(m);
	m->crypto = (struct suit_crypto){ &crypto_ops, m };
	m->trust.authority = authorities;
	m->trust.n_authorities = sizeof(authorities) / sizeof(*authorities);
	m->trust.key = keys();
	if (!(fuzz_machine_byte(m, INPUT_FLAGS) & FLAG_NO_KEYS))
		m->trust.n_keys = KEYS;
	revoked = fuzz_machine_byte(m, INPUT_REVOKED);
	if (revoked && revoked <= m->n_claims) {
		m->revoked.alg = SUIT_ALG_SHA256;
		m->revoked.value = m->claim[revoked - 1];
		m->trust.revoked = &m->revoked;
		m->trust.n_revoked = 1;
	}
	return true;
}

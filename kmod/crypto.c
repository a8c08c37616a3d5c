// SPDX-License-Identifier: GPL-2.0-only
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include "crypto.h"

#include <crypto/hash.h>
#include <crypto/public_key.h>
#include <crypto/sig.h>
#include <crypto/akcipher.h>
#include <linux/key.h>
#include <linux/sched.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/version.h>

#include "keyring.h"

/**
 * struct hash - a digest algorithm and its transform for the module's life
 */
struct hash {
	s32 alg;
	const char *name;
	struct crypto_shash *tfm;
};

static struct hash hashes[] = {
	{ SUIT_ALG_SHA256, "sha256" },
	{ SUIT_ALG_SHA384, "sha384" },
	{ SUIT_ALG_SHA512, "sha512" },
};

/* Held so that verifying finds the algorithm without loading a module. */
static const char *const curves[] = { "ecdsa-nist-p256", "ecdsa-nist-p384" };

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 13, 0)
static struct crypto_sig *held[ARRAY_SIZE(curves)];

static struct crypto_sig *hold(const char *curve)
{
	char name[CRYPTO_MAX_ALG_NAME];

	snprintf(name, sizeof(name), "x962(%s)", curve);
	return crypto_alloc_sig(name, 0, 0);
}

#define let_go crypto_free_sig
#define set_point crypto_sig_set_pubkey
#else
static struct crypto_akcipher *held[ARRAY_SIZE(curves)];

static struct crypto_akcipher *hold(const char *curve)
{
	return crypto_alloc_akcipher(curve, 0, 0);
}

#define let_go crypto_free_akcipher
#define set_point crypto_akcipher_set_pub_key
#endif

#if LINUX_VERSION_CODE >= KERNEL_VERSION(7, 0, 0)
#define signed_digest m
#define signed_digest_size m_size
#else
#define signed_digest digest
#define signed_digest_size digest_size
#endif

static struct hash *hash_of(s32 alg)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(hashes); i++)
		if (hashes[i].alg == alg && hashes[i].tfm)
			return &hashes[i];
	return NULL;
}

/* Images are big; others want the CPU too. */
static int update(struct shash_desc *desc, struct suit_slice part)
{
	int ret = 0;

	while (part.len && !ret) {
		size_t n = min_t(size_t, part.len, SZ_256K);

		ret = crypto_shash_update(desc, part.ptr, n);
		part.ptr += n;
		part.len -= n;
		cond_resched();
	}
	return ret;
}

static enum suit_error digest(void *ctx, s32 alg,
			      const struct suit_slice *part, size_t n, u8 *out)
{
	struct hash *hash = hash_of(alg);
	struct shash_desc *desc;
	int ret;
	size_t i;

	if (!hash)
		return SUIT_ERR_DIGEST_ALG;
	desc = kmalloc(sizeof(*desc) + crypto_shash_descsize(hash->tfm),
		       GFP_KERNEL);
	if (!desc)
		return SUIT_ERR_MEMORY;
	desc->tfm = hash->tfm;
	ret = crypto_shash_init(desc);
	for (i = 0; i < n && !ret; i++)
		ret = update(desc, part[i]);
	if (!ret)
		ret = crypto_shash_final(desc, out);
	kfree_sensitive(desc);
	return ret ? SUIT_ERR_CRYPTO : SUIT_OK;
}

/* An unsigned big-endian number as a DER INTEGER; returns its length. */
static size_t der_integer(u8 *out, const u8 *number, size_t len)
{
	size_t pad;

	while (len > 1 && !*number) {
		number++;
		len--;
	}
	pad = *number >> 7;
	out[0] = 2;
	out[1] = len + pad;
	out[2] = 0;
	memcpy(out + 2 + pad, number, len);
	return 2 + pad + len;
}

/* COSE's r || s in X9.62 form. */
static size_t der_signature(u8 *out, struct suit_slice sig)
{
	size_t half = sig.len / 2, n;

	n = der_integer(out + 2, sig.ptr, half);
	n += der_integer(out + 2 + n, sig.ptr + half, half);
	out[0] = 0x30;
	out[1] = n;
	return n + 2;
}

/**
 * struct work - what public_key_verify_signature() wants on the heap
 */
struct work {
	u8 der[112];
	u8 hash[SUIT_MAX_DIGEST];
	struct public_key_signature sig;
};

static enum suit_error verify_work(struct work *work, struct key *key, s32 alg,
				   struct suit_slice sig)
{
	int ret;

	work->sig.s = work->der;
	work->sig.s_size = der_signature(work->der, sig);
	work->sig.signed_digest = work->hash;
	work->sig.signed_digest_size = suit_digest_size(alg);
	work->sig.pkey_algo = "ecdsa";
	work->sig.hash_algo = hash_of(alg)->name;
	work->sig.encoding = "x962";
	ret = suit_key_verify(key, &work->sig);
	switch (ret) {
	case 0:
		return SUIT_OK;
	case -EKEYREJECTED:
	case -EBADMSG:
	case -EINVAL:
		return SUIT_ERR_SIGNATURE;
	case -ENOMEM:
		return SUIT_ERR_MEMORY;
	default:
		return SUIT_ERR_CRYPTO;
	}
}

static s32 hash_for(s32 alg)
{
	switch (alg) {
	case SUIT_ALG_ES256:
	case SUIT_ALG_ESP256:
		return SUIT_ALG_SHA256;
	case SUIT_ALG_ES384:
	case SUIT_ALG_ESP384:
		return SUIT_ALG_SHA384;
	default:
		return 0;
	}
}

static enum suit_error verify(void *ctx, const struct suit_key *key,
			      const struct suit_slice *part, size_t n,
			      struct suit_slice sig)
{
	s32 alg = hash_for(key->alg);
	enum suit_error error;
	struct work *work;

	if (!alg || !key->handle)
		return SUIT_ERR_COSE_ALG;
	if (!sig.len || sig.len > 96 || sig.len & 1)
		return SUIT_ERR_SIGNATURE;
	if (key_validate(key->handle))
		return SUIT_ERR_KEY_REVOKED;
	work = kzalloc(sizeof(*work), GFP_KERNEL);
	if (!work)
		return SUIT_ERR_MEMORY;
	error = digest(ctx, alg, part, n, work->hash);
	if (error == SUIT_OK)
		error = verify_work(work, key->handle, alg, sig);
	kfree_sensitive(work);
	return error;
}

bool suit_crypto_point_valid(const struct suit_key *key)
{
	unsigned int curve = key->crv == SUIT_CRV_P256 ? 0 : 1;
	u8 point[1 + 2 * 48];

	if (!held[curve] || key->x.len + key->y.len > sizeof(point) - 1)
		return false;
	point[0] = 4;
	memcpy(point + 1, key->x.ptr, key->x.len);
	memcpy(point + 1 + key->x.len, key->y.ptr, key->y.len);
	return !set_point(held[curve], point, 1 + key->x.len + key->y.len);
}

static const struct suit_crypto_ops ops = {
	.digest = digest,
	.verify = verify,
};

const struct suit_crypto suit_crypto = { &ops, NULL };

int suit_crypto_init(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(hashes); i++) {
		hashes[i].tfm = crypto_alloc_shash(hashes[i].name, 0, 0);
		if (IS_ERR(hashes[i].tfm))
			hashes[i].tfm = NULL;
	}
	for (i = 0; i < ARRAY_SIZE(curves); i++) {
		held[i] = hold(curves[i]);
		if (IS_ERR(held[i]))
			held[i] = NULL;
	}
	if (hashes[0].tfm && held[0])
		return 0;
	pr_err("this kernel has no SHA-256 or no ECDSA P-256\n");
	suit_crypto_exit();
	return -ENOENT;
}

void suit_crypto_exit(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(hashes); i++) {
		if (hashes[i].tfm)
			crypto_free_shash(hashes[i].tfm);
		hashes[i].tfm = NULL;
	}
	for (i = 0; i < ARRAY_SIZE(curves); i++) {
		if (held[i])
			let_go(held[i]);
		held[i] = NULL;
	}
}

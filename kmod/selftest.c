// SPDX-License-Identifier: GPL-2.0-only
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include "selftest.h"

#include <linux/errno.h>
#include <linux/printk.h>
#include <linux/slab.h>

#include "core/suit.h"
#include "crypto.h"
#include "keyring.h"
#include "selftest_data.h"

/* The verdict with byte @at of the envelope changed; nothing is past its end. */
static enum suit_error verdict(const struct suit_key *key, size_t at)
{
	static const u8 name[] = "self-test";
	const struct suit_authority authority = { { name, sizeof(name) - 1 } };
	const struct suit_trust trust = { &authority, 1, key, 1 };
	struct suit_slice bytes = { NULL, sizeof(selftest_envelope) };
	struct suit_envelope env;
	struct suit_auth auth;
	enum suit_error error;
	u8 *copy;

	copy = kmemdup(selftest_envelope, bytes.len, GFP_KERNEL);
	if (!copy)
		return SUIT_ERR_MEMORY;
	if (at < bytes.len)
		copy[at] ^= 1;
	bytes.ptr = copy;
	error = suit_envelope_open(&env, bytes);
	if (error == SUIT_OK)
		error = suit_envelope_authenticate(&env, &trust, &suit_crypto,
						   &auth);
	kfree(copy);
	return error;
}

static enum suit_error known_answers(struct suit_key *key)
{
	struct suit_slice whole = { selftest_envelope,
				    sizeof(selftest_envelope) };
	struct suit_envelope env;
	enum suit_error error;
	size_t in_manifest, in_signature;

	error = suit_envelope_open(&env, whole);
	if (error != SUIT_OK)
		return error;
	in_manifest = env.manifest.ptr + env.manifest.len - 1 - whole.ptr;
	in_signature = env.blocks.ptr + env.blocks.len - 1 - whole.ptr;
	error = verdict(key, whole.len);
	if (error == SUIT_OK &&
	    (verdict(key, in_manifest) != SUIT_ERR_MANIFEST_DIGEST ||
	     verdict(key, in_signature) != SUIT_ERR_SIGNATURE))
		error = SUIT_ERR_CRYPTO;
	return error;
}

int suit_selftest(void)
{
	struct suit_slice bytes = { selftest_key, sizeof(selftest_key) };
	static const u8 owner[] = "self-test";
	struct suit_slice name = { owner, sizeof(owner) - 1 };
	struct suit_key key;
	enum suit_error error;

	error = suit_cose_key_decode(bytes, &key);
	key.handle = NULL;
	key.revoked = false;
	key.authority = 0;
	if (error == SUIT_OK)
		error = suit_keyring_add(&key, name);
	if (error == SUIT_OK) {
		error = known_answers(&key);
		suit_keyring_drop(&key);
	}
	if (error == SUIT_OK)
		return 0;
	pr_err("self-test failed: %s\n", suit_error_name(error));
	return -ENOTRECOVERABLE;
}

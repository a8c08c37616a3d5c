// SPDX-License-Identifier: GPL-2.0-only
#include "keyring.h"

#include <crypto/public_key.h>
#include <keys/asymmetric-type.h>
#include <linux/cred.h>
#include <linux/key-type.h>
#include <linux/key.h>
#include <linux/seq_file.h>
#include <linux/slab.h>

#define SUIT_KEY_PERM ((KEY_POS_ALL & ~KEY_POS_SETATTR) | KEY_USR_VIEW | \
		       KEY_USR_READ | KEY_USR_SEARCH)

static struct key *ring;
static atomic64_t made = ATOMIC64_INIT(0);

/**
 * struct ec_key - payload of a ".suit_key"
 * @pub: for the public-key code; points at @point
 * @point: 0x04 || x || y
 */
struct ec_key {
	struct public_key pub;
	u8 point[1 + 2 * 48];
};

static int ec_preparse(struct key_preparsed_payload *prep)
{
	const struct suit_key *from = prep->data;
	struct ec_key *ec;

	if (prep->datalen != sizeof(*from) ||
	    from->x.len + from->y.len > sizeof(ec->point) - 1)
		return -EINVAL;
	ec = kzalloc(sizeof(*ec), GFP_KERNEL);
	if (!ec)
		return -ENOMEM;
	ec->point[0] = 4;
	memcpy(ec->point + 1, from->x.ptr, from->x.len);
	memcpy(ec->point + 1 + from->x.len, from->y.ptr, from->y.len);
	ec->pub.key = ec->point;
	ec->pub.keylen = 1 + from->x.len + from->y.len;
	ec->pub.id_type = "SUIT";
	ec->pub.pkey_algo = from->crv == SUIT_CRV_P256 ? "ecdsa-nist-p256" :
							 "ecdsa-nist-p384";
	prep->payload.data[0] = ec;
	prep->quotalen = sizeof(*ec);
	return 0;
}

static void ec_free_preparse(struct key_preparsed_payload *prep)
{
	kfree(prep->payload.data[0]);
}

static void ec_destroy(struct key *key)
{
	kfree(key->payload.data[0]);
}

static void ec_describe(const struct key *key, struct seq_file *m)
{
	const struct ec_key *ec = key->payload.data[0];

	seq_puts(m, key->description);
	if (key_is_positive(key))
		seq_printf(m, ": %s", ec->pub.pkey_algo);
}

static struct key_type key_type_suit = {
	.name = ".suit_key",
	.preparse = ec_preparse,
	.free_preparse = ec_free_preparse,
	.instantiate = generic_key_instantiate,
	.destroy = ec_destroy,
	.describe = ec_describe,
};

int suit_key_verify(struct key *key, const struct public_key_signature *sig)
{
	const struct ec_key *ec;

	if (key->type != &key_type_suit)
		return verify_signature(key, sig);
	ec = key->payload.data[0];
	return public_key_verify_signature(&ec->pub, sig);
}

/* Is the certificate's key an EC key of the curve that @alg needs? */
static bool certificate_fits(const struct key *key, s32 alg)
{
	const struct public_key *pub = key->payload.data[asym_crypto];
	const char *curve = "ecdsa-nist-p256";

	if (alg == SUIT_ALG_ES384 || alg == SUIT_ALG_ESP384)
		curve = "ecdsa-nist-p384";
	return pub && !strcmp(pub->pkey_algo, curve);
}

static bool alg_usable(s32 alg)
{
	return alg == SUIT_ALG_ES256 || alg == SUIT_ALG_ESP256 ||
	       alg == SUIT_ALG_ES384 || alg == SUIT_ALG_ESP384;
}

enum suit_error suit_keyring_add(struct suit_key *from,
				 struct suit_slice authority)
{
	bool cose = from->form == SUIT_KEY_COSE;
	key_ref_t ref;
	struct key *key;
	char *name;

	if (!alg_usable(from->alg))
		return SUIT_ERR_KEY_TYPE;
	/* a number, because a second key of that name would replace the first */
	name = kasprintf(GFP_KERNEL, "%.*s #%lld: %*phN", (int)authority.len,
			 authority.ptr, atomic64_inc_return(&made),
			 (int)min(from->kid.len, 16UL), from->kid.ptr);
	if (!name)
		return SUIT_ERR_MEMORY;
	ref = key_create_or_update(make_key_ref(ring, 1),
				   cose ? ".suit_key" : "asymmetric", name,
				   cose ? (const void *)from : from->bytes.ptr,
				   cose ? sizeof(*from) : from->bytes.len,
				   SUIT_KEY_PERM, KEY_ALLOC_NOT_IN_QUOTA |
				   KEY_ALLOC_BYPASS_RESTRICTION);
	kfree(name);
	if (IS_ERR(ref))
		return PTR_ERR(ref) == -ENOMEM ? SUIT_ERR_MEMORY :
						 SUIT_ERR_KEY_FORM;
	key = key_ref_to_ptr(ref);
	if (!cose && !certificate_fits(key, from->alg)) {
		key_unlink(ring, key);
		key_put(key);
		return SUIT_ERR_KEY_TYPE;
	}
	from->handle = key;
	return SUIT_OK;
}

void suit_keyring_drop(struct suit_key *key)
{
	if (!key->handle)
		return;
	key_unlink(ring, key->handle);
	key_revoke(key->handle);
	key_put(key->handle);
	key->handle = NULL;
}

int suit_keyring_init(void)
{
	int ret = register_key_type(&key_type_suit);

	if (ret)
		return ret;
	ring = keyring_alloc(".suitgate", GLOBAL_ROOT_UID, GLOBAL_ROOT_GID,
			     current_cred(), SUIT_KEY_PERM,
			     KEY_ALLOC_NOT_IN_QUOTA, NULL, NULL);
	if (IS_ERR(ring)) {
		unregister_key_type(&key_type_suit);
		return PTR_ERR(ring);
	}
	return 0;
}

void suit_keyring_exit(void)
{
	key_revoke(ring);
	key_put(ring);
	unregister_key_type(&key_type_suit);
}

// SPDX-License-Identifier: GPL-2.0-or-later
#include "key.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "crypto.h"
#include "tap.h"
#include "vector.h"

/* What a kind of key can do, and where its file says what it is. */
struct kind {
	const char *kty, *crv;
	s32 alg[2];
	u8 curve;
	const char *x, *y;
};

static const struct kind kinds[] = {
	{ "EC2", "P-256", { SUIT_ALG_ES256, SUIT_ALG_ESP256 }, SUIT_CRV_P256,
	  "x", "y" },
	{ "OKP", "Ed25519", { SUIT_ALG_EDDSA, SUIT_ALG_ED25519 },
	  SUIT_CRV_ED25519, "x", NULL },
	{ "HSS-LMS (5)", NULL, { SUIT_ALG_HSS_LMS }, 0, "pub", NULL },
	{ "Symmetric", NULL, { SUIT_ALG_HMAC256 }, 0, "k", NULL },
};

static const struct kind *kind_of(sd_json_variant *file)
{
	const char *kty = json_text(file, "kty"), *crv = json_text(file, "crv");
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (!strcmp(kinds[i].kty, kty) &&
		    (!kinds[i].crv || !strcmp(kinds[i].crv, crv)))
			return &kinds[i];
	die("a key of an unknown kind: %s", kty);
}

static void *keep(struct keyring *ring, void *memory)
{
	if (!memory || ring->n_kept == 4 * MAX_TRUSTED)
		die("no memory");
	ring->kept[ring->n_kept++] = memory;
	return memory;
}

static struct suit_slice keep_hex(struct keyring *ring, const char *hex)
{
	size_t len = strlen(hex) / 2;

	return from_hex(hex, keep(ring, malloc(len + 1)), len);
}

static enum suit_error add_key(struct keyring *ring, const char *name,
			       struct suit_key *key)
{
	u32 n = ring->trust.n_keys;
	enum suit_error error = sg_crypto_import(key);

	if (error != SUIT_OK)
		return error;
	if (n == MAX_TRUSTED)
		die("too many keys");
	key->form = SUIT_KEY_COSE;
	key->authority = (u16)ring->trust.n_authorities;
	ring->key[n] = *key;
	ring->name[n] = name;
	ring->trust.n_keys++;
	return SUIT_OK;
}

/* A key in JSON. */
static enum suit_error add_described(struct keyring *ring, const char *name,
				     sd_json_variant *file)
{
	const struct kind *kind = kind_of(file);
	enum suit_error error, result = SUIT_ERR_KEY_TYPE;
	const char *kid = json_text(file, "kid");
	struct suit_key key;
	size_t i;

	for (i = 0; i < 2 && kind->alg[i]; i++) {
		key = (struct suit_key){
			.alg = kind->alg[i],
			.form = SUIT_KEY_COSE,
			.crv = kind->curve,
			.x = keep_hex(ring, json_text(file, kind->x)),
		};
		if (kind->y)
			key.y = keep_hex(ring, json_text(file, kind->y));
		if (kid) {
			key.kid.ptr = keep(ring, strdup(kid));
			key.kid.len = strlen(kid);
		}
		error = add_key(ring, name, &key);
		if (error == SUIT_OK)
			result = SUIT_OK;
	}
	return result;
}

/*
 * A COSE_Key with its private half, members in any order: what the core itself
 * refuses, so its public half is picked out here.
 */
static enum suit_error add_private(struct keyring *ring, const char *name,
				   struct suit_slice bytes)
{
	struct suit_key key = { .form = SUIT_KEY_COSE };
	struct suit_cursor cur;
	s64 label;
	u32 n;

	keep(ring, (void *)bytes.ptr);
	suit_cursor_init(&cur, bytes);
	for (n = suit_cbor_map(&cur); n; n--) {
		label = suit_cbor_int(&cur);
		if (label == SUIT_KEY_KID)
			key.kid = suit_cbor_bstr(&cur);
		else if (label == SUIT_KEY_ALG)
			key.alg = (s32)suit_cbor_int(&cur);
		else if (label == SUIT_KEY_CRV)
			key.x = suit_cbor_bstr(&cur);
		else
			suit_cbor_item(&cur);
	}
	if (suit_cursor_end(&cur) != SUIT_OK || !key.x.ptr)
		die("%s is no key", name);
	return add_key(ring, name, &key);
}

enum suit_error keyring_add(struct keyring *ring, const char *name)
{
	struct suit_authority *owner;
	enum suit_error error;
	sd_json_variant *file;
	char path[256];

	owner = &ring->authority[ring->trust.n_authorities];
	*owner = (struct suit_authority){
		.name = { (const u8 *)name, strlen(name) },
		.role = SUIT_ROLE_VENDOR,
		.threshold = 1,
	};
	ring->trust.authority = ring->authority;
	ring->trust.key = ring->key;
	snprintf(path, sizeof(path), "keys/%s.json", name);
	if (!access(path, R_OK)) {
		file = read_json(path);
		error = add_described(ring, name, file);
		sd_json_variant_unref(file);
	} else {
		snprintf(path, sizeof(path), "keys/%s", name);
		error = add_private(ring, name, read_file(path));
	}
	if (error == SUIT_OK)
		ring->trust.n_authorities++;
	return error;
}

void keyring_add_all(struct keyring *ring)
{
	static const char *const names[] = {
		"suit-example-p256", "suit-fwenc-distributor-p256",
		"suit-fwenc-receiver-p256", "derived-ed25519",
		"suit-fwenc-hmac256", "hss-lms-itsbig",
		"ml-dsa-44.priv.cosekey.cbor", "ml-dsa-65.priv.cosekey.cbor",
		"ml-dsa-87.priv.cosekey.cbor",
	};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		keyring_add(ring, names[i]);
}

void keyring_free(struct keyring *ring)
{
	u32 i;

	for (i = 0; i < ring->trust.n_keys; i++)
		sg_crypto_release(&ring->key[i]);
	for (i = 0; i < ring->n_kept; i++)
		free(ring->kept[i]);
	memset(ring, 0, sizeof(*ring));
}

// SPDX-License-Identifier: GPL-2.0-only
#include "trust.h"

#include <linux/mutex.h>
#include <linux/slab.h>

#include "crypto.h"
#include "keyring.h"
#include "registry.h"
#include "state.h"

/**
 * struct suit_blob - encoding of one authority, and its kernel keys
 * @ref: snapshots that use it
 * @keys: the kernel keys, dropped with the last snapshot
 * @n_keys: how many
 * @len: bytes of @data
 */
struct suit_blob {
	struct kref ref;
	struct suit_key *keys;
	u32 n_keys;
	size_t len;
	u8 data[];
};

/* Held while the snapshot is replaced; never by a decision. */
static DEFINE_MUTEX(lock);
/* Guards the pointer only. */
static DEFINE_SPINLOCK(current_lock);
static struct suit_trust_store *newest;

static void blob_release(struct kref *ref)
{
	struct suit_blob *blob = container_of(ref, struct suit_blob, ref);
	u32 i;

	for (i = 0; i < blob->n_keys; i++)
		suit_keyring_drop(&blob->keys[i]);
	kfree(blob->keys);
	kvfree(blob);
}

static void store_release(struct kref *ref)
{
	struct suit_trust_store *store =
		container_of(ref, struct suit_trust_store, ref);
	u32 i;

	for (i = 0; i < store->view.n_authorities; i++)
		kref_put(&store->blob[i]->ref, blob_release);
	kvfree(store);
}

struct suit_trust_store *suit_trust_get(void)
{
	struct suit_trust_store *store;

	spin_lock(&current_lock);
	store = newest;
	kref_get(&store->ref);
	spin_unlock(&current_lock);
	return store;
}

void suit_trust_put(struct suit_trust_store *store)
{
	kref_put(&store->ref, store_release);
}

static struct suit_trust_store *store_new(const struct suit_trust_store *from)
{
	struct suit_trust_store *store = kvzalloc(sizeof(*store), GFP_KERNEL);
	u32 i;

	if (!store)
		return NULL;
	if (from) {
		*store = *from;
		for (i = 0; i < from->view.n_authorities; i++)
			kref_get(&store->blob[i]->ref);
	}
	kref_init(&store->ref);
	store->view.authority = store->authority;
	store->view.key = store->key;
	return store;
}

static enum suit_error import_key(struct suit_key *key, struct suit_slice name)
{
	key->handle = NULL;
	if (key->form == SUIT_KEY_COSE && key->y.len &&
	    !suit_crypto_point_valid(key))
		return SUIT_ERR_KEY_FORM;
	return suit_keyring_add(key, name);
}

/* Decode the keys of an authority and make kernel keys of them. */
static enum suit_error blob_import(struct suit_blob *blob,
				   const struct suit_authority *authority)
{
	struct suit_cursor cur;
	enum suit_error error;
	u32 n, i;

	suit_cursor_init(&cur, authority->keys);
	/* the decoder counted them: @keys is the items without their head */
	for (n = 0; cur.left; n++) {
		struct suit_key key;

		error = suit_trust_key_next(&cur, &key);
		if (error != SUIT_OK)
			return error;
	}
	blob->keys = kcalloc(n, sizeof(*blob->keys), GFP_KERNEL);
	if (!blob->keys)
		return SUIT_ERR_MEMORY;
	suit_cursor_init(&cur, authority->keys);
	for (i = 0; i < n; i++) {
		error = suit_trust_key_next(&cur, &blob->keys[i]);
		if (error == SUIT_OK)
			error = import_key(&blob->keys[i], authority->name);
		if (error != SUIT_OK)
			return error;
		blob->n_keys++;
	}
	return SUIT_OK;
}

/* A copy of what the authority's slices point to, and its own slices. */
static struct suit_blob *blob_new(const struct suit_authority *from,
				  struct suit_authority *out)
{
	size_t len = from->name.len + from->keys.len + from->prefixes.len;
	struct suit_blob *blob = kvzalloc(sizeof(*blob) + len, GFP_KERNEL);
	u8 *at;

	if (!blob)
		return NULL;
	kref_init(&blob->ref);
	blob->len = len;
	at = blob->data;
	*out = *from;
	/* the kernel follows no dependencies */
	out->dependencies.ptr = NULL;
	out->dependencies.len = 0;
	memcpy(at, from->name.ptr, from->name.len);
	out->name.ptr = at;
	at += from->name.len;
	memcpy(at, from->keys.ptr, from->keys.len);
	out->keys.ptr = at;
	at += from->keys.len;
	memcpy(at, from->prefixes.ptr, from->prefixes.len);
	out->prefixes.ptr = at;
	return blob;
}

static int find_authority(const struct suit_trust_store *store,
			  struct suit_slice name)
{
	u32 i;

	for (i = 0; i < store->view.n_authorities; i++)
		if (suit_slice_equal(store->authority[i].name, name))
			return i;
	return -1;
}

static bool key_revoked(const struct suit_trust_store *store,
			const struct suit_key *key)
{
	u8 print[32];
	unsigned int i;

	if (suit_cose_key_thumbprint(key, &suit_crypto, print) != SUIT_OK)
		return true;
	for (i = 0; i < store->n_revoked_keys; i++)
		if (!memcmp(store->revoked_key[i], print, sizeof(print)))
			return true;
	return false;
}

/* The flat key table follows from the authorities. */
static enum suit_error rebuild_keys(struct suit_trust_store *store)
{
	u32 i, j, n = 0;

	for (i = 0; i < store->view.n_authorities; i++) {
		const struct suit_blob *blob = store->blob[i];

		for (j = 0; j < blob->n_keys; j++) {
			if (n == SUIT_MAX_KEYS)
				return SUIT_ERR_TRUST_SIZE;
			store->key[n] = blob->keys[j];
			store->key[n].authority = i;
			store->key[n].revoked =
				key_revoked(store, &blob->keys[j]);
			n++;
		}
	}
	store->view.n_keys = n;
	return SUIT_OK;
}

static enum suit_error op_add(struct suit_trust_store *store,
			      const struct suit_authority *authority)
{
	int index = find_authority(store, authority->name);
	struct suit_authority copy;
	struct suit_blob *blob;
	enum suit_error error;

	if (index < 0 && store->view.n_authorities == SUIT_MAX_AUTHORITIES)
		return SUIT_ERR_TRUST_SIZE;
	blob = blob_new(authority, &copy);
	if (!blob)
		return SUIT_ERR_MEMORY;
	error = blob_import(blob, &copy);
	if (error != SUIT_OK) {
		kref_put(&blob->ref, blob_release);
		return error;
	}
	if (index < 0)
		index = store->view.n_authorities++;
	else
		kref_put(&store->blob[index]->ref, blob_release);
	store->blob[index] = blob;
	store->authority[index] = copy;
	return SUIT_OK;
}

static enum suit_error op_retire(struct suit_trust_store *store,
				 const struct suit_trust_operation *op)
{
	int index = find_authority(store, op->name);

	if (index < 0)
		return SUIT_ERR_TRUST_UNKNOWN;
	store->authority[index].retired = true;
	store->authority[index].last = op->last;
	return SUIT_OK;
}

static enum suit_error op_revoke_key(struct suit_trust_store *store,
				     const struct suit_trust_operation *op)
{
	if (store->n_revoked_keys == SUIT_MAX_REVOKED)
		return SUIT_ERR_TRUST_SIZE;
	memcpy(store->revoked_key[store->n_revoked_keys++], op->thumbprint.ptr,
	       32);
	return SUIT_OK;
}

static enum suit_error op_revoke_digest(struct suit_trust_store *store,
					const struct suit_trust_operation *op)
{
	if (store->n_revoked == SUIT_MAX_REVOKED)
		return SUIT_ERR_TRUST_SIZE;
	store->revoked[store->n_revoked].alg = op->digest.alg;
	memcpy(store->revoked[store->n_revoked++].value, op->digest.value.ptr,
	       op->digest.value.len);
	return SUIT_OK;
}

static enum suit_error apply_one(struct suit_trust_store *store,
				 const struct suit_trust_operation *op)
{
	switch (op->op) {
	case SUIT_TRUST_ADD:
		return op_add(store, &op->authority);
	case SUIT_TRUST_RETIRE:
		return op_retire(store, op);
	case SUIT_TRUST_REVOKE_KEY:
		return op_revoke_key(store, op);
	case SUIT_TRUST_REVOKE_DIGEST:
		return op_revoke_digest(store, op);
	default:
		return SUIT_ERR_TRUST_FORM;
	}
}

static enum suit_error apply_all(struct suit_trust_store *store,
				 const struct suit_trust_bundle *bundle)
{
	struct suit_trust_operation op;
	struct suit_cursor cur;
	enum suit_error error;
	u32 i;

	suit_cursor_init(&cur, bundle->operations);
	for (i = 0; i < bundle->n_operations; i++) {
		error = suit_trust_operation_next(&cur, &op);
		if (error == SUIT_OK)
			error = apply_one(store, &op);
		if (error != SUIT_OK)
			return error;
	}
	if (bundle->sequence > store->sequence)
		store->sequence = bundle->sequence;
	return rebuild_keys(store);
}

/* May this bundle change trust now? Decides before the statement is parsed. */
static enum suit_error admit(const struct suit_trust_bundle *bundle)
{
	if (!bundle->n_blocks)
		return suit_state_sealed() ? SUIT_ERR_SEALED : SUIT_OK;
	/* before the first authority there is nobody who could have signed */
	if (!newest->view.n_keys && !suit_state_sealed())
		return SUIT_OK;
	return suit_trust_authenticate(bundle, &newest->view, &suit_crypto);
}

static void publish(struct suit_trust_store *store)
{
	struct suit_trust_store *old;

	spin_lock(&current_lock);
	old = newest;
	newest = store;
	spin_unlock(&current_lock);
	suit_trust_put(old);
}

static enum suit_error apply(struct suit_trust_bundle *bundle)
{
	struct suit_trust_store *store;
	enum suit_error error;

	error = admit(bundle);
	if (error == SUIT_OK)
		error = suit_trust_decode(bundle);
	if (error != SUIT_OK)
		return error;
	if (suit_state_sealed() && bundle->sequence <= newest->sequence)
		return SUIT_ERR_TRUST_STALE;
	store = store_new(newest);
	if (!store)
		return SUIT_ERR_MEMORY;
	error = apply_all(store, bundle);
	if (error != SUIT_OK) {
		suit_trust_put(store);
		return error;
	}
	publish(store);
	suit_registry_trust_changed();
	return SUIT_OK;
}

enum suit_error suit_trust_apply(struct suit_slice bytes)
{
	struct suit_trust_bundle bundle;
	enum suit_error error;

	error = suit_trust_open(bytes, &bundle);
	if (error != SUIT_OK)
		return error;
	suit_state_hold();
	mutex_lock(&lock);
	error = apply(&bundle);
	mutex_unlock(&lock);
	suit_state_release();
	return error;
}

bool suit_trust_revoked(const struct suit_trust_store *store,
			struct suit_slice encoded_digest)
{
	struct suit_digest digest;
	unsigned int i;

	if (suit_digest_decode(encoded_digest, &digest) != SUIT_OK)
		return true;
	for (i = 0; i < store->n_revoked; i++)
		if (store->revoked[i].alg == digest.alg &&
		    !memcmp(store->revoked[i].value, digest.value.ptr,
			    digest.value.len))
			return true;
	return false;
}

int suit_trust_init(void)
{
	newest = store_new(NULL);
	return newest ? 0 : -ENOMEM;
}

void suit_trust_exit(void)
{
	suit_trust_put(newest);
}

// SPDX-License-Identifier: GPL-2.0-only
#include "entry.h"

#include <linux/key.h>
#include <linux/mm.h>
#include <linux/slab.h>

#include "crypto.h"
#include "trust.h"

static void entry_release(struct kref *ref)
{
	struct suit_entry *entry = container_of(ref, struct suit_entry, ref);

	if (entry->trust)
		suit_trust_put(entry->trust);
	kvfree(entry->table);
	kvfree(entry->bytes);
	kfree(entry);
}

void suit_entry_put(struct suit_entry *entry)
{
	kref_put(&entry->ref, entry_release);
}

static enum suit_error open_catalogue(struct suit_entry *entry)
{
	if (!entry->manifest.catalogue)
		return SUIT_OK;
	entry->table = kvmalloc_array(entry->manifest.n_components,
				      sizeof(*entry->table), GFP_KERNEL);
	if (!entry->table)
		return SUIT_ERR_MEMORY;
	return suit_catalogue_open(&entry->catalogue, &entry->manifest,
				   entry->table);
}

/* Who signed, and for whom may they speak? Uses entry->trust. */
static enum suit_error authenticate(struct suit_entry *entry)
{
	enum suit_error error;

	error = suit_envelope_authenticate(&entry->envelope,
					   &entry->trust->view, &suit_crypto,
					   &entry->auth);
	if (error != SUIT_OK)
		return error;
	if (suit_trust_revoked(entry->trust, entry->envelope.digest))
		return SUIT_ERR_DIGEST_REVOKED;
	return SUIT_OK;
}

static enum suit_error entitle(struct suit_entry *entry)
{
	return suit_manifest_authority(&entry->manifest, &entry->trust->view,
				       &entry->auth, &entry->authority);
}

static enum suit_error verify(struct suit_entry *entry, size_t len)
{
	struct suit_slice bytes = { entry->bytes, len };
	enum suit_error error;

	error = suit_envelope_open(&entry->envelope, bytes);
	if (error == SUIT_OK)
		error = authenticate(entry);
	if (error == SUIT_OK)
		error = suit_manifest_open(&entry->manifest, &entry->envelope,
					   &suit_crypto, SUIT_PROFILE_KERNEL);
	if (error == SUIT_OK)
		error = open_catalogue(entry);
	if (error == SUIT_OK)
		error = entitle(entry);
	if (error == SUIT_OK)
		error = suit_digest_decode(entry->envelope.digest,
					   &entry->digest);
	return error;
}

enum suit_error suit_entry_new(void *bytes, size_t len,
			       struct suit_entry **out)
{
	struct suit_entry *entry = kzalloc(sizeof(*entry), GFP_KERNEL);
	enum suit_error error;

	if (!entry) {
		kvfree(bytes);
		return SUIT_ERR_MEMORY;
	}
	kref_init(&entry->ref);
	INIT_LIST_HEAD(&entry->link);
	entry->bytes = bytes;
	entry->trust = suit_trust_get();
	error = verify(entry, len);
	if (error != SUIT_OK) {
		suit_entry_put(entry);
		return error;
	}
	*out = entry;
	return SUIT_OK;
}

enum suit_error suit_entry_renew(struct suit_entry *entry)
{
	struct suit_trust_store *newest = suit_trust_get();
	enum suit_error error;

	if (newest == entry->trust) {
		suit_trust_put(newest);
		return SUIT_OK;
	}
	suit_trust_put(entry->trust);
	entry->trust = newest;
	error = authenticate(entry);
	return error == SUIT_OK ? entitle(entry) : error;
}

enum suit_error suit_entry_component(const struct suit_entry *entry, u32 index,
				     struct suit_slice *id)
{
	struct suit_expected expected;

	if (entry->table)
		return suit_catalogue_row(&entry->catalogue, index, id,
					  &expected);
	return suit_manifest_component(&entry->manifest, index, id);
}

bool suit_entry_has(const struct suit_entry *entry, struct suit_slice id)
{
	struct suit_expected expected;
	u32 index;

	if (entry->table)
		return suit_catalogue_find(&entry->catalogue, id,
					   &expected) == SUIT_OK;
	return suit_manifest_find(&entry->manifest, id, &index) == SUIT_OK;
}

const struct suit_authority *
suit_entry_authority(const struct suit_entry *entry)
{
	return &entry->trust->authority[entry->authority];
}

/* A key may have been revoked by hand since: every decision looks again. */
static enum suit_error keys_valid(const struct suit_entry *entry)
{
	const struct suit_trust *view = &entry->trust->view;
	struct suit_auth auth = entry->auth;
	u32 i;

	for (i = 0; i < view->n_keys; i++)
		if (!view->key[i].handle || key_validate(view->key[i].handle))
			auth.valid[i / 64] &= ~(1ULL << (i % 64));
	return suit_authority_agrees(view, entry->authority, &auth) ?
		       SUIT_OK : SUIT_ERR_KEY_REVOKED;
}

enum suit_error suit_entry_decide(const struct suit_entry *entry,
				  struct suit_slice id,
				  const struct suit_platform *platform)
{
	struct suit_process *proc;
	enum suit_error error;
	u32 index;

	error = keys_valid(entry);
	if (error != SUIT_OK)
		return error;
	if (entry->table)
		return suit_decide_catalogue(&entry->catalogue, id, platform);
	error = suit_manifest_find(&entry->manifest, id, &index);
	if (error != SUIT_OK)
		return error;
	proc = kmalloc(sizeof(*proc), GFP_KERNEL);
	if (!proc)
		return SUIT_ERR_MEMORY;
	error = suit_decide(proc, &entry->manifest, index, platform);
	kfree(proc);
	return error;
}

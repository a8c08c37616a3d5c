// SPDX-License-Identifier: GPL-2.0-only
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include "registry.h"

#include <linux/list.h>
#include <linux/rwsem.h>
#include <linux/slab.h>

#include "entry.h"
#include "floor.h"
#include "sidecar.h"
#include "trust.h"

/* Loaded manifests, newest load first. Read while deciding, which may sleep. */
static LIST_HEAD(entries);
static u32 n_entries;
static DECLARE_RWSEM(lock);

static bool has_digest(const struct suit_entry *entry, s32 alg,
		       const u8 *digest)
{
	return entry->digest.alg == alg &&
	       !memcmp(entry->digest.value.ptr, digest,
		       entry->digest.value.len);
}

static struct suit_entry *find(s32 alg, const u8 *digest)
{
	struct suit_entry *entry;

	list_for_each_entry(entry, &entries, link)
		if (has_digest(entry, alg, digest))
			return entry;
	return NULL;
}

static bool same_authority(const struct suit_entry *a,
			   const struct suit_entry *b)
{
	return suit_slice_equal(suit_entry_authority(a)->name,
				suit_entry_authority(b)->name);
}

static bool is_vendor(const struct suit_entry *entry)
{
	return suit_entry_authority(entry)->role == SUIT_ROLE_VENDOR;
}

/* Do the two speak of one component? Walks the ids of the smaller one. */
static bool overlap(const struct suit_entry *a, const struct suit_entry *b)
{
	struct suit_slice id;
	u32 i;

	if (a->manifest.n_components > b->manifest.n_components)
		swap(a, b);
	for (i = 0; i < a->manifest.n_components; i++)
		if (suit_entry_component(a, i, &id) == SUIT_OK &&
		    suit_entry_has(b, id))
			return true;
	return false;
}

/* A component has one vendor; the first keeps it until an explicit handover. */
static bool owned_by_other(const struct suit_entry *entry)
{
	const struct suit_entry *other;

	if (!is_vendor(entry))
		return false;
	list_for_each_entry(other, &entries, link)
		if (is_vendor(other) && !same_authority(entry, other) &&
		    overlap(entry, other))
			return true;
	return false;
}

/*
 * The same manifest again, perhaps with other signatures: those that come last
 * count, when they are the same authority's.
 */
static void replace(struct suit_entry *old, struct suit_entry *entry)
{
	if (!same_authority(old, entry))
		return;
	entry->delivered = old->delivered;
	kref_get(&entry->ref);
	list_replace_init(&old->link, &entry->link);
	suit_entry_put(old);
}

static enum suit_error insert(struct suit_entry *entry)
{
	struct suit_entry *old;
	enum suit_error error;

	/* trust may have changed since it was verified */
	error = suit_entry_renew(entry);
	if (error != SUIT_OK)
		return error;
	old = find(entry->digest.alg, entry->digest.value.ptr);
	if (old) {
		replace(old, entry);
		return SUIT_OK;
	}
	if (owned_by_other(entry))
		return SUIT_ERR_OWNED;
	kref_get(&entry->ref);
	list_add(&entry->link, &entries);
	n_entries++;
	return SUIT_OK;
}

enum suit_error suit_registry_load(void *bytes, size_t len,
				   struct suit_entry **out)
{
	struct suit_entry *entry;
	enum suit_error error;

	error = suit_entry_new(bytes, len, &entry);
	if (error != SUIT_OK)
		return error;
	error = suit_floor_check(entry, (struct suit_slice){ NULL, 0 });
	if (error == SUIT_OK) {
		down_write(&lock);
		error = insert(entry);
		up_write(&lock);
	}
	if (error == SUIT_OK)
		*out = entry;
	else
		suit_entry_put(entry);
	return error;
}

static void remove(struct suit_entry *entry)
{
	list_del_init(&entry->link);
	n_entries--;
	suit_entry_put(entry);
}

int suit_registry_unload(s32 alg, const u8 *digest)
{
	struct suit_entry *entry;
	int ret = -ENOENT;

	down_write(&lock);
	entry = find(alg, digest);
	if (entry) {
		remove(entry);
		ret = 0;
	}
	up_write(&lock);
	return ret;
}

enum suit_error suit_registry_confirm(s32 alg, const u8 *digest, bool jump)
{
	enum suit_error error = SUIT_ERR_NOT_DELIVERED;
	struct suit_entry *entry;

	down_write(&lock);
	entry = find(alg, digest);
	/* what is loaded now may have come as a sidecar before */
	if (entry && entry->delivered)
		kref_get(&entry->ref);
	else
		entry = suit_sidecar_find(alg, digest);
	if (entry && entry->delivered)
		error = suit_floor_confirm(entry, jump);
	up_write(&lock);
	if (entry)
		suit_entry_put(entry);
	return error;
}

static void fill(struct suit_outcome *out, const struct suit_entry *entry)
{
	const struct suit_authority *who = suit_entry_authority(entry);

	out->sequence_number = entry->manifest.sequence_number;
	memcpy(out->manifest, entry->digest.value.ptr, sizeof(out->manifest));
	scnprintf(out->authority, sizeof(out->authority), "%.*s",
		  (int)who->name.len, who->name.ptr);
}

/* One manifest's word about @id; the newest manifest's refusal is reported. */
static void judge(struct suit_entry *entry, struct suit_slice id,
		  const struct suit_platform *platform,
		  struct suit_outcome *out)
{
	enum suit_error error = suit_floor_check(entry, id);

	if (error == SUIT_OK)
		error = suit_entry_decide(entry, id, platform);
	if (error != SUIT_OK && out->error != SUIT_ERR_NO_MANIFEST &&
	    entry->manifest.sequence_number < out->sequence_number)
		return;
	fill(out, entry);
	out->error = error;
	if (error == SUIT_OK)
		WRITE_ONCE(entry->delivered, true);
}

/* Once a vendor speaks of a component, a bless does not count for it. */
static bool vendor_speaks(struct suit_slice id)
{
	const struct suit_entry *entry;

	list_for_each_entry(entry, &entries, link)
		if (is_vendor(entry) && suit_entry_has(entry, id))
			return true;
	return false;
}

static void decide_loaded(struct suit_slice id,
			  const struct suit_platform *platform,
			  struct suit_outcome *out)
{
	bool vendor = vendor_speaks(id);
	struct suit_entry *entry;

	list_for_each_entry(entry, &entries, link) {
		if ((vendor && !is_vendor(entry)) || !suit_entry_has(entry, id))
			continue;
		judge(entry, id, platform, out);
		if (out->error == SUIT_OK)
			return;
	}
}

static void decide_sidecar(struct suit_slice id, const char *path,
			   const struct suit_platform *platform,
			   struct suit_outcome *out)
{
	struct suit_entry *entry;
	enum suit_error error;

	error = suit_sidecar_read(path, &entry);
	if (error != SUIT_OK) {
		out->error = error;
		return;
	}
	out->sidecar = true;
	if (suit_entry_has(entry, id)) {
		judge(entry, id, platform, out);
	} else {
		fill(out, entry);
		out->error = SUIT_ERR_COMPONENT_ABSENT;
	}
	suit_entry_put(entry);
}

void suit_registry_decide(struct suit_slice id, const char *path,
			  const struct suit_platform *platform,
			  struct suit_outcome *out)
{
	memset(out, 0, sizeof(*out));
	out->error = SUIT_ERR_NO_MANIFEST;
	down_read(&lock);
	decide_loaded(id, platform, out);
	up_read(&lock);
	if (out->error == SUIT_ERR_NO_MANIFEST && path)
		decide_sidecar(id, path, platform, out);
}

static bool is_upload(struct suit_slice id)
{
	static const u8 name[] = "upload";
	struct suit_slice type = { name, sizeof(name) - 1 };

	return suit_slice_equal(suit_component_segment(id, 0), type);
}

/*
 * An upload has no name: any upload component may have these bytes, unless it
 * is only a bless that says so, and a vendor speaks of that component.
 */
static void decide_uploads_of(struct suit_entry *entry,
			      const struct suit_platform *platform,
			      struct suit_outcome *out)
{
	struct suit_slice id;
	u32 i;

	for (i = 0; i < entry->manifest.n_components; i++) {
		if (suit_entry_component(entry, i, &id) != SUIT_OK ||
		    !is_upload(id) || (!is_vendor(entry) && vendor_speaks(id)))
			continue;
		judge(entry, id, platform, out);
		if (out->error == SUIT_OK)
			return;
	}
}

void suit_registry_decide_upload(const struct suit_platform *platform,
				 struct suit_outcome *out)
{
	struct suit_entry *entry;

	memset(out, 0, sizeof(*out));
	out->error = SUIT_ERR_NO_MANIFEST;
	down_read(&lock);
	list_for_each_entry(entry, &entries, link) {
		decide_uploads_of(entry, platform, out);
		if (out->error == SUIT_OK)
			break;
	}
	up_read(&lock);
}

void suit_registry_trust_changed(void)
{
	struct suit_entry *entry, *next;

	down_write(&lock);
	list_for_each_entry_safe(entry, next, &entries, link) {
		enum suit_error error = suit_entry_renew(entry);

		if (error == SUIT_OK)
			continue;
		pr_notice("manifest %*phN dropped: %s\n", 8,
			  entry->digest.value.ptr, suit_error_name(error));
		remove(entry);
	}
	up_write(&lock);
	suit_sidecar_flush();
}

void suit_registry_count(u32 *manifests, u32 *sidecars)
{
	*manifests = READ_ONCE(n_entries);
	*sidecars = suit_sidecar_count();
}

void suit_registry_each(void (*show)(const struct suit_entry *entry,
				     void *context), void *context)
{
	const struct suit_entry *entry;

	down_read(&lock);
	list_for_each_entry(entry, &entries, link)
		show(entry, context);
	up_read(&lock);
}

void suit_registry_exit(void)
{
	struct suit_entry *entry, *next;

	list_for_each_entry_safe(entry, next, &entries, link)
		remove(entry);
	suit_sidecar_flush();
}

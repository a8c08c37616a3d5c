// SPDX-License-Identifier: GPL-2.0-only
#include "sidecar.h"

#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/sizes.h>
#include <linux/slab.h>

#include "crypto.h"
#include "entry.h"
#include "file.h"

#define SUIT_SIDECARS 32
/* A severed envelope: authentication and a general manifest, no payload. */
#define SUIT_MAX_SIDECAR (SUIT_MAX_MANIFEST + SZ_16K)

/**
 * struct slot - one cached sidecar
 * @digest: SHA-256 of the file's bytes
 * @used: for the least recently used
 */
struct slot {
	struct suit_entry *entry;
	u64 used;
	u8 digest[32];
};

static struct slot cache[SUIT_SIDECARS];
static u64 clock;
static DEFINE_MUTEX(lock);

static struct suit_entry *cached(const u8 *digest)
{
	unsigned int i;

	for (i = 0; i < SUIT_SIDECARS; i++) {
		if (!cache[i].entry || memcmp(cache[i].digest, digest, 32))
			continue;
		cache[i].used = ++clock;
		kref_get(&cache[i].entry->ref);
		return cache[i].entry;
	}
	return NULL;
}

static void keep(struct suit_entry *entry, const u8 *digest)
{
	struct slot *oldest = &cache[0];
	unsigned int i;

	for (i = 0; i < SUIT_SIDECARS; i++)
		if (!cache[i].entry || cache[i].used < oldest->used)
			oldest = &cache[i];
	if (oldest->entry)
		suit_entry_put(oldest->entry);
	kref_get(&entry->ref);
	oldest->entry = entry;
	oldest->used = ++clock;
	memcpy(oldest->digest, digest, 32);
}

static enum suit_error verify(void *bytes, size_t len, struct suit_entry **out)
{
	struct suit_slice whole = { bytes, len };
	enum suit_error error;
	u8 digest[32];

	error = suit_crypto.ops->digest(suit_crypto.ctx, SUIT_ALG_SHA256,
					&whole, 1, digest);
	if (error != SUIT_OK) {
		kvfree(bytes);
		return error;
	}
	mutex_lock(&lock);
	*out = cached(digest);
	if (*out) {
		kvfree(bytes);
	} else {
		error = suit_entry_new(bytes, len, out);
		if (error == SUIT_OK)
			keep(*out, digest);
	}
	mutex_unlock(&lock);
	return error;
}

/* What opening or reading the sidecar said. Only its absence is no answer. */
static enum suit_error error_of(int ret)
{
	switch (ret) {
	case -ENOENT:
	case -ENOTDIR:
		return SUIT_ERR_NO_MANIFEST;
	case -EFBIG:
		return SUIT_ERR_MANIFEST_SIZE;
	case -ENOMEM:
		return SUIT_ERR_MEMORY;
	default:
		return SUIT_ERR_OPERATION;
	}
}

enum suit_error suit_sidecar_read(const char *path, struct suit_entry **out)
{
	char *name = kasprintf(GFP_KERNEL, "%s.suit", path);
	void *bytes;
	size_t len;
	int ret;

	if (!name)
		return SUIT_ERR_MEMORY;
	ret = suit_file_read(name, SUIT_MAX_SIDECAR, &bytes, &len);
	kfree(name);
	return ret ? error_of(ret) : verify(bytes, len, out);
}

struct suit_entry *suit_sidecar_find(s32 alg, const u8 *digest)
{
	struct suit_entry *found = NULL;
	unsigned int i;

	mutex_lock(&lock);
	for (i = 0; i < SUIT_SIDECARS && !found; i++)
		if (cache[i].entry && cache[i].entry->digest.alg == alg &&
		    !memcmp(cache[i].entry->digest.value.ptr, digest,
			    cache[i].entry->digest.value.len)) {
			found = cache[i].entry;
			kref_get(&found->ref);
		}
	mutex_unlock(&lock);
	return found;
}

void suit_sidecar_flush(void)
{
	unsigned int i;

	mutex_lock(&lock);
	for (i = 0; i < SUIT_SIDECARS; i++) {
		if (cache[i].entry)
			suit_entry_put(cache[i].entry);
		cache[i].entry = NULL;
	}
	mutex_unlock(&lock);
}

u32 suit_sidecar_count(void)
{
	unsigned int i, n = 0;

	for (i = 0; i < SUIT_SIDECARS; i++)
		n += !!READ_ONCE(cache[i].entry);
	return n;
}

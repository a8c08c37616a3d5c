/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The manifests that were loaded through the device, and the small cache of
 * those read from beside their file.
 */
#ifndef SUITGATE_REGISTRY_H
#define SUITGATE_REGISTRY_H

#include "core/suit.h"

struct suit_entry;

/**
 * struct suit_outcome - what the registry has to say about a delivery
 * @error: SUIT_OK to deliver; SUIT_ERR_NO_MANIFEST when none speaks of it
 * @sidecar: a manifest beside the file decided
 * @sequence_number: of the manifest that decided
 * @manifest: first bytes of its digest
 * @authority: who speaks, NUL terminated
 */
struct suit_outcome {
	enum suit_error error;
	bool sidecar;
	u64 sequence_number;
	u8 manifest[32];
	char authority[SUIT_MAX_AUTHORITY_NAME + 8];
};

/*
 * Verify and keep. Takes ownership of @bytes. On success *@out has a reference
 * for the caller. Loading the same manifest again is success.
 */
enum suit_error suit_registry_load(void *bytes, size_t len,
				   struct suit_entry **out);
/* Forget a loaded manifest. 0 or -ENOENT. */
int suit_registry_unload(s32 alg, const u8 *digest);
/* Confirm a manifest that delivered; see struct suitgate_confirm. */
enum suit_error suit_registry_confirm(s32 alg, const u8 *digest, bool jump);

/*
 * Decide about component @id. A loaded manifest comes first; with none, the
 * file @path + ".suit", when @path is not NULL.
 */
void suit_registry_decide(struct suit_slice id, const char *path,
			  const struct suit_platform *platform,
			  struct suit_outcome *out);
/* Is there a component of type "upload" whose image this is? */
void suit_registry_decide_upload(const struct suit_platform *platform,
				 struct suit_outcome *out);

/* Trust changed: what it no longer carries is dropped. */
void suit_registry_trust_changed(void);
/* Loaded manifests and cached sidecars. */
void suit_registry_count(u32 *manifests, u32 *sidecars);
/* Call @show for each loaded manifest, under the registry's lock. */
void suit_registry_each(void (*show)(const struct suit_entry *entry,
				     void *context), void *context);
void suit_registry_exit(void);

#endif /* SUITGATE_REGISTRY_H */

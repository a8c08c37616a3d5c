/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One verified manifest or catalogue that the gate keeps.
 */
#ifndef SUITGATE_ENTRY_H
#define SUITGATE_ENTRY_H

#include <linux/kref.h>
#include <linux/list.h>

#include "core/suit.h"

struct suit_trust_store;

/**
 * struct suit_entry - a verified manifest
 * @ref: references
 * @link: in the registry's list, or the sidecar cache's
 * @bytes: copy of the envelope
 * @envelope: opened over @bytes
 * @manifest: opened over @envelope with the kernel profile
 * @catalogue: for a catalogue, with @table
 * @table: rows of the catalogue, else NULL
 * @digest: of the manifest
 * @trust: the snapshot it was verified with
 * @auth: which keys of @trust signed
 * @authority: who speaks, index in @trust
 * @delivered: some bytes were delivered by it since boot
 */
struct suit_entry {
	struct kref ref;
	struct list_head link;
	void *bytes;
	struct suit_envelope envelope;
	struct suit_manifest manifest;
	struct suit_catalogue catalogue;
	struct suit_catalogue_entry *table;
	struct suit_digest digest;
	struct suit_trust_store *trust;
	struct suit_auth auth;
	u32 authority;
	bool delivered;
};

/*
 * Verify @len bytes and make an entry; takes ownership of @bytes (kvmalloc),
 * also on failure. Context: may sleep.
 */
enum suit_error suit_entry_new(void *bytes, size_t len,
			       struct suit_entry **out);
void suit_entry_put(struct suit_entry *entry);

/*
 * Verify it again when trust has changed since; replaces trust and authority.
 * Nobody else may use the entry meanwhile.
 */
enum suit_error suit_entry_renew(struct suit_entry *entry);

/* Component id by index, of either form. SUIT_ERR_COMPONENT_INDEX. */
enum suit_error suit_entry_component(const struct suit_entry *entry, u32 index,
				     struct suit_slice *id);
/* Does it speak of component @id? */
bool suit_entry_has(const struct suit_entry *entry, struct suit_slice id);

/* The verifier's verdict on the image that @platform shows. */
enum suit_error suit_entry_decide(const struct suit_entry *entry,
				  struct suit_slice id,
				  const struct suit_platform *platform);

const struct suit_authority *
suit_entry_authority(const struct suit_entry *entry);

#endif /* SUITGATE_ENTRY_H */

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What is remembered of an installation: a file per root manifest, written
 * before anything in use is touched.
 *
 *   record    = [ 1, manifest: SUIT_Digest, sequence-number uint, lineage,
 *                 [ * entry ], [ * reference ] ]
 *   lineage   = [ authority tstr, id: component-id ]
 *   entry     = [ component-id, kind uint, manifest: SUIT_Digest,
 *                 digest: SUIT_Digest / null, size uint, proven bool,
 *                 had-old bool, made uint, mode uint, uid uint, gid uint ]
 *   reference = [ lineage, component-id, digest: SUIT_Digest / null,
 *                 version: [ * int ] ]
 *
 * A lineage is what successive versions of a manifest have in common: who
 * speaks, and the manifest-component-id, else the first component.
 */
#ifndef SG_INSTALL_RECORD_H
#define SG_INSTALL_RECORD_H

#include "stage.h"

/* Entries, references a record may have. */
enum { SG_INSTALL_ENTRIES = 4096, SG_INSTALL_RECORD = 16 << 20 };

/**
 * struct sg_lineage - see above
 * @authority: NUL terminated
 * @id: @id_len: encoded component id
 */
struct sg_lineage {
	char authority[SUIT_MAX_AUTHORITY_NAME + 1];
	u8 id[SUIT_MAX_COMPONENT_ID];
	size_t id_len;
};

/**
 * struct sg_install_entry - one component that is changed
 * @candidate: to what; its place is found again after reading
 * @had_old: there was something before
 * @made: folders above it that were not there
 */
struct sg_install_entry {
	struct sg_candidate candidate;
	bool had_old;
	unsigned int made;
};

/**
 * struct sg_reference - a manifest refers to a component
 * @lineage: of the manifest
 * @id: @id_len: encoded component id
 * @digest: of the component then; @len 0: not known
 * @version: that the manifest brought; no integers: none
 */
struct sg_reference {
	struct sg_lineage lineage;
	u8 id[SUIT_MAX_COMPONENT_ID];
	size_t id_len;
	struct sg_gate_digest digest;
	struct suit_version version;
};

/**
 * struct sg_install_record - one root manifest
 * @manifest: its digest
 * @sequence_number: the author's
 * @lineage: of it
 * @entry: @n_entries: what it changes
 * @reference: @n_references: who refers to what, dependencies included
 */
struct sg_install_record {
	struct sg_gate_digest manifest;
	u64 sequence_number;
	struct sg_lineage lineage;
	struct sg_install_entry *entry;
	size_t n_entries;
	struct sg_reference *reference;
	size_t n_references;
};

/* A zeroed one is fine. */
void sg_install_record_free(struct sg_install_record *record);
/* One more, zeroed, or NULL. */
struct sg_install_entry *sg_install_add_entry(struct sg_install_record *record);
struct sg_reference *sg_install_add_reference(struct sg_install_record *record);

int sg_install_encode(const struct sg_install_record *record,
		      struct sg_buf *out, struct sg_error *err);
/* Checked in whole; places are found on @device. 0 or -1. */
int sg_install_decode(const struct sg_buf *bytes,
		      const struct sg_device *device,
		      struct sg_install_record *out, struct sg_error *err);

bool sg_lineage_equal(const struct sg_lineage *a, const struct sg_lineage *b);
/* Of a manifest that was opened and authenticated. */
void sg_lineage_of(const struct suit_manifest *m, struct suit_slice authority,
		   struct sg_lineage *out);
/* Copy a digest of the core. */
void sg_digest_copy(const struct suit_digest *from, struct sg_gate_digest *to);
bool sg_digest_same(const struct sg_gate_digest *a,
		    const struct sg_gate_digest *b);

#endif /* SG_INSTALL_RECORD_H */

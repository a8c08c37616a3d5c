// SPDX-License-Identifier: LGPL-2.1-or-later
#include "install_record.h"

#include <stdlib.h>
#include <string.h>

void sg_install_record_free(struct sg_install_record *record)
{
	free(record->entry);
	free(record->reference);
	*record = (struct sg_install_record){ 0 };
}

/* Room for one more at the end, zeroed. */
static void *grow(void *array, size_t n, size_t size)
{
	char *more;

	if (n == SG_INSTALL_ENTRIES)
		return NULL;
	more = reallocarray(array, n + 1, size);
	if (more)
		memset(more + n * size, 0, size);
	return more;
}

struct sg_install_entry *sg_install_add_entry(struct sg_install_record *record)
{
	struct sg_install_entry *entry;

	entry = grow(record->entry, record->n_entries, sizeof(*entry));
	if (!entry)
		return NULL;
	record->entry = entry;
	return &entry[record->n_entries++];
}

struct sg_reference *sg_install_add_reference(struct sg_install_record *record)
{
	struct sg_reference *reference;

	reference = grow(record->reference, record->n_references,
			 sizeof(*reference));
	if (!reference)
		return NULL;
	record->reference = reference;
	return &reference[record->n_references++];
}

bool sg_lineage_equal(const struct sg_lineage *a, const struct sg_lineage *b)
{
	return !strcmp(a->authority, b->authority) && a->id_len == b->id_len &&
	       !memcmp(a->id, b->id, a->id_len);
}

void sg_lineage_of(const struct suit_manifest *m, struct suit_slice authority,
		   struct sg_lineage *out)
{
	struct suit_slice id = m->component_id;

	memset(out, 0, sizeof(*out));
	memcpy(out->authority, authority.ptr, authority.len);
	if (!id.ptr && suit_manifest_component(m, suit_manifest_index(m, 0),
					       &id) != SUIT_OK)
		return;
	memcpy(out->id, id.ptr, id.len);
	out->id_len = id.len;
}

void sg_digest_copy(const struct suit_digest *from, struct sg_gate_digest *to)
{
	memset(to, 0, sizeof(*to));
	to->alg = from->alg;
	to->len = from->value.len;
	memcpy(to->value, from->value.ptr, from->value.len);
}

bool sg_digest_same(const struct sg_gate_digest *a,
		    const struct sg_gate_digest *b)
{
	return a->alg == b->alg && a->len == b->len &&
	       !memcmp(a->value, b->value, a->len);
}

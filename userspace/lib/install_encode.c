// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Records of installations, encoded.
 */
#include "cbor_write.h"
#include "install_record.h"

static void write_digest(struct sg_cbor_writer *w,
			 const struct sg_gate_digest *digest)
{
	if (!digest->len) {
		sg_cbor_write_null(w);
		return;
	}
	sg_cbor_write_array(w, 2);
	sg_cbor_write_int(w, digest->alg);
	sg_cbor_write_bytes(w, digest->value, digest->len);
}

static void write_lineage(struct sg_cbor_writer *w,
			  const struct sg_lineage *lineage)
{
	sg_cbor_write_array(w, 2);
	sg_cbor_write_text(w, lineage->authority);
	sg_cbor_write_raw(w, lineage->id, lineage->id_len);
}

static void write_entry(struct sg_cbor_writer *w,
			const struct sg_install_entry *entry)
{
	const struct sg_candidate *candidate = &entry->candidate;

	sg_cbor_write_array(w, 11);
	sg_cbor_write_raw(w, candidate->id, candidate->id_len);
	sg_cbor_write_uint(w, candidate->kind);
	write_digest(w, &candidate->manifest);
	write_digest(w, &candidate->digest);
	sg_cbor_write_uint(w, candidate->size);
	sg_cbor_write_bool(w, candidate->proven);
	sg_cbor_write_bool(w, entry->had_old);
	sg_cbor_write_uint(w, entry->made);
	sg_cbor_write_uint(w, candidate->attributes.mode);
	sg_cbor_write_uint(w, candidate->attributes.uid);
	sg_cbor_write_uint(w, candidate->attributes.gid);
}

static void write_reference(struct sg_cbor_writer *w,
			    const struct sg_reference *reference)
{
	u32 i;

	sg_cbor_write_array(w, 4);
	write_lineage(w, &reference->lineage);
	sg_cbor_write_raw(w, reference->id, reference->id_len);
	write_digest(w, &reference->digest);
	sg_cbor_write_array(w, reference->version.n);
	for (i = 0; i < reference->version.n; i++)
		sg_cbor_write_int(w, reference->version.part[i]);
}

int sg_install_encode(const struct sg_install_record *record,
		      struct sg_buf *out, struct sg_error *err)
{
	struct sg_cbor_writer w = { 0 };
	size_t i;

	sg_cbor_write_array(&w, 6);
	sg_cbor_write_uint(&w, 1);
	write_digest(&w, &record->manifest);
	sg_cbor_write_uint(&w, record->sequence_number);
	write_lineage(&w, &record->lineage);
	sg_cbor_write_array(&w, record->n_entries);
	for (i = 0; i < record->n_entries; i++)
		write_entry(&w, &record->entry[i]);
	sg_cbor_write_array(&w, record->n_references);
	for (i = 0; i < record->n_references; i++)
		write_reference(&w, &record->reference[i]);
	return sg_cbor_write_end(&w, out, err);
}

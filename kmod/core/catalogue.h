/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The catalogue form: one manifest that vouches for very many files, e.g.
 * everything a distribution ships. It is an ordinary SUIT manifest in a
 * straight line, so that one pass turns it into a sorted table:
 *
 *   components       strictly ascending by their encoded bytes
 *   shared sequence  for each component i, in order:
 *                    set-component-index i,
 *                    override-parameters { 3: image-digest, 14: image-size }
 *   validate         set-component-index true, image-match
 *   no other sequence, no dependencies
 *
 * A manifest of this form is a catalogue whatever its number of components
 * when it has more than SUIT_MAX_COMPONENTS; below, it is an ordinary manifest.
 */
#ifndef SUIT_CATALOGUE_H
#define SUIT_CATALOGUE_H

#include "manifest.h"

/**
 * struct suit_catalogue_entry - one row, offsets into the manifest's bytes
 * @id: of the encoded component id
 * @params: of the encoded parameter map
 */
struct suit_catalogue_entry {
	u32 id;
	u32 params;
};

/**
 * struct suit_catalogue - table over a retained manifest
 * @bytes: the manifest
 * @entry: sorted table, memory of the caller
 * @n: rows
 */
struct suit_catalogue {
	struct suit_slice bytes;
	const struct suit_catalogue_entry *entry;
	u32 n;
};

/**
 * struct suit_expected - what a file must be
 * @digest: its digest
 * @size: its size in bytes
 */
struct suit_expected {
	struct suit_digest digest;
	u64 size;
};

/*
 * Build the table. @table has room for m->n_components rows.
 * SUIT_ERR_CATALOGUE_FORM, SUIT_ERR_CATALOGUE_ORDER, SUIT_ERR_PARAMETER_FORM,
 * SUIT_ERR_COMPONENT_* or a CBOR error.
 */
enum suit_error suit_catalogue_open(struct suit_catalogue *cat,
				    const struct suit_manifest *m,
				    struct suit_catalogue_entry *table);
/* O(log n). SUIT_ERR_COMPONENT_ABSENT. */
enum suit_error suit_catalogue_find(const struct suit_catalogue *cat,
				    struct suit_slice id,
				    struct suit_expected *out);
/* Row @index: its id and what is expected. SUIT_ERR_COMPONENT_INDEX. */
enum suit_error suit_catalogue_row(const struct suit_catalogue *cat, u32 index,
				   struct suit_slice *id,
				   struct suit_expected *out);

#endif /* SUIT_CATALOGUE_H */

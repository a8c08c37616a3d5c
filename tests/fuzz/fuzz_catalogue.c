// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The catalogue form. Any manifest is held against it, whatever its number of
 * components: the rows that come out are those that went in.
 */
#include <stdlib.h>
#include <string.h>

#include "verify.h"

static void check_rows(struct fuzz_seam *seam, const struct suit_catalogue *cat)
{
	struct suit_expected by_row, by_id;
	struct suit_slice id, prev = { NULL, 0 };
	u32 i;

	for (i = 0; i < cat->n; i++) {
		MUST(suit_catalogue_row(cat, i, &id, &by_row) == SUIT_OK);
		MUST(!prev.ptr || suit_slice_compare(prev, id) < 0);
		MUST(suit_catalogue_find(cat, id, &by_id) == SUIT_OK);
		MUST(by_id.size == by_row.size &&
		     by_id.digest.value.ptr == by_row.digest.value.ptr);
		suit_decide_catalogue(cat, id, &seam->platform);
		prev = id;
	}
	MUST(suit_catalogue_row(cat, cat->n, &id, &by_row) ==
	     SUIT_ERR_COMPONENT_INDEX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct suit_catalogue_entry *table;
	struct suit_catalogue cat;
	struct suit_envelope env;
	struct suit_manifest m;
	struct fuzz_seam seam;
	struct suit_slice bytes;

	if (!fuzz_seam_init(&seam, data, size, &bytes) ||
	    !fuzz_authenticate(&seam, bytes, &env) ||
	    !fuzz_open(&seam, &m, &env, SUIT_PROFILE_KERNEL))
		return 0;
	table = calloc(m.n_components, sizeof(*table));
	if (table && suit_catalogue_open(&cat, &m, table) == SUIT_OK)
		check_rows(&seam, &cat);
	free(table);
	return 0;
}

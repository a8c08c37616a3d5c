// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The kernel's verdict on every component: delivered only when an image
 * matched, and only by an authority that speaks for all of the manifest.
 */
#include <string.h>

#include "verify.h"

static void decide_each(struct fuzz_seam *seam, const struct suit_manifest *m)
{
	struct suit_process proc;
	unsigned int before;
	u32 i;

	for (i = 0; i < m->n_components; i++) {
		before = seam->images;
		if (suit_decide(&proc, m, i, &seam->platform) == SUIT_OK)
			MUST(seam->images > before && proc.image_matched);
		MUST(proc.depth <= SUIT_MAX_SEQUENCE_DEPTH);
	}
	MUST(suit_decide(&proc, m, m->n_components, &seam->platform) ==
	     SUIT_ERR_COMPONENT_INDEX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct suit_envelope env;
	struct suit_manifest m;
	struct fuzz_seam seam;
	struct suit_slice bytes;

	if (fuzz_seam_init(&seam, data, size, &bytes) &&
	    fuzz_authenticate(&seam, bytes, &env) &&
	    fuzz_open(&seam, &m, &env, SUIT_PROFILE_KERNEL) && !m.catalogue)
		decide_each(&seam, &m);
	return 0;
}

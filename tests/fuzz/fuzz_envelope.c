// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Envelope and manifest as user space reads them: opened, authenticated, every
 * section run on a device that answers as the input says.
 */
#include <string.h>

#include "verify.h"

static void run_sections(struct fuzz_seam *seam, const struct suit_manifest *m)
{
	struct suit_params params[SUIT_MAX_COMPONENTS];
	struct suit_process proc;
	u32 section;

	suit_process_init(&proc, m, &seam->platform, params);
	for (section = 0; section < SUIT_SECTION_COUNT; section++) {
		suit_process_section(&proc, section);
		MUST(proc.steps <= SUIT_MAX_STEPS + 1);
		MUST(proc.depth <= SUIT_MAX_SEQUENCE_DEPTH);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct suit_envelope env;
	struct suit_manifest m;
	struct fuzz_seam seam;
	struct suit_slice bytes;

	if (fuzz_seam_init(&seam, data, size, &bytes) &&
	    fuzz_authenticate(&seam, bytes, &env) &&
	    fuzz_open(&seam, &m, &env, SUIT_PROFILE_FULL) && !m.catalogue)
		run_sections(&seam, &m);
	return 0;
}

// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Envelope and manifest as user space reads them: opened, authenticated, and
 * what is known of them then.
 */
#include "verify.h"

/* Sections are run by fuzz_procedure.c and fuzz_decide.c. */
static void check_opened(const struct suit_manifest *m)
{
	u64 commands = 0;
	u32 i;

	for (i = 0; i < SUIT_SECTION_COUNT; i++) {
		MUST(m->section[i].ptr || !m->commands[i]);
		commands |= m->commands[i];
	}
	MUST(m->catalogue || !(commands >> (SUIT_DIR_COPY_PARAMS + 1)));
	MUST(suit_sequence_effective(m) == SUIT_OK);
	MUST(!m->epoch);
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
		check_opened(&m);
	return 0;
}

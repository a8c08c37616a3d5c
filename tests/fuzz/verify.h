/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The steps that every user of the verifier takes, with what must hold after
 * each.
 */
#ifndef FUZZ_VERIFY_H
#define FUZZ_VERIFY_H

#include "fuzz.h"

/* Open and authenticate; false when refused. */
bool fuzz_authenticate(struct fuzz_seam *seam, struct suit_slice bytes,
		       struct suit_envelope *env);
/* Open with a profile; false when refused. */
bool fuzz_open(struct fuzz_seam *seam, struct suit_manifest *m,
	       const struct suit_envelope *env, enum suit_profile profile);

#endif /* FUZZ_VERIFY_H */

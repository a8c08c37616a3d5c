/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An author with a real key, whose manifests a fuzzer writes: P-256 through
 * OpenSSL, independent of the code under test.
 */
#ifndef FUZZ_RESIGN_H
#define FUZZ_RESIGN_H

#include "fuzz.h"

enum { RESIGN_SURPLUS = 192 };	/* bytes of an envelope around a manifest */

/* The key as the verifier gets it: a COSE_Key, ES256, kid "f". */
struct suit_slice resign_public_key(void);
/*
 * An envelope over @manifest, signed. @members, encoded pairs, follow.
 * Bytes written, or 0 when it does not fit @cap.
 */
size_t resign(struct suit_slice manifest, struct suit_slice members,
	      uint32_t n_members, uint8_t *out, size_t cap);

#endif /* FUZZ_RESIGN_H */

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Trust of the user-space judge: what the module keeps in its keyring, from
 * the same bundles, through the verifier's own decoder.
 */
#ifndef JUDGE_TRUST_H
#define JUDGE_TRUST_H

#include "core/suit.h"

struct judge_trust;

struct judge_trust *judge_trust_new(void);
void judge_trust_free(struct judge_trust *trust);
/* All operations of a bundle or none. */
enum suit_error judge_trust_apply(struct judge_trust *trust,
				  struct suit_slice bytes);
const struct suit_trust *judge_trust_keys(const struct judge_trust *trust);
/* Was the manifest with this encoded SUIT_Digest revoked? */
bool judge_trust_revoked(const struct judge_trust *trust,
			 struct suit_slice encoded);

#endif /* JUDGE_TRUST_H */

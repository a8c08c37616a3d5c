/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Trust in user space: what the module keeps in its keyring, from the same
 * bundles, through the verifier's own decoder.
 */
#ifndef SG_TRUST_SET_H
#define SG_TRUST_SET_H

#include "core/suit.h"

struct sg_trust_set;

/* Nobody is trusted yet; NULL when memory ran out. */
struct sg_trust_set *sg_trust_set_new(void);
/* NULL is fine. */
void sg_trust_set_free(struct sg_trust_set *trust);
/*
 * All operations of a bundle or none. Its signatures are not looked at: whom to
 * trust is the caller's decision. The verifier's errors, or SUIT_ERR_MEMORY.
 */
enum suit_error sg_trust_set_apply(struct sg_trust_set *trust,
				   struct suit_slice bytes);
/* The snapshot; good until the next change. */
const struct suit_trust *sg_trust_set_keys(const struct sg_trust_set *trust);
/* Was the manifest with this encoded SUIT_Digest revoked? */
bool sg_trust_set_revoked(const struct sg_trust_set *trust,
			  struct suit_slice encoded);

#endif /* SG_TRUST_SET_H */

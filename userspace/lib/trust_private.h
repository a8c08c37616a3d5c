/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the files about trust share.
 */
#ifndef SG_TRUST_PRIVATE_H
#define SG_TRUST_PRIVATE_H

#include "suitgate/trust.h"

struct suit_key;

/* trust.c: @key's bytes change hands; @id is copied to @list. 0 or -1. */
int sg_trust_push_key(struct sg_trust_authority *authority,
		      struct sg_trust_key *key, struct sg_error *err);
int sg_trust_push_id(struct sg_buf **list, size_t *n, const uint8_t *id,
		     size_t len, struct sg_error *err);

/* trust_key.c: copy a key that the verifier decoded. 0 or -1. */
int sg_trust_copy_key(const struct suit_key *from, struct sg_trust_key *out,
		      struct sg_error *err);

#endif /* SG_TRUST_PRIVATE_H */

/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Private to trust.c and authority.c: decoding of one authority.
 */
#ifndef SUIT_AUTHORITY_H
#define SUIT_AUTHORITY_H

#include "trust.h"

/*
 * Decode and check the authority at @cur: name, role, keys, prefixes and
 * threshold. SUIT_ERR_TRUST_FORM, SUIT_ERR_TRUST_SIZE, SUIT_ERR_KEY_*,
 * SUIT_ERR_COMPONENT_* or a CBOR error.
 */
enum suit_error suit_authority_decode(struct suit_cursor *cur,
				      struct suit_authority *out);

#endif /* SUIT_AUTHORITY_H */

/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Private to manifest.c and common.c: the common member of a manifest.
 */
#ifndef SUIT_COMMON_H
#define SUIT_COMMON_H

#include "manifest.h"

/*
 * Decode SUIT_Common into @m: dependencies, components, shared sequence.
 * SUIT_ERR_COMMON_MEMBER, SUIT_ERR_DEPENDENCY_*, SUIT_ERR_COMPONENT* or a CBOR
 * error.
 */
enum suit_error suit_common_decode(struct suit_manifest *m,
				   struct suit_slice bytes);
/* Label of a member in row @row of the table; false past the end. */
bool suit_common_label(u32 row, s64 *label);

#endif /* SUIT_COMMON_H */

/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What this processor can do on this platform, read out of the tables it works
 * with: a capability report made from it cannot promise more.
 */
#ifndef SUIT_CAPABILITY_H
#define SUIT_CAPABILITY_H

#include "platform.h"

/* Lists of a SUIT_Capability_Report (draft-ietf-suit-report 6). */
enum suit_capability {
	SUIT_CAPABILITY_COMMANDS = 2,
	SUIT_CAPABILITY_PARAMETERS = 3,
	SUIT_CAPABILITY_ALGORITHMS = 4,
	SUIT_CAPABILITY_ENVELOPE = 5,
	SUIT_CAPABILITY_MANIFEST = 6,
	SUIT_CAPABILITY_COMMON = 7,
	SUIT_CAPABILITY_DEPENDENCY = 10,
};

/**
 * suit_capability_next() - enumerate one list
 * @what: which
 * @ops: the platform; commands whose op it lacks are left out
 * @crypto: the seam; algorithms it lacks are left out
 * @row: position, 0 to begin with
 * @label: result
 *
 * Context: any.
 * Return: false at the end.
 */
bool suit_capability_next(enum suit_capability what,
			  const struct suit_platform_ops *ops,
			  const struct suit_crypto *crypto, u32 *row,
			  s64 *label);

#endif /* SUIT_CAPABILITY_H */

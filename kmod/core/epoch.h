/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Label epochs. The numbers of sections, commands and parameters changed
 * between drafts, and nothing in a manifest says which draft it follows. What a
 * current manifest cannot contain but an old one does tells them apart.
 */
#ifndef SUIT_EPOCH_H
#define SUIT_EPOCH_H

#include "suit_port.h"

/* Newest draft of suit-manifest that had the number that was met. */
enum suit_epoch {
	SUIT_EPOCH_CURRENT = 0,	/* or cannot be told */
	SUIT_EPOCH_05,		/* -05 and before, 2020-06 */
	SUIT_EPOCH_12,		/* -06 to -12, 2021-03: digest algorithm 2 */
	SUIT_EPOCH_16,		/* -13 to -16, 2022-04: sections 8 to 13 */
	SUIT_EPOCH_27,		/* -17 to -27, 2024-11: install is 17 */
	SUIT_EPOCH_COUNT
};

/*
 * "draft-ietf-suit-manifest-05 or older", ... for messages; "" for
 * SUIT_EPOCH_CURRENT.
 */
const char *suit_epoch_name(enum suit_epoch epoch);

/* Which draft has this member, that a current one has not? */
enum suit_epoch suit_epoch_of_member(s64 label);
enum suit_epoch suit_epoch_of_command(s64 code);
enum suit_epoch suit_epoch_of_parameter(s64 label);
enum suit_epoch suit_epoch_of_digest(s64 alg);

#endif /* SUIT_EPOCH_H */

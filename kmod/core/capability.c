// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "capability.h"

#include "command.h"
#include "common.h"
#include "cose.h"
#include "manifest.h"
#include "parameter.h"

static bool next_command(const struct suit_platform_ops *ops, u32 *row,
			 s64 *label)
{
	const struct suit_command *command;

	while ((command = suit_command_row((*row)++))) {
		*label = command->code;
		if (suit_command_supported(command, ops))
			return true;
	}
	return false;
}

/* Digests first, then signatures. */
static bool next_algorithm(const struct suit_crypto *crypto, u32 *row,
			   s64 *label)
{
	u32 n_digests = 0;
	s64 digest;

	if (!crypto->ops->supports)
		return false;
	while (suit_digest_label(n_digests, &digest))
		n_digests++;
	for (;; ++*row) {
		if (!suit_digest_label(*row, label) &&
		    !suit_cose_alg_label(*row - n_digests, label))
			return false;
		if (crypto->ops->supports(crypto->ctx, (s32)*label))
			break;
	}
	++*row;
	return true;
}

bool suit_capability_next(enum suit_capability what,
			  const struct suit_platform_ops *ops,
			  const struct suit_crypto *crypto, u32 *row,
			  s64 *label)
{
	switch (what) {
	case SUIT_CAPABILITY_COMMANDS:
		return next_command(ops, row, label);
	case SUIT_CAPABILITY_PARAMETERS:
		return suit_parameter_label((*row)++, label);
	case SUIT_CAPABILITY_ALGORITHMS:
		return next_algorithm(crypto, row, label);
	case SUIT_CAPABILITY_ENVELOPE:
		return suit_envelope_label((*row)++, label);
	case SUIT_CAPABILITY_MANIFEST:
		return suit_manifest_label((*row)++, label);
	case SUIT_CAPABILITY_COMMON:
		return suit_common_label((*row)++, label);
	case SUIT_CAPABILITY_DEPENDENCY:
		*label = SUIT_DEPENDENCY_PREFIX;
		return ops->dependency && !(*row)++;
	default:
		return false;
	}
}

// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the processor says that it can do, for a device that has some ops and
 * some algorithms: which list, ops that are not there (a bit each), algorithms
 * that are. And what it calls things, of any number.
 */
#include <string.h>

#include "core/command.h"
#include "machine.h"

enum { HEAD = 4, MAX_ROWS = 64 };

struct algorithms {
	const uint8_t *bits;
	size_t n;
};

static bool supports(void *ctx, s32 alg)
{
	const struct algorithms *some = ctx;
	u32 bit = alg < 0 ? (u32)-alg : (u32)alg;

	return bit / 8 < some->n && some->bits[bit / 8] >> (bit % 8) & 1;
}

/* Everything once, nothing that is not there, and an end. */
static void list(enum suit_capability what, const struct suit_platform_ops *ops,
		 const struct suit_crypto *crypto)
{
	s64 label, seen[MAX_ROWS];
	u32 row = 0, n = 0, i;

	while (suit_capability_next(what, ops, crypto, &row, &label)) {
		MUST(n < MAX_ROWS);
		for (i = 0; i < n; i++)
			MUST(seen[i] != label);
		seen[n++] = label;
		if (what == SUIT_CAPABILITY_COMMANDS)
			MUST(suit_command_supported(suit_command_find(label),
						    ops));
		if (what == SUIT_CAPABILITY_ALGORITHMS)
			MUST(supports(crypto->ctx, (s32)label));
	}
}

static void name(uint8_t number)
{
	const char *names[] = {
		suit_error_name((enum suit_error)number),
		suit_section_name((enum suit_section)number),
		suit_procedure_name((enum suit_procedure)number),
		suit_epoch_name((enum suit_epoch)number),
	};
	int reason = suit_error_reason((enum suit_error)number);
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		MUST(names[i] && strlen(names[i]) < 64);
	MUST(reason >= 0 && reason <= 12);
	MUST((suit_error_errno((enum suit_error)number) == 0) == !number);
	MUST(suit_section_label((enum suit_section)number));
	MUST(!suit_cose_signature_size(-(s32)number) ||
	     suit_cose_alg_known(-(s32)number));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	enum { OP = sizeof(fuzz_machine_ops.identify) };
	struct suit_crypto_ops crypto_ops = { .supports = supports };
	struct suit_platform_ops ops = fuzz_machine_ops;
	struct algorithms some = { data + HEAD, size - HEAD };
	struct suit_crypto crypto = { &crypto_ops, &some };
	size_t i;

	if (size < HEAD)
		return 0;
	name(data[0]);
	for (i = 0; i < sizeof(ops) / OP; i++)
		if (data[1 + i / 8] >> (i % 8) & 1)
			memset((uint8_t *)&ops + i * OP, 0, OP);
	/* a seam that does not tell what it has */
	if (size == HEAD)
		crypto_ops.supports = NULL;
	list((enum suit_capability)(data[0] & 15), &ops, &crypto);
	return 0;
}

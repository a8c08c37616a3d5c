/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A device in memory, as an input describes it. Signatures are as in
 * tests/unit/toy.h, and whom it trusts is as in tests/unit/machine.h; 'a' may
 * also speak for what the gadget and the vectors have.
 */
#ifndef FUZZ_MACHINE_H
#define FUZZ_MACHINE_H

#include "fuzz.h"
#include "machine_input.h"

enum { FUZZ_CELLS = 16, FUZZ_NODES = 12, FUZZ_PARAMS = 80, FUZZ_CLAIMS = 32 };

struct fuzz_cell {
	struct suit_slice name, bytes;
	uint8_t references;
};

/**
 * struct fuzz_machine - device of one run
 * @input: its bytes; @envelope: what it is to process
 * @cell: components and resources; @n_cells: how many
 * @claim: values that the input claims as SHA-256; @n_claims: how many
 * @pending: so many ops are not ready yet
 * @effects: so many were done
 */
struct fuzz_machine {
	struct suit_slice input, envelope;
	struct fuzz_cell cell[FUZZ_CELLS];
	unsigned int n_cells;
	struct suit_slice claim[FUZZ_CLAIMS];
	unsigned int n_claims;
	unsigned int pending, effects;
	struct suit_digest revoked;
	struct suit_platform_ops ops;
	struct suit_crypto crypto;
	struct suit_trust trust;
};

/* False when the input is too short. */
bool fuzz_machine_init(struct fuzz_machine *m, const uint8_t *data,
		       size_t size);
uint8_t fuzz_machine_byte(const struct fuzz_machine *m,
			  enum machine_input which);
/* What there is of that name; NULL for nothing. */
struct fuzz_cell *fuzz_machine_cell(struct fuzz_machine *m,
				    struct suit_slice name);
/* machine_ops.c */
extern const struct suit_platform_ops fuzz_machine_ops;

#endif /* FUZZ_MACHINE_H */

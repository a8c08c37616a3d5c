/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Mutants of the corpus: two judges must agree on each.
 */
#ifndef MUTANT_H
#define MUTANT_H

#include "judge.h"

/**
 * struct mutants - how it went
 * @judge: the one that is tested
 * @twin: the other, NULL: nobody wants mutants
 * @state: of the random numbers
 * @n: mutants that were judged
 * @disagreed: the judges said different things
 * @accepted: a mutant of something good that is still good, and another
 */
struct mutants {
	struct judge *judge;
	struct judge *twin;
	u64 state;
	unsigned int n;
	unsigned int disagreed;
	unsigned int accepted;
};

/* Judge @count mutants of @evidence, whose own verdict is @verdict. */
void mutants_judge(struct mutants *mutants, const char *name,
		   const struct evidence *evidence, enum suit_error verdict,
		   unsigned int count);

#endif /* MUTANT_H */

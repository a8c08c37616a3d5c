// SPDX-License-Identifier: GPL-2.0-or-later
#include "mutant.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* splitmix64: the same mutants in each run. */
static u64 next(struct mutants *mutants)
{
	u64 z = mutants->state += 0x9e3779b97f4a7c15;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

static size_t below(struct mutants *mutants, size_t limit)
{
	return (size_t)(next(mutants) % limit);
}

/* @bytes are in a buffer with room for one more. */
static size_t mutate(struct mutants *mutants, u8 *bytes, size_t len)
{
	size_t at = below(mutants, len), n;

	switch (below(mutants, 6)) {
	case 0:
		bytes[at] = (u8)next(mutants);
		return len;
	case 1:
		return at;
	case 2:
		memmove(bytes + at, bytes + at + 1, len - at - 1);
		return len - 1;
	case 3:
		memmove(bytes + at + 1, bytes + at, len - at);
		return len + 1;
	case 4:
		n = below(mutants, len - at) + 1;
		memmove(bytes + at, bytes + below(mutants, len - n + 1), n);
		return len;
	default:
		bytes[at] ^= (u8)(1 << below(mutants, 8));
		return len;
	}
}

/* In memory of its exact size, so that sanitizers see its end. */
static u8 *make(struct mutants *mutants, struct suit_slice *bytes)
{
	u8 *room = malloc(bytes->len + 1), *exact;
	struct suit_slice is = { .ptr = room };

	if (!room)
		die("malloc");
	do {
		memcpy(room, bytes->ptr, bytes->len);
		is.len = mutate(mutants, room, bytes->len);
	} while (suit_slice_equal(is, *bytes));
	exact = realloc(room, is.len ? is.len : 1);
	if (!exact)
		die("realloc");
	bytes->ptr = exact;
	bytes->len = is.len;
	return exact;
}

/* What says how to make it again is printed. */
static void complain(const char *name, unsigned int number, const char *what,
		     enum suit_error error, enum suit_error other)
{
	printf("# %s, mutant %u: %s: %s, the twin %s\n", name, number, what,
	       suit_error_name(error), suit_error_name(other));
}

void mutants_judge(struct mutants *mutants, const char *name,
		   const struct evidence *evidence, enum suit_error verdict,
		   unsigned int count)
{
	struct evidence mutant;
	enum suit_error error, other;
	u8 *bytes;

	for (; count; count--) {
		mutant = *evidence;
		bytes = make(mutants, mutant.payload.len &&
				      !below(mutants, 4) ? &mutant.payload :
							   &mutant.envelope);
		error = mutants->judge->decide(mutants->judge, &mutant);
		other = mutants->twin->decide(mutants->twin, &mutant);
		mutants->n++;
		if (error != other) {
			mutants->disagreed++;
			complain(name, mutants->n, "no agreement", error,
				 other);
		}
		if (verdict == SUIT_OK && error == SUIT_OK) {
			mutants->accepted++;
			complain(name, mutants->n, "accepted", error, other);
		}
		free(bytes);
	}
}

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

/* The first byte that is another. */
static size_t difference(struct suit_slice a, struct suit_slice b)
{
	size_t at = 0;

	while (at < a.len && at < b.len && a.ptr[at] == b.ptr[at])
		at++;
	return at;
}

/*
 * Is what the signature stands for, and what is delivered, still the same? What
 * is left is nobody's word: a key id outside the protected header, a signature
 * by somebody else, a payload that is not the one delivered.
 */
static bool says_the_same(const struct evidence *a, const struct evidence *b)
{
	struct suit_envelope one, other;

	return suit_envelope_open(&one, a->envelope) == SUIT_OK &&
	       suit_envelope_open(&other, b->envelope) == SUIT_OK &&
	       suit_slice_equal(one.manifest, other.manifest) &&
	       suit_slice_equal(a->payload, b->payload);
}

static void complain(const char *name, const struct evidence *evidence,
		     const struct evidence *mutant, const char *what)
{
	bool payload = mutant->payload.ptr != evidence->payload.ptr;

	printf("# %s: %s: %s from byte %zu on\n", name, what,
	       payload ? "payload" : "envelope",
	       payload ? difference(evidence->payload, mutant->payload) :
			 difference(evidence->envelope, mutant->envelope));
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
			complain(name, evidence, &mutant, "no agreement");
		}
		if (verdict == SUIT_OK && error == SUIT_OK) {
			mutants->accepted +=
				!says_the_same(evidence, &mutant);
			complain(name, evidence, &mutant, "accepted");
		}
		free(bytes);
	}
}

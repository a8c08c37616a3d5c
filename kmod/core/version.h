/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Versions: arrays of integers, pre-releases negative (update management 3.1,
 * 4.4).
 */
#ifndef SUIT_VERSION_H
#define SUIT_VERSION_H

#include "cursor.h"
#include "suit_labels.h"
#include "suit_limits.h"

/**
 * struct suit_version - a version
 * @part: integers, most significant first
 * @n: how many; 0 = no version is known
 */
struct suit_version {
	s64 part[SUIT_MAX_VERSION];
	u32 n;
};

/*
 * Decode an encoded [ + int ]. SUIT_ERR_PARAMETER_FORM, also when element 0 is
 * negative or there are more than SUIT_MAX_VERSION, or a CBOR error.
 */
enum suit_error suit_version_decode(struct suit_slice encoded,
				    struct suit_version *out);

/*
 * Check the form of an encoded match [ operator, [ + int ] ].
 * SUIT_ERR_PARAMETER_FORM or a CBOR error.
 */
enum suit_error suit_version_check(struct suit_slice match);

/* The same of the next item of a cursor. */
enum suit_error suit_version_check_next(struct suit_cursor *cur);

/**
 * suit_version_matches() - does a version satisfy a match?
 * @have: version of the component
 * @match: encoded [ operator, [ + int ] ], checked
 *
 * The integers of the match are compared in turn; what @have has beyond them
 * does not count. A version with fewer integers satisfies nothing: the standard
 * does not say what it would mean.
 *
 * Context: any.
 * Return: true when it does.
 */
bool suit_version_matches(const struct suit_version *have,
			  struct suit_slice match);

/* Does @have satisfy every match of the encoded array @matches? */
bool suit_version_matches_all(const struct suit_version *have,
			      struct suit_slice matches);

#endif /* SUIT_VERSION_H */

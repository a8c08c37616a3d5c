/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Private to the interpreter: parameters and where they are kept.
 */
#ifndef SUIT_PARAMETER_H
#define SUIT_PARAMETER_H

#include "sequence.h"

/*
 * Check a parameter map as it stands in a manifest. SUIT_ERR_PARAMETER for one
 * that is not known, SUIT_ERR_PARAMETER_FORM for a value of the wrong form. When
 * an old draft has it, @epoch says which.
 */
enum suit_error suit_parameter_check(struct suit_slice map, u8 *epoch);

/* Is this label kept per component? Otherwise it belongs to a sequence. */
bool suit_parameter_kept(s64 label);

/* The labels by row; false past the end. */
bool suit_parameter_label(u32 row, s64 *label);

/*
 * Parameters of component @index of the manifest whose sequence is running, a
 * valid index. Which manifest of the tree set them makes no difference.
 *
 * source-component is kept as the id of the component that is meant: an index
 * means another component in another manifest.
 */

/* Keep @value, a slice of the envelope. */
void suit_parameter_set(struct suit_process *proc, u32 index, s64 label,
			struct suit_slice value);

/* The encoded value; ptr NULL when it was never set. */
struct suit_slice suit_parameter_get(const struct suit_process *proc,
				     u32 index, s64 label);
/* Content of a byte or text string; ptr NULL when it was never set. */
struct suit_slice suit_parameter_bytes(const struct suit_process *proc,
				       u32 index, s64 label);
/* False when it was never set. */
bool suit_parameter_uint(const struct suit_process *proc, u32 index, s64 label,
			 u64 *out);
/* SUIT_ERR_PARAMETER_MISSING, or what suit_digest_decode() returns. */
enum suit_error suit_parameter_digest(const struct suit_process *proc,
				      u32 index, struct suit_digest *out);

#endif /* SUIT_PARAMETER_H */

/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Private to the interpreter: parameters and where they are kept.
 */
#ifndef SUIT_PARAMETER_H
#define SUIT_PARAMETER_H

#include "sequence.h"

/*
 * Check a parameter map as it stands in a manifest. SUIT_ERR_PARAMETER for one
 * that is not known, SUIT_ERR_PARAMETER_FORM for a value of the wrong form.
 */
enum suit_error suit_parameter_check(struct suit_slice map);

/* Is this label kept per component? Otherwise it belongs to a sequence. */
bool suit_parameter_kept(s64 label);

/* Keep @value, a slice of the envelope, as parameter @label of @index. */
void suit_parameter_set(struct suit_process *proc, u32 index, s64 label,
			struct suit_slice value);

/* The encoded value; ptr NULL when it was never set. */
struct suit_slice suit_parameter_get(const struct suit_process *proc,
				     u32 index, s64 label);

#endif /* SUIT_PARAMETER_H */

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How a call of the library ended: each is given what the function returned,
 * and shows the message when that is not what the test expects.
 *
 *	succeeded(sg_author(&request, &out, &why));
 */
#ifndef TEST_OUTCOME_H
#define TEST_OUTCOME_H

#include "core/suit.h"
#include "suitgate/types.h"

/* Where these calls put their error. */
extern struct sg_error why;

void succeeded(int ret);
/* The verifier's @error, also for people: the message ends in "[NAME]". */
void refused(int ret, enum suit_error error);
/* No refusal, but @part is in the message. */
void failed(int ret, const char *part);

#endif /* TEST_OUTCOME_H */

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Failures of the processor's back end: the verifier gets the class, people get
 * the words.
 */
#ifndef SG_FAULT_H
#define SG_FAULT_H

#include "core/suit.h"
#include "suitgate/types.h"

/* Fill the message of @err, return @error. */
enum suit_error sg_fault(struct sg_error *err, enum suit_error error,
			 const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* Likewise with the message that is there; *@err may be of another kind. */
enum suit_error sg_fault_class(struct sg_error *err, enum suit_error error);
/*
 * @what was refused while it was opened: sg_refuse(), and when it follows an old
 * draft, which one @epoch (enum suit_epoch) says that is.
 */
int sg_fault_open(struct sg_error *err, enum suit_error error, uint8_t epoch,
		  const char *what);
/* Is it about this machine, rather than about what is processed? */
bool sg_fault_local(enum suit_error error);

#endif /* SG_FAULT_H */

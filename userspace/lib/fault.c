// SPDX-License-Identifier: LGPL-2.1-or-later
#include "fault.h"

#include <stdarg.h>
#include <stdio.h>

enum suit_error sg_fault(struct sg_error *err, enum suit_error error,
			 const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(err->message, sizeof(err->message), fmt, args);
	va_end(args);
	return sg_fault_class(err, error);
}

enum suit_error sg_fault_class(struct sg_error *err, enum suit_error error)
{
	err->refused = !sg_fault_local(error);
	err->code = suit_error_name(error);
	return error;
}

int sg_fault_open(struct sg_error *err, enum suit_error error, uint8_t epoch,
		  const char *what)
{
	const char *draft = suit_epoch_name((enum suit_epoch)epoch);

	if (error != SUIT_ERR_MANIFEST_EPOCH || !*draft)
		return sg_refuse(err, (int)error, "%s", what);
	return sg_refuse(err, (int)error, "%s follows %s", what, draft);
}

bool sg_fault_local(enum suit_error error)
{
	return error == SUIT_ERR_OPERATION || error == SUIT_ERR_MEMORY ||
	       error == SUIT_ERR_CRYPTO || error == SUIT_ERR_PENDING;
}

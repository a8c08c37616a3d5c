/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A manifest on the command line: its digest, or a file that holds it.
 */
#ifndef CLI_MANIFEST_ARG_H
#define CLI_MANIFEST_ARG_H

#include "suitgate.h"

/* 0 or -1 with @err filled. */
int manifest_arg(const char *arg, struct sg_gate_digest *out,
		 struct sg_error *err);

#endif /* CLI_MANIFEST_ARG_H */

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What analysers, which look at one file at a time, have to know of the others:
 * these two always return -1. Put in front of each source by "make analyze".
 */
#ifndef ANALYZE_MODEL_H
#define ANALYZE_MODEL_H

#include "../../userspace/include/suitgate/types.h"

#define sg_fail(...) ({ (void)sg_fail(__VA_ARGS__); -1; })
#define sg_refuse(...) ({ (void)sg_refuse(__VA_ARGS__); -1; })

#endif /* ANALYZE_MODEL_H */

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Which names files may have, see suitgate/device.h.
 */
#ifndef SG_PLACE_NAME_H
#define SG_PLACE_NAME_H

#include "core/suit.h"

/* May one segment be read, or be written too? */
bool sg_place_name_ok(struct suit_slice segment, bool write);
/* A UUID in lower case? */
bool sg_place_name_uuid(const char *name);
/*
 * May a symbolic link at @path, beneath its root, lead to @target? It is
 * relative, and goes up only in the beginning and not above the root. @out gets
 * where that is, beneath the root.
 */
bool sg_place_name_target(const char *path, struct suit_slice target, char *out,
			  size_t cap);

#endif /* SG_PLACE_NAME_H */

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Versions of draft-ietf-suit-update-management: integers, of which a negative
 * one says how far the release is away (-1 candidate, -2 beta, -3 alpha).
 */
#ifndef SG_SPEC_VERSION_H
#define SG_SPEC_VERSION_H

#include <stddef.h>
#include <stdint.h>

enum { SG_VERSION_PARTS = 16, SG_VERSION_TEXT = 400 };

/*
 * "1.2.3", "1.2.3-alpha.4" of [1, 2, 3, -3, 4]. 0, or -1 for integers that are
 * no such version.
 */
int sg_version_format(const int64_t *part, size_t n,
		      char text[SG_VERSION_TEXT]);
/* And back. 0 or -1. */
int sg_version_parse(const char *text, int64_t part[SG_VERSION_PARTS],
		     size_t *n);

#endif /* SG_SPEC_VERSION_H */

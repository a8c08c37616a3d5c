/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * URI references of manifests, as far as they name files of this machine.
 */
#ifndef SG_URI_H
#define SG_URI_H

#include "core/suit.h"

enum { SG_URI_MAX = 4096 };

/* As a string; false when it is too long or has a blank or control character. */
bool sg_uri_copy(struct suit_slice uri, char out[SG_URI_MAX]);
/* A file: URI; or a relative one, if there is a folder for those. */
bool sg_uri_is_local(const char *uri, const char *local_dir);
/*
 * Its path beneath @local_dir, decoded: false when it is elsewhere, on another
 * machine, or has NUL or '/' encoded.
 */
bool sg_uri_local_path(const char *uri, const char *local_dir,
		       char out[SG_URI_MAX]);

#endif /* SG_URI_H */

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef SG_VERSION_TEXT_H
#define SG_VERSION_TEXT_H

#include "core/suit.h"

/*
 * The version of a manifest, for people: its set-version, else what its signed
 * text says, else "". @m was authenticated.
 */
void sg_version_text(const struct suit_manifest *m, char *out, size_t cap);

#endif /* SG_VERSION_TEXT_H */

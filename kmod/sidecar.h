/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Manifests beside their file: "<requested path>.suit", read when a file is
 * delivered and no loaded manifest speaks of it. Verified ones are kept in a
 * small cache by the digest of their bytes.
 */
#ifndef SUITGATE_SIDECAR_H
#define SUITGATE_SIDECAR_H

#include "core/suit.h"

struct suit_entry;

/*
 * Read, verify, and return with a reference. SUIT_ERR_NO_MANIFEST when there is
 * no such file; SUIT_ERR_MANIFEST_SIZE when it is too big for a sidecar;
 * SUIT_ERR_OPERATION when it is there and cannot be read.
 */
enum suit_error suit_sidecar_read(const char *path, struct suit_entry **out);
/* A cached one by the digest of its manifest, with a reference, or NULL. */
struct suit_entry *suit_sidecar_find(s32 alg, const u8 *digest);
void suit_sidecar_flush(void);
u32 suit_sidecar_count(void);

#endif /* SUITGATE_SIDECAR_H */

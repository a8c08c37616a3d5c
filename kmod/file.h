/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Whole files, as init sees them, read without the firmware loader.
 */
#ifndef SUITGATE_FILE_H
#define SUITGATE_FILE_H

#include <linux/types.h>

/*
 * Read all of the regular file @path, at most @max bytes, into memory of
 * kvmalloc(). Looks from init's root whoever asks: a chroot or a mount
 * namespace does not change what is found. A file that shrinks meanwhile gives
 * what is left. -EFBIG, -EISDIR when it is not a regular file, -ENOMEM, or what
 * opening and reading say.
 */
int suit_file_read(const char *path, size_t max, void **bytes, size_t *len);

#endif /* SUITGATE_FILE_H */

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SUITGATE_BUILD_ID_H
#define SUITGATE_BUILD_ID_H

#include <linux/types.h>

/* GNU build id of this module, zero padded; all zero when it has none. */
extern u8 suit_build_id[32];

void suit_build_id_init(void);

#endif /* SUITGATE_BUILD_ID_H */

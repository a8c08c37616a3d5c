/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A device for procedures: every op is there, and answers as the input says.
 */
#ifndef FUZZ_DEVICE_H
#define FUZZ_DEVICE_H

#include "fuzz.h"

/**
 * struct fuzz_device - device of one run
 * @seam: where its answers come from
 * @dependency: envelope that its components hold, when they hold one
 */
struct fuzz_device {
	struct fuzz_seam *seam;
	struct suit_slice dependency;
};

struct suit_platform fuzz_device_platform(struct fuzz_device *device);

#endif /* FUZZ_DEVICE_H */

// SPDX-License-Identifier: LGPL-2.1-or-later
#include "suitgate/device.h"

void sg_device_default(struct sg_device *device)
{
	*device = (struct sg_device){
		.state_dir = SG_STATE_DIR,
		.firmware_dir = "/lib/firmware/updates",
		.upload_dir = SG_STATE_DIR "/upload",
		.upload_class = "/sys/class/firmware",
		.upload_timeout_s = 600,
		.ta_dir = SG_STATE_DIR "/ta",
		.config_dir = SG_STATE_DIR "/config",
		.manifest_dir = SG_STATE_DIR "/dependencies",
	};
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Giving firmware to a device through /sys/class/firmware (Linux,
 * Documentation/ABI/testing/sysfs-class-firmware).
 */
#ifndef SG_UPLOAD_H
#define SG_UPLOAD_H

#include "suitgate/device.h"

/**
 * struct sg_upload_watch - who follows an upload
 * @progress: told of bytes; may be NULL
 * @cancelled: asked now and then; may be NULL
 * @context: of both
 */
struct sg_upload_watch {
	void (*progress)(void *context, uint64_t done, uint64_t total);
	bool (*cancelled)(void *context);
	void *context;
};

/**
 * sg_upload() - give device @name what is in @fd, and wait until it has it
 * @device: where uploads are, how long to wait
 * @name: of the folder in /sys/class/firmware
 * @fd: file, read from its start
 * @watch: or NULL
 * @err: what the kernel or the device said
 *
 * Return: 0 or -1.
 */
int sg_upload(const struct sg_device *device, const char *name, int fd,
	      const struct sg_upload_watch *watch, struct sg_error *err);

#endif /* SG_UPLOAD_H */

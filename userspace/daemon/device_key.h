/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The key of this device, which signs its reports and its floors:
 * CONFIG/device.pem, made when it is needed first; CONFIG/device.pub, made again
 * when it is lost, is for whoever reads them.
 */
#ifndef DAEMON_DEVICE_KEY_H
#define DAEMON_DEVICE_KEY_H

#include "config.h"

enum { DEVICE_KEY_PATH = 4096 };

/* Where it is; there it is. 0 or -1. */
int device_key_path(const struct config *config, char out[DEVICE_KEY_PATH],
		    struct sg_error *err);
/*
 * Sign a SUIT_Report in the form that is configured: in a token, which says what
 * @device is (NULL: it does not); encrypted for a reader. 0 or -1.
 */
int device_key_report(const struct config *config,
		      const struct sg_device *device,
		      const struct sg_buf *report, struct sg_buf *out,
		      struct sg_error *err);

#endif /* DAEMON_DEVICE_KEY_H */

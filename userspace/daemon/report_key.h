/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The key of this device, which signs its reports: STATE/device.pem, made when
 * it is needed first; STATE/device.pub is for whoever reads them.
 */
#ifndef DAEMON_REPORT_KEY_H
#define DAEMON_REPORT_KEY_H

#include "config.h"

/* Sign a SUIT_Report. 0 or -1. */
int report_key_sign(const struct config *config, const struct sg_buf *report,
		    struct sg_buf *out, struct sg_error *err);

#endif /* DAEMON_REPORT_KEY_H */

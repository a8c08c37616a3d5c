/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Who else hears of a decision: tracepoint, kernel log, audit, udev.
 */
#ifndef SUITGATE_NOTIFY_H
#define SUITGATE_NOTIFY_H

#include <linux/kobject.h>

#include "uapi/suitgate.h"

/* The device that uevents are about; NULL: send none. */
void suit_notify_device(struct kobject *device);
/* Tell everybody. Context: process, may sleep. */
void suit_notify(const struct suitgate_record *record);

#endif /* SUITGATE_NOTIFY_H */

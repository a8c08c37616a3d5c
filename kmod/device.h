/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SUITGATE_DEVICE_H
#define SUITGATE_DEVICE_H

/* /dev/suitgate, see uapi/suitgate.h. */
int suit_device_init(void);
void suit_device_exit(void);

#endif /* SUITGATE_DEVICE_H */

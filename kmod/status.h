/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SUITGATE_STATUS_H
#define SUITGATE_STATUS_H

/* securityfs "suitgate": what there is, as text for people. */
int suit_status_init(void);
void suit_status_exit(void);

#endif /* SUITGATE_STATUS_H */

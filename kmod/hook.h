/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SUITGATE_HOOK_H
#define SUITGATE_HOOK_H

/*
 * Are the functions what the hooks take them for? -ENOEXEC, -ENODATA: see
 * suit_btf_check().
 */
int suit_hook_check(void);
/*
 * Put the gate into the firmware loader's way. -EBUSY when a livepatch or
 * another redirection has one of the functions.
 */
int suit_hook_init(void);
/* Take it out and wait until no task is inside. */
void suit_hook_exit(void);

#endif /* SUITGATE_HOOK_H */

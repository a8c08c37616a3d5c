/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the library does to what is installed, when that may take minutes because
 * a device is given firmware: in a child, and systemd hears meanwhile that the
 * daemon lives, which does nothing else until then.
 */
#ifndef DAEMON_FILES_H
#define DAEMON_FILES_H

#include "daemon.h"

/*
 * Finish what was cut off. What cannot be brought to an end now is logged, and
 * in nobody's way. 0 or -1.
 */
int files_recover(struct daemon *daemon, struct sg_error *err);
/* What a manifest replaced comes back. 0 or -1. */
int files_revert(struct daemon *daemon, const struct sg_gate_digest *digest,
		 struct sg_error *err);

#endif /* DAEMON_FILES_H */

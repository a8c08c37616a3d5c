// SPDX-License-Identifier: GPL-2.0-or-later
#include "isolate.h"

#include <grp.h>
#include <sys/prctl.h>
#include <unistd.h>

enum { NOBODY = 65534, KEPT = STDERR_FILENO + 1 };

/* The daemon's database and gate are not for whoever gets in here. */
static int keep_only(int *fd)
{
	if (*fd != KEPT)
		*fd = dup2(*fd, KEPT);
	if (*fd < 0)
		return -1;
	return close_range(KEPT + 1, ~0U, 0);
}

int isolate(int *fd)
{
	if (keep_only(fd) < 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return -1;
	if (geteuid() != 0)
		return 0;
	if (setgroups(0, NULL) < 0 || setresgid(NOBODY, NOBODY, NOBODY) < 0 ||
	    setresuid(NOBODY, NOBODY, NOBODY) < 0)
		return -1;
	return 0;
}

// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Preloaded: the process dies by SIGKILL at its CRASH_AT-th call that changes
 * what is on disk. With CRASH_COUNT=FILE they are counted there instead.
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

static pid_t whole;	/* process that is meant, not its children */

__attribute__((constructor)) static void begin(void)
{
	whole = getpid();
}

static void count(void)
{
	static int calls;
	const char *at = getenv("CRASH_AT"), *file = getenv("CRASH_COUNT");
	FILE *out;

	if (getpid() != whole)
		return;
	calls++;
	if (at && calls == atoi(at))
		kill(whole, SIGKILL);
	if (!file)
		return;
	out = fopen(file, "w");
	if (out) {
		fprintf(out, "%d\n", calls);
		fclose(out);
	}
}

#define WRAP(name, declaration, call) \
	int name declaration; \
	int name declaration \
	{ \
		int (*real) declaration = \
			(int (*) declaration)dlsym(RTLD_NEXT, #name); \
\
		count(); \
		return real call; \
	}

WRAP(fsync, (int fd), (fd))
WRAP(fdatasync, (int fd), (fd))
WRAP(rename, (const char *from, const char *to), (from, to))
WRAP(renameat, (int a, const char *from, int b, const char *to),
     (a, from, b, to))
WRAP(unlink, (const char *path), (path))
WRAP(unlinkat, (int dir, const char *path, int flags), (dir, path, flags))
WRAP(mkdir, (const char *path, mode_t mode), (path, mode))
WRAP(rmdir, (const char *path), (path))

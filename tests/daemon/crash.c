// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Preloaded: the process and its children die by SIGKILL at their CRASH_AT-th
 * call that changes what is on disk. With CRASH_CHILD only calls of children
 * count, and only the child dies.
 */
#include <dlfcn.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <unistd.h>

static pid_t whole;	/* process that is meant, with its children */
static int *calls;	/* of all of them */

__attribute__((constructor)) static void begin(void)
{
	whole = getpid();
	calls = mmap(NULL, sizeof(*calls), PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (calls == MAP_FAILED)
		abort();
}

static void count(void)
{
	const char *at = getenv("CRASH_AT");
	bool child = getenv("CRASH_CHILD");

	if (child && getpid() == whole)
		return;
	if (!at || __atomic_add_fetch(calls, 1, __ATOMIC_RELAXED) != atoi(at))
		return;
	if (!child)
		kill(whole, SIGKILL);
	/* children die with it, and by themselves before they do more */
	if (getpid() != whole)
		kill(getpid(), SIGKILL);
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
WRAP(renameat2, (int a, const char *from, int b, const char *to,
		 unsigned int flags), (a, from, b, to, flags))
WRAP(linkat, (int a, const char *from, int b, const char *to, int flags),
     (a, from, b, to, flags))
WRAP(mkdirat, (int dir, const char *path, mode_t mode), (dir, path, mode))
WRAP(ftruncate, (int fd, off_t size), (fd, size))
WRAP(unlink, (const char *path), (path))
WRAP(unlinkat, (int dir, const char *path, int flags), (dir, path, flags))
WRAP(mkdir, (const char *path, mode_t mode), (path, mode))
WRAP(rmdir, (const char *path), (path))

// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Preloaded: the process and its children die by SIGKILL at their CRASH_AT-th
 * call that changes what is on disk. With CRASH_CHILD only calls of children
 * count, and only the child dies. With CRASH_EVERY calls count too that change
 * only what is in one file, a write twice: it dies before it, or in its middle.
 * CRASH_TOLD is a file that is made then.
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
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

static long by_hand(long number, long a, long b, long c, long d)
{
	static long (*real)(long number, ...);

	if (!real)
		real = (long (*)(long number, ...))dlsym(RTLD_NEXT, "syscall");
	return real(number, a, b, c, d, 0, 0);
}

static void die(bool child)
{
	const char *told = getenv("CRASH_TOLD");

	if (told)
		by_hand(SYS_openat, AT_FDCWD, (long)told, O_CREAT | O_WRONLY,
			0600);
	if (!child)
		kill(whole, SIGKILL);
	/* children die with it, and by themselves before they do more */
	if (getpid() != whole)
		kill(getpid(), SIGKILL);
}

/* Is this the one? */
static bool is_last(void)
{
	const char *at = getenv("CRASH_AT");

	if (!at || (getenv("CRASH_CHILD") && getpid() == whole))
		return false;
	return __atomic_add_fetch(calls, 1, __ATOMIC_RELAXED) == atoi(at);
}

static void count(void)
{
	if (is_last())
		die(getenv("CRASH_CHILD"));
}

static void count_small(void)
{
	if (getenv("CRASH_EVERY"))
		count();
}

/* What has no name is not on disk. */
static bool on_disk(int fd)
{
	struct stat st;

	return fd != STDERR_FILENO && fstat(fd, &st) == 0 &&
	       S_ISREG(st.st_mode) && st.st_nlink;
}

static bool writes(int fd)
{
	if (!getenv("CRASH_EVERY") || !on_disk(fd))
		return false;
	count();
	return is_last();
}

#define WRAP_AS(name, declaration, call, how) \
	int name declaration; \
	int name declaration \
	{ \
		int (*real) declaration = \
			(int (*) declaration)dlsym(RTLD_NEXT, #name); \
\
		how(); \
		return real call; \
	}
#define WRAP(name, declaration, call) WRAP_AS(name, declaration, call, count)
#define WRAP_SMALL(name, declaration, call) \
	WRAP_AS(name, declaration, call, count_small)

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
WRAP(ftruncate64, (int fd, off64_t size), (fd, size))
WRAP(unlink, (const char *path), (path))
WRAP(unlinkat, (int dir, const char *path, int flags), (dir, path, flags))
WRAP(mkdir, (const char *path, mode_t mode), (path, mode))
WRAP(rmdir, (const char *path), (path))

WRAP_SMALL(fchmod, (int fd, mode_t mode), (fd, mode))
WRAP_SMALL(fchown, (int fd, uid_t uid, gid_t gid), (fd, uid, gid))
WRAP_SMALL(fchownat, (int dir, const char *path, uid_t uid, gid_t gid,
		      int flags), (dir, path, uid, gid, flags))
WRAP_SMALL(futimens, (int fd, const struct timespec times[2]), (fd, times))
WRAP_SMALL(fallocate, (int fd, int mode, off_t at, off_t size),
	   (fd, mode, at, size))
WRAP_SMALL(symlinkat, (const char *target, int dir, const char *path),
	   (target, dir, path))

#define WRAP_WRITE(name, declaration, whole_call, half_call) \
	ssize_t name declaration; \
	ssize_t name declaration \
	{ \
		ssize_t (*real) declaration = \
			(ssize_t (*) declaration)dlsym(RTLD_NEXT, #name); \
\
		if (!writes(fd)) \
			return real whole_call; \
		real half_call; \
		die(getenv("CRASH_CHILD")); \
		return real whole_call; \
	}

WRAP_WRITE(write, (int fd, const void *data, size_t n), (fd, data, n),
	   (fd, data, n / 2))
WRAP_WRITE(pwrite, (int fd, const void *data, size_t n, off_t at),
	   (fd, data, n, at), (fd, data, n / 2, at))
WRAP_WRITE(pwrite64, (int fd, const void *data, size_t n, off64_t at),
	   (fd, data, n, at), (fd, data, n / 2, at))

#define WRAP_OPEN(name) \
	int name(const char *path, int flags, ...); \
	int name(const char *path, int flags, ...) \
	{ \
		int (*real)(const char *path, int flags, ...) = \
			(int (*)(const char *path, int flags, ...)) \
				dlsym(RTLD_NEXT, #name); \
		mode_t mode = 0; \
		va_list ap; \
\
		va_start(ap, flags); \
		if (flags & O_CREAT) { \
			mode = va_arg(ap, mode_t); \
			count_small(); \
		} \
		va_end(ap); \
		return real(path, flags, mode); \
	}

WRAP_OPEN(open)
WRAP_OPEN(open64)

long syscall(long number, ...);
long syscall(long number, ...)
{
	long a, b, c, d;
	va_list ap;

	va_start(ap, number);
	a = va_arg(ap, long);
	b = va_arg(ap, long);
	c = va_arg(ap, long);
	d = va_arg(ap, long);
	va_end(ap);
	if (number == SYS_openat2 && ((struct open_how *)c)->flags & O_CREAT)
		count_small();
	return by_hand(number, a, b, c, d);
}

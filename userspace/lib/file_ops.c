// SPDX-License-Identifier: LGPL-2.1-or-later
#include "file_ops.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* How often a lookup is tried again that a rename elsewhere got in the way of. */
enum { LOOKUPS = 64 };

int (*sg_fs_watch)(enum sg_fs_call call, const char *name);

static bool stopped(enum sg_fs_call call, const char *name)
{
	int why = sg_fs_watch ? sg_fs_watch(call, name) : 0;

	if (why)
		errno = why;
	return why;
}

static int open_at(int folder, const char *path, int flags, mode_t mode,
		   uint64_t resolve)
{
	struct open_how how = {
		.flags = (uint64_t)(flags | O_CLOEXEC | O_NOCTTY),
		.mode = mode,
		.resolve = resolve | RESOLVE_NO_MAGICLINKS,
	};
	long fd;
	int i;

	for (i = 0; i < LOOKUPS; i++) {
		fd = syscall(SYS_openat2, folder, path, &how, sizeof(how));
		if (fd >= 0 || (errno != EAGAIN && errno != EINTR))
			break;
	}
	return (int)fd;
}

int sg_fs_open_root(const char *path)
{
	return open_at(AT_FDCWD, path, O_RDONLY | O_DIRECTORY, 0, 0);
}

/* O_NONBLOCK: what is no file must not hold us up. */
int sg_fs_open_beneath(int root, const char *path)
{
	return open_at(root, path, O_RDONLY | O_NONBLOCK, 0, RESOLVE_BENEATH);
}

int sg_fs_open_linked(int root, const char *path)
{
	return open_at(root, path, O_RDONLY | O_NONBLOCK, 0, 0);
}

int sg_fs_open_folder(int root, const char *path)
{
	return open_at(root, path, O_RDONLY | O_DIRECTORY, 0,
		       RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS |
		       RESOLVE_NO_XDEV);
}

static int open_name(int folder, const char *name, int flags, mode_t mode)
{
	return open_at(folder, name, flags | O_NOFOLLOW | O_NONBLOCK, mode,
		       RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS);
}

int sg_fs_create(int folder, const char *name)
{
	if (stopped(SG_FS_CREATE, name))
		return -1;
	return open_name(folder, name, O_RDWR | O_CREAT | O_EXCL, 0600);
}

int sg_fs_append(int folder, const char *name)
{
	return open_name(folder, name, O_RDWR | O_APPEND, 0);
}

int sg_fs_open(int folder, const char *name)
{
	return open_name(folder, name, O_RDONLY, 0);
}

int sg_fs_write(int fd, const void *data, size_t len)
{
	const char *at = data;
	ssize_t n;

	if (stopped(SG_FS_WRITE, NULL))
		return -1;
	while (len) {
		n = write(fd, at, len);
		if (n < 0 && errno != EINTR)
			return -1;
		if (n > 0) {
			at += n;
			len -= (size_t)n;
		}
	}
	return 0;
}

int sg_fs_allocate(int fd, uint64_t size)
{
	if (stopped(SG_FS_ALLOCATE, NULL))
		return -1;
	if (size > INT64_MAX) {
		errno = EFBIG;
		return -1;
	}
	if (!size || fallocate(fd, FALLOC_FL_KEEP_SIZE, 0, (off_t)size) == 0 ||
	    errno == EOPNOTSUPP || errno == ENOSYS)
		return 0;
	return -1;
}

int sg_fs_truncate(int fd, uint64_t size)
{
	if (stopped(SG_FS_TRUNCATE, NULL))
		return -1;
	return ftruncate(fd, (off_t)size);
}

int sg_fs_sync(int fd)
{
	if (stopped(SG_FS_SYNC, NULL))
		return -1;
	return fsync(fd);
}

int sg_fs_chmod(int fd, mode_t mode)
{
	if (stopped(SG_FS_CHMOD, NULL))
		return -1;
	return fchmod(fd, mode);
}

int sg_fs_chown(int fd, uid_t uid, gid_t gid)
{
	if (stopped(SG_FS_CHOWN, NULL))
		return -1;
	return fchown(fd, uid, gid);
}

int sg_fs_set_time(int fd, int64_t seconds)
{
	struct timespec times[2] = {
		{ .tv_nsec = UTIME_OMIT }, { .tv_sec = (time_t)seconds },
	};

	if (stopped(SG_FS_TIMES, NULL))
		return -1;
	return futimens(fd, times);
}

int sg_fs_rename(int from, const char *name, int to, const char *new_name)
{
	if (stopped(SG_FS_RENAME, new_name))
		return -1;
	return renameat(from, name, to, new_name);
}

int sg_fs_link(int from, const char *name, int to, const char *new_name)
{
	if (stopped(SG_FS_LINK, new_name))
		return -1;
	return linkat(from, name, to, new_name, 0);
}

int sg_fs_unlink(int folder, const char *name)
{
	if (stopped(SG_FS_UNLINK, name))
		return -1;
	return unlinkat(folder, name, 0);
}

int sg_fs_mkdir(int folder, const char *name, mode_t mode)
{
	if (stopped(SG_FS_MKDIR, name))
		return -1;
	return mkdirat(folder, name, mode);
}

int sg_fs_rmdir(int folder, const char *name)
{
	if (stopped(SG_FS_RMDIR, name))
		return -1;
	return unlinkat(folder, name, AT_REMOVEDIR);
}

int sg_fs_symlink(const char *target, int folder, const char *name)
{
	if (stopped(SG_FS_SYMLINK, name))
		return -1;
	return symlinkat(target, folder, name);
}

int sg_fs_chown_link(int folder, const char *name, uid_t uid, gid_t gid)
{
	if (stopped(SG_FS_CHOWN, name))
		return -1;
	return fchownat(folder, name, uid, gid, AT_SYMLINK_NOFOLLOW);
}

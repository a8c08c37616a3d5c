/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Every call of this library that changes a file system, and opening beneath a
 * folder without a way out of it. All return -1 with errno, as the calls they
 * are named after.
 */
#ifndef SG_FILE_OPS_H
#define SG_FILE_OPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum sg_fs_call {
	SG_FS_CREATE,
	SG_FS_WRITE,
	SG_FS_ALLOCATE,
	SG_FS_TRUNCATE,
	SG_FS_SYNC,
	SG_FS_RENAME,
	SG_FS_LINK,
	SG_FS_UNLINK,
	SG_FS_MKDIR,
	SG_FS_RMDIR,
	SG_FS_SYMLINK,
	SG_FS_CHMOD,
	SG_FS_CHOWN,
	SG_FS_TIMES,
};

/*
 * For tests: asked before each of these calls, with the name it is about or
 * NULL; what it returns, unless 0, is the errno the call fails with, unmade.
 */
extern int (*sg_fs_watch)(enum sg_fs_call call, const char *name);

/* The folder at @path; links on the way and at the end are followed. */
int sg_fs_open_root(const char *path);
/*
 * What is at @path beneath @root, for reading. Links are followed as long as
 * they stay beneath it: EXDEV when one does not.
 */
int sg_fs_open_beneath(int root, const char *path);
/* What is at @path seen from @root, wherever links lead. */
int sg_fs_open_linked(int root, const char *path);
/*
 * The folder at @path beneath @root, to change what is in it: reached without
 * a link (ELOOP) and without another file system on the way (EXDEV).
 */
int sg_fs_open_folder(int root, const char *path);

/*
 * Of here on @name is one segment, in the folder @folder, and a link there is
 * never followed.
 */

/* To write to: a new file with mode 0600; one that is there, at its end. */
int sg_fs_create(int folder, const char *name);
int sg_fs_append(int folder, const char *name);
/* To read from. */
int sg_fs_open(int folder, const char *name);

/* All of it. */
int sg_fs_write(int fd, const void *data, size_t len);
/* Make sure there is room for @size bytes, where the file system can tell. */
int sg_fs_allocate(int fd, uint64_t size);
int sg_fs_truncate(int fd, uint64_t size);
/* A file or a folder. */
int sg_fs_sync(int fd);
int sg_fs_chmod(int fd, mode_t mode);
int sg_fs_chown(int fd, uid_t uid, gid_t gid);
/* Time of the last change. */
int sg_fs_set_time(int fd, int64_t seconds);

int sg_fs_rename(int from, const char *name, int to, const char *new_name);
int sg_fs_link(int from, const char *name, int to, const char *new_name);
int sg_fs_unlink(int folder, const char *name);
int sg_fs_mkdir(int folder, const char *name, mode_t mode);
int sg_fs_rmdir(int folder, const char *name);
int sg_fs_symlink(const char *target, int folder, const char *name);
int sg_fs_chown_link(int folder, const char *name, uid_t uid, gid_t gid);

#endif /* SG_FILE_OPS_H */

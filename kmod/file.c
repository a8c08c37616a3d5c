// SPDX-License-Identifier: GPL-2.0-only
#include "file.h"

#include <linux/file.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/init_task.h>
#include <linux/mm.h>
#include <linux/sched/task.h>
#include <linux/slab.h>

static struct file *open_as_init(const char *path)
{
	struct file *file;
	struct path root;

	task_lock(&init_task);
	get_fs_root(init_task.fs, &root);
	task_unlock(&init_task);
	file = file_open_root(&root, path, O_RDONLY | O_NONBLOCK, 0);
	path_put(&root);
	return file;
}

static int read_all(struct file *file, size_t max, void **bytes, size_t *len)
{
	loff_t size = i_size_read(file_inode(file)), pos = 0;
	ssize_t got = 1;
	void *buf;

	if (!S_ISREG(file_inode(file)->i_mode))
		return -EISDIR;
	if (size < 0 || size > max)
		return -EFBIG;
	buf = kvmalloc(size + 1, GFP_KERNEL);
	if (!buf)
		return -ENOMEM;
	while (pos < size && got > 0)
		got = kernel_read(file, buf + pos, size - pos, &pos);
	if (got < 0) {
		kvfree(buf);
		return got;
	}
	*bytes = buf;
	*len = pos;
	return 0;
}

int suit_file_read(const char *path, size_t max, void **bytes, size_t *len)
{
	struct file *file = open_as_init(path);
	int ret;

	if (IS_ERR(file))
		return PTR_ERR(file);
	ret = read_all(file, max, bytes, len);
	fput(file);
	return ret;
}

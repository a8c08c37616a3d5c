// SPDX-License-Identifier: GPL-2.0-only
/*
 * A livepatch of a function that the gate redirects: it does what the function
 * did, and is in the way.
 */
#include <linux/kernel_read_file.h>
#include <linux/livepatch.h>
#include <linux/module.h>

static ssize_t patched(const char *path, loff_t offset, void **buf,
		       size_t buf_size, size_t *file_size,
		       enum kernel_read_file_id id)
{
	return -EACCES;
}

static struct klp_func funcs[] = {
	{
		.old_name = "kernel_read_file_from_path_initns",
		.new_func = patched,
	}, { }
};

static struct klp_object objs[] = {
	{
		.funcs = funcs,
	}, { }
};

static struct klp_patch patch = {
	.mod = THIS_MODULE,
	.objs = objs,
};

static int __init patch_init(void)
{
	return klp_enable_patch(&patch);
}

static void __exit patch_exit(void)
{
}

module_init(patch_init);
module_exit(patch_exit);
MODULE_DESCRIPTION("livepatch of a function that suitgate redirects");
MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");

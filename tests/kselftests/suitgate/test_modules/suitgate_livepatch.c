// SPDX-License-Identifier: GPL-2.0-only
/*
 * A livepatch of something that has nothing to do with firmware.
 */
#include <linux/livepatch.h>
#include <linux/module.h>
#include <linux/seq_file.h>

static int livepatched_show(struct seq_file *m, void *v)
{
	seq_puts(m, "livepatched\n");
	return 0;
}

static struct klp_func functions[] = {
	{ .old_name = "cmdline_proc_show", .new_func = livepatched_show },
	{ }
};

static struct klp_object objects[] = {
	{ .funcs = functions },	/* of vmlinux */
	{ }
};

static struct klp_patch patch = {
	.mod = THIS_MODULE,
	.objs = objects,
};

static int __init suitgate_livepatch_init(void)
{
	return klp_enable_patch(&patch);
}

static void __exit suitgate_livepatch_exit(void)
{
}

module_init(suitgate_livepatch_init);
module_exit(suitgate_livepatch_exit);
MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");
MODULE_DESCRIPTION("A livepatch beside suitgate");

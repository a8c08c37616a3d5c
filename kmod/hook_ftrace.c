// SPDX-License-Identifier: GPL-2.0-only
/*
 * Interception by ftrace: exported functions in process context are redirected
 * to wrappers. A wrapper calls the original itself, so other security modules
 * decide first, and looks at the outcome.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include "hook.h"

#include <linux/delay.h>
#include <linux/ftrace.h>
#include <linux/kernel_read_file.h>
#include <linux/rcupdate.h>
#include <linux/security.h>
#include <linux/vmalloc.h>

#include "btf.h"
#include "gate.h"

/*
 * Tasks in a wrapper, which counts itself: another one on the same function,
 * a BPF program, say, may end the call before it gets there.
 */
static atomic_t inflight = ATOMIC_INIT(0);

static ssize_t read_from_path(const char *path, loff_t offset, void **buf,
			      size_t buf_size, size_t *file_size,
			      enum kernel_read_file_id id)
{
	struct suit_request *request;
	void *given = *buf;
	bool partial;
	ssize_t ret;
	int verdict;

	atomic_inc(&inflight);
	if (id != READING_FIRMWARE) {
		ret = kernel_read_file_from_path_initns(path, offset, buf,
							buf_size, file_size,
							id);
		goto out;
	}
	request = suit_gate_read_begin();
	ret = kernel_read_file_from_path_initns(path, offset, buf, buf_size,
						file_size, id);
	suit_gate_read_end(request);
	if (ret < 0) {
		/* how much was read before it failed, nobody says */
		if (given && ret != -ENOENT)
			memset(given, 0, buf_size);
		goto out;
	}
	partial = offset || (file_size && *file_size != ret);
	verdict = suit_gate_file(request, path, *buf, ret, partial);
	if (!verdict)
		goto out;
	if (given) {
		memset(given, 0, ret);
	} else {
		vfree(*buf);
		*buf = NULL;
	}
	ret = verdict;
out:
	atomic_dec(&inflight);
	return ret;
}

static int post_read_file(struct file *file, char *buf, loff_t size,
			  enum kernel_read_file_id id)
{
	int ret;

	atomic_inc(&inflight);
	ret = security_kernel_post_read_file(file, buf, size, id);
	if (!ret && id == READING_FIRMWARE)
		ret = suit_gate_net(file, buf, size);
	atomic_dec(&inflight);
	return ret;
}

static int post_load_data(char *buf, loff_t size, enum kernel_load_data_id id,
			  char *description)
{
	int ret;

	atomic_inc(&inflight);
	ret = security_kernel_post_load_data(buf, size, id, description);
	if (!ret && id == LOADING_FIRMWARE)
		ret = suit_gate_data(buf, size, description);
	atomic_dec(&inflight);
	return ret;
}

struct hook {
	const char *name;
	void *wrapper;
	bool on;
	struct ftrace_ops ops;
};

static void notrace redirect(unsigned long ip, unsigned long parent_ip,
			     struct ftrace_ops *ops, struct ftrace_regs *fregs)
{
	struct hook *hook = container_of(ops, struct hook, ops);

	/* the wrapper's own call goes through */
	if (within_module(parent_ip, THIS_MODULE))
		return;
	ftrace_regs_set_instruction_pointer(fregs,
					    (unsigned long)hook->wrapper);
}

/* No FTRACE_OPS_FL_RECURSION: it would skip redirect() rather than repeat it. */
#define HOOK(function, with) {						\
	.name = #function,						\
	.wrapper = with,						\
	.ops = {							\
		.func = redirect,					\
		.flags = FTRACE_OPS_FL_IPMODIFY | FTRACE_OPS_FL_PERMANENT, \
	},								\
}

static struct hook hooks[] = {
	HOOK(kernel_read_file_from_path_initns, read_from_path),
	HOOK(security_kernel_post_load_data, post_load_data),
	HOOK(security_kernel_post_read_file, post_read_file),
};

static int hook_on(struct hook *hook)
{
	int ret;

	ret = ftrace_set_filter(&hook->ops, (unsigned char *)hook->name,
				strlen(hook->name), 1);
	if (!ret)
		ret = register_ftrace_function(&hook->ops);
	if (ret) {
		pr_err("cannot intercept %s: %d%s\n", hook->name, ret,
		       ret == -EBUSY ? " (livepatched?)" : "");
		ftrace_free_filter(&hook->ops);
		return ret;
	}
	hook->on = true;
	return 0;
}

int suit_hook_check(void)
{
	static const struct suit_prototype want[] = {
		{ "kernel_read_file_from_path_initns",
		  "i8(p,i8,p,i8,p,e4)" },
		{ "security_kernel_post_load_data", "i4(p,i8,e4,p)" },
		{ "security_kernel_post_read_file", "i4(p,p,i8,e4)" },
		{ "_request_firmware", "i4(p,p,p,p,i8,i8,i4)" },
#ifdef CONFIG_FW_LOADER_USER_HELPER
		{ "firmware_fallback_sysfs", "i4(p,p,p,i4,i4)" },
#endif
	};

	return suit_btf_check(want, ARRAY_SIZE(want));
}

int suit_hook_init(void)
{
	unsigned int i;
	int ret;

	for (i = 0; i < ARRAY_SIZE(hooks); i++) {
		ret = hook_on(&hooks[i]);
		if (ret) {
			suit_hook_exit();
			return ret;
		}
	}
	return 0;
}

void suit_hook_exit(void)
{
	int i;

	for (i = ARRAY_SIZE(hooks) - 1; i >= 0; i--) {
		if (!hooks[i].on)
			continue;
		unregister_ftrace_function(&hooks[i].ops);
		ftrace_free_filter(&hooks[i].ops);
		hooks[i].on = false;
	}
	/* a task may be between the trampoline and its wrapper's first step */
	synchronize_rcu_tasks();
	while (atomic_read(&inflight))
		msleep(20);
	/* and the last one between its decrement and its return */
	synchronize_rcu_tasks();
}

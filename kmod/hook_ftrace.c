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
#include <linux/list.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/security.h>
#include <linux/spinlock.h>
#include <linux/vmalloc.h>

#include "btf.h"
#include "gate.h"

/*
 * Tasks in a wrapper, which counts itself: another one on the same function,
 * a BPF program, say, may end the call before it gets there.
 */
static atomic_t inflight = ATOMIC_INIT(0);

/* The functions that are redirected. */
enum hooked {
	READ_FROM_PATH,
	POST_LOAD_DATA,
	POST_READ_FILE,
};

/**
 * struct own_call - a wrapper's call of the original, until it arrives there
 * @list: in own_calls, or by itself
 * @task: which calls
 * @function: which is called
 */
struct own_call {
	struct list_head list;
	struct task_struct *task;
	enum hooked function;
};

static LIST_HEAD(own_calls);
static DEFINE_RAW_SPINLOCK(own_calls_lock);

static void own_call_begin(struct own_call *call, enum hooked function)
{
	unsigned long flags;

	call->task = current;
	call->function = function;
	raw_spin_lock_irqsave(&own_calls_lock, flags);
	list_add(&call->list, &own_calls);
	raw_spin_unlock_irqrestore(&own_calls_lock, flags);
}

/* A BPF program, say, may end the call before it arrives. */
static void own_call_end(struct own_call *call)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&own_calls_lock, flags);
	list_del(&call->list);
	raw_spin_unlock_irqrestore(&own_calls_lock, flags);
}

/*
 * Is this one's own? Only the first that comes is: what the original calls, a
 * device's resume, say, may ask for firmware, too. The address that a call
 * returns to does not tell: it is another one while a probe waits for the return.
 */
static bool notrace own_call_arrives(enum hooked function)
{
	struct own_call *call;
	unsigned long flags;
	bool arrives = false;

	raw_spin_lock_irqsave(&own_calls_lock, flags);
	list_for_each_entry(call, &own_calls, list) {
		arrives = call->task == current && call->function == function;
		if (arrives) {
			list_del_init(&call->list);
			break;
		}
	}
	raw_spin_unlock_irqrestore(&own_calls_lock, flags);
	return arrives;
}

static ssize_t read_original(const char *path, loff_t offset, void **buf,
			     size_t buf_size, size_t *file_size,
			     enum kernel_read_file_id id)
{
	struct own_call call;
	ssize_t ret;

	own_call_begin(&call, READ_FROM_PATH);
	ret = kernel_read_file_from_path_initns(path, offset, buf, buf_size,
						file_size, id);
	own_call_end(&call);
	return ret;
}

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
		ret = read_original(path, offset, buf, buf_size, file_size, id);
		goto out;
	}
	request = suit_gate_read_begin();
	ret = read_original(path, offset, buf, buf_size, file_size, id);
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
	struct own_call call;
	int ret;

	atomic_inc(&inflight);
	own_call_begin(&call, POST_READ_FILE);
	ret = security_kernel_post_read_file(file, buf, size, id);
	own_call_end(&call);
	if (!ret && id == READING_FIRMWARE)
		ret = suit_gate_net(file, buf, size);
	atomic_dec(&inflight);
	return ret;
}

static int post_load_data(char *buf, loff_t size, enum kernel_load_data_id id,
			  char *description)
{
	struct own_call call;
	int ret;

	atomic_inc(&inflight);
	own_call_begin(&call, POST_LOAD_DATA);
	ret = security_kernel_post_load_data(buf, size, id, description);
	own_call_end(&call);
	if (!ret && id == LOADING_FIRMWARE)
		ret = suit_gate_data(buf, size, description);
	atomic_dec(&inflight);
	return ret;
}

struct hook {
	const char *name;
	enum hooked function;
	void *wrapper;
	bool on;
	struct ftrace_ops ops;
};

static void notrace redirect(unsigned long ip, unsigned long parent_ip,
			     struct ftrace_ops *ops, struct ftrace_regs *fregs)
{
	struct hook *hook = container_of(ops, struct hook, ops);

	if (own_call_arrives(hook->function))
		return;
	ftrace_regs_set_instruction_pointer(fregs,
					    (unsigned long)hook->wrapper);
}

/* No FTRACE_OPS_FL_RECURSION: it would skip redirect() rather than repeat it. */
#define HOOK(name_of, which, with) {					\
	.name = #name_of,						\
	.function = which,						\
	.wrapper = with,						\
	.ops = {							\
		.func = redirect,					\
		.flags = FTRACE_OPS_FL_IPMODIFY | FTRACE_OPS_FL_PERMANENT, \
	},								\
}

static struct hook hooks[] = {
	HOOK(kernel_read_file_from_path_initns, READ_FROM_PATH, read_from_path),
	HOOK(security_kernel_post_load_data, POST_LOAD_DATA, post_load_data),
	HOOK(security_kernel_post_read_file, POST_READ_FILE, post_read_file),
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

// SPDX-License-Identifier: GPL-2.0-only
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include "request.h"

#include <linux/kprobes.h>
#include <linux/sched.h>
#include <linux/sched/task.h>

#define SUIT_REQUESTS 256

static struct suit_request requests[SUIT_REQUESTS];
static atomic_t fallbacks = ATOMIC_INIT(0);

struct suit_request *suit_request_current(void)
{
	struct suit_request *innermost = NULL;
	unsigned int i;

	for (i = 0; i < SUIT_REQUESTS; i++)
		if (READ_ONCE(requests[i].task) == current &&
		    (!innermost || requests[i].depth > innermost->depth))
			innermost = &requests[i];
	return innermost;
}

struct suit_request *suit_request_read_begin(void)
{
	struct suit_request *request = suit_request_current();

	/* a read within a read is one of a request that found no slot */
	if (!request || request->reading)
		return NULL;
	request->reading = true;
	return request;
}

void suit_request_read_end(struct suit_request *request)
{
	if (request)
		request->reading = false;
}

static struct suit_request *claim(void)
{
	unsigned int i;

	for (i = 0; i < SUIT_REQUESTS; i++) {
		if (READ_ONCE(requests[i].task) ||
		    cmpxchg(&requests[i].task, NULL, current))
			continue;
		/* who dies in there keeps the slot: nobody may be taken for it */
		get_task_struct(current);
		return &requests[i];
	}
	return NULL;
}

/*
 * _request_firmware(firmware_p, name, ...): with no free slot, or no free
 * instance of the probe, the request has no name, and what it reads is refused.
 */
static int on_entry(struct kretprobe_instance *instance, struct pt_regs *regs)
{
	struct suit_request *outer = suit_request_current();
	struct suit_request **mine = (void *)instance->data;

	*mine = claim();
	if (!*mine)
		return 0;
	(*mine)->name = (const char *)regs_get_kernel_argument(regs, 1);
	(*mine)->depth = outer ? outer->depth + 1 : 0;
	(*mine)->reading = false;
	return 0;
}

static int on_return(struct kretprobe_instance *instance, struct pt_regs *regs)
{
	struct suit_request **mine = (void *)instance->data;

	if (!*mine)
		return 0;
	/* free for others once its name is not read any more */
	smp_store_release(&(*mine)->task, NULL);
	put_task_struct(current);
	return 0;
}

static struct kretprobe request_probe = {
	.kp.symbol_name = "_request_firmware",
	.entry_handler = on_entry,
	.handler = on_return,
	.data_size = sizeof(struct suit_request *),
	.maxactive = SUIT_REQUESTS,
};

#ifdef CONFIG_FW_LOADER_USER_HELPER
static int on_fallback(struct kretprobe_instance *instance,
		       struct pt_regs *regs)
{
	atomic_inc(&fallbacks);
	return 0;
}

static int on_fallback_end(struct kretprobe_instance *instance,
			   struct pt_regs *regs)
{
	atomic_dec(&fallbacks);
	return 0;
}

static struct kretprobe fallback_probe = {
	.kp.symbol_name = "firmware_fallback_sysfs",
	.entry_handler = on_fallback,
	.handler = on_fallback_end,
	.maxactive = SUIT_REQUESTS,
};

/* Does a probe hear this? Whoever writes to debugfs can switch off all. */
static noinline __noclone void knock(bool *heard)
{
	asm volatile("" : : "r" (heard) : "memory");
}

static int on_knock(struct kretprobe_instance *instance, struct pt_regs *regs)
{
	*(bool *)regs_get_kernel_argument(regs, 0) = true;
	/* its return is of no interest */
	return 1;
}

static struct kretprobe knock_probe = {
	.kp.addr = (kprobe_opcode_t *)knock,
	.entry_handler = on_knock,
	.maxactive = SUIT_REQUESTS,
};

bool suit_request_fallback_pending(void)
{
	bool heard = false;

	knock(&heard);
	/* one that the probe missed may last as long as it likes */
	return !heard || READ_ONCE(fallback_probe.nmissed) ||
	       atomic_read(&fallbacks);
}
#else
bool suit_request_fallback_pending(void)
{
	return false;
}
#endif

static struct kretprobe *const probes[] = {
	&request_probe,
#ifdef CONFIG_FW_LOADER_USER_HELPER
	&fallback_probe,
	&knock_probe,
#endif
};

int suit_request_init(void)
{
	unsigned int i;
	int ret;

	for (i = 0; i < ARRAY_SIZE(probes); i++) {
		ret = register_kretprobe(probes[i]);
		if (!ret)
			continue;
		pr_err("cannot see what drivers ask for (%s: %d)\n",
		       probes[i]->kp.symbol_name ?: "a probe", ret);
		while (i--)
			unregister_kretprobe(probes[i]);
		return ret;
	}
	return 0;
}

void suit_request_exit(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(probes); i++)
		unregister_kretprobe(probes[i]);
}

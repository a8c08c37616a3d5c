// SPDX-License-Identifier: GPL-2.0-only
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include "request.h"

#include <linux/kprobes.h>
#include <linux/sched.h>

#define SUIT_REQUESTS 256

static struct suit_request requests[SUIT_REQUESTS];

struct suit_request *suit_request_current(void)
{
	unsigned int i;

	for (i = 0; i < SUIT_REQUESTS; i++)
		if (READ_ONCE(requests[i].task) == current)
			return &requests[i];
	return NULL;
}

static struct suit_request *claim(void)
{
	unsigned int i;

	for (i = 0; i < SUIT_REQUESTS; i++)
		if (!READ_ONCE(requests[i].task) &&
		    !cmpxchg(&requests[i].task, NULL, current))
			return &requests[i];
	return NULL;
}

/*
 * _request_firmware(firmware_p, name, ...): with no free slot the request has
 * no name, and what it reads is refused.
 */
static int on_entry(struct kretprobe_instance *instance, struct pt_regs *regs)
{
	struct suit_request **mine = (void *)instance->data;

	*mine = claim();
	if (!*mine)
		return 0;
	(*mine)->name = (const char *)regs_get_kernel_argument(regs, 1);
	(*mine)->reading = false;
	return 0;
}

static int on_return(struct kretprobe_instance *instance, struct pt_regs *regs)
{
	struct suit_request **mine = (void *)instance->data;

	if (*mine)
		/* the slot is free for others when its name is not read any more */
		smp_store_release(&(*mine)->task, NULL);
	return 0;
}

static struct kretprobe probe = {
	.kp.symbol_name = "_request_firmware",
	.entry_handler = on_entry,
	.handler = on_return,
	.data_size = sizeof(struct suit_request *),
	.maxactive = SUIT_REQUESTS,
};

int suit_request_init(void)
{
	int ret = register_kretprobe(&probe);

	if (ret)
		pr_err("cannot see what drivers ask for (_request_firmware: %d)\n",
		       ret);
	return ret;
}

void suit_request_exit(void)
{
	unregister_kretprobe(&probe);
}

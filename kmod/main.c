// SPDX-License-Identifier: GPL-2.0-only
/*
 * suitgate: the firmware loader delivers what its author signed.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/build_bug.h>
#include <linux/errno.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/timekeeping.h>

#include "build_id.h"
#include "core/suit.h"
#include "crypto.h"
#include "device.h"
#include "event.h"
#include "floor.h"
#include "hook.h"
#include "keyring.h"
#include "registry.h"
#include "request.h"
#include "selftest.h"
#include "state.h"
#include "status.h"
#include "trust.h"

/* The verifier has errno values of its own; they are the kernel's. */
static void __maybe_unused check_errno(void)
{
	BUILD_BUG_ON(SUIT_EPERM != EPERM || SUIT_EIO != EIO);
	BUILD_BUG_ON(SUIT_E2BIG != E2BIG || SUIT_ENOMEM != ENOMEM);
	BUILD_BUG_ON(SUIT_EAGAIN != EAGAIN);
	BUILD_BUG_ON(SUIT_EACCES != EACCES || SUIT_ENODEV != ENODEV);
	BUILD_BUG_ON(SUIT_EINVAL != EINVAL || SUIT_ERANGE != ERANGE);
	BUILD_BUG_ON(SUIT_EBADMSG != EBADMSG);
	BUILD_BUG_ON(SUIT_EOPNOTSUPP != EOPNOTSUPP);
	BUILD_BUG_ON(SUIT_ESTALE != ESTALE || SUIT_ENOKEY != ENOKEY);
	BUILD_BUG_ON(SUIT_EKEYREVOKED != EKEYREVOKED);
	BUILD_BUG_ON(SUIT_EKEYREJECTED != EKEYREJECTED);
}

/**
 * struct part - one part of the module
 * @init: 0 or a negative errno
 * @exit: undoes @init; may be NULL
 */
struct part {
	int (*init)(void);
	void (*exit)(void);
};

/* In this order, and back in the opposite one. */
static const struct part parts[] = {
	{ suit_hook_check },
	{ suit_crypto_init, suit_crypto_exit },
	{ suit_keyring_init, suit_keyring_exit },
	{ suit_selftest },
	{ suit_trust_init, suit_trust_exit },
	{ suit_event_init, suit_event_exit },
	{ NULL, suit_floor_exit },
	{ NULL, suit_registry_exit },
	{ suit_request_init, suit_request_exit },
	{ suit_hook_init, suit_hook_exit },
	{ suit_status_init, suit_status_exit },
	{ suit_device_init, suit_device_exit },
};

static void leave(unsigned int n)
{
	while (n--)
		if (parts[n].exit)
			parts[n].exit();
}

static int __init suitgate_init(void)
{
	unsigned int i;
	int ret;

	suit_state_init();
	suit_build_id_init();
	for (i = 0; i < ARRAY_SIZE(parts); i++) {
		ret = parts[i].init ? parts[i].init() : 0;
		if (ret) {
			leave(i);
			return ret;
		}
	}
	suit_state.gated_since = ktime_get_boottime_ns();
	pr_info("firmware loader gated, nothing is refused yet\n");
	return 0;
}

/*
 * A sealed gate has a reference that nobody puts, so only a forced unload comes
 * here (rmmod -f). It cannot be refused, but it need not end.
 */
static void stay(void)
{
	pr_alert("sealed: not unloaded before the next boot\n");
	for (;;) {
		set_current_state(TASK_IDLE | TASK_FREEZABLE);
		schedule();
	}
}

static void __exit suitgate_exit(void)
{
	if (suit_state_sealed())
		stay();
	leave(ARRAY_SIZE(parts));
}

module_init(suitgate_init);
module_exit(suitgate_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Load only firmware that its author signed (IETF SUIT)");

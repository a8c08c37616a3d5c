// SPDX-License-Identifier: GPL-2.0-only
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include "state.h"

#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/timekeeping.h>

#define SUIT_IDENTITIES 64

struct suit_state suit_state;

/**
 * struct identity - one vendor, class or device id, or the active slot
 */
struct identity {
	u32 kind;
	u8 value[16];
};

/* Identities only grow until the seal; @n_identities publishes them. */
static struct identity identities[SUIT_IDENTITIES];
static unsigned int n_identities;
static u32 mode = SUITGATE_MODE_SETUP;
static DEFINE_MUTEX(lock);
static DECLARE_RWSEM(seal_lock);

#ifdef SUITGATE_NO_BREAK_GLASS
static const char *asked_mode = "";
#else
static char *asked_mode = "";
module_param_named(mode, asked_mode, charp, 0444);
MODULE_PARM_DESC(mode, "audit: decide and record, never refuse (break-glass)");
#endif

void suit_state_init(void)
{
	suit_state.break_glass = !strcmp(asked_mode, "audit");
	if (*asked_mode && !suit_state.break_glass)
		pr_warn("mode=%s is not known: only audit is\n", asked_mode);
	if (suit_state.break_glass)
		pr_warn("break-glass: nothing will be refused\n");
}

void suit_state_count(u8 verdict)
{
	if (verdict == SUITGATE_REFUSED)
		atomic64_inc(&suit_state.refused);
	else
		atomic64_inc(&suit_state.delivered);
	if (verdict == SUITGATE_AUDITED)
		atomic64_inc(&suit_state.audited);
}

bool suit_state_sealed(void)
{
	return READ_ONCE(suit_state.sealed_since);
}

u32 suit_state_mode(void)
{
	if (suit_state.break_glass)
		return SUITGATE_MODE_AUDIT;
	return READ_ONCE(mode);
}

void suit_state_hold(void)
{
	down_read(&seal_lock);
}

void suit_state_release(void)
{
	up_read(&seal_lock);
}

int suit_state_set_mode(u32 wanted)
{
	if (wanted < SUITGATE_MODE_SETUP || wanted > SUITGATE_MODE_ENFORCE)
		return -EINVAL;
	WRITE_ONCE(mode, wanted);
	return 0;
}

void suit_state_seal(void)
{
	down_write(&seal_lock);
	if (!suit_state_sealed()) {
		__module_get(THIS_MODULE);
		WRITE_ONCE(mode, SUITGATE_MODE_ENFORCE);
		WRITE_ONCE(suit_state.sealed_since, ktime_get_boottime_ns());
		pr_info("sealed\n");
	}
	up_write(&seal_lock);
}

int suit_state_add_identity(u32 kind, const u8 *value)
{
	int ret = 0;

	if (kind < SUITGATE_IDENTITY_VENDOR || kind > SUITGATE_IDENTITY_SLOT)
		return -EINVAL;
	mutex_lock(&lock);
	if (n_identities == SUIT_IDENTITIES) {
		ret = -ENOSPC;
	} else {
		identities[n_identities].kind = kind;
		memcpy(identities[n_identities].value, value, 16);
		/* readers see the number after the identity it counts */
		smp_store_release(&n_identities, n_identities + 1);
	}
	mutex_unlock(&lock);
	return ret;
}

bool suit_state_is(enum suit_identity what, struct suit_slice value)
{
	/* pairs with suit_state_add_identity() */
	unsigned int n = smp_load_acquire(&n_identities), i;

	if (value.len != 16)
		return false;
	for (i = 0; i < n; i++)
		if (identities[i].kind == (u32)what &&
		    !memcmp(identities[i].value, value.ptr, 16))
			return true;
	return false;
}

bool suit_state_in_slot(u64 slot)
{
	/* pairs with suit_state_add_identity() */
	unsigned int n = smp_load_acquire(&n_identities), i;
	bool known = false;

	for (i = 0; i < n; i++) {
		if (identities[i].kind != SUITGATE_IDENTITY_SLOT)
			continue;
		known = true;
		if (identities[i].value[0] == slot)
			return true;
	}
	return !known && !slot;
}

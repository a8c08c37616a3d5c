// SPDX-License-Identifier: GPL-2.0-only
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include "notify.h"

#include <linux/audit.h>
#include <linux/mutex.h>
#include <linux/ratelimit.h>
#include <linux/slab.h>

#include "core/suit.h"

#define CREATE_TRACE_POINTS
#include "trace.h"

/* Guards @device: no uevent about it once it is gone. */
static DEFINE_MUTEX(lock);
static struct kobject *device;
static DEFINE_RATELIMIT_STATE(log_limit, 5 * HZ, 20);
static DEFINE_RATELIMIT_STATE(uevent_limit, 5 * HZ, 20);

void suit_notify_device(struct kobject *kobj)
{
	mutex_lock(&lock);
	device = kobj;
	mutex_unlock(&lock);
}

static const char *verdict_name(u8 verdict)
{
	return verdict == SUITGATE_REFUSED ? "refused" : "audited";
}

/* With auditing off the record would only repeat what the log says. */
static void audit(const struct suitgate_record *r)
{
	struct audit_buffer *ab;

	if (!audit_enabled)
		return;
	ab = audit_log_start(audit_context(), GFP_KERNEL, AUDIT_KERNEL_OTHER);
	if (!ab)
		return;
	audit_log_format(ab, "op=firmware name=\"%s\" verdict=%s reason=%s authority=\"%s\" seq=%llu res=%d",
			 r->name, verdict_name(r->verdict),
			 suit_error_name(r->error), r->authority,
			 r->sequence_number, r->verdict == SUITGATE_AUDITED);
	audit_log_end(ab);
}

static void uevent(const struct suitgate_record *r)
{
	char *env[4] = { NULL };
	unsigned int i;

	env[0] = kasprintf(GFP_KERNEL, "SUITGATE_NAME=%s", r->name);
	env[1] = kasprintf(GFP_KERNEL, "SUITGATE_ERROR=%s",
			   suit_error_name(r->error));
	env[2] = kasprintf(GFP_KERNEL, "SUITGATE_VERDICT=%s",
			   verdict_name(r->verdict));
	mutex_lock(&lock);
	if (device && env[0] && env[1] && env[2])
		kobject_uevent_env(device, KOBJ_CHANGE, env);
	mutex_unlock(&lock);
	for (i = 0; i < 3; i++)
		kfree(env[i]);
}

static void write_log(const struct suitgate_record *r)
{
	const char *by = r->authority[0] ? " by " : "";

	if (!__ratelimit(&log_limit))
		return;
	pr_warn("%s %s: %s%s%s\n", verdict_name(r->verdict), r->name,
		suit_error_name(r->error), by, r->authority);
}

void suit_notify(const struct suitgate_record *r)
{
	trace_suitgate_decision(r);
	if (r->verdict == SUITGATE_DELIVERED)
		return;
	write_log(r);
	audit(r);
	if (__ratelimit(&uevent_limit))
		uevent(r);
}

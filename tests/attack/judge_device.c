// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The kernel as judge, through /dev/suitgate.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>

#include "judge.h"
#include "uapi/suitgate.h"

/* A call that failed must say why; one that did not must not. */
static enum suit_error outcome(int ret, u32 error)
{
	if ((ret < 0) != (error != SUIT_OK))
		return SUIT_ERR_COUNT;
	if (ret < 0 && errno != -suit_error_errno((enum suit_error)error))
		return SUIT_ERR_COUNT;
	return (enum suit_error)error;
}

static enum suit_error apply_device(struct judge *judge,
				    struct suit_slice bundle)
{
	struct suitgate_trust call = {
		.size = sizeof(call),
		.data = (__u64)(uintptr_t)bundle.ptr,
		.len = bundle.len,
	};
	int ret;

	ret = ioctl(judge->fd, SUITGATE_IOC_TRUST, &call);
	return outcome(ret, call.error);
}

static enum suit_error decide_device(struct judge *judge,
				     const struct evidence *evidence)
{
	struct suitgate_check call = {
		.size = sizeof(call),
		.envelope = (__u64)(uintptr_t)evidence->envelope.ptr,
		.envelope_len = evidence->envelope.len,
		.component = (__u64)(uintptr_t)evidence->component.ptr,
		.component_len = (__u32)evidence->component.len,
		.payload = (__u64)(uintptr_t)evidence->payload.ptr,
		.payload_len = evidence->payload.len,
	};
	int ret;

	ret = ioctl(judge->fd, SUITGATE_IOC_CHECK, &call);
	return outcome(ret, call.error);
}

static void set_identity(int fd, u32 kind, const u8 *value)
{
	struct suitgate_identity call = { .size = sizeof(call), .kind = kind };

	memcpy(call.value, value, sizeof(call.value));
	if (ioctl(fd, SUITGATE_IOC_IDENTITY, &call) < 0)
		die("setting the gateway's identity");
}

void judge_open_device(struct judge *judge)
{
	struct suitgate_info info = { .size = sizeof(info) };

	judge->fd = open(SUITGATE_DEVICE, O_RDWR | O_CLOEXEC);
	if (judge->fd < 0)
		die(SUITGATE_DEVICE);
	if (ioctl(judge->fd, SUITGATE_IOC_INFO, &info) < 0)
		die("asking the module for its state");
	if (info.keys || info.state & SUITGATE_SEALED) {
		errno = EBUSY;
		die("the module has trust already, load it anew");
	}
	set_identity(judge->fd, SUITGATE_IDENTITY_VENDOR, judge_vendor);
	set_identity(judge->fd, SUITGATE_IDENTITY_CLASS, judge_class);
	judge->apply = apply_device;
	judge->decide = decide_device;
}

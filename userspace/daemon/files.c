// SPDX-License-Identifier: GPL-2.0-or-later
#include "files.h"

#include <syslog.h>

#include "setup.h"
#include "task.h"

/**
 * struct change - to what is installed
 * @device: where
 * @digest: of what
 */
struct change {
	const struct sg_device *device;
	const struct sg_gate_digest *digest;
};

static int recover(void *argument, struct sg_error *err)
{
	const struct change *change = argument;

	return sg_install_recover(change->device, NULL, 0, err);
}

static int revert(void *argument, struct sg_error *err)
{
	const struct change *change = argument;

	return sg_install_revert(change->device, change->digest, err);
}

static int make(struct daemon *daemon,
		int (*how)(void *argument, struct sg_error *err),
		const struct sg_gate_digest *digest, struct sg_error *err)
{
	struct change change = { .digest = digest };
	struct setup setup;
	int ret;

	if (setup_make(daemon, &setup, err) < 0)
		return -1;
	change.device = &setup.device;
	ret = task_wait(how, &change, err);
	setup_free(&setup);
	return ret;
}

int files_recover(struct daemon *daemon, struct sg_error *err)
{
	int ret = make(daemon, recover, NULL, err);

	if (ret > 0)
		daemon_log(LOG_ERR, "%s", err->message);
	return ret < 0 ? -1 : 0;
}

int files_revert(struct daemon *daemon, const struct sg_gate_digest *digest,
		 struct sg_error *err)
{
	return make(daemon, revert, digest, err);
}

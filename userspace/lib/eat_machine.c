// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What can be said of this machine.
 */
#include <string.h>
#include <systemd/sd-id128.h>
#include <time.h>

#include "suitgate/report.h"

int sg_eat_machine(struct sg_eat *out, struct sg_error *err)
{
	struct sg_gate *gate;
	sd_id128_t boot;
	int r;

	*out = (struct sg_eat){ .issued = (uint64_t)time(NULL) };
	r = sd_id128_get_boot(&boot);
	if (r < 0)
		return sg_fail(err, "cannot tell which boot this is: %s",
			       strerror(-r));
	memcpy(out->boot, boot.bytes, sizeof(out->boot));
	out->booted = true;
	if (!sg_gate_present())
		return 0;
	out->gated = true;
	if (sg_gate_open(&gate, err) < 0)
		return -1;
	r = sg_gate_get_info(gate, &out->gate, err);
	sg_gate_close(gate);
	return r;
}

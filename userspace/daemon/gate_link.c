// SPDX-License-Identifier: GPL-2.0-or-later
#include "gate_link.h"

int gate_link_load(const struct sg_buf *envelope, struct sg_error *err)
{
	struct sg_gate_manifest manifest;
	struct sg_gate *gate;
	int ret;

	if (!sg_gate_present())
		return 0;
	if (sg_gate_open(&gate, err) < 0)
		return -1;
	ret = sg_gate_load(gate, envelope, &manifest, err);
	sg_gate_close(gate);
	return ret;
}

int gate_link_confirm(const struct sg_gate_digest *digest, bool jump,
		      struct sg_error *err)
{
	struct sg_gate *gate;
	int ret;

	if (!sg_gate_present())
		return 0;
	if (sg_gate_open(&gate, err) < 0)
		return -1;
	ret = sg_gate_confirm(gate, digest, jump, err);
	sg_gate_close(gate);
	return ret;
}

void gate_link_unload(const char *digest)
{
	struct sg_gate_digest parsed;
	struct sg_error ignored;
	struct sg_gate *gate;

	if (!sg_gate_present() ||
	    sg_gate_digest_parse(digest, &parsed, &ignored) < 0 ||
	    sg_gate_open(&gate, &ignored) < 0)
		return;
	sg_gate_unload(gate, &parsed, &ignored);
	sg_gate_close(gate);
}

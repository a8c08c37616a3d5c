// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A manifest on the command line: its digest, or a file that holds it.
 */
#include <unistd.h>

#include "cli.h"
#include "manifest_arg.h"

int manifest_arg(const char *arg, struct sg_gate_digest *out,
		 struct sg_error *err)
{
	struct sg_buf bytes;
	int ret;

	if (access(arg, F_OK) < 0)
		return sg_gate_digest_parse(arg, out, err);
	if (sg_file_read(arg, CLI_MAX_ENVELOPE, &bytes, err) < 0)
		return -1;
	ret = sg_gate_digest_of(&bytes, out, err);
	sg_buf_free(&bytes);
	return ret;
}

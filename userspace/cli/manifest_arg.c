// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A manifest on the command line: its digest, or a file that holds it.
 */
#include <unistd.h>

#include "manifest_arg.h"

/* An envelope with payloads inside; the verifier has its own, equal bound. */
enum { MAX_ENVELOPE = 64 << 20 };

int manifest_arg(const char *arg, struct sg_gate_digest *out,
		 struct sg_error *err)
{
	struct sg_buf bytes;
	int ret;

	if (access(arg, F_OK) < 0)
		return sg_gate_digest_parse(arg, out, err);
	if (sg_file_read(arg, MAX_ENVELOPE, &bytes, err) < 0)
		return -1;
	ret = sg_gate_digest_of(&bytes, out, err);
	sg_buf_free(&bytes);
	return ret;
}

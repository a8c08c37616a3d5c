// SPDX-License-Identifier: GPL-2.0-or-later
#include "report_key.h"

#include <stdio.h>
#include <unistd.h>

enum { MAX_PATH = 4096 };

static int make_key(const char *path, struct sg_error *err)
{
	int32_t alg;

	if (access(path, F_OK) == 0)
		return 0;
	return sg_alg_parse("esp256", &alg, err) < 0 ? -1 :
	       sg_key_generate(alg, path, true, err);
}

int report_key_sign(const struct config *config, const struct sg_buf *report,
		    struct sg_buf *out, struct sg_error *err)
{
	char path[MAX_PATH];

	snprintf(path, sizeof(path), "%s/device.pem", config->state_dir);
	if (make_key(path, err) < 0)
		return -1;
	return sg_report_sign(report, path, out, err);
}

// SPDX-License-Identifier: GPL-2.0-or-later
#include "device_key.h"

#include <stdio.h>
#include <unistd.h>

int device_key_path(const struct config *config, char out[DEVICE_KEY_PATH],
		    struct sg_error *err)
{
	int32_t alg;

	snprintf(out, DEVICE_KEY_PATH, "%s/device.pem", config->config_dir);
	if (access(out, F_OK) == 0)
		return 0;
	return sg_alg_parse("esp256", &alg, err) < 0 ? -1 :
	       sg_key_generate(alg, out, true, err);
}

int device_key_sign(const struct config *config, const struct sg_buf *report,
		    struct sg_buf *out, struct sg_error *err)
{
	char path[DEVICE_KEY_PATH];
	struct sg_buf secret;
	int ret;

	if (device_key_path(config, path, err) < 0)
		return -1;
	if (!config->report_reader)
		return sg_report_sign(report, path, out, err);
	if (sg_report_encrypt(report, config->report_reader, &secret, err) < 0)
		return -1;
	ret = sg_report_sign(&secret, path, out, err);
	sg_buf_free(&secret);
	return ret;
}

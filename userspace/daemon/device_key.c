// SPDX-License-Identifier: GPL-2.0-or-later
#include "device_key.h"

#include <stdio.h>
#include <unistd.h>

int device_key_path(const struct config *config, char out[DEVICE_KEY_PATH],
		    struct sg_error *err)
{
	int32_t alg;

	snprintf(out, DEVICE_KEY_PATH, "%s/device.pem", config->config_dir);
	/* without the public one no floors can be read: it may have got lost */
	if (access(out, F_OK) == 0)
		return sg_key_publish(out, err);
	return sg_alg_parse("esp256", &alg, err) < 0 ? -1 :
	       sg_key_generate(alg, out, true, err);
}

/* Encrypt it, if it has a reader; sign it. */
static int seal(const struct config *config, const struct sg_buf *plain,
		struct sg_buf *out, struct sg_error *err)
{
	char path[DEVICE_KEY_PATH];
	struct sg_buf secret;
	int ret;

	if (device_key_path(config, path, err) < 0)
		return -1;
	if (!config->report_reader)
		return sg_report_sign(plain, path, out, err);
	if (sg_report_encrypt(plain, config->report_reader, &secret, err) < 0)
		return -1;
	ret = sg_report_sign(&secret, path, out, err);
	sg_buf_free(&secret);
	return ret;
}

int device_key_report(const struct config *config,
		      const struct sg_device *device,
		      const struct sg_buf *report, struct sg_buf *out,
		      struct sg_error *err)
{
	struct sg_buf claims;
	struct sg_eat eat;
	int ret;

	if (config->report_form != REPORT_EAT)
		return seal(config, report, out, err);
	if (sg_eat_machine(&eat, err) < 0)
		return -1;
	eat.device = device;
	if (sg_eat_encode(report, &eat, &claims, err) < 0)
		return -1;
	ret = seal(config, &claims, out, err);
	sg_buf_free(&claims);
	return ret;
}

// SPDX-License-Identifier: GPL-2.0-or-later
#include "report_case.h"

#include <stdlib.h>
#include <systemd/sd-json.h>

struct sg_buf report_buf(struct suit_slice bytes)
{
	return (struct sg_buf){ (uint8_t *)bytes.ptr, bytes.len };
}

const char *report_shown(struct suit_slice bytes)
{
	struct sg_buf buf = report_buf(bytes);
	sd_json_variant *v = NULL;
	const char *copy;
	char *line;

	succeeded(sg_report_show(&buf, &v, &why));
	assert_true(sd_json_variant_format(v, 0, &line) >= 0);
	copy = text("%s", line);
	free(line);
	sd_json_variant_unref(v);
	return copy;
}

struct suit_slice report_encoded(const struct sg_report *from)
{
	struct sg_buf out;

	succeeded(sg_report_encode(from, &out, &why));
	return taken(&out);
}

struct sg_report report_plain(void)
{
	return (struct sg_report){ .uri = "u", .digest = diag(DIGEST) };
}

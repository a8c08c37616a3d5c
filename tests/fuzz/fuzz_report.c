// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What comes from other machines and from the disk. First byte even: the rest is
 * a report, and shown it does a terminal no harm. Odd: it is the record of an
 * installation, and what is read is written as the same bytes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <systemd/sd-json.h>

#include "fuzz.h"
#include "install_record.h"
#include "suitgate/report.h"

/* Lines of text, and no control that a terminal would act on. */
static void print(sd_json_variant *shown)
{
	struct sg_error err;
	size_t len, i;
	char *page;
	FILE *out = open_memstream(&page, &len);

	MUST(out && sg_report_print(shown, out, &err) == 0);
	fclose(out);
	for (i = 0; i < len; i++) {
		uint8_t c = (uint8_t)page[i];

		MUST(c == '\n' || (c >= ' ' && c != 0x7f));
		MUST(c != 0xc2 || (uint8_t)page[i + 1] >= 0xa0);
	}
	free(page);
}

static void show(const struct sg_buf *bytes)
{
	sd_json_variant *v;
	struct sg_error err;

	if (sg_report_show(bytes, &v, &err) < 0) {
		MUST(strcmp(err.code, "out-of-memory"));
		return;
	}
	print(v);
	sd_json_variant_unref(v);
}

static void read_back(const struct sg_buf *bytes)
{
	struct sg_install_record record;
	struct sg_device device;
	struct sg_buf again;
	struct sg_error err;

	sg_device_default(&device);
	if (sg_install_decode(bytes, &device, &record, &err) < 0)
		return;
	MUST(sg_install_encode(&record, &again, &err) == 0);
	MUST(again.len == bytes->len &&
	     !memcmp(again.data, bytes->data, again.len));
	sg_install_record_free(&record);
	sg_buf_free(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sg_buf bytes = { (uint8_t *)data + 1, size - 1 };

	if (size < 2)
		return 0;
	if (data[0] & 1)
		read_back(&bytes);
	else
		show(&bytes);
	return 0;
}

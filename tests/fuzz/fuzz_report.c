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
#include "report_cipher.h"
#include "report_decode.h"
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

/* Signed or not, perhaps it is encrypted: what is found is inside. */
static void take_apart(const struct sg_buf *bytes)
{
	struct suit_slice all = { bytes->data, bytes->len };
	struct sg_report_recipient recipient;
	struct sg_report_cipher cipher;
	struct sg_report_block block;
	struct suit_cursor cur;
	uint32_t i;

	if (sg_report_block_open(all, &block) == SUIT_OK)
		all = block.payload;
	if (sg_report_cipher_decode(all, &cipher))
		return;
	MUST(cipher.iv.len == SG_CIPHER_IV);
	MUST(cipher.text.len >= SG_CIPHER_TAG && cipher.text.ptr > all.ptr &&
	     cipher.text.len < all.len);
	suit_cursor_init(&cur, cipher.recipients);
	for (i = 0; i < cipher.n_recipients; i++) {
		MUST(!sg_report_recipient_next(&cur, &recipient));
		MUST(!recipient.x.ptr ||
		     recipient.wrapped.len == SG_CIPHER_WRAPPED);
	}
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
	take_apart(&bytes);
	return 0;
}

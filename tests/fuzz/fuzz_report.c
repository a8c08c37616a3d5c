// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What comes from other machines and from the disk. First byte even: the rest is
 * a report or a token with one, and shown it does a terminal no harm; a report in
 * a token of ours, of which the first byte says what is in it, is found there
 * again. Odd: it is the record of an installation, and what is read is written as
 * the same bytes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <systemd/sd-json.h>

#include "eat.h"
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

/* Perhaps it is encrypted: what is found is inside. */
static void take_apart(struct suit_slice all)
{
	struct sg_report_recipient recipient;
	struct sg_report_cipher cipher;
	struct suit_cursor cur;
	uint32_t i;

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

/* Who asked with its nonce, or with one of them, gets it; nobody else does. */
static void check_fresh(struct suit_slice claims, struct suit_slice nonces)
{
	struct sg_buf whole = { (uint8_t *)claims.ptr, claims.len };
	struct suit_slice nonce;
	struct suit_cursor cur;
	struct sg_error err;
	uint32_t n = 1;

	MUST(sg_report_fresh(&whole, NULL, 0, &err) < 0);
	MUST(!strcmp(err.code, "report-not-fresh"));
	if (!nonces.ptr)
		return;
	suit_cursor_init(&cur, nonces);
	if (suit_cbor_peek(&cur) == SUIT_CBOR_ARRAY)
		n = suit_cbor_array(&cur);
	while (n--) {
		nonce = suit_cbor_bstr(&cur);
		MUST(nonce.len >= SG_EAT_MIN_NONCE &&
		     nonce.len <= SG_EAT_MAX_NONCE);
		MUST(!sg_report_fresh(&whole, nonce.ptr, nonce.len, &err));
	}
}

static void read_token(struct suit_slice all)
{
	struct sg_report_view report;
	struct sg_eat_view token;

	if (!sg_eat_is(all) || sg_eat_decode(all, &token))
		return;
	MUST(token.report.ptr && fuzz_inside(token.report, all));
	MUST(fuzz_inside(token.nonce, all));
	MUST(!sg_report_decode(token.report, &report));
	check_fresh(all, token.nonce);
}

/* All that can be said of a device, or less: as @how says. */
static int make_token(uint8_t how, const struct sg_buf *report,
		      struct sg_buf *out)
{
	static const uint8_t nonce[SG_EAT_MAX_NONCE];
	static const struct sg_device_identity identity[] = {
		{ .kind = SG_IDENTITY_VENDOR }, { .kind = SG_IDENTITY_CLASS },
		{ .kind = SG_IDENTITY_DEVICE },
	};
	const struct sg_device device = {
		.identity = identity, .n_identities = how >> 6,
		.pen = how & 32,
	};
	const struct sg_eat eat = {
		.nonce = how & 6 ? nonce : NULL,
		.n_nonce = how & 2 ? SG_EAT_MIN_NONCE : SG_EAT_MAX_NONCE,
		.issued = how >> 2 & 1, .booted = how & 8, .device = &device,
		.gated = how & 16,
		.gate = { .mode = 3, .sealed = true,
			  .build_id = { how & 8 ? 'a' : 0 } },
	};
	struct sg_error err;

	return sg_eat_encode(report, &eat, out, &err);
}

static void enclose(uint8_t how, struct suit_slice all)
{
	struct sg_buf report = { (uint8_t *)all.ptr, all.len }, claims;
	struct sg_eat_view token;
	struct suit_slice made;

	if (make_token(how, &report, &claims) < 0)
		return;
	made = (struct suit_slice){ claims.data, claims.len };
	MUST(sg_eat_is(made) && !sg_eat_decode(made, &token));
	MUST(suit_slice_equal(token.report, all));
	read_token(made);
	show(&claims);
	sg_buf_free(&claims);
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
	struct suit_slice all = { bytes.data, bytes.len };
	struct sg_report_block block;

	if (size < 2)
		return 0;
	if (data[0] & 1)
		read_back(&bytes);
	else
		show(&bytes);
	/* signed or not */
	if (sg_report_block_open(all, &block) == SUIT_OK)
		all = block.payload;
	take_apart(all);
	read_token(all);
	enclose(data[0], all);
	return 0;
}

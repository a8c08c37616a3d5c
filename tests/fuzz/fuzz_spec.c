// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Manifests as JSON. First byte even: the rest is an envelope, and what is
 * shown of it makes the same bytes again. Odd: the rest is JSON.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <systemd/sd-json.h>

#include "fuzz.h"
#include "suitgate/author.h"

/* As text and back, as it goes from suitctl show to suitctl create. */
static sd_json_variant *through_text(sd_json_variant *shown)
{
	sd_json_variant *out = NULL;
	char *text;

	MUST(sd_json_variant_format(shown, 0, &text) >= 0);
	MUST(sd_json_parse(text, 0, &out, NULL, NULL) >= 0);
	sd_json_variant_unref(shown);
	free(text);
	return out;
}

/* Lines of text, and no control that a terminal would act on. */
static void print(sd_json_variant *shown)
{
	struct sg_error err;
	size_t len, i;
	char *page;
	FILE *out = open_memstream(&page, &len);

	MUST(out && sg_spec_print(shown, out, &err) == 0);
	fclose(out);
	for (i = 0; i < len; i++) {
		uint8_t c = (uint8_t)page[i];

		MUST(c == '\n' || (c >= ' ' && c != 0x7f));
		MUST(c != 0xc2 || (uint8_t)page[i + 1] >= 0xa0);
	}
	free(page);
}

static void round_trip(const uint8_t *data, size_t size)
{
	struct sg_buf envelope = { (uint8_t *)data, size }, again = { 0 };
	sd_json_variant *shown = NULL;
	struct sg_error err;

	if (sg_spec_show(&envelope, &shown, &err) < 0)
		return;
	shown = through_text(shown);
	MUST(sg_spec_create(shown, NULL, false, &again, &err) == 0);
	MUST(again.len == size && !memcmp(again.data, data, size));
	print(shown);
	sd_json_variant_unref(shown);
	sg_buf_free(&again);
}

static void create(const uint8_t *data, size_t size)
{
	char *text = strndup((const char *)data, size);
	sd_json_variant *spec = NULL;
	struct sg_buf out = { 0 };
	struct sg_error err;

	if (text && sd_json_parse(text, 0, &spec, NULL, NULL) >= 0 &&
	    sg_spec_create(spec, NULL, true, &out, &err) == 0) {
		struct suit_envelope env;

		MUST(suit_envelope_open(&env, (struct suit_slice){
					out.data, out.len }) == SUIT_OK);
	}
	sg_buf_free(&out);
	sd_json_variant_unref(spec);
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 2)
		return 0;
	if (data[0] & 1)
		create(data + 1, size - 1);
	else
		round_trip(data + 1, size - 1);
	return 0;
}

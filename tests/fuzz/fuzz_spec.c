// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Manifests as JSON. First byte even: the rest is an envelope, and what is
 * shown of it makes the same manifest again. Odd: the rest is JSON.
 */
#include <stdlib.h>
#include <string.h>
#include <systemd/sd-json.h>

#include "fuzz.h"
#include "suitgate/author.h"

static void round_trip(const uint8_t *data, size_t size)
{
	struct sg_buf envelope = { (uint8_t *)data, size }, again = { 0 };
	struct suit_envelope before, after;
	sd_json_variant *shown = NULL;
	struct sg_error err;

	if (sg_spec_show(&envelope, &shown, &err) < 0)
		return;
	MUST(sg_spec_create(shown, NULL, false, &again, &err) == 0);
	MUST(suit_envelope_open(&before, (struct suit_slice){ data, size }) ==
	     SUIT_OK);
	MUST(suit_envelope_open(&after, (struct suit_slice){
				again.data, again.len }) == SUIT_OK);
	MUST(suit_slice_equal(before.manifest, after.manifest));
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

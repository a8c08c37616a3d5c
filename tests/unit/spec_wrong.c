// SPDX-License-Identifier: GPL-2.0-or-later
#include "spec_wrong.h"

const char *spec_complaint(const char *json)
{
	sd_json_variant *spec = spec_parse(json);
	struct sg_error err = { 0 };
	struct sg_buf out;

	assert_int_equal(sg_spec_create(spec, NULL, true, &out, &err), -1);
	assert_null(out.data);
	sd_json_variant_unref(spec);
	return text("%s", err.message);
}

void spec_is_refused(void **state)
{
	const struct wrong *wrong = *state;

	assert_string_equal(spec_complaint(wrong->json), wrong->message);
}

// SPDX-License-Identifier: GPL-2.0-or-later
#include "spec_case.h"

#include <stdlib.h>
#include <string.h>

#include "crypto.h"

sd_json_variant *spec_parse(const char *json)
{
	char *quoted = strdup(json), *p = quoted;
	unsigned int line, column;
	sd_json_variant *v = NULL;

	while ((p = strchr(p, '\'')))
		*p = '"';
	if (sd_json_parse(quoted, 0, &v, &line, &column) < 0)
		fail_msg("no JSON at %u:%u: %s", line, column, json);
	free(quoted);
	return v;
}

/* As text and back, as a description goes from one program to another. */
static sd_json_variant *through_text(sd_json_variant *v)
{
	sd_json_variant *out = NULL;
	char *json;

	assert_true(sd_json_variant_format(v, 0, &json) >= 0);
	assert_true(sd_json_parse(json, 0, &out, NULL, NULL) >= 0);
	free(json);
	sd_json_variant_unref(v);
	return out;
}

sd_json_variant *spec_shown(struct suit_slice envelope)
{
	const struct sg_buf bytes = { (u8 *)envelope.ptr, envelope.len };
	sd_json_variant *v = NULL;
	struct sg_error err;

	if (sg_spec_show(&bytes, &v, &err) < 0)
		fail_msg("%s", err.message);
	return through_text(v);
}

struct suit_slice spec_made(sd_json_variant *spec, bool checked)
{
	struct suit_slice copy;
	struct sg_error err;
	struct sg_buf out;

	if (sg_spec_create(spec, NULL, checked, &out, &err) < 0)
		fail_msg("%s", err.message);
	copy = copy_of((struct suit_slice){ out.data, out.len });
	sg_buf_free(&out);
	return copy;
}

struct suit_slice spec_envelope(const char *manifest, const char *members)
{
	struct suit_slice bstr = diag("<<%s>>", manifest);
	const struct suit_crypto *crypto = sg_crypto();
	u8 digest[SUIT_MAX_DIGEST];
	struct suit_slice value = { digest, 32 };

	assert_int_equal(crypto->ops->digest(crypto->ctx, SUIT_ALG_SHA256,
					     &bstr, 1, digest), SUIT_OK);
	return diag("107({2: <<[<<[-16, h'%s']>>]>>, 3: raw'%s'%s%s})",
		    hex(value), hex(bstr), *members ? ", " : "", members);
}

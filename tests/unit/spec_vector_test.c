// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Every envelope of the test vectors, shown as JSON and made again: byte for
 * byte the same, and its manifest understood to the last item.
 */
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "spec_case.h"

#define ENCRYPTION_INFO \
	"manifest.install[1].directive-override-parameters.encryption-info"

/*
 * Which are not, and why: the bytes are no envelope, as the verifier has it, or
 * have an item that is not in deterministic encoding.
 */
static const struct exception {
	const char *path;
	const char *code;	/* no envelope: the error */
	const char *raw;	/* the item, which is shown as bytes */
} exceptions[] = {
	{ "/auth-after-manifest.", "cbor-map-order", NULL },
	{ "/indefinite-envelope-map.", "cbor-indefinite-length", NULL },
	{ "/non-preferred-key.", "cbor-not-canonical", NULL },
	{ "/trailing-byte.", "cbor-trailing-bytes", NULL },
	/* draft -05 had signatures only, and the digest inside of them */
	{ "/manifest-example1-2020-05-26-05.", "manifest-of-old-draft", NULL },
	/* kid (4) after the ephemeral key (-1) in the recipient's header */
	{ "/suit-manifest-es-ecdh-content.", NULL, ENCRYPTION_INFO },
	{ "/suit-manifest-es-ecdh-dependency.suit", NULL, ENCRYPTION_INFO },
};

static const struct exception *exception_of(const char *path)
{
	size_t i;

	for (i = 0; i < COUNT(exceptions); i++)
		if (strstr(path, exceptions[i].path))
			return &exceptions[i];
	return NULL;
}

static struct suit_slice bytes_of_file(const char *path)
{
	struct suit_slice out;
	struct sg_error err;
	struct sg_buf buf;

	if (sg_file_read(path, SUIT_MAX_ENVELOPE, &buf, &err) < 0)
		fail_msg("%s", err.message);
	out = copy_of((struct suit_slice){ buf.data, buf.len });
	sg_buf_free(&buf);
	return out;
}

static void must_not_open(struct suit_slice bytes, const char *code)
{
	const struct sg_buf buf = { (u8 *)bytes.ptr, bytes.len };
	sd_json_variant *v = NULL;
	struct sg_error err;

	assert_int_equal(sg_spec_show(&buf, &v, &err), -1);
	assert_null(v);
	assert_true(err.refused);
	assert_string_equal(err.code, code);
}

/* The path of the first item that is not as its row has it; "" for none. */
static void find_raw(sd_json_variant *v, const char *path, const char **found)
{
	size_t i, n = sd_json_variant_elements(v);

	if (sd_json_variant_is_object(v) && n == 2 &&
	    (sd_json_variant_by_key(v, "raw") ||
	     sd_json_variant_by_key(v, "cbor")) && !**found)
		*found = path;
	for (i = 0; i < n; i++) {
		sd_json_variant *at = sd_json_variant_by_index(v, i);

		if (sd_json_variant_is_array(v))
			find_raw(at, text("%s[%zu]", path, i), found);
		else if (i % 2 == 0)
			find_raw(sd_json_variant_by_index(v, i + 1),
				 text("%s%s%s", path, *path ? "." : "",
				      sd_json_variant_string(at)), found);
	}
}

/* Nothing but lines: no control that is not a newline. */
static void must_print(sd_json_variant *spec)
{
	struct sg_error err;
	size_t len, i;
	char *page;
	FILE *out = open_memstream(&page, &len);

	assert_non_null(out);
	assert_int_equal(sg_spec_print(spec, out, &err), 0);
	fclose(out);
	assert_true(len > 0);
	for (i = 0; i < len; i++)
		assert_true(page[i] == '\n' || (u8)page[i] >= ' ');
	free(page);
}

static void comes_back(void **state)
{
	const char *path = *(const char **)*state, *raw = "";
	const struct exception *e = exception_of(path);
	struct suit_slice bytes = bytes_of_file(path);
	sd_json_variant *spec;

	if (e && e->code) {
		must_not_open(bytes, e->code);
		return;
	}
	spec = spec_shown(bytes);
	expect_bytes(spec_made(spec, false), bytes);
	must_print(spec);
	find_raw(spec, "", &raw);
	assert_string_equal(raw, e ? e->raw : "");
	sd_json_variant_unref(spec);
}

int main(void)
{
	glob_t found;

	if (glob("tests/vectors/*/*.suit", 0, NULL, &found)) {
		fputs("Bail out! no test vectors below tests/vectors\n",
		      stdout);
		return 1;
	}
	table_add(found.gl_pathv, found.gl_pathc, sizeof(found.gl_pathv[0]),
		  comes_back);
	return table_run("spec_vector");
}

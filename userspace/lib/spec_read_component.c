// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Component ids, and indices of components, from JSON.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "author_private.h"
#include "component_text.h"
#include "spec_read.h"

/* Text, or {"hex": ...}. */
static int read_segment(struct sg_spec_reader *r, sd_json_variant *v,
			struct sg_cbor_writer *w)
{
	sd_json_variant *hex = sg_json_sole(v, "hex");
	struct sg_buf bytes = { 0 };
	const char *text;

	if (sd_json_variant_is_string(v)) {
		text = sd_json_variant_string(v);
		sg_cbor_write_bytes(w, text, strlen(text));
		return 0;
	}
	if (!hex)
		return sg_fail(r->err, "expected text or {\"hex\": ...}");
	if (sg_json_unhex(hex, &bytes, r->err) < 0)
		return -1;
	sg_cbor_write_bytes(w, bytes.data, bytes.len);
	sg_buf_free(&bytes);
	return 0;
}

int sg_spec_read_component(struct sg_spec_reader *r,
			   const struct sg_spec_row *row, sd_json_variant *v,
			   struct sg_cbor_writer *w)
{
	uint8_t id[SUIT_MAX_COMPONENT_ID];
	size_t i, at, len, n = sd_json_variant_elements(v);

	(void)row;
	if (sd_json_variant_is_string(v)) {
		if (sg_component_parse(sd_json_variant_string(v), id,
				       sizeof(id), &len, r->err) < 0)
			return -1;
		sg_cbor_write_raw(w, id, len);
		return 0;
	}
	if (!sd_json_variant_is_array(v))
		return sg_fail(r->err, "expected a component, for example \"firmware/acme/x.fw\", or an array of segments");
	sg_cbor_write_array(w, n);
	for (i = 0; i < n; i++) {
		at = sg_spec_enter_index(r, i);
		if (read_segment(r, sd_json_variant_by_index(v, i), w) < 0)
			return -1;
		sg_spec_leave(r, at);
	}
	return 0;
}

int sg_spec_read_components(struct sg_spec_reader *r,
			    const struct sg_spec_row *row, sd_json_variant *v,
			    struct sg_cbor_writer *w)
{
	(void)row;
	return sg_spec_read_each(r, &sg_spec_component, v, w);
}

static sd_json_variant *member(sd_json_variant *v, const char *name)
{
	return sd_json_variant_is_object(v) ? sd_json_variant_by_key(v, name) :
					      NULL;
}

/* An index beyond the components may name a dependency (trust domains). */
static int check_index(struct sg_spec_reader *r, uint64_t index)
{
	sd_json_variant *common = member(member(r->spec, "manifest"), "common");
	sd_json_variant *components = member(common, "components");
	sd_json_variant *dependencies = member(common, "dependencies");
	char digits[24];

	if (!r->checked || !common || member(common, "raw"))
		return 0;
	snprintf(digits, sizeof(digits), "%" PRIu64, index);
	if (index < sd_json_variant_elements(components) ||
	    member(dependencies, digits))
		return 0;
	return sg_fail(r->err, "there is no component %" PRIu64 ": \"components\" has %zu, and the first is 0",
		       index, sd_json_variant_elements(components));
}

int sg_spec_read_index(struct sg_spec_reader *r, const struct sg_spec_row *row,
		       sd_json_variant *v, struct sg_cbor_writer *w)
{
	uint64_t index;

	(void)row;
	if (sg_json_get_uint(v, &index, r->err) < 0 ||
	    check_index(r, index) < 0)
		return -1;
	sg_cbor_write_uint(w, index);
	return 0;
}

/* An index, an array of them, or true for all. */
int sg_spec_read_indices(struct sg_spec_reader *r,
			 const struct sg_spec_row *row, sd_json_variant *v,
			 struct sg_cbor_writer *w)
{
	size_t i, at, n = sd_json_variant_elements(v);

	if (sd_json_variant_is_boolean(v) && sd_json_variant_boolean(v)) {
		sg_cbor_write_bool(w, true);
		return 0;
	}
	if (!sd_json_variant_is_array(v))
		return sg_spec_read_index(r, row, v, w);
	sg_cbor_write_array(w, n);
	for (i = 0; i < n; i++) {
		at = sg_spec_enter_index(r, i);
		if (sg_spec_read_index(r, row, sd_json_variant_by_index(v, i),
				       w) < 0)
			return -1;
		sg_spec_leave(r, at);
	}
	return 0;
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Texts for people from JSON: by language, about the manifest and about
 * components.
 */
#include "author_private.h"
#include "spec_read.h"

/* {"id": component, "vendor-name": ...} into @map. */
static int read_component(struct sg_spec_reader *r, sd_json_variant *v,
			  struct sg_cbor_map *map)
{
	struct sg_cbor_writer key = { 0 }, value = { 0 };
	struct sg_cbor_map members = { 0 };
	sd_json_variant *id = sd_json_variant_by_key(v, "id");
	size_t at;
	int ret = -1;

	if (!id)
		return sg_fail(r->err, "expected an object with the \"id\" of a component");
	at = sg_spec_enter(r, "id");
	if (sg_spec_read_item(r, &sg_spec_component, id, &key) < 0)
		goto out;
	sg_spec_leave(r, at);
	if (!sg_spec_read_members(r, &sg_spec_component_texts, v, "id",
				  &members) &&
	    !sg_cbor_map_write(&members, &value, r->err))
		ret = sg_cbor_map_add(map, &key, &value, r->err);
out:
	sg_cbor_map_free(&members);
	sg_buf_free(&key.buf);
	sg_buf_free(&value.buf);
	return ret;
}

static int read_components(struct sg_spec_reader *r, sd_json_variant *v,
			   struct sg_cbor_map *map)
{
	size_t inner, at = sg_spec_enter(r, "components");
	size_t i, n = sd_json_variant_elements(v);

	if (sg_spec_expect_array(r, v) < 0)
		return -1;
	for (i = 0; i < n; i++) {
		inner = sg_spec_enter_index(r, i);
		if (read_component(r, sd_json_variant_by_index(v, i), map) < 0)
			return -1;
		sg_spec_leave(r, inner);
	}
	sg_spec_leave(r, at);
	return 0;
}

static int read_language(struct sg_spec_reader *r, sd_json_variant *v,
			 struct sg_cbor_writer *w)
{
	struct sg_cbor_map map = { 0 };
	sd_json_variant *components;
	int ret;

	ret = sg_spec_read_members(r, &sg_spec_texts, v, "components", &map);
	components = ret ? NULL : sd_json_variant_by_key(v, "components");
	if (components)
		ret = read_components(r, components, &map);
	if (!ret)
		ret = sg_cbor_map_write(&map, w, r->err);
	sg_cbor_map_free(&map);
	return ret;
}

int sg_spec_read_texts(struct sg_spec_reader *r, const struct sg_spec_row *row,
		       sd_json_variant *v, struct sg_cbor_writer *w)
{
	struct sg_cbor_writer key = { 0 }, value = { 0 };
	struct sg_cbor_map map = { 0 };
	size_t i, at, n = sd_json_variant_elements(v);
	const char *language;
	int ret = sg_spec_expect_object(r, v);

	(void)row;
	for (i = 0; !ret && i < n; i += 2) {
		language =
			sd_json_variant_string(sd_json_variant_by_index(v, i));
		at = sg_spec_enter(r, language);
		ret = read_language(r, sd_json_variant_by_index(v, i + 1),
				    &value);
		if (ret)
			break;
		sg_cbor_write_text(&key, language);
		ret = sg_cbor_map_add(&map, &key, &value, r->err);
		if (!ret)
			sg_spec_leave(r, at);
	}
	if (!ret)
		ret = sg_cbor_map_write(&map, w, r->err);
	sg_buf_free(&value.buf);
	sg_cbor_map_free(&map);
	return ret;
}

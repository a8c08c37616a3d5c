// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * One manifest for everything below a folder: the straight line that a
 * catalogue must be, also when it is short enough for a common manifest.
 */
#include <stdlib.h>
#include <string.h>

#include "bless_private.h"
#include "component_text.h"

static int by_file(const void *left, const void *right)
{
	const struct sg_bless_name *a = left, *b = right;

	if (a->dev != b->dev)
		return a->dev < b->dev ? -1 : 1;
	return a->ino < b->ino ? -1 : a->ino > b->ino;
}

static int by_id(const void *left, const void *right)
{
	const struct sg_bless_name *a = left, *b = right;

	return suit_slice_compare((struct suit_slice){ a->id.data, a->id.len },
				  (struct suit_slice){ b->id.data, b->id.len });
}

/* A file with several names is read once. */
static int hash(const struct sg_bless_request *r, struct sg_bless_list *list,
		struct sg_bless_report *report, struct sg_error *err)
{
	struct sg_bless_name *name = list->name;
	size_t i;

	qsort(name, list->n, sizeof(*name), by_file);
	for (i = 0; i < list->n; i++) {
		if (r->progress)
			r->progress(r->context, i, list->n);
		if (i && !by_file(&name[i - 1], &name[i])) {
			memcpy(name[i].digest, name[i - 1].digest, SG_SHA256);
			name[i].size = name[i - 1].size;
			continue;
		}
		if (sg_file_sha256(name[i].path, name[i].digest, &name[i].size,
				   err) < 0)
			return -1;
		report->files++;
		report->bytes += name[i].size;
	}
	if (r->progress)
		r->progress(r->context, list->n, list->n);
	return 0;
}

static void write_shared(struct sg_cbor_writer *out,
			 const struct sg_bless_list *list)
{
	struct sg_cbor_writer w = { 0 };
	size_t i;

	sg_cbor_write_array(&w, 4 * list->n);
	for (i = 0; i < list->n; i++) {
		sg_cbor_write_uint(&w, SUIT_DIR_SET_COMPONENT_INDEX);
		sg_cbor_write_uint(&w, i);
		sg_cbor_write_uint(&w, SUIT_DIR_OVERRIDE_PARAMETERS);
		sg_cbor_write_map(&w, 2);
		sg_cbor_write_uint(&w, SUIT_PARAM_IMAGE_DIGEST);
		sg_write_digest(&w, list->name[i].digest);
		sg_cbor_write_uint(&w, SUIT_PARAM_IMAGE_SIZE);
		sg_cbor_write_uint(&w, list->name[i].size);
	}
	sg_write_wrapped(out, &w);
}

static void write_common(struct sg_cbor_writer *out,
			 const struct sg_bless_list *list)
{
	struct sg_cbor_writer w = { 0 };
	size_t i;

	sg_cbor_write_map(&w, 2);
	sg_cbor_write_uint(&w, SUIT_COMMON_COMPONENTS);
	sg_cbor_write_array(&w, list->n);
	for (i = 0; i < list->n; i++)
		sg_cbor_write_raw(&w, list->name[i].id.data,
				  list->name[i].id.len);
	sg_cbor_write_uint(&w, SUIT_COMMON_SHARED_SEQUENCE);
	write_shared(&w, list);
	sg_write_wrapped(out, &w);
}

/* For every component: its image is the one that was found. */
static void write_validate(struct sg_cbor_writer *out)
{
	static const uint8_t all[] = { 0xe0 | SUIT_CBOR_TRUE };
	struct sg_cbor_writer w = { 0 };

	sg_cbor_write_array(&w, 4);
	sg_cbor_write_uint(&w, SUIT_DIR_SET_COMPONENT_INDEX);
	sg_cbor_write_raw(&w, all, sizeof(all));
	sg_cbor_write_uint(&w, SUIT_COND_IMAGE_MATCH);
	sg_cbor_write_uint(&w, SG_POLICY_CONDITION);
	sg_write_wrapped(out, &w);
}

static struct suit_slice segment(const struct sg_bless_name *name,
				 uint32_t index)
{
	return suit_component_segment((struct suit_slice){ name->id.data,
							   name->id.len },
				      index);
}

/* How deep is the folder that all names are in? "firmware" at least. */
static uint32_t common_depth(const struct sg_bless_list *list)
{
	const struct sg_bless_name *name = list->name;
	uint32_t depth;
	size_t i;

	for (depth = 0; segment(name, depth + 1).ptr; depth++)
		for (i = 1; i < list->n; i++)
			if (!segment(&name[i], depth + 1).ptr ||
			    !suit_slice_equal(segment(&name[i], depth),
					      segment(name, depth)))
				return depth;
	return depth;
}

/* Without an id a catalogue's first component would have to stand for it. */
static int make_id(const struct sg_bless_request *r,
		   const struct sg_bless_list *list, struct sg_buf *out,
		   struct sg_error *err)
{
	uint8_t id[SUIT_MAX_COMPONENT_ID];
	struct sg_cbor_writer w = { 0 };
	uint32_t depth, i;
	size_t len;

	if (r->id) {
		if (sg_component_parse(r->id, id, sizeof(id), &len, err) < 0)
			return -1;
		sg_cbor_write_raw(&w, id, len);
	} else if (list->n > SUIT_MAX_COMPONENTS) {
		depth = common_depth(list);
		sg_cbor_write_array(&w, depth);
		for (i = 0; i < depth; i++)
			sg_cbor_write_bytes(&w, segment(list->name, i).ptr,
					    segment(list->name, i).len);
	}
	return sg_cbor_write_end(&w, out, err);
}

static int encode(const struct sg_bless_request *r,
		  const struct sg_bless_list *list, struct sg_buf *out,
		  struct sg_error *err)
{
	struct sg_envelope_parts parts = { 0 };
	struct sg_cbor_writer w = { 0 };
	struct sg_buf id = { 0 };
	int ret = -1;

	if (make_id(r, list, &id, err) < 0)
		return -1;
	sg_cbor_write_map(&w, id.len ? 5 : 4);
	sg_cbor_write_uint(&w, SUIT_MANIFEST_VERSION);
	sg_cbor_write_uint(&w, 1);
	sg_cbor_write_uint(&w, SUIT_MANIFEST_SEQUENCE_NUMBER);
	sg_cbor_write_uint(&w, r->sequence);
	sg_cbor_write_uint(&w, SUIT_MANIFEST_COMMON);
	write_common(&w, list);
	if (id.len) {
		sg_cbor_write_uint(&w, SUIT_MANIFEST_COMPONENT_ID);
		sg_cbor_write_raw(&w, id.data, id.len);
		sg_buf_free(&id);
	}
	sg_cbor_write_uint(&w, SUIT_MANIFEST_VALIDATE);
	write_validate(&w);
	if (!sg_cbor_write_end(&w, &parts.manifest, err))
		ret = sg_envelope_encode(&parts, r->key, out, err);
	sg_envelope_parts_free(&parts);
	if (!ret && sg_envelope_check(out, SUIT_PROFILE_KERNEL, err) < 0) {
		sg_buf_free(out);
		ret = -1;
	}
	return ret;
}

int sg_bless(const struct sg_bless_request *request, struct sg_buf *out,
	     struct sg_bless_report *report, struct sg_error *err)
{
	struct sg_bless_list list = { 0 };
	int ret = -1;

	*out = (struct sg_buf){ 0 };
	*report = (struct sg_bless_report){ 0 };
	if (sg_bless_walk(request, &list, report, err) < 0)
		goto out;
	if (!list.n) {
		sg_fail(err, "%s has no firmware", request->dir);
		goto out;
	}
	if (hash(request, &list, report, err) < 0)
		goto out;
	qsort(list.name, list.n, sizeof(*list.name), by_id);
	report->names = list.n;
	report->catalogue = list.n > SUIT_MAX_COMPONENTS;
	ret = encode(request, &list, out, err);
out:
	sg_bless_list_free(&list);
	return ret;
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Envelopes as JSON, and those inside of them.
 */
#include "author_private.h"
#include "fault.h"
#include "spec_read.h"
#include "spec_show.h"
#include "suitgate/author.h"

/* {"digest": ..., "blocks": [...]} */
static sd_json_variant *show_authentication(const struct sg_spec_view *view)
{
	const struct suit_envelope *env = view->env;
	struct sg_json_list object = { 0 }, blocks = { 0 };
	struct suit_cursor cur;
	uint32_t n;

	suit_cursor_init(&cur, env->blocks);
	for (n = env->n_blocks; n; n--)
		sg_json_push(&blocks, sg_spec_show_block(suit_cbor_bstr(&cur)));
	sg_json_member(&object, "digest",
		       sg_spec_show_item(view, &sg_spec_digest, env->digest));
	sg_json_member(&object, "blocks", sg_json_array(&blocks));
	return sg_json_object(&object);
}

/* Did the manifest, as it was shown, have a digest for this member? */
static bool is_claimed(sd_json_variant *manifest, const char *name)
{
	sd_json_variant *member = sd_json_variant_by_key(manifest, name);

	return sd_json_variant_is_object(member) &&
	       sd_json_variant_by_key(member, "severed");
}

/* Severed members that no digest of the manifest stands for. */
static void push_unclaimed(struct sg_json_list *envelope,
			   const struct sg_spec_view *view,
			   sd_json_variant *manifest)
{
	const struct sg_spec_table *table = sg_spec_manifest.table;
	struct sg_json_list object = { 0 };
	size_t i;

	for (i = 0; i < table->n; i++) {
		struct sg_spec_row row = table->row[i];
		struct suit_slice value = { NULL, 0 };

		if (row.severable)
			value = view->env->severed[suit_severable_of(row.code)];
		row.severable = false;
		if (value.ptr && !is_claimed(manifest, row.name))
			sg_json_member(&object, row.name,
				       sg_spec_show_item(view, &row, value));
	}
	if (object.n || object.failed)
		sg_json_member(envelope, "unclaimed", sg_json_object(&object));
}

static void push_payloads(struct sg_json_list *envelope,
			  const struct sg_spec_view *view)
{
	struct sg_json_list payloads = { 0 };
	struct suit_cursor cur;
	struct suit_slice value;
	uint32_t n = view->env->n_payloads;

	if (!n)
		return;
	suit_cursor_init(&cur, view->env->payloads);
	while (n--) {
		sg_json_push(&payloads, sg_json_text(suit_cbor_tstr(&cur)));
		value = suit_cbor_item(&cur);
		sg_json_push(&payloads,
			     sg_spec_show_item(view, &sg_spec_payload, value));
	}
	sg_json_member(envelope, "payloads", sg_json_object(&payloads));
}

sd_json_variant *sg_spec_show_envelope(struct suit_slice bytes,
				       unsigned int depth)
{
	struct sg_json_list object = { 0 };
	sd_json_variant *manifest;
	struct suit_envelope env;
	const struct sg_spec_view view = { &env, depth };

	if (suit_envelope_open(&env, bytes) != SUIT_OK)
		return NULL;
	if (bytes.ptr[0] >> 5 != SUIT_CBOR_TAG)
		sg_json_member(&object, "tagged", sg_json_bool(false));
	sg_json_member(&object, "authentication", show_authentication(&view));
	manifest = sg_spec_show_item(&view, &sg_spec_manifest, env.manifest);
	push_unclaimed(&object, &view, manifest);
	sg_json_member(&object, "manifest", manifest);
	push_payloads(&object, &view);
	return sg_json_object(&object);
}

sd_json_variant *sg_spec_show_payload(const struct sg_spec_view *view,
				      const struct sg_spec_row *row,
				      struct suit_slice item)
{
	struct sg_json_list object = { 0 };
	sd_json_variant *envelope = NULL;
	struct suit_slice content;
	struct suit_cursor cur;

	(void)row;
	suit_cursor_init(&cur, item);
	content = suit_cbor_bstr(&cur);
	if (suit_cursor_end(&cur) != SUIT_OK)
		return NULL;
	if (view->depth < SG_SPEC_DEPTH)
		envelope = sg_spec_show_envelope(content, view->depth);
	if (!envelope)
		return sg_json_hex(content);
	sg_json_member(&object, "envelope", envelope);
	return sg_json_object(&object);
}

/* Would sg_spec_create() make the same bytes of it? */
static bool comes_back(sd_json_variant *v, struct suit_slice bytes)
{
	struct sg_error err;
	struct sg_spec_reader r = { .err = &err, .offline = true };
	struct sg_buf back = { 0 };
	bool same = false;

	if (!sg_spec_read_envelope(&r, v, NULL, &back))
		same = suit_slice_equal((struct suit_slice){ back.data,
							     back.len }, bytes);
	sg_buf_free(&back);
	return same;
}

int sg_spec_show(const struct sg_buf *envelope, struct sd_json_variant **out,
		 struct sg_error *err)
{
	struct suit_slice bytes = { envelope->data, envelope->len };
	struct suit_envelope env;
	enum suit_error error;
	sd_json_variant *v;

	error = suit_envelope_open(&env, bytes);
	if (error != SUIT_OK)
		return sg_fault_open(err, error, env.epoch, "the envelope");
	v = sg_spec_show_envelope(bytes, 0);
	/* a name that JSON cannot have, for example */
	if (!v || !comes_back(v, bytes)) {
		sd_json_variant_unref(v);
		v = sg_json_named_hex("raw", bytes);
	}
	if (!v)
		return sg_fail(err, "out of memory");
	*out = v;
	return 0;
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Records of installations, decoded by the verifier's reader.
 */
#include <string.h>

#include "install_record.h"

/* Fails the reader unless @good. */
static void want(struct suit_cursor *cur, bool good)
{
	if (!good)
		suit_cursor_fail(cur, SUIT_ERR_RANGE);
}

static void read_digest(struct suit_cursor *cur, bool needed,
			struct sg_gate_digest *out)
{
	struct suit_digest digest;
	struct suit_slice encoded;

	if (!needed && suit_cbor_peek_simple(cur, SUIT_CBOR_NULL)) {
		suit_cbor_null(cur);
		return;
	}
	encoded = suit_cbor_item(cur);
	if (cur->error == SUIT_OK)
		suit_cursor_fail(cur, suit_digest_decode(encoded, &digest));
	if (cur->error == SUIT_OK)
		sg_digest_copy(&digest, out);
}

static size_t read_id(struct suit_cursor *cur, u8 out[SUIT_MAX_COMPONENT_ID])
{
	struct suit_slice id = suit_cbor_item(cur);

	if (cur->error == SUIT_OK)
		suit_cursor_fail(cur, suit_component_check(id));
	if (cur->error != SUIT_OK)
		return 0;
	memcpy(out, id.ptr, id.len);
	return id.len;
}

static void read_lineage(struct suit_cursor *cur, struct sg_lineage *out)
{
	struct suit_slice authority;

	want(cur, suit_cbor_array(cur) == 2);
	authority = suit_cbor_tstr(cur);
	want(cur, authority.len && authority.len < sizeof(out->authority) &&
	     !memchr(authority.ptr, 0, authority.len));
	if (cur->error == SUIT_OK)
		memcpy(out->authority, authority.ptr, authority.len);
	out->id_len = read_id(cur, out->id);
}

static u32 read_u32(struct suit_cursor *cur)
{
	u64 value = suit_cbor_uint(cur);

	want(cur, value <= UINT32_MAX);
	return (u32)value;
}

static void read_entry(struct suit_cursor *cur, struct sg_install_entry *out)
{
	struct sg_candidate *candidate = &out->candidate;

	want(cur, suit_cbor_array(cur) == 11);
	candidate->id_len = read_id(cur, candidate->id);
	candidate->kind = read_u32(cur);
	want(cur, candidate->kind && candidate->kind < SG_CANDIDATE_KINDS);
	read_digest(cur, true, &candidate->manifest);
	read_digest(cur, candidate->kind == SG_CANDIDATE_FILE,
		    &candidate->digest);
	candidate->size = suit_cbor_uint(cur);
	candidate->proven = suit_cbor_bool(cur);
	out->had_old = suit_cbor_bool(cur);
	out->made = read_u32(cur);
	want(cur, out->made <= SUIT_MAX_SEGMENTS);
	candidate->attributes.mode = (mode_t)read_u32(cur);
	want(cur, candidate->attributes.mode <= 0777);
	candidate->attributes.uid = read_u32(cur);
	candidate->attributes.gid = read_u32(cur);
}

static void read_reference(struct suit_cursor *cur, struct sg_reference *out)
{
	u32 n, i;

	want(cur, suit_cbor_array(cur) == 4);
	read_lineage(cur, &out->lineage);
	out->id_len = read_id(cur, out->id);
	read_digest(cur, false, &out->digest);
	n = suit_cbor_array(cur);
	want(cur, n <= SUIT_MAX_VERSION);
	for (i = 0; i < n && cur->error == SUIT_OK; i++)
		out->version.part[i] = suit_cbor_int(cur);
	out->version.n = cur->error == SUIT_OK ? n : 0;
}

/* The lists; false when memory ran out. */
static bool read_lists(struct suit_cursor *cur, struct sg_install_record *out)
{
	struct sg_install_entry *entry;
	struct sg_reference *reference;
	u32 n;

	for (n = suit_cbor_array(cur); n && cur->error == SUIT_OK; n--) {
		entry = sg_install_add_entry(out);
		if (!entry)
			return false;
		read_entry(cur, entry);
	}
	for (n = suit_cbor_array(cur); n && cur->error == SUIT_OK; n--) {
		reference = sg_install_add_reference(out);
		if (!reference)
			return false;
		read_reference(cur, reference);
	}
	return true;
}

static int find_places(const struct sg_device *device,
		       struct sg_install_record *out, struct sg_error *err)
{
	size_t i;

	for (i = 0; i < out->n_entries; i++) {
		struct sg_candidate *candidate = &out->entry[i].candidate;
		struct suit_slice id = { candidate->id, candidate->id_len };

		if (sg_place_find(device, id, true, &candidate->place, err) !=
		    SUIT_OK)
			return -1;
	}
	return 0;
}

int sg_install_decode(const struct sg_buf *bytes,
		      const struct sg_device *device,
		      struct sg_install_record *out, struct sg_error *err)
{
	struct suit_slice all = { bytes->data, bytes->len };
	struct suit_cursor cur;
	int ret = -1;

	memset(out, 0, sizeof(*out));
	suit_cursor_init(&cur, all);
	want(&cur, suit_cbor_array(&cur) == 6);
	want(&cur, suit_cbor_uint(&cur) == 1);
	read_digest(&cur, true, &out->manifest);
	out->sequence_number = suit_cbor_uint(&cur);
	read_lineage(&cur, &out->lineage);
	if (!read_lists(&cur, out))
		sg_fail(err, "too long");
	else if (suit_cursor_end(&cur) != SUIT_OK)
		sg_fail(err, "not a record of an installation");
	else
		ret = find_places(device, out, err);
	if (ret < 0)
		sg_install_record_free(out);
	return ret;
}

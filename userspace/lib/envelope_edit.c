// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Members of an envelope that no signature covers directly, taken out and put
 * in: the manifest, and with it every signature, stays as it is.
 */
#include <stdlib.h>
#include <string.h>

#include "author_private.h"
#include "fault.h"
#include "spec_table.h"
#include "suitgate/author.h"

/* One pair of the envelope's map, head and content. */
struct pair {
	struct suit_slice key;
	struct suit_slice value;
};

static int open_envelope(const struct sg_buf *envelope,
			 struct suit_envelope *env, struct sg_error *err)
{
	enum suit_error error = suit_envelope_open(env, (struct suit_slice){
						envelope->data,
						envelope->len });

	return error == SUIT_OK ? 0 : sg_fault_open(err, error, env->epoch,
						    "the envelope");
}

/* At the envelope's first pair; how many there are. */
static uint32_t begin(const struct suit_envelope *env, struct suit_cursor *cur,
		      bool *tagged)
{
	suit_cursor_init(cur, env->bytes);
	*tagged = suit_cbor_peek(cur) == SUIT_CBOR_TAG;
	if (*tagged)
		suit_cbor_tag(cur);
	return suit_cbor_map(cur);
}

static struct pair next_pair(struct suit_cursor *cur)
{
	struct pair pair;

	pair.key = suit_cbor_item(cur);
	pair.value = suit_cbor_item(cur);
	return pair;
}

static void write_pair(struct sg_cbor_writer *w, const struct pair *pair)
{
	sg_cbor_write_raw(w, pair->key.ptr, pair->key.len);
	sg_cbor_write_raw(w, pair->value.ptr, pair->value.len);
}

static void write_head(struct sg_cbor_writer *w, bool tagged, uint32_t n)
{
	if (tagged)
		sg_cbor_write_tag(w, SUIT_TAG_ENVELOPE);
	sg_cbor_write_map(w, n);
}

/* The row of a severed member, NULL for any other. */
static const struct sg_spec_row *severed_row(const struct pair *pair)
{
	const struct sg_spec_row *row;
	struct suit_cursor cur;

	suit_cursor_init(&cur, pair->key);
	if (suit_cbor_peek(&cur) != SUIT_CBOR_UINT)
		return NULL;
	row = sg_spec_by_code(sg_spec_manifest.table,
			      (int64_t)suit_cbor_uint(&cur));
	return row && row->severable ? row : NULL;
}

static bool is_wanted(const char *const *names, const char *name)
{
	if (!names)
		return true;
	while (*names && strcmp(*names, name))
		names++;
	return *names;
}

static uint32_t count_wanted(const struct suit_envelope *env,
			     const char *const *names)
{
	const struct sg_spec_row *row;
	struct suit_cursor cur;
	struct pair pair;
	bool tagged;
	uint32_t n, found = 0;

	for (n = begin(env, &cur, &tagged); n; n--) {
		pair = next_pair(&cur);
		row = severed_row(&pair);
		found += row && is_wanted(names, row->name);
	}
	return found;
}

/* Each name must be one that can be severed, and is. */
static int check_names(const struct suit_envelope *env,
		       const char *const *names, struct sg_error *err)
{
	const struct sg_spec_row *row;
	const char *one[2] = { NULL };

	for (; names && *names; names++) {
		row = sg_spec_by_name(sg_spec_manifest.table, *names);
		if (!row || !row->severable)
			return sg_fail(err, "\"%.40s\" is not a member that can be severed: those are coswid, dependency-resolution, payload-fetch, candidate-verification, install and text",
				       *names);
		one[0] = *names;
		if (!count_wanted(env, one))
			return sg_fail(err, "the envelope has no severed member %s: it is absent, or stands in the manifest, where it is signed",
				       *names);
	}
	return 0;
}

int sg_envelope_sever(const struct sg_buf *envelope, const char *const *names,
		      struct sg_buf *out, struct sg_error *err)
{
	struct sg_cbor_writer w = { 0 };
	const struct sg_spec_row *row;
	struct suit_envelope env;
	struct suit_cursor cur;
	struct pair pair;
	uint32_t n, taken;
	bool tagged;

	*out = (struct sg_buf){ 0 };
	if (open_envelope(envelope, &env, err) < 0 ||
	    check_names(&env, names, err) < 0)
		return -1;
	taken = count_wanted(&env, names);
	if (!taken)
		return sg_fail(err, "the envelope has no severed members");
	n = begin(&env, &cur, &tagged);
	write_head(&w, tagged, n - taken);
	while (n--) {
		pair = next_pair(&cur);
		row = severed_row(&pair);
		if (!row || !is_wanted(names, row->name))
			write_pair(&w, &pair);
	}
	return sg_cbor_write_end(&w, out, err);
}

/* Does a section of the manifest, in place or severed, have this text? */
static bool is_mentioned(const struct suit_envelope *env,
			 const struct sg_buf *key)
{
	size_t i;

	if (memmem(env->manifest.ptr, env->manifest.len, key->data, key->len))
		return true;
	for (i = 0; i < SUIT_SEVERABLE_COUNT; i++)
		if (env->severed[i].ptr &&
		    memmem(env->severed[i].ptr, env->severed[i].len,
			   key->data, key->len))
			return true;
	return false;
}

static void write_payload(struct sg_cbor_writer *w, const struct sg_buf *key,
			  const struct sg_buf *payload)
{
	sg_cbor_write_raw(w, key->data, key->len);
	sg_cbor_write_bytes(w, payload->data, payload->len);
}

/* The new pair goes where the order of the keys wants it. */
static void write_merged(struct sg_cbor_writer *w,
			 const struct suit_envelope *env,
			 const struct sg_buf *key, const struct sg_buf *payload)
{
	struct suit_slice new_key = { key->data, key->len };
	bool tagged, written = false;
	struct suit_cursor cur;
	struct pair pair;
	uint32_t n;

	n = begin(env, &cur, &tagged);
	write_head(w, tagged, n + 1);
	while (n--) {
		pair = next_pair(&cur);
		if (!written && suit_slice_compare(new_key, pair.key) < 0) {
			write_payload(w, key, payload);
			written = true;
		}
		write_pair(w, &pair);
	}
	if (!written)
		write_payload(w, key, payload);
}

int sg_envelope_merge(const struct sg_buf *envelope, const char *uri,
		      const struct sg_buf *payload, struct sg_buf *out,
		      struct sg_error *err)
{
	struct sg_cbor_writer w = { 0 };
	struct sg_buf key = { 0 };
	struct suit_envelope env;
	struct suit_slice there;
	int ret = -1;

	*out = (struct sg_buf){ 0 };
	if (open_envelope(envelope, &env, err) < 0)
		return -1;
	if (suit_envelope_payload(&env, (struct suit_slice){
					  (const uint8_t *)uri, strlen(uri) },
				  &there) == SUIT_OK)
		return sg_fail(err, "the envelope has a payload \"%.80s\" already",
			       uri);
	sg_cbor_write_text(&w, uri);
	if (sg_cbor_write_end(&w, &key, err) < 0)
		return -1;
	if (!is_mentioned(&env, &key)) {
		sg_fail(err, "nothing in the manifest fetches \"%.80s\"", uri);
		goto out;
	}
	write_merged(&w, &env, &key, payload);
	if (sg_cbor_write_end(&w, out, err) < 0)
		goto out;
	ret = open_envelope(out, &env, err);
	if (ret < 0)
		sg_buf_free(out);
out:
	sg_buf_free(&key);
	return ret;
}

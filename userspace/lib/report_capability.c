// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What this processor can do, in the words of its own tables.
 */
#include "report_encode.h"

/* Required ones first, in the order of their labels. */
static const enum suit_capability lists[] = {
	SUIT_CAPABILITY_COMMANDS, SUIT_CAPABILITY_PARAMETERS,
	SUIT_CAPABILITY_ALGORITHMS, SUIT_CAPABILITY_ENVELOPE,
	SUIT_CAPABILITY_MANIFEST, SUIT_CAPABILITY_COMMON,
	SUIT_CAPABILITY_DEPENDENCY,
};

enum { N_LISTS = sizeof(lists) / sizeof(lists[0]) };

static size_t count(enum suit_capability what,
		    const struct suit_platform_ops *ops,
		    const struct suit_crypto *crypto)
{
	uint32_t row = 0;
	size_t n = 0;
	s64 label;

	while (suit_capability_next(what, ops, crypto, &row, &label))
		n++;
	return n;
}

static bool has(enum suit_capability what, const struct suit_platform_ops *ops,
		const struct suit_crypto *crypto)
{
	return what <= SUIT_CAPABILITY_ALGORITHMS || count(what, ops, crypto);
}

static void write_list(struct sg_cbor_writer *w, enum suit_capability what,
		       const struct suit_platform_ops *ops,
		       const struct suit_crypto *crypto)
{
	uint32_t row = 0;
	s64 label;

	sg_cbor_write_uint(w, what);
	sg_cbor_write_array(w, count(what, ops, crypto));
	while (suit_capability_next(what, ops, crypto, &row, &label))
		sg_cbor_write_int(w, label);
}

/* A prefix is the id with true behind its segments. */
static void write_component(struct sg_cbor_writer *w,
			    const struct sg_report_component *component)
{
	struct suit_cursor cur;
	uint32_t n;

	suit_cursor_init(&cur, component->id);
	n = suit_cbor_array(&cur);
	sg_cbor_write_array(w, n + component->prefix);
	sg_cbor_write_raw(w, cur.at, cur.left);
	if (component->prefix)
		sg_cbor_write_bool(w, true);
}

int sg_report_capability(const struct suit_platform_ops *ops,
			 const struct suit_crypto *crypto,
			 const struct sg_report_component *component, size_t n,
			 struct sg_buf *out, struct sg_error *err)
{
	struct sg_cbor_writer w = { 0 };
	size_t i, n_lists = 0;

	for (i = 0; i < N_LISTS; i++)
		n_lists += has(lists[i], ops, crypto);
	sg_cbor_write_map(&w, 1 + n_lists);
	sg_cbor_write_uint(&w, SG_REPORT_CAPABILITY_COMPONENTS);
	sg_cbor_write_array(&w, n);
	for (i = 0; i < n; i++)
		write_component(&w, &component[i]);
	for (i = 0; i < N_LISTS; i++)
		if (has(lists[i], ops, crypto))
			write_list(&w, lists[i], ops, crypto);
	return sg_cbor_write_end(&w, out, err);
}

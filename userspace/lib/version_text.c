// SPDX-License-Identifier: LGPL-2.1-or-later
#include "version_text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "author_private.h"

static bool from_numbers(struct suit_slice bytes, char *out, size_t cap)
{
	struct suit_version version;
	size_t len = 0;
	uint32_t i;

	if (!bytes.ptr || suit_version_decode(bytes, &version) != SUIT_OK)
		return false;
	for (i = 0; i < version.n && len < cap; i++)
		len += (size_t)snprintf(out + len, cap - len, "%s%" PRId64,
					i ? "." : "",
					(int64_t)version.part[i]);
	return true;
}

/* Printable, and short enough; else there is none. */
static void keep(struct suit_slice text, char *out, size_t cap)
{
	size_t i;

	if (text.len >= cap)
		return;
	for (i = 0; i < text.len; i++)
		if (text.ptr[i] < 0x20 || text.ptr[i] > 0x7e)
			return;
	memcpy(out, text.ptr, text.len);
	out[text.len] = '\0';
}

/* The version among the texts about one component. */
static bool of_component(struct suit_cursor *cur, char *out, size_t cap)
{
	uint32_t n = suit_cbor_map(cur);
	struct suit_slice key, value;

	while (n--) {
		key = suit_cbor_item(cur);
		if (key.len == 1 && key.ptr[0] == SG_TEXT_COMPONENT_VERSION &&
		    suit_cbor_peek(cur) == SUIT_CBOR_TSTR) {
			value = suit_cbor_tstr(cur);
			keep(value, out, cap);
			return true;
		}
		suit_cbor_item(cur);
	}
	return false;
}

/* { language: { component-id: { number: text }, number: text } } */
static void from_text(struct suit_slice bytes, char *out, size_t cap)
{
	uint32_t languages, n;
	struct suit_cursor cur;

	suit_cursor_init(&cur, bytes);
	languages = suit_cbor_map(&cur);
	while (languages--) {
		suit_cbor_item(&cur);
		n = suit_cbor_map(&cur);
		while (n--) {
			suit_cbor_item(&cur);
			if (suit_cbor_peek(&cur) != SUIT_CBOR_MAP)
				suit_cbor_item(&cur);
			else if (of_component(&cur, out, cap))
				return;
		}
	}
}

void sg_version_text(const struct suit_manifest *m, char *out, size_t cap)
{
	*out = '\0';
	if (!from_numbers(m->set_version, out, cap) && m->text.ptr &&
	    suit_cbor_check(m->text) == SUIT_OK)
		from_text(m->text, out, cap);
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Who the device is.
 */
#include <string.h>

#include "component_text.h"
#include "surroundings.h"

/* Bytes of a UUID; of a private enterprise number, base 128. */
enum { UUID = 16, PEN = 5 };

static bool applies(const struct sg_device_identity *identity,
		    struct suit_slice id, bool gate)
{
	u8 buf[SUIT_MAX_COMPONENT_ID];
	struct suit_slice prefix = { .ptr = buf };
	struct sg_error ignored;

	if (!identity->component)
		return true;
	return !gate && suit_component_check(id) == SUIT_OK &&
	       sg_component_parse(identity->component, buf, sizeof(buf),
				  &prefix.len, &ignored) == 0 &&
	       suit_component_covers(prefix, id);
}

/* #6.112(bstr): an object identifier relative to 1.3.6.1.4.1 */
static bool is_pen(u32 pen, struct suit_slice value)
{
	u8 oid[PEN], *at = oid + PEN;
	struct suit_slice mine, got;
	struct suit_cursor cur;

	suit_cursor_init(&cur, value);
	if (!pen || suit_cbor_tag(&cur) != SUIT_TAG_RELATIVE_OID)
		return false;
	got = suit_cbor_bstr(&cur);
	*--at = pen & 0x7f;
	while (pen >>= 7)
		*--at = (u8)(0x80 | (pen & 0x7f));
	mine = (struct suit_slice){ at, (size_t)(oid + PEN - at) };
	return suit_cursor_end(&cur) == SUIT_OK && suit_slice_equal(mine, got);
}

bool sg_device_is(const struct sg_device *device, enum suit_identity what,
		  struct suit_slice id, struct suit_slice value, bool gate)
{
	size_t i;

	if (value.len != UUID)
		return what == SUIT_IDENTITY_VENDOR && !gate &&
		       is_pen(device->pen, value);
	for (i = 0; i < device->n_identities; i++) {
		const struct sg_device_identity *identity =
			&device->identity[i];

		if (identity->kind == (unsigned int)what &&
		    !memcmp(identity->value, value.ptr, UUID) &&
		    applies(identity, id, gate))
			return true;
	}
	return false;
}

/* Who says nothing about slots has one, number 0. */
bool sg_device_in_slot(const struct sg_device *device, struct suit_slice id,
		       u64 slot, bool gate)
{
	bool known = false;
	size_t i;

	for (i = 0; i < device->n_identities; i++) {
		const struct sg_device_identity *identity =
			&device->identity[i];

		if (identity->kind != SG_IDENTITY_SLOT ||
		    !applies(identity, id, gate))
			continue;
		known = true;
		if (identity->value[0] == slot)
			return true;
	}
	return !known && !slot;
}

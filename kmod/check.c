// SPDX-License-Identifier: GPL-2.0-only
#include "check.h"

#include "entry.h"
#include "floor.h"
#include "image.h"

enum suit_error suit_check(void *envelope, size_t len, struct suit_slice id,
			   struct suit_slice payload)
{
	struct suit_image image = { .bytes = payload };
	struct suit_platform platform = { &suit_image_ops, &image };
	struct suit_entry *entry;
	enum suit_error error;

	error = suit_entry_new(envelope, len, &entry);
	if (error != SUIT_OK)
		return error;
	if (id.ptr)
		error = suit_component_check(id);
	if (error == SUIT_OK)
		error = suit_floor_check(entry, id);
	if (id.ptr && error == SUIT_OK)
		error = suit_entry_decide(entry, id, &platform);
	suit_entry_put(entry);
	return error;
}

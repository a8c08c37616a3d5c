// SPDX-License-Identifier: GPL-2.0-or-later
#include "gadget.h"

#include <stdio.h>
#include <string.h>

#include "crypto.h"

struct gadget gadget;

void gadget_reset(void)
{
	gadget = (struct gadget){ .image = { "zero", "one", "two" } };
}

static unsigned int number_of(struct suit_slice id)
{
	struct suit_slice last = suit_component_segment(id, 1);
	unsigned int number;

	assert_int_equal(last.len, 1);
	number = (unsigned int)last.ptr[0] - '0';
	assert_in_range(number, 0, GADGET_COMPONENTS - 1);
	return number;
}

static unsigned int asked(char what, struct suit_slice id)
{
	size_t len = strlen(gadget.trace);
	unsigned int number = number_of(id);

	snprintf(gadget.trace + len, sizeof(gadget.trace) - len, "%s%c%u",
		 len ? " " : "", what, number);
	return number;
}

static bool identify(void *ctx, enum suit_identity what, struct suit_slice id,
		     struct suit_slice value)
{
	assert_ptr_equal(ctx, &gadget);
	switch (what) {
	case SUIT_IDENTITY_VENDOR:
		asked('v', id);
		return suit_slice_equal(value, diag("raw%s",
						    GADGET_VENDOR + 1)) ||
		       suit_slice_equal(value, diag("112(h'd86f')"));
	case SUIT_IDENTITY_CLASS:
		asked('c', id);
		return suit_slice_equal(value,
					diag("raw%s", GADGET_CLASS + 1));
	case SUIT_IDENTITY_DEVICE:
		asked('d', id);
		return suit_slice_equal(value,
					diag("raw%s", GADGET_DEVICE + 1));
	}
	return false;
}

static bool in_slot(void *ctx, struct suit_slice id, u64 slot)
{
	(void)ctx;
	asked('s', id);
	return slot == gadget.slot;
}

static enum suit_error image_digest(void *ctx, struct suit_slice id, s32 alg,
				    u8 *out, u64 *size)
{
	const struct suit_crypto *crypto = sg_crypto();
	const char *image = gadget.image[asked('i', id)];
	struct suit_slice bytes;

	(void)ctx;
	if (gadget.error != SUIT_OK)
		return gadget.error;
	if (!image)
		return SUIT_ERR_IMAGE;
	bytes = bytes_of(image);
	*size = bytes.len;
	return crypto->ops->digest(crypto->ctx, alg, &bytes, 1, out);
}

static enum suit_error image_compare(void *ctx, struct suit_slice id,
				     struct suit_slice content)
{
	const char *image = gadget.image[asked('p', id)];

	(void)ctx;
	return image && suit_slice_equal(bytes_of(image), content) ?
		       SUIT_OK : SUIT_ERR_CONTENT;
}

const struct suit_platform_ops gadget_ops = {
	.identify = identify,
	.slot = in_slot,
	.image_digest = image_digest,
	.image_compare = image_compare,
};

const struct suit_platform gadget_platform = { &gadget_ops, &gadget };

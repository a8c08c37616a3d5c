// SPDX-License-Identifier: GPL-2.0-or-later
#include "gadget.h"

#include <stdio.h>
#include <string.h>

#include "crypto.h"

struct gadget gadget;
struct opened opened;
struct suit_process process;

void gadget_reset(void)
{
	gadget = (struct gadget){ .image = { "zero", "one", "two" } };
}

static unsigned int number_of(struct suit_slice id)
{
	struct suit_slice last = suit_component_segment(id, 1);
	unsigned int number = 0;
	size_t i;

	for (i = 0; i < last.len; i++)
		number = 10 * number + last.ptr[i] - '0';
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

static enum suit_error open_validate(const char *shared, const char *validate,
				     enum suit_profile profile)
{
	const char *common = shared ? text(", 4: <<%s>>", shared) : "";

	gadget_reset();
	return open_manifest(&opened, profile,
			     manifest_of(4, common,
					 text(", 7: <<%s>>", validate)), "");
}

enum suit_error gadget_validate(const char *shared, const char *validate)
{
	static struct suit_params params[GADGET_COMPONENTS];

	expect(open_validate(shared, validate, SUIT_PROFILE_FULL), SUIT_OK);
	suit_process_init(&process, &opened.m, &gadget_platform, params);
	return suit_process_section(&process, SUIT_SECTION_VALIDATE);
}

enum suit_error gadget_decide(const char *shared, const char *validate,
			      u32 index)
{
	expect(open_validate(shared, validate, SUIT_PROFILE_KERNEL), SUIT_OK);
	return suit_decide(&process, &opened.m, index, &gadget_platform);
}

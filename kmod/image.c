// SPDX-License-Identifier: GPL-2.0-only
#include "image.h"

#include "crypto.h"
#include "state.h"

enum suit_error suit_image_hash(struct suit_image *image)
{
	enum suit_error error;

	if (image->hashed)
		return SUIT_OK;
	error = suit_crypto.ops->digest(suit_crypto.ctx, SUIT_ALG_SHA256,
					&image->bytes, 1, image->sha256);
	image->hashed = error == SUIT_OK;
	return error;
}

static enum suit_error digest(void *ctx, struct suit_slice id, s32 alg,
			      u8 *out, u64 *size)
{
	struct suit_image *image = ctx;
	enum suit_error error;

	*size = image->bytes.len;
	if (alg != SUIT_ALG_SHA256)
		return suit_crypto.ops->digest(suit_crypto.ctx, alg,
					       &image->bytes, 1, out);
	error = suit_image_hash(image);
	if (error == SUIT_OK)
		memcpy(out, image->sha256, sizeof(image->sha256));
	return error;
}

static enum suit_error compare(void *ctx, struct suit_slice id,
			       struct suit_slice content)
{
	const struct suit_image *image = ctx;

	return suit_slice_equal_ct(image->bytes, content) ? SUIT_OK :
							    SUIT_ERR_CONTENT;
}

static bool identify(void *ctx, enum suit_identity what, struct suit_slice id,
		     struct suit_slice value)
{
	return suit_state_is(what, value);
}

static bool in_slot(void *ctx, struct suit_slice id, u64 slot)
{
	return suit_state_in_slot(slot);
}

const struct suit_platform_ops suit_image_ops = {
	.identify = identify,
	.slot = in_slot,
	.image_digest = digest,
	.image_compare = compare,
};
